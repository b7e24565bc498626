/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.h -- loops over arrays of numbers that passes and updates share. */
#ifndef BACKSTEP_ENGINE_NUMBERS_H
#define BACKSTEP_ENGINE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

/* Fewer numbers than these are summed, or looked at, faster in place than by a call (measured). */
enum { NUMBERS_IN_SUM = 8, NUMBERS_LOOKED_AT = 24 };

/* x [n] = value. */
static inline void numbers_fill(size_t n, double value, double *x)
{
	for (size_t k = 0; k < n; k++)
		x[k] = value;
}

/* Math: the sum of x [n], n at least NUMBERS_IN_SUM: every eighth number in a sum of its own, from
 * the left, these by halves, and what is left over at the end; one sum would wait for each of its
 * additions. */
double numbers_long_sum(size_t n, const double *x);
/* The sum of x [n], of fewer than NUMBERS_IN_SUM from the left. */
static inline double numbers_sum(size_t n, const double *x)
{
	double sum = 0.0;
	if (n >= NUMBERS_IN_SUM)
		return numbers_long_sum(n, x);
	for (size_t k = 0; k < n; k++)
		sum += x[k];
	return sum;
}

bool numbers_many_are_finite(size_t n, const double *x);
/* Whether all of x [n] are numbers, and none infinite: so it is if their sum is neither. Math: s -
 * s is 0, or NaN. */
static inline bool numbers_are_finite(size_t n, const double *x)
{
	double sum = 0.0;
	size_t k = 0;
	if (n >= NUMBERS_LOOKED_AT)
		return numbers_many_are_finite(n, x);
	for (; k + 4 <= n; k += 4)
		sum += (x[k] + x[k + 1]) + (x[k + 2] + x[k + 3]);
	for (; k < n; k++)
		sum += x[k];
	return sum - sum == 0.0 || numbers_many_are_finite(n, x);
}

void numbers_divide_many(size_t n, double by, double *x);
/* Math: x = x / by. Two at a time, of which a compiler makes one division. */
static inline void numbers_divide(size_t n, double by, double *x)
{
	if (n >= NUMBERS_LOOKED_AT) {
		numbers_divide_many(n, by, x);
		return;
	}
	for (; n >= 2; n -= 2, x += 2) {
		x[0] /= by;
		x[1] /= by;
	}
	if (n)
		x[0] /= by;
}
/* Math: to[j][i] = from[i][j]. Shapes: from [rows][cols], rows next to one another, to [cols]
 * [rows], rows to_row apart, which do not overlap. */
void numbers_transpose(size_t rows, size_t cols, const double *from, double *to, size_t to_row);

#endif
