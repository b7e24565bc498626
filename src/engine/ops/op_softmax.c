/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_softmax.c -- softmax over the units of each example, and the softmax cross-entropy in one.
 *
 * The largest input is subtracted before exp(), which changes nothing but the risk of overflow.
 * Math: ds_i/dx_j = s_i (1 - s_i) where i = j, else -s_i s_j.
 * Shapes: x [units][examples] -> softmax [units][examples]; x, t -> loss [1][examples]. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

enum { SLOT_X, SLOT_T };

/* What the units of an example share. */
struct shared {
	double max, sum; /* the largest x, and the sum of exp(x - max) */
};

static struct shared share(const struct node *x, size_t n)
{
	struct shared shared = {.max = x->value[n], .sum = 0.0};
	for (size_t row = 1; row < x->rows; row++) {
		double other = x->value[row * x->stride + n];
		/* a NaN is the largest */
		shared.max = other <= shared.max ? shared.max : other;
	}
	for (size_t row = 0; row < x->rows; row++)
		shared.sum += real_exp(x->value[row * x->stride + n] - shared.max);
	return shared;
}

/* s of element e. */
static double share_of(const struct node *x, struct shared shared, size_t e)
{
	return real_exp(x->value[e] - shared.max) / shared.sum;
}

static struct range column_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	return range_of(node_col(node, i), x->stride, x->rows);
}

static void softmax_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X];
	for (size_t n = 0; n < node->cols; n++) {
		struct shared shared = share(x, n);
		for (size_t row = 0; row < node->rows; row++)
			node->value[row * node->stride + n] =
			    share_of(x, shared, row * x->stride + n);
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

/* dx_k += sum over o of dy_o ds_o/dx_k. */
static void softmax_backward(struct node *node)
{
	struct node *x = node->inputs[SLOT_X];
	for (size_t k = 0; k < node->rows; k++)
		for (size_t n = 0; n < node->cols; n++)
			for (size_t o = 0, j = k * node->stride + n; o < node->rows; o++) {
				size_t i = o * node->stride + n;
				x->grad[j] += node->grad[i] * softmax_partial(node, i, SLOT_X, j);
			}
}

static const char *softmax_partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)node, (void)slot;
	return i == j ? "y*(1 - y)" : "-y*q";
}

static const struct op_slot softmax_slots[] = {
    {.name = "x", .why = N_("an output grows with its own input and shrinks with every other")},
};
static const struct op_cases softmax_cases = {.partial = softmax_partial_rule};

const struct op op_softmax = {
    .name = "softmax",
    .summary = N_("shares of one: each element's exponential over their sum"),
    .family = OP_ACTIVATION,
    SLOTS(softmax_slots),
    .rule = "exp(x)/sum(exp(x))",
    .cases = &softmax_cases,
    .infer = elementwise_infer,
    .forward = softmax_forward,
    .backward = softmax_backward,
    .inputs = column_inputs,
    .partial = softmax_partial,
};

static enum status entropy_infer(struct node *node, struct error *err)
{
	enum status status = elementwise_infer(node, err);
	node->rows = 1;
	return status;
}

/* The log of the sum of exp(x). */
static double log_sum(struct shared shared)
{
	return shared.max + real_log(shared.sum);
}

/* Loss n: the sum of t times log of the softmax, with its sign turned. */
static void entropy_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X], *t = node->inputs[SLOT_T];
	for (size_t n = 0; n < node->cols; n++) {
		double total = log_sum(share(x, n)), loss = 0.0;
		for (size_t e = n; e < x->rows * x->stride; e += x->stride)
			loss += t->value[e] * (total - x->value[e]);
		node->value[n] = loss;
	}
}

static double sum_targets(const struct node *t, size_t n)
{
	double sum = 0.0;
	for (size_t row = 0; row < t->rows; row++)
		sum += t->value[row * t->stride + n];
	return sum;
}

static double entropy_slope(const struct node *node, struct shared shared, double targets,
			    size_t slot, size_t j)
{
	const struct node *x = node->inputs[SLOT_X], *t = node->inputs[SLOT_T];
	return slot == SLOT_X ? share_of(x, shared, j) * targets - t->value[j]
			      : log_sum(shared) - x->value[j];
}

static double entropy_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	size_t n = node_col(node, i);
	if (node_col(node->inputs[slot], j) != n)
		return 0.0;
	return entropy_slope(node, share(node->inputs[SLOT_X], n),
			     sum_targets(node->inputs[SLOT_T], n), slot, j);
}

static void entropy_backward(struct node *node)
{
	for (size_t n = 0; n < node->cols; n++) {
		struct shared shared = share(node->inputs[SLOT_X], n);
		double targets = sum_targets(node->inputs[SLOT_T], n);
		for (size_t slot = 0; slot < 2; slot++) {
			struct node *x = node->inputs[slot];
			for (size_t j = n; j < x->rows * x->stride; j += x->stride)
				x->grad[j] +=
				    node->grad[n] * entropy_slope(node, shared, targets, slot, j);
		}
	}
}

static const struct op_slot entropy_slots[] = {
    {.name = "x",
     .partial = "exp(x)/sum(exp(x))*sum(t) - t",
     .why = N_("the class's share minus its target: softmax and logarithm cancel")},
    {.name = "t",
     .partial = "log(sum(exp(x))) - x",
     .why = N_("how improbable this class is held to be")},
};

const struct op op_softmax_cross_entropy = {
    .name = "softmax-cross-entropy",
    .summary = N_("softmax and cross-entropy in one: minus the log of the right class's share"),
    .family = OP_LOSS,
    SLOTS(entropy_slots),
    .rule = "sum(t)*log(sum(exp(x))) - sum(t*x)",
    .infer = entropy_infer,
    .forward = entropy_forward,
    .backward = entropy_backward,
    .inputs = column_inputs,
    .partial = entropy_partial,
};
