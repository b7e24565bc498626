/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h -- the loops in which training spends its time, in one variant per instruction set.
 *
 * Every sum of products runs left to right and starts with its first product, so all variants give
 * the bits of the textbook's loops, on every machine; they vectorise across the results instead.
 * Bits of a NaN aside, a variant may be exchanged for another in the middle of a training.
 *
 * To add a variant: a file in variants/ that sets the sizes and includes variant.h, its table in
 * variants.h, a test for the processor in kernels.c, and its compiler flags in CMakeLists.txt. */
#ifndef BACKSTEP_ENGINE_FAST_KERNELS_H
#define BACKSTEP_ENGINE_FAST_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

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

struct fast_op;
struct optimizer_class;

struct kernels {
	const char *name;
	void (*product)(const struct product *product);
	void (*gradient)(const struct gradient *gradient);
	/* Math: w = w - rate * g. Shapes: g, w [n]. Returns whether all of w are finite. */
	bool (*descend)(size_t n, double rate, const double *g, double *w);
	const struct fast_op *ops; /* rows, up to one whose op is NULL */
	/* The rows of optimizer_registry, in its order, with the loops of this variant. */
	const struct optimizer_class *const *optimizers;
};

/* The variants that this processor can run, the fastest last, then NULL. */
const struct kernels *const *kernels_all(void);
/* The variant in use: the fastest, unless kernels_use has chosen. */
const struct kernels *kernels_current(void);
/* Puts the variant called name in use (NULL: the fastest); false where there is none. Not while
 * another thread computes. */
bool kernels_use(const char *name);

#endif
