/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_normalise.c -- (x - mu) / sqrt(var + epsilon) by the statistics of a batch (batch-normalise)
 * or of an example (unit-normalise), the variance over the units of an example, and what comes
 * after either: scale and shift, w x + b with a weight and a bias for each unit.
 *
 * Shapes: x [units][examples]; mu, var of a batch [units][1], of an example [1][examples];
 * w, b [units][1].
 * Math: d/dvar (x - mu) (var + epsilon)^(-1/2) = -(x - mu) / (2 sqrt(var + epsilon)^3).
 * Source: S. Ioffe, C. Szegedy, "Batch normalization" (2015), algorithm 1; J. L. Ba, J. R. Kiros,
 * G. E. Hinton, "Layer normalization" (2016), eq. 3; epsilon as PyTorch has it. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "elementwise.h"

enum { SLOT_X, SLOT_MU, SLOT_VAR };
enum { SLOT_W = 1, SLOT_B };

static bool is_of_examples(const struct node *node)
{
	return !node->per_batch && node->kind != NODE_PARAM;
}

static bool is_for_units(const struct node *node, size_t rows)
{
	return node->kind == NODE_PARAM && node->rows == rows && node->cols == 1;
}

static enum status unfit(const struct node *node, struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT, _("%s: these shapes do not fit together"),
			 node->op->name);
}

static enum status variance_infer(struct node *node, struct error *err)
{
	const struct node *x = node->inputs[SLOT_X], *mu = node->inputs[SLOT_MU];
	node->rows = 1;
	return is_of_examples(x) && is_of_examples(mu) && mu->rows == 1 ? STATUS_OK
									: unfit(node, err);
}

static struct range variance_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	return range_of(i, in->stride, slot == SLOT_X ? in->rows : 1);
}

static void variance_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X], *mu = node->inputs[SLOT_MU];
	for (size_t n = 0; n < node->cols; n++) {
		double sum = 0.0;
		for (size_t row = 0; row < x->rows; row++) {
			double d = x->value[row * x->stride + n] - mu->value[n];
			sum += d * d;
		}
		node->value[n] = 1.0 / (double)x->rows * sum;
	}
}

static double variance_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	const struct node *x = node->inputs[SLOT_X], *mu = node->inputs[SLOT_MU];
	double sum = 0.0, n = (double)x->rows;
	if (!range_contains(variance_inputs(node, i, slot), j))
		return 0.0;
	if (slot == SLOT_X)
		return 2.0 / n * (x->value[j] - mu->value[i]);
	for (size_t row = 0; row < x->rows; row++)
		sum += x->value[row * x->stride + i] - mu->value[i];
	return -2.0 / n * sum;
}

/* Adds what arrives at element i of the node to all elements of a slot that it reads. */
static void spread(struct node *node, size_t i, size_t slot)
{
	struct range range = node->op->inputs(node, i, slot);
	for (size_t q = 0; q < range.count; q++) {
		size_t j = range.first + q * range.stride;
		node->inputs[slot]->grad[j] += node->grad[i] * node->op->partial(node, i, slot, j);
	}
}

static void spread_all(struct node *node)
{
	for (size_t slot = 0; slot < node->op->n_slots; slot++)
		for (size_t row = 0; row < node->rows; row++)
			for (size_t n = 0; n < node->cols; n++)
				spread(node, row * node->stride + n, slot);
}

static enum status batch_normalise_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[SLOT_X]->rows;
	bool fits = is_of_examples(node->inputs[SLOT_X]);
	for (size_t slot = SLOT_MU; slot <= SLOT_VAR; slot++)
		fits =
		    fits && node->inputs[slot]->per_batch && node->inputs[slot]->rows == node->rows;
	return fits ? STATUS_OK : unfit(node, err);
}

static enum status unit_normalise_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[SLOT_X]->rows;
	bool fits = is_of_examples(node->inputs[SLOT_X]);
	for (size_t slot = SLOT_MU; slot <= SLOT_VAR; slot++)
		fits = fits && is_of_examples(node->inputs[slot]) && node->inputs[slot]->rows == 1;
	return fits ? STATUS_OK : unfit(node, err);
}

/* The element of a statistic that output i reads: its unit's, or its example's. */
static size_t statistic(const struct node *node, size_t i, size_t slot)
{
	return node->inputs[slot]->per_batch ? node_row(node, i) : node_col(node, i);
}

static struct range normalise_inputs(const struct node *node, size_t i, size_t slot)
{
	return range_of(slot == SLOT_X ? i : statistic(node, i, slot), 1, 1);
}

static double deviation(const struct node *node, size_t i)
{
	return sqrt(node->inputs[SLOT_VAR]->value[statistic(node, i, SLOT_VAR)] +
		    node->attributes[0]);
}

static double distance(const struct node *node, size_t i)
{
	return node->inputs[SLOT_X]->value[i] -
	       node->inputs[SLOT_MU]->value[statistic(node, i, SLOT_MU)];
}

static void normalise_forward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)
			node->value[e] = distance(node, e) / deviation(node, e);
}

static double normalise_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	if (!range_contains(normalise_inputs(node, i, slot), j))
		return 0.0;
	double s = deviation(node, i);
	return slot == SLOT_X    ? 1.0 / s
	       : slot == SLOT_MU ? -1.0 / s
				 : -distance(node, i) / (2.0 * (s * s * s));
}

static enum status scale_shift_infer(struct node *node, struct error *err)
{
	const struct node *x = node->inputs[SLOT_X];
	node->rows = x->rows;
	return is_of_examples(x) && is_for_units(node->inputs[SLOT_W], x->rows) &&
		       is_for_units(node->inputs[SLOT_B], x->rows)
		   ? STATUS_OK
		   : unfit(node, err);
}

static struct range scale_shift_inputs(const struct node *node, size_t i, size_t slot)
{
	return range_of(slot == SLOT_X ? i : node_row(node, i), 1, 1);
}

static void scale_shift_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X];
	const double *w = node->inputs[SLOT_W]->value, *b = node->inputs[SLOT_B]->value;
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)
			node->value[e] = w[row] * x->value[e] + b[row];
}

static double scale_shift_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	if (!range_contains(scale_shift_inputs(node, i, slot), j))
		return 0.0;
	return slot == SLOT_B   ? 1.0
	       : slot == SLOT_X ? node->inputs[SLOT_W]->value[node_row(node, i)]
				: node->inputs[SLOT_X]->value[i];
}

static const struct hyper attributes[] = {
    {"epsilon", "ε", N_("added to the variance, so that nothing is divided by 0"), 1e-5, 0.0, 1.0},
};

#define WHY_X N_("one over the standard deviation: the wider the spread, the less one value counts")
#define WHY_MU N_("a larger mean lowers every normalised value alike")
#define WHY_VAR N_("a larger variance draws every normalised value towards 0")
static const struct op_slot normalise_slots[] = {
    {.name = "x", .partial = "1/sqrt(var + epsilon)", .why = WHY_X},
    {.name = "mu", .partial = "-1/sqrt(var + epsilon)", .why = WHY_MU},
    {.name = "var",
     .partial = "-(x - mu)/(2*sqrt(var + epsilon)^3)",
     .why = WHY_VAR,
     .most = INFINITY},
};

#define NORMALISE_ROW                                                         \
	.family = OP_LAYER, SLOTS(normalise_slots), ATTRIBUTES(attributes),   \
	.rule = "(x - mu)/sqrt(var + epsilon)", .forward = normalise_forward, \
	.backward = spread_all, .inputs = normalise_inputs, .partial = normalise_partial

const struct op op_batch_normalise = {
    .name = "batch-normalise",
    .summary = N_("distance from the batch's mean, in standard deviations of the batch"),
    .infer = batch_normalise_infer,
    NORMALISE_ROW,
};

const struct op op_unit_normalise = {
    .name = "unit-normalise",
    .summary = N_("distance from the layer's mean, in standard deviations of the layer"),
    .infer = unit_normalise_infer,
    NORMALISE_ROW,
};

static const struct op_slot variance_slots[] = {
    {.name = "x",
     .partial = "2/n*(x - mu)",
     .why = N_("the farther a unit is from the mean, the more it moves the variance")},
    {.name = "mu",
     .partial = "-2/n*sum(x - mu)",
     .why = N_("the distances from the mean add up to 0: the mean is where the variance is least")},
};

const struct op op_unit_variance = {
    .name = "unit-variance",
    .summary = N_("the variance over the units of an example"),
    .family = OP_LAYER,
    SLOTS(variance_slots),
    .rule = "1/n*sum((x - mu)^2)",
    .infer = variance_infer,
    .forward = variance_forward,
    .backward = spread_all,
    .inputs = variance_inputs,
    .partial = variance_partial,
};

static const struct op_slot scale_shift_slots[] = {
    {.name = "x", .partial = "w", .why = N_("the scale that this unit has learnt")},
    {.name = "w", .partial = "x", .why = N_("the scale is multiplied with the normalised value")},
    {.name = "b", .partial = "1", .why = N_("the shift is added as it is")},
};

const struct op op_scale_shift = {
    .name = "scale-shift",
    .summary = N_("scaled by γ and shifted by β"),
    .family = OP_SCALING,
    SLOTS(scale_shift_slots),
    .rule = "w*x + b",
    .infer = scale_shift_infer,
    .forward = scale_shift_forward,
    .backward = spread_all,
    .inputs = scale_shift_inputs,
    .partial = scale_shift_partial,
};
