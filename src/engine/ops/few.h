/* SPDX-License-Identifier: GPL-3.0-or-later */
/* few.h -- the passes of a dense layer of a few units over one example or the four of a truth
 * table.
 *
 * Here a call for each op and a loop that copes with any shape would cost more than the arithmetic:
 * the weighted sums and the function on top of them are one pass, whose loops over examples have
 * lengths that the compiler knows. Every sum has the order of the ops', so the bits are theirs, and
 * every number lies where the ops would put it.
 *
 * To give an activation these passes: FEW_PASSES in its file, and .few in its row. */
#ifndef BACKSTEP_ENGINE_FEW_H
#define BACKSTEP_ENGINE_FEW_H

#include "backstep/engine/graph.h"

/* A layer z = W x + b, y = f(z), and where its numbers are. Without f, y is z. Shapes: W [units]
 * [inputs], b [units], [1] or none; x [inputs], z and y [units], each times the examples. */
struct few {
	size_t n_units, n_inputs;
	bool shares_bias;
	const double *w, *b, *x;
	double *z, *y;
	double *dw, *db, *dx, *dz; /* db: NULL without biases; dx: where nobody asks for it */
	const double *dy;
	const struct few_passes *passes;
	size_t n_ops; /* that the passes stand for: 1, or 2 with the activation's */
};

/* For one example, and for four. */
struct few_passes {
	void (*forward[2])(const struct few *few);
	void (*backward[2])(const struct few *few);
};

#ifdef __clang__
#define FEW_UNROLL
#else
#define FEW_UNROLL _Pragma("GCC unroll 4")
#endif
#define FEW_EACH(n, first, n_examples) FEW_UNROLL for (size_t n = first; n < n_examples; n++)
#define FEW_INLINE static inline __attribute__((always_inline))

FEW_INLINE void few_sums(const struct few *few, size_t n_examples)
{
	const double *w = few->w, *b = few->b, *end = w + few->n_units * few->n_inputs;
	double *restrict z = few->z;
	for (; w != end; z += n_examples) {
		const double *x = few->x, *w_end = w + few->n_inputs;
		double sum[4] = {-0.0, -0.0, -0.0, -0.0}; /* -0.0 + x is x for every x */
		for (; w != w_end; w++, x += n_examples)
			FEW_EACH (n, 0, n_examples)
				sum[n] += *w * x[n];
		FEW_EACH (n, 0, n_examples)
			z[n] = b ? sum[n] + *b : sum[n];
		b = b && !few->shares_bias ? b + 1 : b;
	}
}

/* What unit o hands to its weights, its bias and its inputs. Math: dz is its gradient. */
FEW_INLINE void few_gradients(const struct few *few, size_t o, const double *dz, size_t n_examples)
{
	const size_t first = o * few->n_inputs;
	const double *w = few->w + first, *x = few->x, *end = w + few->n_inputs;
	double *restrict dw = few->dw + first, *restrict dx = few->dx;
	double sum = few->shares_bias && o ? *few->db + dz[0] : dz[0];
	FEW_EACH (n, 1, n_examples)
		sum += dz[n];
	if (few->db)
		few->db[few->shares_bias ? 0 : o] = sum;
	for (; w != end; w++, dw++, x += n_examples) {
		sum = dz[0] * x[0];
		FEW_EACH (n, 1, n_examples)
			sum += dz[n] * x[n];
		*dw = sum;
		if (!dx)
			continue;
		const double weight = *w;
		double part[4];
		FEW_EACH (n, 0, n_examples)
			part[n] = (o ? dx[n] : -0.0) + weight * dz[n];
		FEW_EACH (n, 0, n_examples)
			dx[n] = part[n];
		dx += n_examples;
	}
}

/* The passes name_few of a layer whose activation has these expressions, in terms of x and y. */
#define FEW_PASSES(name, value, slope)                                                \
	FEW_INLINE void name##_few_forward(const struct few *few, size_t n_examples)  \
	{                                                                             \
		few_sums(few, n_examples);                                            \
		for (size_t e = 0; e < few->n_units * n_examples; e++) {              \
			double x = few->z[e];                                         \
			few->y[e] = value;                                            \
		}                                                                     \
	}                                                                             \
	FEW_INLINE void name##_few_backward(const struct few *few, size_t n_examples) \
	{                                                                             \
		for (size_t o = 0; o < few->n_units; o++) {                           \
			double dz[4];                                                 \
			FEW_EACH (n, 0, n_examples) {                                 \
				size_t e = o * n_examples + n;                        \
				double x = few->z[e], y = few->y[e];                  \
				(void)x, (void)y;                                     \
				few->dz[e] = dz[n] = few->dy[e] * (slope);            \
			}                                                             \
			few_gradients(few, o, dz, n_examples);                        \
		}                                                                     \
	}                                                                             \
	static void name##_few_forward_1(const struct few *few)                       \
	{                                                                             \
		name##_few_forward(few, 1);                                           \
	}                                                                             \
	static void name##_few_forward_4(const struct few *few)                       \
	{                                                                             \
		name##_few_forward(few, 4);                                           \
	}                                                                             \
	static void name##_few_backward_1(const struct few *few)                      \
	{                                                                             \
		name##_few_backward(few, 1);                                          \
	}                                                                             \
	static void name##_few_backward_4(const struct few *few)                      \
	{                                                                             \
		name##_few_backward(few, 4);                                          \
	}                                                                             \
	static const struct few_passes name##_few = {                                 \
	    {name##_few_forward_1, name##_few_forward_4},                             \
	    {name##_few_backward_1, name##_few_backward_4},                           \
	};

/* Finds the layers of graph whose passes these are, for the plan that stands. */
void few_plan(struct graph *graph);

/* The passes of node's layer, if it has such and the batch is full; else NULL. */
FEW_INLINE const struct few *few_of(const struct node *node)
{
	return node->graph->n_examples == node->graph->stride ? node->few : NULL;
}

#endif
