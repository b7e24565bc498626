/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_batch.c -- what a batch is normalised by: the mean and the variance of each unit over the
 * examples. The variance divides by n.
 *
 * Shapes: x [units][examples] -> y [units][1], about the whole batch.
 * Beside its value each op carries a running statistic, r = (1 - momentum) r + momentum y, that
 * stands in for it where the network is only used. That of the variance takes the unbiased one,
 * n / (n - 1) y: a batch of one example has none, and is refused by trainer.h.
 * Source: S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by
 * reducing internal covariate shift" (2015), algorithms 1 and 2; the moving average with momentum
 * is that of PyTorch's BatchNorm1d. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../passes.h"
#include "elementwise.h"

enum { SLOT_X, SLOT_MU };

static enum status mean_infer(struct node *node, struct error *err)
{
	const struct node *x = node->inputs[SLOT_X];
	node->rows = x->rows;
	node_make_per_batch(node);
	if (!x->per_batch && x->kind != NODE_PARAM)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("%s needs one column for each example"),
			 node->op->name);
}

static enum status variance_infer(struct node *node, struct error *err)
{
	const struct node *mu = node->inputs[SLOT_MU];
	enum status status = mean_infer(node, err);
	if (status || (mu->per_batch && mu->rows == node->rows))
		return status;
	return error_set(err, STATUS_BAD_INPUT, _("%s needs the mean of each unit over the batch"),
			 node->op->name);
}

/* Unit i reads its own row of x, and its own mean. */
static struct range moment_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[SLOT_X];
	if (slot == SLOT_X)
		return range_of(i * x->stride, 1, x->cols);
	return range_of(i, 1, 1);
}

/* Where the network is only used, the running statistic is the value. */
static bool takes_state(struct node *node)
{
	if (node->graph->mode == GRAPH_TRAIN)
		return false;
	memcpy(node->value, node->state, node->rows * sizeof *node->value);
	return true;
}

static void mean_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X];
	if (takes_state(node))
		return;
	for (size_t row = 0; row < node->rows; row++) {
		double sum = x->value[row * x->stride];
		for (size_t n = 1; n < x->cols; n++)
			sum += x->value[row * x->stride + n];
		node->value[row] = 1.0 / (double)x->cols * sum;
	}
}

static void mean_backward(struct node *node)
{
	struct node *x = node->inputs[SLOT_X];
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0; n < x->cols; n++)
			x->grad[row * x->stride + n] += node->grad[row] * (1.0 / (double)x->cols);
}

static double mean_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	struct range range = moment_inputs(node, i, slot);
	return range_contains(range, j) ? 1.0 / (double)range.count : 0.0;
}

static void mean_carry(const struct node *node, double *next)
{
	double momentum = node->attributes[0];
	for (size_t row = 0; row < node->rows; row++)
		next[row] = (1.0 - momentum) * node->state[row] + momentum * node->value[row];
}

static void variance_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X], *mu = node->inputs[SLOT_MU];
	if (takes_state(node))
		return;
	for (size_t row = 0; row < node->rows; row++) {
		double sum = 0.0;
		for (size_t n = 0; n < x->cols; n++) {
			double d = x->value[row * x->stride + n] - mu->value[row];
			sum += d * d;
		}
		node->value[row] = 1.0 / (double)x->cols * sum;
	}
}

static double variance_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	const struct node *x = node->inputs[SLOT_X], *mu = node->inputs[SLOT_MU];
	double sum = 0.0, n = (double)x->cols;
	if (!range_contains(moment_inputs(node, i, slot), j))
		return 0.0;
	if (slot == SLOT_X)
		return 2.0 / n * (x->value[j] - mu->value[i]);
	for (size_t k = 0; k < x->cols; k++)
		sum += x->value[i * x->stride + k] - mu->value[i];
	return -2.0 / n * sum;
}

static void variance_backward(struct node *node)
{
	struct node *x = node->inputs[SLOT_X], *mu = node->inputs[SLOT_MU];
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t n = 0, e = row * x->stride; n < x->cols; n++, e++)
			x->grad[e] += node->grad[row] * variance_partial(node, row, SLOT_X, e);
		mu->grad[row] += node->grad[row] * variance_partial(node, row, SLOT_MU, row);
	}
}

static void variance_carry(const struct node *node, double *next)
{
	double momentum = node->attributes[0], n = (double)node->inputs[SLOT_X]->cols;
	for (size_t row = 0; row < node->rows; row++)
		next[row] = (1.0 - momentum) * node->state[row] +
			    momentum * (n / (n - 1.0)) * node->value[row];
}

static const struct hyper attributes[] = {
    {"momentum", "α", N_("how much a batch counts in the running statistics"), 0.1, 0.0, 1.0},
};

static const struct op_slot mean_slots[] = {
    {.name = "x",
     .partial = "1/n",
     .why = N_("each of the n rows counts for one n-th of the mean")},
};
static const struct op_carry carry_of_mean = {
    .next = mean_carry,
    .rule = "(1 - momentum)*r + momentum*y",
    .summary = N_("the running mean: what stands in for the batch's where there is none"),
};

const struct op op_batch_mean = {
    .name = "batch-mean",
    .summary = N_("the mean of a unit over the rows of the batch"),
    .family = OP_LAYER,
    SLOTS(mean_slots),
    ATTRIBUTES(attributes),
    .rule = "1/n*sum(x)",
    .carry = &carry_of_mean,
    .infer = mean_infer,
    .forward = mean_forward,
    .backward = mean_backward,
    .inputs = moment_inputs,
    .partial = mean_partial,
};

static const struct op_slot variance_slots[] = {
    {.name = "x",
     .partial = "2/n*(x - mu)",
     .why = N_("the farther a row is from the mean, the more it moves the variance")},
    {.name = "mu",
     .partial = "-2/n*sum(x - mu)",
     .why = N_("the distances from the mean add up to 0: the mean is where the variance is least")},
};
static const struct op_carry carry_of_variance = {
    .next = variance_carry,
    .rule = "(1 - momentum)*r + momentum*(n/(n - 1))*y",
    .summary = N_("the running variance, of the unbiased one: n/(n − 1) of the batch's"),
    .initial = 1.0,
};

const struct op op_batch_variance = {
    .name = "batch-variance",
    .summary = N_("the variance of a unit over the rows of the batch"),
    .family = OP_LAYER,
    SLOTS(variance_slots),
    ATTRIBUTES(attributes),
    .rule = "1/n*sum((x - mu)^2)",
    .carry = &carry_of_variance,
    .infer = variance_infer,
    .forward = variance_forward,
    .backward = variance_backward,
    .inputs = moment_inputs,
    .partial = variance_partial,
};
