/* SPDX-License-Identifier: GPL-3.0-or-later */
/* elementwise.h -- what every op shares whose output i depends on element i of each input only.
 *
 * ELEMENTWISE_UNARY writes the loops of an op from two expressions: value in terms of x, and
 * slope in terms of x and y; a[] are the op's attributes. */
#ifndef BACKSTEP_ENGINE_ELEMENTWISE_H
#define BACKSTEP_ENGINE_ELEMENTWISE_H

#include "backstep/engine/graph.h"

enum status elementwise_infer(struct node *node, struct error *err);
struct range elementwise_inputs(const struct node *node, size_t i, size_t slot);

/* The piece of a function with one kink, at x = 0. */
int elementwise_side_of_zero(const struct node *node, size_t i);

#define ELEMENTWISE_UNARY(op, value_expr, slope_expr)                                           \
	static inline double op##_value(double x, const double *a)                              \
	{                                                                                       \
		(void)a;                                                                        \
		return value_expr;                                                              \
	}                                                                                       \
	static inline double op##_slope(double x, double y, const double *a)                    \
	{                                                                                       \
		(void)x, (void)y, (void)a;                                                      \
		return slope_expr;                                                              \
	}                                                                                       \
	static void op##_forward(struct node *node)                                             \
	{                                                                                       \
		const struct node *x = node->inputs[0];                                         \
		for (size_t row = 0; row < node->rows; row++)                                   \
			for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)    \
				node->value[e] = op##_value(x->value[e], node->attributes);     \
	}                                                                                       \
	static void op##_backward(struct node *node)                                            \
	{                                                                                       \
		struct node *x = node->inputs[0];                                               \
		for (size_t row = 0; row < node->rows; row++)                                   \
			for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)    \
				x->grad[e] += node->grad[e] * op##_slope(x->value[e],           \
									 node->value[e],        \
									 node->attributes);     \
	}                                                                                       \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j)    \
	{                                                                                       \
		(void)slot;                                                                     \
		if (i != j)                                                                     \
			return 0.0;                                                             \
		return op##_slope(node->inputs[0]->value[i], node->value[i], node->attributes); \
	}

/* The fields of a unary row that ELEMENTWISE_UNARY wrote. */
#define ELEMENTWISE_ROW(op)                                                                        \
	.n_slots = 1, .slots = {"x"}, .infer = elementwise_infer, .forward = op##_forward,         \
	.backward = op##_backward, .inputs = elementwise_inputs, .partial = op##_partial,          \
	.elementwise = true

#endif
