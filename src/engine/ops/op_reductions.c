/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_reductions.c -- sum and mean over the units of each example.
 * Shapes: x [units][examples] -> y [1][examples]. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static enum status reduction_infer(struct node *node, struct error *err)
{
	(void)err;
	node->rows = 1;
	return STATUS_OK;
}

static struct range reduction_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	return range_of(i, x->stride, x->rows);
}

static void sum_forward(struct node *node)
{
	const struct node *x = node->inputs[0];
	for (size_t n = 0; n < node->cols; n++) {
		double sum = x->value[n];
		for (size_t row = 1; row < x->rows; row++)
			sum += x->value[row * x->stride + n];
		node->value[n] = sum;
	}
}

/* dx += share * dy for every unit. */
static void spread(struct node *node, double share)
{
	struct node *x = node->inputs[0];
	for (size_t row = 0; row < x->rows; row++)
		for (size_t n = 0; n < node->cols; n++)
			x->grad[row * x->stride + n] += node->grad[n] * share;
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

static const struct op_slot sum_slots[] = {
    {.name = "x",
     .partial = "1",
     .why = N_("a sum passes a change of any of its terms on as it is")},
};

const struct op op_sum = {
    .name = "sum",
    .summary = N_("the sum of the terms"),
    .family = OP_REDUCTION,
    SLOTS(sum_slots),
    .rule = "sum(x)",
    .infer = reduction_infer,
    .forward = sum_forward,
    .backward = sum_backward,
    .inputs = reduction_inputs,
    .partial = sum_partial,
};

static const struct op_slot mean_slots[] = {
    {.name = "x",
     .partial = "1/n",
     .why = N_("each of the n terms counts for one n-th of the mean")},
};

const struct op op_mean = {
    .name = "mean",
    .summary = N_("the mean of the terms"),
    .family = OP_REDUCTION,
    SLOTS(mean_slots),
    .rule = "1/n*sum(x)",
    .infer = reduction_infer,
    .forward = mean_forward,
    .backward = mean_backward,
    .inputs = reduction_inputs,
    .partial = mean_partial,
};
