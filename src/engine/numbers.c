/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c -- the loops of numbers.h over many numbers. They wait for memory and for the divider
 * more than they compute, so the instructions that every machine has serve. */
#include "numbers.h"

#include "backstep/base/real.h"
#include "paths.h"

double numbers_long_sum(size_t n, const double *x)
{
	double sums[NUMBERS_IN_SUM] = {0.0};
	size_t k = 0;
	for (; k + NUMBERS_IN_SUM <= n; k += NUMBERS_IN_SUM)
		for (size_t s = 0; s < NUMBERS_IN_SUM; s++)
			sums[s] += x[k + s];
	double sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
		     ((sums[4] + sums[5]) + (sums[6] + sums[7]));
	for (; k < n; k++)
		sum += x[k];
	return sum;
}

/* In so many sums that none of their additions waits for another. */
bool numbers_many_are_finite(size_t n, const double *x)
{
	enum { SUMS = 16 };
	double sums[SUMS] = {0.0}, sum = 0.0;
	size_t k = 0;
	for (; k + SUMS <= n; k += SUMS)
		for (size_t s = 0; s < SUMS; s++)
			sums[s] += x[k + s];
	for (; k < n; k++)
		sum += x[k];
	for (size_t s = 0; s < SUMS; s++)
		sum += sums[s];
	if (sum - sum == 0.0)
		return true;
	for (k = 0; k < n && x[k] - x[k] == 0.0;)
		k++;
	return k == n;
}

/* By a power of 2 the product has the bits of the quotient, in a tenth of the time. */
void numbers_divide_many(size_t n, double by, double *x)
{
	const double share = 1.0 / by;
	if ((real_bits(by) & 0x000fffffffffffff) == 0)
		for (size_t k = 0; k < n; k++)
			x[k] *= share;
	else
		for (size_t k = 0; k < n; k++)
			x[k] /= by;
}

/* Shapes: from, to of numbers_transpose; n rows from i on. */
INLINE void transpose_rows(size_t i, size_t n, size_t cols, const double *restrict from,
			   double *restrict to, size_t to_row)
{
	for (size_t j = 0; j < cols; j++)
		for (size_t r = 0; r < n; r++)
			to[j * to_row + i + r] = from[(i + r) * cols + j];
}

/* Some rows at a time, so that what is written lies together. */
void numbers_transpose(size_t rows, size_t cols, const double *from, double *to, size_t to_row)
{
	enum { SOME = 8 };
	size_t i = 0;
	for (; i + SOME <= rows; i += SOME)
		transpose_rows(i, SOME, cols, from, to, to_row);
	for (; i < rows; i++)
		transpose_rows(i, 1, cols, from, to, to_row);
}
