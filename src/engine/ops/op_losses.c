/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses.c -- the loss of one output p against its target t, element by element. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

/* Writes the loops of a loss from its value and its slopes, all in terms of p and t. */
#define LOSS(op, value_expr, slope_p_expr, slope_t_expr)                                          \
	static inline double op##_slope(double p, double t, size_t slot)                          \
	{                                                                                         \
		(void)p, (void)t;                                                                 \
		return slot == 0 ? (slope_p_expr) : (slope_t_expr);                               \
	}                                                                                         \
	static void op##_forward(struct node *node)                                               \
	{                                                                                         \
		for (size_t row = 0; row < node->rows; row++)                                     \
			for (size_t e = row * node->stride; e < row * node->stride + node->cols;  \
			     e++) {                                                               \
				double p = node->inputs[0]->value[e];                             \
				double t = node->inputs[1]->value[e];                             \
				node->value[e] = (value_expr);                                    \
			}                                                                         \
	}                                                                                         \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j)      \
	{                                                                                         \
		if (i != j)                                                                       \
			return 0.0;                                                               \
		return op##_slope(node->inputs[0]->value[i], node->inputs[1]->value[i], slot);    \
	}                                                                                         \
	static void op##_backward(struct node *node)                                              \
	{                                                                                         \
		for (size_t slot = 0; slot < 2; slot++)                                           \
			for (size_t row = 0; row < node->rows; row++)                             \
				for (size_t e = row * node->stride;                               \
				     e < row * node->stride + node->cols; e++)                    \
					node->inputs[slot]->grad[e] +=                            \
						node->grad[e] * op##_partial(node, e, slot, e);   \
	}

#define LOSS_ROW(op)                                                                              \
	.family = OP_LOSS, .n_slots = 2, .slots = {"p", "t"}, .infer = elementwise_infer,         \
	.forward = op##_forward, .backward = op##_backward, .inputs = elementwise_inputs,         \
	.partial = op##_partial

LOSS(half_squared_error, 0.5 * ((t - p) * (t - p)), p - t, t - p)
LOSS(squared_error, (p - t) * (p - t), 2.0 * (p - t), 2.0 * (t - p))
LOSS(error, t - p, -1.0, 1.0)

#define WHY_P N_("how far the output is from its target, and on which side")
#define WHY_T N_("how far the target is from the output, and on which side")

const struct op op_half_squared_error = {
	.name = "half-squared-error", .summary = N_("half the squared error of one output"),
	.rule = "1/2*(t - p)^2", .partial_rule = {"p - t", "t - p"},
	.partial_why = {WHY_P, WHY_T},
	LOSS_ROW(half_squared_error),
};

const struct op op_squared_error = {
	.name = "squared-error", .summary = N_("the squared error of one output"),
	.rule = "(p - t)^2", .partial_rule = {"2*(p - t)", "2*(t - p)"},
	.partial_why = {WHY_P, WHY_T},
	LOSS_ROW(squared_error),
};

const struct op op_error = {
	.name = "error", .summary = N_("target minus output"),
	.rule = "t - p", .partial_rule = {"-1", "1"},
	.partial_why = {N_("the error falls by as much as the output rises"),
			N_("the error rises by as much as the target does")},
	LOSS_ROW(error),
};
