/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss.h -- what every loss shares that compares one output p with its target t. */
#ifndef BACKSTEP_ENGINE_LOSS_H
#define BACKSTEP_ENGINE_LOSS_H

#include "elementwise.h"

/* Writes the loops of a loss from its value and its slopes, all in terms of p and t; a[] are the
 * op's attributes. */
#define LOSS(op, value_expr, slope_p_expr, slope_t_expr)                                        \
	static inline double op##_value(double p, double t, const double *a)                    \
	{                                                                                       \
		(void)a;                                                                        \
		return value_expr;                                                              \
	}                                                                                       \
	static inline double op##_slope(double p, double t, const double *a, size_t slot)       \
	{                                                                                       \
		(void)p, (void)t, (void)a;                                                      \
		return slot == 0 ? (slope_p_expr) : (slope_t_expr);                             \
	}                                                                                       \
	static void op##_forward(struct node *node)                                             \
	{                                                                                       \
		const struct node *p = node->inputs[0], *t = node->inputs[1];                   \
		for (size_t row = 0; row < node->rows; row++)                                   \
			for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)    \
				node->value[e] =                                                \
					op##_value(p->value[e], t->value[e], node->attributes); \
	}                                                                                       \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j)    \
	{                                                                                       \
		if (i != j)                                                                     \
			return 0.0;                                                             \
		return op##_slope(node->inputs[0]->value[i], node->inputs[1]->value[i],         \
				  node->attributes, slot);                                      \
	}                                                                                       \
	static void op##_backward(struct node *node)                                            \
	{                                                                                       \
		for (size_t slot = 0; slot < 2; slot++)                                         \
			for (size_t row = 0; row < node->rows; row++)                           \
				for (size_t n = 0, e = row * node->stride; n < node->cols;      \
				     n++, e++)                                                  \
					node->inputs[slot]->grad[e] +=                          \
						node->grad[e] * op##_partial(node, e, slot, e); \
	}

#define LOSS_ROW(op)                                                                            \
	.family = OP_LOSS, .n_slots = 2, .slots = {"p", "t"}, .infer = elementwise_infer,       \
	.forward = op##_forward, .backward = op##_backward, .inputs = elementwise_inputs,       \
	.partial = op##_partial

#endif
