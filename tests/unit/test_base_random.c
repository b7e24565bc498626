/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_random.c -- the generator against the published sequences, and its ranges. */
#include "check.h"

#include <string.h>

#include "backstep/base/random.h"

/* By hand: rotl(2 * 5, 7) * 9 = 10 * 128 * 9 = 11520; the state becomes {7, 0, ...}, and s[1] = 0
 * gives 0. */
static void test_reference_sequence(void **state)
{
	static const uint64_t wanted[] = {11520, 0, 1509978240, UINT64_C(1215971899390074240)};
	struct random r = {{1, 2, 3, 4}};
	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_true(random_next(&r) == wanted[i]);
}

/* The first outputs of splitmix64 from 0, as published with it. */
static void test_seed_is_splitmix64(void **state)
{
	static const uint64_t wanted[] = {
	    UINT64_C(0xE220A8397B1DCDAF),
	    UINT64_C(0x6E789E6AA1B965F4),
	    UINT64_C(0x06C45D188009454F),
	    UINT64_C(0xF88BB8A8724C81EC),
	};
	struct random r;
	(void)state;
	random_seed(&r, 0);
	assert_memory_equal(r.s, wanted, sizeof wanted);
}

static void test_same_seed_same_stream(void **state)
{
	struct random a, b, other;
	(void)state;
	random_seed(&a, 42);
	random_seed(&b, 42);
	random_seed(&other, 43);
	assert_memory_not_equal(&a, &other, sizeof a);
	for (int i = 0; i < 1000; i++)
		assert_true(random_next(&a) == random_next(&b));
	assert_memory_equal(&a, &b, sizeof a);
}

static void test_uniform_uses_the_top_53_bits(void **state)
{
	struct random r = {{1, 2, 3, 4}}, twin = {{1, 2, 3, 4}};
	double sum = 0;
	(void)state;
	/* 11520 >> 11 is 5. */
	assert_same_bits(random_uniform(&r), 5.0 / 9007199254740992.0);
	random_next(&twin);
	for (int i = 0; i < 10000; i++) {
		double u = random_uniform(&r);

		assert_true(u >= 0 && u < 1);
		assert_same_bits(u, ldexp((double)(random_next(&twin) >> 11), -53));
		sum += u;
	}
	/* Standard deviation of the mean: 1 / sqrt(12 * 10000) = 0.0029. */
	assert_near(sum / 10000, 0.5, 0.012);
}

static void test_below_stays_below_and_reaches_all(void **state)
{
	struct random r;
	size_t counts[7] = {0};
	(void)state;
	random_seed(&r, 7);
	for (int i = 0; i < 100; i++)
		assert_int_equal(random_below(&r, 1), 0);
	for (int i = 0; i < 7000; i++)
		counts[random_below(&r, 7)]++;
	for (size_t i = 0; i < 7; i++)
		assert_in_range(counts[i], 850, 1150);
	for (int i = 0; i < 100; i++)
		assert_true(random_below(&r, SIZE_MAX / 2 + 2) < SIZE_MAX / 2 + 2);
}

/* For n = 3, 2^64 mod 3 = 1: the output 0 alone is thrown away. {1, 2, 3, 4} gives 11520, 0,
 * 1509978240; both that stay are multiples of 3. */
static void test_below_rejects_the_uneven_rest(void **state)
{
	struct random r = {{1, 2, 3, 4}}, twin = {{1, 2, 3, 4}};
	(void)state;
	random_below(&r, 3);
	random_below(&r, 3);
	for (int i = 0; i < 3; i++)
		random_next(&twin);
	assert_memory_equal(&r, &twin, sizeof r);
}

/* Moments and tails of 200,000 numbers; in brackets the deviation of what is counted. */
static void test_normal(void **state)
{
	enum { N = 200000 };
	struct random r;
	double sum = 0, squares = 0, cubes = 0, fourths = 0;
	int beyond[5] = {0};
	(void)state;
	random_seed(&r, 11);
	for (int i = 0; i < N; i++) {
		double x = random_normal(&r);

		sum += x;
		squares += x * x;
		cubes += x * x * x;
		fourths += x * x * x * x;
		for (int k = 1; k < 5; k++)
			beyond[k] += fabs(x) > k;
	}
	assert_near(sum / N, 0, 0.009);     /* 1 / sqrt(N) = 0.0022 */
	assert_near(squares / N, 1, 0.013); /* sqrt(2 / N) = 0.0032 */
	assert_near(cubes / N, 0, 0.035);   /* sqrt(15 / N) = 0.0087 */
	assert_near(fourths / N, 3, 0.03);  /* relative: sqrt(96 / N) / 3 = 0.0073 */
	/* 2 (1 - Phi(k)) of N: 63462, 9100, 540, 12.7 */
	assert_in_range(beyond[1], 63462 - 840, 63462 + 840);
	assert_in_range(beyond[2], 9100 - 380, 9100 + 380);
	assert_in_range(beyond[3], 540 - 94, 540 + 94);
	assert_in_range(beyond[4], 1, 28);
}

/* Every one of the six orders of three items comes up about as often. */
static void test_shuffle(void **state)
{
	struct random r;
	size_t counts[27] = {0}, n_orders = 0, none[1] = {5};
	(void)state;
	random_seed(&r, 5);
	for (int i = 0; i < 6000; i++) {
		size_t items[] = {0, 1, 2};

		random_shuffle(&r, items, 3);
		counts[9 * items[0] + 3 * items[1] + items[2]]++;
	}
	for (size_t k = 0; k < 27; k++) {
		n_orders += counts[k] > 0;
		if (counts[k])
			assert_in_range(counts[k], 850, 1150);
	}
	assert_int_equal(n_orders, 6);
	random_shuffle(&r, none, 0);
	random_shuffle(&r, none, 1);
	assert_int_equal(none[0], 5);
}

static void test_streams_differ(void **state)
{
	static const struct {
		uint64_t seed;
		const char *purpose;
		uint64_t number;
	} streams[] = {{0, "data", 0}, {0, "data", 1},  {1, "data", 0},
		       {1, "data", 1}, {0, "split", 0}, {0, "", 0}};
	enum { N = sizeof streams / sizeof *streams };
	struct random r[N], again;

	(void)state;
	for (size_t k = 0; k < N; k++) {
		random_stream(&r[k], streams[k].seed, streams[k].purpose, streams[k].number);
		for (size_t i = 0; i < k; i++)
			assert_memory_not_equal(&r[k], &r[i], sizeof *r);
	}
	random_stream(&again, 1, "data", 0);
	assert_memory_equal(&again, &r[2], sizeof again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reference_sequence),
	    cmocka_unit_test(test_seed_is_splitmix64),
	    cmocka_unit_test(test_same_seed_same_stream),
	    cmocka_unit_test(test_uniform_uses_the_top_53_bits),
	    cmocka_unit_test(test_below_stays_below_and_reaches_all),
	    cmocka_unit_test(test_below_rejects_the_uneven_rest),
	    cmocka_unit_test(test_normal),
	    cmocka_unit_test(test_shuffle),
	    cmocka_unit_test(test_streams_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
