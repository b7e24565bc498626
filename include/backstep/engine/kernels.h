/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h -- the loops in which training spends its time, in one variant per instruction set.
 *
 * Every sum runs left to right and starts with its first product, so all variants give the bits
 * of the textbook's loops, on every machine; they vectorise across the results instead. Bits of
 * a NaN aside, a variant may be exchanged for another in the middle of a training.
 *
 * To add a variant: a file in src/engine/kernels/ that sets the sizes and includes variant.h, its
 * table in variants.h, a test for the processor in kernels.c, and its compiler flags in
 * CMakeLists.txt. To add a function of one number: a row in unary_list.h. */
#ifndef BACKSTEP_ENGINE_KERNELS_H
#define BACKSTEP_ENGINE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/real.h"

/* Below so many numbers loops written in place are faster than a call (measured); those that look
 * at numbers just written, one by one, would have to wait before they could load them as vectors. */
enum { KERNELS_SMALL_UNARY = 4, KERNELS_SMALL_FINITE = 24 };

/* Math: c[i][j] = sum over k of a[i][k] b[k][j], plus bias[i] in the end; where add is set, the
 * sum starts from c[i][j].
 * Shapes: a [rows][inner], any strides: a_row = 1 and a_col = the row length is a transpose;
 * b [inner][cols]; c [rows][cols], not overlapping a or b; inner at least 1.
 * Units: strides in elements. */
struct product {
	size_t rows, cols, inner;
	const double *a;
	size_t a_row, a_col;
	const double *b;
	size_t b_row;
	const double *bias; /* or NULL */
	size_t bias_row;    /* 1, or 0 where all rows share bias[0] */
	double *c;
	size_t c_row;
	bool add;
};

/* Math: w[o][k] = sum over n of d[o][n] x[k][n], b[o] = sum over n of d[o][n]; where add is set,
 * the sums start from w[o][k] and b[o]. Shapes: d [units][examples], x [inputs][examples], w
 * [units][inputs], b [units]; at least 1 example. Units: strides in elements. */
struct gradient {
	size_t units, inputs, examples;
	const double *d;
	size_t d_row;
	const double *x;
	size_t x_row;
	double *w;
	size_t w_row;
	double *b; /* or NULL */
	bool add;
};

/* A function of one number over arrays that do not overlap. Shapes: all [n]. */
struct unary {
	/* Math: y = f(x). */
	void (*forward)(size_t n, const double *x, double *y);
	/* Math: dx = dy f'(x), where y = f(x); where add is set, dx += dy f'(x). */
	void (*backward)(size_t n, const double *x, const double *y, const double *dy, double *dx,
			 bool add);
};

struct kernels {
	const char *name;
	void (*product)(const struct product *product);
	void (*gradient)(const struct gradient *gradient);
	/* Math: to[j][i] = from[i][j]. Shapes: from [rows][cols], to [cols][rows], which do not
	 * overlap. Units: strides in elements. */
	void (*transpose)(size_t rows, size_t cols, const double *from, size_t from_row, double *to,
			  size_t to_row);
	/* Whether all of x [n] are numbers, and none infinite. */
	bool (*all_finite)(size_t n, const double *x);
#define UNARY(name, value, slope) struct unary name;
#include "backstep/engine/unary_list.h"
#undef UNARY
};

/* The variants that this processor can run, the fastest last, then NULL. */
const struct kernels *const *kernels_all(void);
/* The variant in use: the fastest, unless kernels_use has chosen. */
const struct kernels *kernels_current(void);
/* Puts the variant called name in use (NULL: the fastest); false where there is none. Not while
 * another thread computes. */
bool kernels_use(const char *name);

/* f(x) and f'(x), where y = f(x), of every function of the list, for one number:
 * unary_sigmoid_value, unary_sigmoid_slope. */
#define UNARY(name, value, slope)                                     \
	static inline double unary_##name##_value(double x)           \
	{                                                             \
		return value;                                         \
	}                                                             \
	static inline double unary_##name##_slope(double x, double y) \
	{                                                             \
		(void)x, (void)y;                                     \
		return slope;                                         \
	}
#include "backstep/engine/unary_list.h"
#undef UNARY

/* Adding 1 to an exponent of which all bits are set, as infinity and NaN have, carries into the
 * sign. */
static inline bool kernels_plain_all_finite(size_t n, const double *x)
{
	uint64_t carried = 0;
	for (size_t k = 0; k < n; k++)
		carried |= (real_bits(x[k]) & 0x7ff0000000000000) + 0x0010000000000000;
	return carried >> 63 == 0;
}

/* Whether all of x [n] are numbers, and none infinite. */
static inline bool kernels_all_finite(size_t n, const double *x)
{
	return n < KERNELS_SMALL_FINITE ? kernels_plain_all_finite(n, x)
					: kernels_current()->all_finite(n, x);
}

#endif
