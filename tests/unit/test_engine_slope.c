/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_slope.c -- slopes by extrapolated differences are right, and the estimates of how far
 * they are off hold. */
#include "check.h"

#include <float.h>

#include "backstep/engine/slope.h"

/* A function, with a kink at 0 where it has one. */
struct curve {
	double (*value)(double x);
	bool has_kink;
};

static bool pair(void *ctx, double above, double below, double values[2])
{
	const struct curve *curve = ctx;
	values[0] = curve->value(above);
	values[1] = curve->value(below);
	return isfinite(values[0]) && isfinite(values[1]) &&
	       !(curve->has_kink && below < 0.0 && above > 0.0);
}

/* Refines as far as it goes. */
static struct slope_search search(struct curve *curve, double x, double rounding)
{
	const struct slope_function function = {pair, curve, rounding};
	struct slope_search search;
	slope_begin(&search, &function, x);
	while (slope_refine(&search))
		continue;
	return search;
}

static double cube(double x)
{
	return x * x * x;
}

static double steep_tanh(double x)
{
	return tanh(1e4 * x);
}

/* Flat but for a hill that is narrower than the wide differences are. */
static double narrow_hill(double x)
{
	return exp(-1e8 * x * x);
}

/* The slopes by their formulas. What f is off by is eps times its size, a few at the most. */
static void test_estimates_hold(void **state)
{
	const struct {
		double (*value)(double x);
		double x, slope;
	} cases[] = {
	    {exp, 0.0, 1.0},
	    {sin, 1.0, cos(1.0)},
	    {cube, 2.0, 12.0},
	    {log, 0.5, 2.0},
	    {log, 1e-3, 1e3},
	    {sqrt, 0.02, 0.5 / sqrt(0.02)},
	    {tanh, 3.0, 1.0 - tanh(3.0) * tanh(3.0)},
	    {steep_tanh, 1e-5, 1e4 * (1.0 - tanh(0.1) * tanh(0.1))},
	};
	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct curve curve = {cases[k].value, false};
		struct slope_search found = search(&curve, cases[k].x, 8.0 * DBL_EPSILON);
		const struct slope_estimate *best = &found.wide.best;
		assert_false(found.has_kink);
		if (!(fabs(best->value - cases[k].slope) <= best->error))
			fail_msg("case %zu: %.17g, by more than %g", k, best->value, best->error);
		/* and they are sharp: less than a millionth */
		assert_true(best->error < 1e-6 * fabs(cases[k].slope));
	}
}

/* By the hill's formula the slope at 1e-5 is -2e3 e^-0.01 = -1980.1. Wide differences see a plain.
 */
static void test_narrow_differences_see_what_is_narrow(void **state)
{
	struct curve curve = {narrow_hill, false};
	(void)state;
	struct slope_search found = search(&curve, 1e-5, DBL_EPSILON);
	assert_near(found.narrow.best.value, -2e3 * exp(-0.01), 1e-6);
}

/* The wide differences reach over the kink, and are left out. */
static void test_kinks(void **state)
{
	static const struct {
		double x;
		bool has_kink;
	} cases[] = {{0.0, true}, {0.5e-5, true}, {-0.5e-5, true}, {2e-5, false}, {1.0, false}};
	struct curve curve = {fabs, true};
	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct slope_search found = search(&curve, cases[k].x, DBL_EPSILON);
		assert_true(found.has_kink == cases[k].has_kink);
		if (!found.has_kink)
			assert_near(found.wide.best.value, 1.0, 1e-9);
	}
}

static double far_up(double x)
{
	return 1e6 + x;
}

/* The last digit of 1e6 + x is 1e-10: by differences of 1e-5 its slope, 1, is not known to a
 * millionth. */
static void test_rounding_is_part_of_the_error(void **state)
{
	struct curve curve = {far_up, false};
	(void)state;
	struct slope_search found = search(&curve, 0.3, 1e6 * DBL_EPSILON);
	assert_true(fabs(found.wide.best.value - 1.0) <= found.wide.best.error);
	assert_true(fabs(found.narrow.best.value - 1.0) <= found.narrow.best.error);
	assert_true(found.narrow.best.error > 1e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_estimates_hold),
	    cmocka_unit_test(test_narrow_differences_see_what_is_narrow),
	    cmocka_unit_test(test_kinks),
	    cmocka_unit_test(test_rounding_is_part_of_the_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
