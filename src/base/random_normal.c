/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random_normal.c -- normal numbers out of comparisons of uniform ones.
 *
 * The usual methods need a logarithm. This one needs none: |y| = k + x with a whole k and x in
 * [0, 1) is drawn from exp(-k/2), and kept with what is missing of exp(-(k + x)^2 / 2).
 *
 * Source: C. Karney, "Sampling exactly from the normal distribution", ACM TOMS 42 (2016), algorithm
 * N; there x has as many digits as are asked for, here the 53 bits of a double. */
#include "backstep/base/random.h"

#include <stdbool.h>

/* True with the probability exp(-a), 0 <= a <= 1: the run a > u1 > u2 > ... has at least n numbers
 * with the probability a^n / n!, so an even number of them with 1 - a + a^2/2! - ...
 * Source: J. von Neumann, "Various techniques used in connection with random digits", 1951. */
static bool happens(struct random *r, double a)
{
	bool even = true;
	for (double u = random_uniform(r); u < a; u = random_uniform(r)) {
		even = !even;
		a = u;
	}
	return even;
}

/* Whether something with the probability exp(-a) happens n times in a row. */
static bool happens_always(struct random *r, double a, int n)
{
	while (n > 0 && happens(r, a))
		n--;
	return n == 0;
}

double random_normal(struct random *r)
{
	for (;;) {
		int k = 0;

		while (happens(r, 0.5))
			k++;
		if (!happens_always(r, 0.5, k * (k - 1)))
			continue;
		double x = random_uniform(r);
		/* exp(-x (2k + x) / 2), in k + 1 parts whose exponents are below 1 */
		if (happens_always(r, x * (2 * k + x) / (2 * k + 2), k + 1))
			return random_next(r) >> 63 ? -(k + x) : k + x;
	}
}
