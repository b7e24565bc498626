/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_real.c -- exp, log and their relatives: how far from the exact value, at the ends of
 * their range, and that the bits are those that every other machine gets. The reference is the C
 * library's long double where that has at least 11 bits more. */
#include <float.h>
#include <stdbool.h>

#include "backstep/base/real.h"
#include "check.h"

static long double exact_sigmoid(long double x)
{
	return x < 0.0L ? expl(x) / (1.0L + expl(x)) : 1.0L / (1.0L + expl(-x));
}

static long double exact_softplus(long double x)
{
	return (x < 0.0L ? 0.0L : x) + log1pl(expl(-fabsl(x)));
}

static const struct function {
	const char *name;
	double (*f)(double x);
	long double (*exact)(long double x);
	double max_ulp;
	struct {
		double low, high;
	} ranges[3];   /* the whole of it, then where errors are largest */
	uint64_t hash; /* of the bits of its values */
} functions[] = {
    {"exp", real_exp, expl, 1.0, {{-746, 710}, {-1, 1}, {-746, -707}}, 0xed02f42e3980fe54},
    {"expm1", real_expm1, expm1l, 2.0, {{-45, 710}, {-1, 1}, {-1e-9, 1e-9}}, 0xce103fdc11e9df46},
    {"log", real_log, logl, 1.0, {{0, 1e3}, {0.5, 2}, {0, 1e-307}}, 0xd9f9da895c4dd834},
    {"log1p", real_log1p, log1pl, 2.0, {{-1, 10}, {-0.5, 0.5}, {-1e-9, 1e-9}}, 0x6806d35e50bb30e4},
    {"sigmoid",
     real_sigmoid,
     exact_sigmoid,
     2.0,
     {{-750, 50}, {-5, 5}, {-40, -34}},
     0x4d4b07f61a4644f6},
    {"tanh", real_tanh, tanhl, 2.0, {{-22, 22}, {-1, 1}, {-1e-9, 1e-9}}, 0x5208614a23389dd6},
    {"softplus",
     real_softplus,
     exact_softplus,
     2.5,
     {{-750, 750}, {-10, 10}, {-40, 40}},
     0x340bec7dc1232313},
};
enum { N_FUNCTIONS = sizeof functions / sizeof *functions, N_RANGES = 3, N_POINTS = 400000 };

static uint64_t state;

static uint64_t random_bits(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1d;
}

static double random_between(double low, double high)
{
	return low + (high - low) * (double)(random_bits() >> 11) * 0x1p-53;
}

/* How many units in the last place got is off; where a double would overflow, exact counts as
 * infinite. */
static long double ulps(double got, long double exact)
{
	double rounded = (double)exact;
	if (isnan(rounded))
		return isnan(got) ? 0.0L : HUGE_VALL;
	if (got == rounded && isinf(got))
		return 0.0L;
	if (isinf(rounded) || isinf(got)) {
		long double value = isinf(got) ? 0x1p1024L : got;
		return fabsl(value - (isinf(rounded) ? 0x1p1024L : exact)) / 0x1p971L;
	}
	int exponent;
	frexpl(exact, &exponent);
	exponent = exponent < -1021 ? -1021 : exponent;
	return fabsl(got - exact) / ldexpl(1.0L, exponent - 53);
}

static void check_point(const struct function *f, double x, long double *worst, double *worst_x)
{
	long double error = ulps(f->f(x), f->exact(x));
	if (error > *worst) {
		*worst = error;
		*worst_x = x;
	}
}

static void test_error(void **context)
{
	(void)context;
	if (LDBL_MANT_DIG < 64)
		skip();
	state = 88172645463325252;
	for (size_t k = 0; k < N_FUNCTIONS; k++) {
		const struct function *f = &functions[k];
		long double worst = 0.0L;
		double worst_x = 0.0;
		for (size_t n = 0; n < N_POINTS; n++) {
			for (size_t r = 0; r < N_RANGES; r++)
				check_point(f, random_between(f->ranges[r].low, f->ranges[r].high),
					    &worst, &worst_x);
			/* Any double there is, subnormal, infinite and NaN too. */
			check_point(f, real_from_bits(random_bits()), &worst, &worst_x);
		}
		print_message("%s: at most %.3Lf ulp, at %.17g\n", f->name, worst, worst_x);
		assert_true(worst <= f->max_ulp);
	}
}

/* Every value that has a name, and both sides of where the result leaves the range of double. */
static void test_special_values(void **context)
{
	(void)context;
	const double inf = HUGE_VAL, tiny = 0x1p-1074;
	const struct {
		double (*f)(double x);
		double x, y;
	} cases[] = {
	    {real_exp, 0.0, 1.0},
	    {real_exp, -0.0, 1.0},
	    {real_exp, inf, inf},
	    {real_exp, -inf, 0.0},
	    {real_exp, tiny, 1.0},
	    {real_exp, 1e308, inf},
	    {real_exp, -1e308, 0.0},
	    {real_exp, 0x1.62e42fefa39efp+9, 0x1.fffffffffff2ap+1023},
	    {real_exp, 0x1.62e42fefa39fp+9, inf},
	    {real_exp, -0x1.74910d52d3051p+9, tiny},
	    {real_exp, -0x1.74910d52d3052p+9, 0.0},
	    {real_log, 1.0, 0.0},
	    {real_log, 0.0, -inf},
	    {real_log, -0.0, -inf},
	    {real_log, inf, inf},
	    {real_log, tiny, -0x1.74385446d71c3p+9},
	    {real_log, DBL_MAX, 0x1.62e42fefa39efp+9},
	    {real_log, DBL_MIN, -0x1.6232bdd7abcd2p+9},
	    {real_expm1, 0.0, 0.0},
	    {real_expm1, -0.0, -0.0},
	    {real_expm1, tiny, tiny},
	    {real_expm1, -tiny, -tiny},
	    {real_expm1, inf, inf},
	    {real_expm1, -inf, -1.0},
	    {real_expm1, 0x1.62e42fefa39fp+9, inf},
	    {real_log1p, 0.0, 0.0},
	    {real_log1p, -0.0, -0.0},
	    {real_log1p, tiny, tiny},
	    {real_log1p, -tiny, -tiny},
	    {real_log1p, inf, inf},
	    {real_log1p, -1.0, -inf},
	    {real_tanh, 0.0, 0.0},
	    {real_tanh, -0.0, -0.0},
	    {real_tanh, tiny, tiny},
	    {real_tanh, -tiny, -tiny},
	    {real_tanh, inf, 1.0},
	    {real_tanh, -inf, -1.0},
	    {real_tanh, 20.0, 1.0},
	    {real_tanh, -1e308, -1.0},
	    {real_sigmoid, 0.0, 0.5},
	    {real_sigmoid, -0.0, 0.5},
	    {real_sigmoid, inf, 1.0},
	    {real_sigmoid, -inf, 0.0},
	    {real_sigmoid, tiny, 0.5},
	    {real_sigmoid, -745.0, tiny},
	    {real_sigmoid, -746.0, 0.0},
	    {real_sigmoid, -1e308, 0.0},
	    {real_sigmoid, 40.0, 1.0},
	    {real_softplus, inf, inf},
	    {real_softplus, -inf, 0.0},
	    {real_softplus, 1e308, 1e308},
	    {real_softplus, -1e308, 0.0},
	    {real_softplus, -745.0, tiny},
	};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
		assert_same_bits(cases[k].f(cases[k].x), cases[k].y);
	for (size_t k = 0; k < N_FUNCTIONS; k++)
		assert_true(isnan(functions[k].f((double)NAN)));
	assert_true(isnan(real_log(-1.0)));
	assert_true(isnan(real_log(-tiny)));
	assert_true(isnan(real_log(-inf)));
	assert_true(isnan(real_log1p(-1.5)));
}

/* tanh is odd, to the bit. */
static void test_symmetry(void **context)
{
	(void)context;
	state = 5;
	for (size_t n = 0; n < 10000; n++) {
		double x = random_between(0.0, 30.0);
		assert_same_bits(real_tanh(-x), -real_tanh(x));
	}
}

/* FNV-1a over the bits of 100,000 values, a NaN counting as 0. */
static uint64_t hash_values(const struct function *f)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t n = 0; n < 100000; n++) {
		size_t r = n % (N_RANGES + 1);
		double x = r < N_RANGES ? random_between(f->ranges[r].low, f->ranges[r].high)
					: real_from_bits(random_bits());
		double y = f->f(x);
		uint64_t bits = isnan(y) ? 0 : real_bits(y);
		for (int byte = 0; byte < 8; byte++)
			hash = (hash ^ (bits >> (8 * byte) & 0xff)) * 0x100000001b3;
	}
	return hash;
}

static void test_same_bits_everywhere(void **context)
{
	(void)context;
	bool same = true;
	for (size_t k = 0; k < N_FUNCTIONS; k++) {
		state = 1;
		uint64_t hash = hash_values(&functions[k]);
		if (hash != functions[k].hash)
			print_error("%s: 0x%016llx\n", functions[k].name, (unsigned long long)hash);
		same = same && hash == functions[k].hash;
	}
	assert_true(same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_error),
	    cmocka_unit_test(test_special_values),
	    cmocka_unit_test(test_symmetry),
	    cmocka_unit_test(test_same_bits_everywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
