/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circular.c -- the angle less a multiple of a quarter turn, then a Taylor polynomial.
 *
 * x = n pi/2 + r with |r| <= pi/4. pi/2 is taken off in three parts, so that no digit is lost where
 * x lies near a multiple of it: the first two have 33 bits each, and their product with n (at most
 * 10 bits) is exact. What rounding leaves of r stands in rest.
 *
 * Source: the reduction is that of W. Cody, W. Waite, "Software Manual for the Elementary
 * Functions", 1980; the coefficients are 1/n!. */
#include "backstep/base/circular.h"

#include <math.h>

/* An angle of at most an eighth of a turn: r + rest. */
struct angle {
	double r, rest;
	unsigned quarters; /* how many quarter turns were taken off, modulo 4 */
};

static struct angle reduce(double x)
{
	static const double part1 = 0x1.921fb544p+0, part2 = 0x1.0b4611a6p-34,
			    part3 = 0x1.3198a2e037073p-69, per_quarter = 0x1.45f306dc9c883p-1;
	double turns = x * per_quarter;
	int n = (int)(turns < 0.0 ? turns - 0.5 : turns + 0.5);
	double first = x - n * part1, second = n * part2;
	double r = first - second;
	double rest = (first - r) - second - n * part3;
	double sum = r + rest;
	return (struct angle){sum, (r - sum) + rest, (unsigned)n & 3u};
}

/* The first term left out, r^19/19!, is below 1e-19 r. */
static double sin_small(struct angle a)
{
	double z = a.r * a.r;
	double p = 1.0 / 355687428096000.0;
	p = p * z - 1.0 / 1307674368000.0;
	p = p * z + 1.0 / 6227020800.0;
	p = p * z - 1.0 / 39916800.0;
	p = p * z + 1.0 / 362880.0;
	p = p * z - 1.0 / 5040.0;
	p = p * z + 1.0 / 120.0;
	p = p * z - 1.0 / 6.0;
	return a.r + (a.r * z * p + a.rest * (1.0 - 0.5 * z));
}

/* 1 - z/2 is rounded; what that loses goes back in with the small terms. */
static double cos_small(struct angle a)
{
	double z = a.r * a.r, half = 0.5 * z, big = 1.0 - half;
	double p = -1.0 / 6402373705728000.0;
	p = p * z + 1.0 / 20922789888000.0;
	p = p * z - 1.0 / 87178291200.0;
	p = p * z + 1.0 / 479001600.0;
	p = p * z - 1.0 / 3628800.0;
	p = p * z + 1.0 / 40320.0;
	p = p * z - 1.0 / 720.0;
	p = p * z + 1.0 / 24.0;
	return big + (((1.0 - big) - half) + (z * z * p - a.r * a.rest));
}

/* The sine of x and some quarter turns more. */
static double sin_ahead(double x, unsigned quarters)
{
	if (!(x >= -CIRCULAR_MAX && x <= CIRCULAR_MAX))
		return NAN;
	struct angle a = reduce(x);
	quarters = (quarters + a.quarters) & 3u;
	double y = quarters & 1u ? cos_small(a) : sin_small(a);
	return quarters & 2u ? -y : y;
}

double circular_sin(double x)
{
	/* + 0.0 would make +0 of -0 */
	return x == 0.0 ? x : sin_ahead(x, 0);
}

double circular_cos(double x)
{
	return sin_ahead(x, 1);
}
