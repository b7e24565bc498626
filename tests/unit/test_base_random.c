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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reference_sequence),
	    cmocka_unit_test(test_seed_is_splitmix64),
	    cmocka_unit_test(test_same_seed_same_stream),
	    cmocka_unit_test(test_uniform_uses_the_top_53_bits),
	    cmocka_unit_test(test_below_stays_below_and_reaches_all),
	    cmocka_unit_test(test_below_rejects_the_uneven_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
