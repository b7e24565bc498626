/* SPDX-License-Identifier: GPL-3.0-or-later */
/* real.h -- exp, log and their relatives for double, with the same bits on every machine.
 *
 * Made of + - * /, comparisons and bit moves alone, each rounded once as IEEE 754 says, so the
 * result does not depend on the C library, the compiler, its optimisation or the instruction set
 * (a C library chooses among several versions of exp at run time, and they differ). Powers aside,
 * there is no branch and no table: a loop over an array vectorises, and gives what the scalar
 * function gives.
 *
 * Not for anything but double, and not with contraction into FMA or -ffast-math. A NaN comes out
 * as a NaN; its bits are not part of the promise.
 *
 * To add a function: build it from these, keep it free of branches, and give it a row in
 * tests/unit/test_base_real.c. */
#ifndef BACKSTEP_BASE_REAL_H
#define BACKSTEP_BASE_REAL_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0
#error "double arithmetic must be rounded to double (on 32-bit x86: -msse2 -mfpmath=sse)"
#endif
#ifdef __FAST_MATH__
#error "-ffast-math reorders arithmetic: results would differ between machines"
#endif

static inline uint64_t real_bits(double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

static inline double real_from_bits(uint64_t bits)
{
	double x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* 2^n for -1022 <= n <= 1023, of which only the low 12 bits are looked at. */
static inline double real_power_of_2(uint64_t n)
{
	return real_from_bits((n << 52) + 0x3ff0000000000000);
}

/* Returns q where exp(x) = 2^n (1 + q) and |x - n ln 2| <= ln(2) / 2.
 * Math: n by adding 1.5 * 2^52, which leaves the nearest integer in the low bits; ln 2 in two
 * parts (Cody and Waite, 1980), of which the first, times n, is exact. r^2 p is the minimax
 * polynomial for exp(r) - 1 - r, relative error 2^-57 of exp(r), in Estrin's order. */
static inline double real_expand(double x, uint64_t *n)
{
	const double shift = 6755399441055744.0;
	double shifted = x * 0x1.71547652b82fep+0 + shift;
	double whole = shifted - shift;
	*n = real_bits(shifted);
	double high = x - whole * 0x1.62e42ff000000p-1, low = whole * -0x1.718432a1b0e26p-35;
	double r = high - low, r2 = r * r, r4 = r2 * r2;
	double p23 = 0.5 + r * 0x1.5555555555500p-3;
	double p45 = 0x1.55555555531c4p-5 + r * 0x1.1111111128b3ep-7;
	double p67 = 0x1.6c16c17cda969p-10 + r * 0x1.a01a011b68a67p-13;
	double p89 = 0x1.a019aadcdaec1p-16 + r * 0x1.71df564ddd485p-19;
	double p1011 = 0x1.289fe125f273ap-22 + r * 0x1.ad1f75223b078p-26;
	double first = p23 + r2 * p45, last = (p67 + r2 * p89) + r4 * p1011;
	return high + ((r2 * first - low) + (r2 * r4) * last);
}

/* Math: e^x, at most 1 ulp off. +inf above 709.78; gradual underflow, 0 below -745.13. */
static inline double real_exp(double x)
{
	uint64_t n, half;
	x = x < -746.0 ? -746.0 : x;
	x = x > 710.0 ? 710.0 : x;
	double q = real_expand(x, &n);
	/* 2^n itself may be out of range: in two halves only the last product is rounded. */
	half = n >> 1;
	return (1.0 + q) * real_power_of_2(half) * real_power_of_2(n - half);
}

/* Math: e^x - 1, at most 2 ulp off, small results included. +inf above 709.78. */
static inline double real_expm1(double x)
{
	uint64_t n;
	double y = x < -40.0 ? -40.0 : x;
	y = y > 710.0 ? 710.0 : y;
	/* Half of it first: 2^1024 is out of range. */
	double q = real_expand(y, &n), half = real_power_of_2(n - 1);
	y = 2.0 * (half * q + (half - 0.5));
	return fabs(x) < 0x1p-54 ? x : y;
}

/* Math: 1 / (1 + e^-x), at most 2 ulp off, also where it is tiny. With e^-x = 2^n (1 + q), as in
 * real_expand, the denominator is (1 + 2^n) + 2^n q; what the first sum loses of 1 is put back.
 * All is scaled by 2^-64, so as to be in range down to x = -746, where y has gone through gradual
 * underflow to 0. The terms of q are added in the order in which they are ready: in a small
 * network every sigmoid waits for the one before. */
static inline double real_sigmoid(double x)
{
	const double shift = 6755399441055744.0, unit = 0x1p-64;
	double shifted = x * -0x1.71547652b82fep+0 + shift, whole = shifted - shift;
	double scale = real_from_bits((real_bits(shifted) << 52) + ((uint64_t)(1023 - 64) << 52));
	double sum = scale + unit, lost = unit - (sum - scale);
	double high = whole * -0x1.62e42ff000000p-1 - x, low = whole * -0x1.718432a1b0e26p-35;
	double r = high - low, r2 = r * r, r4 = r2 * r2, scaled4 = scale * r4;
	double p23 = 0.5 + r * 0x1.5555555555500p-3;
	double p45 = 0x1.55555555531c4p-5 + r * 0x1.1111111128b3ep-7;
	double p67 = 0x1.6c16c17cda969p-10 + r * 0x1.a01a011b68a67p-13;
	double p89 = 0x1.a019aadcdaec1p-16 + r * 0x1.71df564ddd485p-19;
	double p1011 = 0x1.289fe125f273ap-22 + r * 0x1.ad1f75223b078p-26;
	double first = (lost + scale * high) + scale * (r2 * p23 - low);
	double last = scaled4 * (p45 + r2 * p67) + (scaled4 * r4) * (p89 + r2 * p1011);
	double y = unit / (sum + (first + last));
	y = x > 40.0 ? 1.0 : y; /* 1 / (1 + e^-37) is already 1 */
	return x < -746.0 ? 0.0 : y;
}

/* Math: at most 2 ulp off. With |x| = n ln 2 + h and c = h coth(h), e^2h is (c + h) / (c - h), so
 * tanh is h / c for n = 0 and 1 - 2 (c - h) / (4^n (c + h) + (c - h)) else. n is 0 up to
 * tanh(x) = 1/2: above it the rounding errors of the quotient count at most half.
 * c - 1 is the minimax polynomial in h^2 up to 0.55^2, relative error 2^-57 of c. */
static inline double real_tanh(double x)
{
	const double shift = 6755399441055744.0;
	double a = fabs(x);
	a = a > 20.0 ? 20.0 : a; /* tanh(19.1) is already 1 */
	double shifted = (a * 0x1.71547652b82fep+0 - 0.2925) + shift, whole = shifted - shift;
	double h = (a - whole * 0x1.62e42ff000000p-1) - whole * -0x1.718432a1b0e26p-35;
	double z = h * h, z2 = z * z;
	double p12 = 0x1.5555555555553p-2 + z * -0x1.6c16c16c15e96p-6;
	double p34 = 0x1.1566abbf179a5p-9 + z * -0x1.bbd7781c307b3p-13;
	double p56 = 0x1.66a89c68b1e31p-16 + z * -0x1.2270c5bba495ap-19;
	double p78 = 0x1.d392e5934197fp-23 + z * -0x1.4d7af5c24f2cbp-26;
	double c = 1.0 + z * ((p12 + z2 * p34) + z2 * z2 * (p56 + z2 * p78));
	double up = c + h, down = c - h;
	uint64_t n = real_bits(shifted);
	double above = whole < 0.5 ? h : down + down;
	double below = whole < 0.5 ? c : real_power_of_2(n + n) * up + down;
	double y = above / below;
	return copysign(whole < 0.5 ? y : 1.0 - y, x);
}

/* Math: natural logarithm, at most 1 ulp off. log(0) is -inf, log of a negative number NaN.
 * x = 2^k m with m from sqrt(1/2) to sqrt(2); with f = m - 1 and s = f / (2 + f),
 * log(m) = 2 atanh(s) = f - (f^2/2 - s (f^2/2 + z p)), z = s^2, arranged so that the rounding
 * errors stay small (Tang, 1990); z p is the minimax polynomial, relative error 2^-59. */
static inline double real_log(double x)
{
	const uint64_t root_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000;
	double subnormal = x < DBL_MIN ? 1.0 : 0.0;
	double scaled = x < DBL_MIN ? x * 0x1p54 : x;
	uint64_t bits = real_bits(scaled) + (one - root_half);
	/* The exponent as a double: put under the leading bit of 2^52. */
	double k = real_from_bits((bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023.0);
	k = k - 54.0 * subnormal;
	double f = real_from_bits((bits & 0x000fffffffffffff) + root_half) - 1.0;
	double s = f / (2.0 + f), z = s * s, z2 = z * z;
	double p12 = 0x1.5555555555593p-1 + z * 0x1.999999997f8bbp-2;
	double p34 = 0x1.249249423cfabp-2 + z * 0x1.c71c51c7ab607p-3;
	double p56 = 0x1.74664d2e874e9p-3 + z * 0x1.39a036c16af3fp-3;
	double p = (p12 + z2 * p34) + z2 * z2 * (p56 + z2 * 0x1.2f1566fa9a4a3p-3);
	double half = 0.5 * f * f, low = k * -0x1.718432a1b0e26p-35;
	double y = k * 0x1.62e42ff000000p-1 - ((half - (s * (half + z * p) + low)) - f);
	y = x < HUGE_VAL ? y : x;
	y = x < 0.0 ? (double)NAN : y;
	return x == 0.0 ? -HUGE_VAL : y;
}

/* Math: log(1 + x), at most 2 ulp off, small x included: log(u) + c / u, where u is 1 + x as
 * rounded and c what the rounding lost. */
static inline double real_log1p(double x)
{
	double big = x > 1.0 ? x : 1.0, small = x > 1.0 ? 1.0 : x;
	double u = big + small, lost = small - (u - big);
	double log_u = real_log(u), y = log_u + lost / u;
	y = u > 0.0 ? y : log_u;
	y = u < HUGE_VAL ? y : log_u;
	return fabs(x) < 0x1p-54 ? x : y;
}

/* Math: log(1 + e^x) without overflow: max(0, x) + log(1 + e^-|x|). */
static inline double real_softplus(double x)
{
	return (x < 0.0 ? 0.0 : x) + real_log1p(real_exp(-fabs(x)));
}

/* Math: x^n by repeated squaring. */
static inline double real_whole_power(double x, uint64_t n)
{
	double power = 1.0;
	for (; n; n >>= 1, x *= x)
		if (n & 1)
			power *= x;
	return power;
}

/* Math: x^y. Whole exponents by repeated squaring; others as e^(y log x), whose relative error is
 * about |y log x| ulp; NaN for those of a negative x. A NaN stays one, to the power of 0 too. */
static inline double real_power(double x, double y)
{
	double size = fabs(y);
	if (isnan(x) || isnan(y))
		return (double)NAN;
	if (size < 0x1p53 && size == (double)(uint64_t)size) {
		double power = real_whole_power(x, (uint64_t)size);
		return y < 0.0 ? 1.0 / power : power;
	}
	return y == 0.5 ? sqrt(x) : real_exp(y * real_log(x));
}

#endif
