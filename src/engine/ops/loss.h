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
		const double *p = node->inputs[0]->value, *t = node->inputs[1]->value;          \
		struct runs runs = elementwise_runs(node);                                      \
		for (size_t k = 0; k < runs.count; k++)                                         \
			for (size_t n = 0, e = k * node->stride; n < runs.length; n++, e++)     \
				node->value[e] = op##_value(p[e], t[e], node->attributes);      \
	}                                                                                       \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j)    \
	{                                                                                       \
		if (i != j)                                                                     \
			return 0.0;                                                             \
		return op##_slope(node->inputs[0]->value[i], node->inputs[1]->value[i],         \
				  node->attributes, slot);                                      \
	}                                                                                       \
	static inline void op##_spread(struct node *node, size_t slot)                          \
	{                                                                                       \
		const double *p = node->inputs[0]->value, *t = node->inputs[1]->value;          \
		double *dx = node->inputs[slot]->grad;                                          \
		bool add = !node->sets[slot];                                                   \
		struct runs runs = elementwise_runs(node);                                      \
		if (node->inputs[slot]->grad_unwanted)                                          \
			return;                                                                 \
		for (size_t k = 0; k < runs.count; k++)                                         \
			for (size_t n = 0, e = k * node->stride; n < runs.length; n++, e++) {   \
				double slope = op##_slope(p[e], t[e], node->attributes, slot);  \
				double part = node->grad[e] * slope;                            \
				dx[e] = add ? dx[e] + part : part;                              \
			}                                                                       \
	}                                                                                       \
	static void op##_backward(struct node *node)                                            \
	{                                                                                       \
		op##_spread(node, 0);                                                           \
		op##_spread(node, 1);                                                           \
	}

#define LOSS_ROW(op)                                                                            \
	.family = OP_LOSS, .n_slots = 2, .slots = {"p", "t"}, .infer = elementwise_infer,       \
	.forward = op##_forward, .backward = op##_backward, .inputs = elementwise_inputs,       \
	.partial = op##_partial, .minds_sets = true, .shows_grads = true

#endif
