/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_softmax.c -- softmax over the units of each example, and the fused softmax cross-entropy.
 *
 * The largest input is subtracted before exp(), which changes nothing but the risk of overflow.
 * Math: ds_i/dx_j = s_i (1 - s_i) where i = j, else -s_i s_j.
 * Shapes: x [units][examples] -> softmax [units][examples]; x, t -> loss [1][examples]. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "elementwise.h"

static double largest(const struct node *x, size_t n)
{
	double max = x->value[n];
	for (size_t row = 1; row < x->rows; row++)
		if (!(x->value[row * x->stride + n] <= max)) /* a NaN is the largest */
			max = x->value[row * x->stride + n];
	return max;
}

/* The sum of exp(x - max) over the units of example n. */
static double sum_exp(const struct node *x, size_t n, double max)
{
	double sum = 0.0;
	for (size_t row = 0; row < x->rows; row++)
		sum += exp(x->value[row * x->stride + n] - max);
	return sum;
}

static struct range column_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	return (struct range){node_col(node, i), x->stride, x->rows};
}

static void softmax_forward(struct node *node)
{
	const struct node *x = node->inputs[0];
	for (size_t n = 0; n < node->cols; n++) {
		double max = largest(x, n), sum = sum_exp(x, n, max);
		for (size_t row = 0; row < node->rows; row++)
			node->value[row * node->stride + n] =
				exp(x->value[row * x->stride + n] - max) / sum;
	}
}

static double softmax_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)slot;
	if (node_col(node, i) != node_col(node, j))
		return 0.0;
	double y = node->value[i];
	return i == j ? y * (1.0 - y) : -y * node->value[j];
}

static void softmax_backward(struct node *node)
{
	struct node *x = node->inputs[0];
	for (size_t n = 0; n < node->cols; n++)
		for (size_t k = 0; k < node->rows; k++)
			for (size_t o = 0; o < node->rows; o++)
				x->grad[k * x->stride + n] +=
					node->grad[o * node->stride + n] *
					softmax_partial(node, o * node->stride + n, 0,
							k * node->stride + n);
}

static const char *softmax_partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)node, (void)slot;
	return i == j ? "y*(1 - y)" : "-y*q";
}

const struct op op_softmax = {
	.name = "softmax", .summary = N_("shares of one: each element's exponential over their sum"),
	.family = OP_ACTIVATION, .n_slots = 1, .slots = {"x"},
	.rule = "exp(x)/sum(exp(x))", .partial_rule_of = softmax_partial_rule,
	.partial_why = {N_("an output grows with its own input and shrinks with every other")},
	.infer = elementwise_infer, .forward = softmax_forward, .backward = softmax_backward,
	.inputs = column_inputs, .partial = softmax_partial,
};

static enum status entropy_infer(struct node *node, struct error *err)
{
	enum status status = elementwise_infer(node, err);
	node->rows = 1;
	return status;
}

/* Loss n: the sum of t times log of the softmax, with its sign turned. */
static void entropy_forward(struct node *node)
{
	const struct node *x = node->inputs[0], *t = node->inputs[1];
	for (size_t n = 0; n < node->cols; n++) {
		double max = largest(x, n), total = max + log(sum_exp(x, n, max)), loss = 0.0;
		for (size_t row = 0; row < x->rows; row++)
			loss += t->value[row * t->stride + n] *
				(total - x->value[row * x->stride + n]);
		node->value[n] = loss;
	}
}

static double entropy_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	const struct node *x = node->inputs[0], *t = node->inputs[1];
	size_t n = node_col(node, i);
	if (node_col(x, j) != n)
		return 0.0;
	double max = largest(x, n), sum = sum_exp(x, n, max), targets = 0.0;
	if (slot == 1)
		return max + log(sum) - x->value[j];
	for (size_t row = 0; row < t->rows; row++)
		targets += t->value[row * t->stride + n];
	return exp(x->value[j] - max) / sum * targets - t->value[j];
}

static void entropy_backward(struct node *node)
{
	for (size_t slot = 0; slot < 2; slot++) {
		struct node *x = node->inputs[slot];
		for (size_t row = 0; row < x->rows; row++)
			for (size_t n = 0; n < node->cols; n++)
				x->grad[row * x->stride + n] +=
					node->grad[n] *
					entropy_partial(node, n, slot, row * x->stride + n);
	}
}

const struct op op_softmax_cross_entropy = {
	.name = "softmax-cross-entropy",
	.summary = N_("softmax and cross-entropy in one: minus the log of the right class's share"),
	.family = OP_LOSS, .n_slots = 2, .slots = {"x", "t"},
	.rule = "sum(t)*log(sum(exp(x))) - sum(t*x)",
	.partial_rule = {"exp(x)/sum(exp(x))*sum(t) - t", "log(sum(exp(x))) - x"},
	.partial_why = {N_("the class's share minus its target: softmax and logarithm cancel"),
			N_("how improbable this class is held to be")},
	.infer = entropy_infer, .forward = entropy_forward, .backward = entropy_backward,
	.inputs = column_inputs, .partial = entropy_partial,
};
