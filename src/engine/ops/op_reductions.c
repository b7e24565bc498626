/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_reductions.c -- sum and mean over the units of each example.
 * Shapes: x [units][examples] -> y [1][examples]. */
#include "backstep/base/i18n.h"
#include "backstep/engine/graph.h"

static enum status reduction_infer(struct node *node, struct error *err)
{
	(void)err;
	node->rows = 1;
	return STATUS_OK;
}

static struct range reduction_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	return (struct range){i, x->stride, x->rows};
}

static void sum_forward(struct node *node)
{
	const struct node *x = node->inputs[0];
	double *restrict y = node->value;
	for (size_t n = 0; n < node->cols; n++)
		y[n] = x->value[n];
	for (size_t row = 1; row < x->rows; row++) {
		const double *restrict from = x->value + row * x->stride;
		for (size_t n = 0; n < node->cols; n++)
			y[n] += from[n];
	}
}

/* dx += share * dy for every unit. */
static void spread(struct node *node, double share)
{
	struct node *x = node->inputs[0];
	const double *restrict dy = node->grad;
	for (size_t row = 0; row < x->rows && !x->grad_unwanted; row++) {
		double *restrict dx = x->grad + row * x->stride;
		for (size_t n = 0; n < node->cols; n++)
			dx[n] = dy[n] * share + (node->sets[0] ? -0.0 : dx[n]);
	}
}

static void sum_backward(struct node *node)
{
	spread(node, 1.0);
}

static double sum_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	return range_contains(reduction_inputs(node, i, slot), j) ? 1.0 : 0.0;
}

static double share(const struct node *node)
{
	return 1.0 / (double)node->inputs[0]->rows;
}

static void mean_forward(struct node *node)
{
	sum_forward(node);
	for (size_t n = 0; n < node->cols; n++)
		node->value[n] *= share(node);
}

static void mean_backward(struct node *node)
{
	spread(node, share(node));
}

static double mean_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	return sum_partial(node, i, slot, j) * share(node);
}

const struct op op_sum = {
    .name = "sum",
    .summary = N_("the sum of the terms"),
    .family = OP_REDUCTION,
    .n_slots = 1,
    .slots = {"x"},
    .rule = "sum(x)",
    .partial_rule = {"1"},
    .partial_why = {N_("a sum passes a change of any of its terms on as it is")},
    .infer = reduction_infer,
    .forward = sum_forward,
    .backward = sum_backward,
    .inputs = reduction_inputs,
    .partial = sum_partial,
    .minds_sets = true,
    .shows_values = true,
    .shows_grads = true,
};

const struct op op_mean = {
    .name = "mean",
    .summary = N_("the mean of the terms"),
    .family = OP_REDUCTION,
    .n_slots = 1,
    .slots = {"x"},
    .rule = "1/n*sum(x)",
    .partial_rule = {"1/n"},
    .partial_why = {N_("each of the n terms counts for one n-th of the mean")},
    .infer = reduction_infer,
    .forward = mean_forward,
    .backward = mean_backward,
    .inputs = reduction_inputs,
    .partial = mean_partial,
    .minds_sets = true,
    .shows_values = true,
    .shows_grads = true,
};
