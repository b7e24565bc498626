/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h -- the loops in which training spends its time, in one variant per instruction set.
 *
 * Every sum of products runs left to right and starts with its first product, so all variants give
 * the bits of the textbook's loops, on every machine; they vectorise across the results instead.
 * Bits of a NaN aside, a variant may be exchanged for another in the middle of a training.
 *
 * To add a variant: a file in src/engine/kernels/ that sets the sizes and includes variant.h, its
 * table in variants.h, a test for the processor in kernels.c, and its compiler flags in
 * CMakeLists.txt. To add a function of one number: a row in unary_list.h; a loss of one output: a
 * row in loss_list.h. */
#ifndef BACKSTEP_ENGINE_KERNELS_H
#define BACKSTEP_ENGINE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/real.h"

/* Below so many numbers loops written in place are faster than a call (measured); those that look
 * at numbers just written, one by one, would have to wait before they could load them as vectors.
 */
enum {
	KERNELS_SMALL_UNARY = 4,
	KERNELS_SMALL_FINITE = 24,
	KERNELS_SMALL_DESCENT = 24,
	KERNELS_SMALL_SUM = 8
};

/* Two neighbours, at any double: what was written as a pair can be read as one at once, but two
 * that were written one by one keep the reader waiting. Every 64-bit processor has such registers.
 */
typedef double kernels_pair __attribute__((vector_size(16), aligned(8), may_alias));

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

struct few_passes;

/* A function of one number over arrays that do not overlap. Shapes: all [n]. */
struct unary {
	/* Math: y = f(x). */
	void (*forward)(size_t n, const double *x, double *y);
	/* Math: dx = dy f'(x), where y = f(x); where add is set, dx += dy f'(x). */
	void (*backward)(size_t n, const double *x, const double *y, const double *dy, double *dx,
			 bool add);
	const struct few_passes *few; /* the passes of small dense layers with this function */
};

/* A loss of one output over arrays that do not overlap. Shapes: all [n], but the op's attributes a.
 */
struct loss_kernel {
	/* Math: e = loss(p, t). */
	void (*forward)(size_t n, const double *p, const double *t, const double *a, double *e);
	/* Math: d = de times the slope by slot 0, p, or 1, t; where add is set, d += that. */
	void (*backward)(size_t n, const double *p, const double *t, const double *a,
			 const double *de, double *d, size_t slot, bool add);
	const struct few_passes *few; /* the passes of this loss over few outputs */
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
	/* Math: w = w - rate g. Shapes: g, w [n], which do not overlap. Returns whether all of the
	 * new w are finite. */
	bool (*descend)(size_t n, double rate, const double *g, double *w);
	/* Math: the sum of x [n]: every eighth number in a sum of its own, from the left, these by
	 * halves, and what is left over at the end; one sum would wait for each of its additions.
	 * Fewer than KERNELS_SMALL_SUM are summed from the left. */
	double (*sum)(size_t n, const double *x);
	const struct few_passes *few_identity; /* of small dense layers without a function */
#define UNARY(name, value, slope) struct unary name;
#include "backstep/engine/unary_list.h"
#undef UNARY
#define LOSS(name, value, slope_p, slope_t) struct loss_kernel loss_##name;
#include "backstep/engine/loss_list.h"
#undef LOSS
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

/* value and slope by slot of every loss of the list, for one output: loss_huber_value. */
#define LOSS(name, value, slope_p, slope_t)                                                        \
	static inline double loss_##name##_value(double p, double t, const double *a)              \
	{                                                                                          \
		(void)a;                                                                           \
		return value;                                                                      \
	}                                                                                          \
	static inline double loss_##name##_slope(double p, double t, const double *a, size_t slot) \
	{                                                                                          \
		(void)p, (void)t, (void)a;                                                         \
		return slot == 0 ? (slope_p) : (slope_t);                                          \
	}
#include "backstep/engine/loss_list.h"
#undef LOSS

/* Whether all of x [n] are numbers, and none infinite. Math: x - x is 0, or NaN. */
static inline bool kernels_all_finite(size_t n, const double *x)
{
	double sum = 0.0;
	if (n >= KERNELS_SMALL_FINITE)
		return kernels_current()->all_finite(n, x);
	for (; n >= 4; n -= 4, x += 4)
		sum += ((x[0] - x[0]) + (x[1] - x[1])) + ((x[2] - x[2]) + (x[3] - x[3]));
	for (; n > 0; n--, x++)
		sum += *x - *x;
	return sum == 0.0;
}

#endif
