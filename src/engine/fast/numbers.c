/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c -- the loops of numbers.h by the kernels of the processor. */
#include "../numbers.h"

#include "kernels.h"

double numbers_long_sum(size_t n, const double *x)
{
	return kernels_current()->sum(n, x);
}

bool numbers_many_are_finite(size_t n, const double *x)
{
	return kernels_current()->all_finite(n, x);
}

void numbers_divide_many(size_t n, double by, double *x)
{
	kernels_current()->divide(n, by, x);
}

void numbers_transpose(size_t rows, size_t cols, const double *from, double *to, size_t to_row)
{
	enum { FEW = 8 };
	if (rows >= FEW) {
		kernels_current()->transpose(rows, cols, from, cols, to, to_row);
		return;
	}
	for (size_t j = 0; j < cols; j++, to += to_row)
		for (size_t i = 0; i < rows; i++)
			to[i] = from[i * cols + j];
}
