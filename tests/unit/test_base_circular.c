/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_circular.c -- sine and cosine against the C library in long double, special values, and
 * the bits that every machine must find. */
#include "check.h"

#include <float.h>
#include <string.h>

#include "backstep/base/circular.h"
#include "backstep/base/random.h"

/* How far got is from wanted, in units of the last place of wanted. */
static double ulps(double got, long double wanted)
{
	double near = (double)wanted;
	double ulp = nextafter(fabs(near), INFINITY) - fabs(near);
	return (double)(fabsl((long double)got - wanted) / (long double)ulp);
}

static void check_at(double x)
{
	double of_sin = ulps(circular_sin(x), sinl((long double)x));
	double of_cos = ulps(circular_cos(x), cosl((long double)x));
	if (of_sin > 2.0 || of_cos > 2.0)
		fail_msg("at %.17g: sin off by %g ulp, cos by %g", x, of_sin, of_cos);
}

static void test_accuracy(void **state)
{
	struct random r;
	(void)state;
	if (LDBL_MANT_DIG < 64)
		skip();
	random_seed(&r, 1);
	for (int k = 0; k < 200000; k++) {
		double u = 2.0 * random_uniform(&r) - 1.0;

		check_at(4.0 * u);
		check_at(CIRCULAR_MAX * u);
		check_at(ldexp(u, -(int)random_below(&r, 60)));
	}
	/* where sine or cosine is next to 0, and where the reduction changes its quarter */
	for (int k = -1300; k <= 1300; k++) {
		double x = 0.25 * k * CIRCULAR_PI;

		if (fabs(x) >= CIRCULAR_MAX)
			continue;
		check_at(x);
		check_at(nextafter(x, INFINITY));
		check_at(nextafter(x, -INFINITY));
	}
}

static void test_special_values(void **state)
{
	(void)state;
	assert_same_bits(circular_sin(0.0), 0.0);
	assert_same_bits(circular_sin(-0.0), -0.0);
	assert_same_bits(circular_cos(0.0), 1.0);
	assert_same_bits(circular_cos(-0.0), 1.0);
	/* sin(pi as a double) is pi less the double: 1.2246467991473532e-16 */
	assert_same_bits(circular_sin(CIRCULAR_PI), 1.2246467991473532e-16);
	assert_same_bits(circular_sin(CIRCULAR_PI / 2), 1.0);
	assert_same_bits(circular_sin(1e-300), 1e-300);
	assert_true(isnan(circular_sin(NAN)) && isnan(circular_cos(INFINITY)));
	assert_true(isnan(circular_sin(nextafter(CIRCULAR_MAX, INFINITY))));
	assert_false(isnan(circular_cos(-CIRCULAR_MAX)));
	for (double x = -5.0; x < 5.0; x += 0.125) {
		assert_same_bits(circular_sin(-x), -circular_sin(x));
		assert_same_bits(circular_cos(-x), circular_cos(x));
	}
}

/* Any change of a bit, by a compiler or a machine, changes this sum. */
static void test_bits(void **state)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	(void)state;
	for (int k = -20000; k <= 20000; k++) {
		double both[] = {circular_sin(0.05 * k), circular_cos(0.05 * k)};
		unsigned char bytes[sizeof both];

		memcpy(bytes, both, sizeof both);
		for (size_t i = 0; i < sizeof bytes; i++)
			hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
	}
	assert_int_equal(hash, UINT64_C(0x4da59a908e571208));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_accuracy),
	    cmocka_unit_test(test_special_values),
	    cmocka_unit_test(test_bits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
