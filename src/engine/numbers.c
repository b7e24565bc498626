/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c -- the loops of numbers.h as they are written, for a build without fast/. */
#include "numbers.h"

double numbers_long_sum(size_t n, const double *x)
{
	double sums[NUMBERS_IN_SUM] = {0.0};
	size_t whole = n / NUMBERS_IN_SUM * NUMBERS_IN_SUM;
	for (size_t k = 0; k < whole; k++)
		sums[k % NUMBERS_IN_SUM] += x[k];
	double sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
		     ((sums[4] + sums[5]) + (sums[6] + sums[7]));
	for (size_t k = whole; k < n; k++)
		sum += x[k];
	return sum;
}

bool numbers_many_are_finite(size_t n, const double *x)
{
	double sum = 0.0;
	for (size_t k = 0; k < n; k++)
		sum += x[k] - x[k];
	return sum == 0.0;
}

void numbers_divide_many(size_t n, double by, double *x)
{
	for (size_t k = 0; k < n; k++)
		x[k] /= by;
}

void numbers_transpose(size_t rows, size_t cols, const double *from, double *to, size_t to_row)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < cols; j++)
			to[j * to_row + i] = from[i * cols + j];
}
