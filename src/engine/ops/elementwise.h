/* SPDX-License-Identifier: GPL-3.0-or-later */
/* elementwise.h -- what every op shares whose output i depends on element i of each input only.
 *
 * ELEMENTWISE_UNARY writes the loops of an op from two expressions: value in terms of x, and
 * slope in terms of x and y; a[] are the op's attributes. ELEMENTWISE_KERNEL writes those of a
 * function that has a kernel. */
#ifndef BACKSTEP_ENGINE_ELEMENTWISE_H
#define BACKSTEP_ENGINE_ELEMENTWISE_H

#include "backstep/engine/graph.h"
#include "backstep/engine/kernels.h"
#include "few.h"

enum status elementwise_infer(struct node *node, struct error *err);
struct range elementwise_inputs(const struct node *node, size_t i, size_t slot);

/* A node's elements as runs of neighbours: run k begins at k * stride. */
struct runs {
	size_t count, length;
};
static inline struct runs elementwise_runs(const struct node *node)
{
	if (node->cols == node->stride)
		return (struct runs){1, node->rows * node->cols};
	return (struct runs){node->rows, node->cols};
}

/* The piece of a function with one kink, at x = 0. */
int elementwise_side_of_zero(const struct node *node, size_t i);

#define ELEMENTWISE_SLOPE(op, slope_expr)                                                       \
	static inline double op##_slope(double x, double y, const double *a)                    \
	{                                                                                       \
		(void)x, (void)y, (void)a;                                                      \
		return slope_expr;                                                              \
	}                                                                                       \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j)    \
	{                                                                                       \
		(void)slot;                                                                     \
		if (i != j)                                                                     \
			return 0.0;                                                             \
		return op##_slope(node->inputs[0]->value[i], node->value[i], node->attributes); \
	}

#define ELEMENTWISE_UNARY(op, value_expr, slope_expr)                                          \
	ELEMENTWISE_SLOPE(op, slope_expr)                                                      \
	static inline double op##_value(double x, const double *a)                             \
	{                                                                                      \
		(void)a;                                                                       \
		return value_expr;                                                             \
	}                                                                                      \
	static void op##_forward(struct node *node)                                            \
	{                                                                                      \
		const double *x = node->inputs[0]->value, *a = node->attributes;               \
		struct runs runs = elementwise_runs(node);                                     \
		for (size_t k = 0; k < runs.count; k++)                                        \
			for (size_t n = 0, e = k * node->stride; n < runs.length; n++, e++)    \
				node->value[e] = op##_value(x[e], a);                          \
	}                                                                                      \
	static void op##_backward(struct node *node)                                           \
	{                                                                                      \
		struct node *x = node->inputs[0];                                              \
		struct runs runs = elementwise_runs(node);                                     \
		for (size_t k = 0; k < runs.count && !x->grad_unwanted; k++)                   \
			for (size_t n = 0, e = k * node->stride; n < runs.length; n++, e++) {  \
				double slope =                                                 \
				    op##_slope(x->value[e], node->value[e], node->attributes); \
				double dx = node->grad[e] * slope;                             \
				x->grad[e] = node->sets[0] ? dx : x->grad[e] + dx;             \
			}                                                                      \
	}

/* The same for a function of unary_list.h, by its kernel where there are enough elements. */
#define ELEMENTWISE_KERNEL(op)                                                                    \
	ELEMENTWISE_SLOPE(op, unary_##op##_slope(x, y))                                           \
	FEW_KERNEL(op, op.few)                                                                    \
	static void op##_forward(struct node *node)                                               \
	{                                                                                         \
		const double *x = node->inputs[0]->value;                                         \
		double *y = node->value;                                                          \
		struct runs runs = elementwise_runs(node);                                        \
		for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)                 \
			if (runs.length >= KERNELS_SMALL_UNARY)                                   \
				kernels_current()->op.forward(runs.length, x + e, y + e);         \
			else                                                                      \
				for (size_t n = e; n < e + runs.length; n++)                      \
					y[n] = unary_##op##_value(x[n]);                          \
	}                                                                                         \
	static void op##_backward(struct node *node)                                              \
	{                                                                                         \
		const double *x = node->inputs[0]->value, *y = node->value, *dy = node->grad;     \
		double *dx = node->inputs[0]->grad;                                               \
		struct runs runs = elementwise_runs(node);                                        \
		bool add = !node->sets[0];                                                        \
		if (node->inputs[0]->grad_unwanted)                                               \
			return;                                                                   \
		for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)                 \
			if (runs.length >= KERNELS_SMALL_UNARY)                                   \
				kernels_current()->op.backward(runs.length, x + e, y + e, dy + e, \
							       dx + e, add);                      \
			else                                                                      \
				for (size_t n = e; n < e + runs.length; n++) {                    \
					double part = dy[n] * unary_##op##_slope(x[n], y[n]);     \
					dx[n] = add ? dx[n] + part : part;                        \
				}                                                                 \
	}

/* The fields of a unary row that ELEMENTWISE_UNARY wrote. */
#define ELEMENTWISE_ROW(op)                                                                \
	.n_slots = 1, .slots = {"x"}, .infer = elementwise_infer, .forward = op##_forward, \
	.backward = op##_backward, .inputs = elementwise_inputs, .partial = op##_partial,  \
	.elementwise = true, .minds_sets = true, .shows_grads = true

#endif
