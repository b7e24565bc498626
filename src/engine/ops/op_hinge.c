/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_hinge.c -- the multi-class hinge loss of a support vector machine.
 *
 * Math: L = sum over j of (1 - t_j) max(0, x_j - x_y + delta), where y is the class with the
 * largest target (the first of them). With targets of 0 and 1 that is the sum over the wrong
 * classes of max(0, x_j - x_y + delta). Where a margin is exactly 0 there is no derivative; 0 is
 * taken. Shapes: x, t [classes][examples] -> loss [1][examples]. Source: J. Weston, C. Watkins,
 * ESANN 1999; the form of Stanford's CS231n. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static enum status hinge_infer(struct node *node, struct error *err)
{
	enum status status = elementwise_infer(node, err);
	node->rows = 1;
	return status;
}

static struct range hinge_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	return range_of(node_col(node, i), x->stride, x->rows);
}

/* The score of the right class. */
static size_t hinge_chosen(const struct node *node, size_t i)
{
	const struct node *t = node->inputs[1];
	size_t best = node_col(node, i);
	for (size_t row = 1; row < t->rows; row++)
		if (t->value[row * t->stride + node_col(node, i)] > t->value[best])
			best = row * t->stride + node_col(node, i);
	return best;
}

static double margin(const struct node *node, size_t right, size_t j)
{
	const double *x = node->inputs[0]->value;
	return x[j] - x[right] + node->attributes[0];
}

/* A NaN stays. */
static double above_zero(double x)
{
	return x <= 0.0 ? 0.0 : x;
}

static void hinge_forward(struct node *node)
{
	const struct node *t = node->inputs[1];
	for (size_t n = 0; n < node->cols; n++) {
		size_t right = hinge_chosen(node, n);
		double sum = 0.0;
		for (size_t j = n; j < t->rows * t->stride; j += t->stride)
			sum += (1.0 - t->value[j]) * above_zero(margin(node, right, j));
		node->value[n] = sum;
	}
}

/* dL/dx_y: minus the weights of the wrong classes that are too near. */
static double right_slope(const struct node *node, size_t right)
{
	const struct node *t = node->inputs[1];
	double sum = 0.0;
	for (size_t j = node_col(t, right); j < t->rows * t->stride; j += t->stride)
		if (j != right && margin(node, right, j) > 0.0)
			sum += 1.0 - t->value[j];
	return -sum;
}

static double hinge_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	const struct node *t = node->inputs[1];
	if (node_col(t, j) != node_col(node, i))
		return 0.0;
	size_t right = hinge_chosen(node, i);
	if (slot == 1)
		return -above_zero(margin(node, right, j));
	if (j == right)
		return right_slope(node, right);
	return margin(node, right, j) > 0.0 ? 1.0 - t->value[j] : 0.0;
}

static void hinge_backward(struct node *node)
{
	for (size_t slot = 0; slot < 2; slot++) {
		struct node *x = node->inputs[slot];
		for (size_t row = 0; row < x->rows; row++)
			for (size_t n = 0, j = row * x->stride; n < node->cols; n++, j++)
				x->grad[j] += node->grad[n] * hinge_partial(node, n, slot, j);
	}
}

#define ACTIVE "if(x - s + delta > 0, 1 - t, 0)"

static const char *hinge_partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	if (slot == 1)
		return "-max(0, x - s + delta)";
	/* the right class is among the terms of the sum, which it must not be */
	return j == hinge_chosen(node, i) ? "1 - t - sum(" ACTIVE ")" : ACTIVE;
}

/* Which class is right and which ones are too near, as one number; 0 where a margin is 0, or two
 * classes are as right as one another. */
static int hinge_side(const struct node *node, size_t i)
{
	const struct node *t = node->inputs[1];
	size_t right = hinge_chosen(node, i);
	unsigned side = (unsigned)node_row(t, right);
	for (size_t j = node_col(node, i); j < t->rows * t->stride; j += t->stride) {
		double m = margin(node, right, j);
		if (j != right && (m == 0.0 || t->value[j] == t->value[right]))
			return 0;
		side = 31 * side + (m > 0.0);
	}
	return (int)((side & 0x3fffffff) * 2 + 1);
}

static const struct op_slot slots[] = {
    {.name = "x",
     .why = N_("each wrong class that is too near pushes itself down and the right one up")},
    {.name = "t", .why = N_("how near this class comes")},
};
static const struct hyper attributes[] = {
    {"delta", "Δ", N_("by how much the right score should lead"), 1.0, 0.0, 1e6},
};
static const struct op_cases cases = {
    .partial = hinge_partial_rule,
    .chosen = hinge_chosen,
    .side = hinge_side,
};

const struct op op_hinge = {
    .name = "hinge",
    .summary = N_("by how much each wrong class comes too near the right one"),
    .family = OP_LOSS,
    SLOTS(slots),
    ATTRIBUTES(attributes),
    .rule = "sum((1 - t)*max(0, x - s + delta))",
    .cases = &cases,
    .infer = hinge_infer,
    .forward = hinge_forward,
    .backward = hinge_backward,
    .inputs = hinge_inputs,
    .partial = hinge_partial,
};
