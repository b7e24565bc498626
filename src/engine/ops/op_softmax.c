/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_softmax.c -- softmax over the units of each example, and the fused softmax cross-entropy.
 *
 * The largest input is subtracted before exp(), which changes nothing but the risk of overflow.
 * Math: ds_i/dx_j = s_i (1 - s_i) where i = j, else -s_i s_j.
 * Shapes: x [units][examples] -> softmax [units][examples]; x, t -> loss [1][examples]. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

/* Examples that are worked on at once. */
enum { BLOCK = 64 };

/* What the units of an example share. */
struct shared {
	size_t first, n; /* the examples */
	double max[BLOCK], sum[BLOCK];
};

/* y = exp(x - max). Shapes: all [n]. */
static void exp_from(const double *x, const struct shared *shared, double *y)
{
	double above[BLOCK];
	for (size_t n = 0; n < shared->n; n++)
		above[n] = x[n] - shared->max[n];
	kernels_current()->exp.forward(shared->n, above, y);
}

/* The largest x and the sum of exp(x - max) of the examples from first on. */
static void share(const struct node *x, size_t first, size_t end, struct shared *shared)
{
	const double *value = x->value + first;
	double y[BLOCK];
	shared->first = first;
	shared->n = end - first < BLOCK ? end - first : BLOCK;
	for (size_t n = 0; n < shared->n; n++) {
		shared->max[n] = value[n];
		shared->sum[n] = 0.0;
	}
	for (size_t row = 1; row < x->rows; row++)
		for (size_t n = 0; n < shared->n; n++) {
			double other = value[row * x->stride + n];
			/* a NaN is the largest */
			shared->max[n] = other <= shared->max[n] ? shared->max[n] : other;
		}
	for (size_t row = 0; row < x->rows; row++) {
		exp_from(value + row * x->stride, shared, y);
		for (size_t n = 0; n < shared->n; n++)
			shared->sum[n] += y[n];
	}
}

static struct range column_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	return (struct range){node_col(node, i), x->stride, x->rows};
}

static void softmax_forward(struct node *node)
{
	const struct node *x = node->inputs[0];
	struct shared shared;
	for (size_t first = 0; first < node->cols; first += BLOCK) {
		share(x, first, node->cols, &shared);
		for (size_t row = 0; row < node->rows; row++) {
			double *y = node->value + row * node->stride + first;
			exp_from(x->value + row * x->stride + first, &shared, y);
			for (size_t n = 0; n < shared.n; n++)
				y[n] /= shared.sum[n];
		}
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
	struct node *x = node->inputs[0];
	const double *restrict s = node->value, *restrict dy = node->grad;
	for (size_t k = 0; k < node->rows && !x->grad_unwanted; k++) {
		double *restrict dx = x->grad + k * x->stride;
		const double *sk = s + k * node->stride;
		for (size_t n = 0; n < node->cols && node->sets[0]; n++)
			dx[n] = -0.0;
		for (size_t o = 0; o < node->rows; o++)
			for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
				dx[n] += dy[e] * (o == k ? s[e] * (1.0 - s[e]) : -s[e] * sk[n]);
	}
}

static const char *softmax_partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)node, (void)slot;
	return i == j ? "y*(1 - y)" : "-y*q";
}

const struct op op_softmax = {
    .name = "softmax",
    .summary = N_("shares of one: each element's exponential over their sum"),
    .family = OP_ACTIVATION,
    .n_slots = 1,
    .slots = {"x"},
    .rule = "exp(x)/sum(exp(x))",
    .partial_rule_of = softmax_partial_rule,
    .partial_why = {N_("an output grows with its own input and shrinks with every other")},
    .infer = elementwise_infer,
    .forward = softmax_forward,
    .backward = softmax_backward,
    .inputs = column_inputs,
    .partial = softmax_partial,
    .minds_sets = true,
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
	struct shared shared;
	for (size_t first = 0; first < node->cols; first += BLOCK) {
		double *loss = node->value + first, total[BLOCK];
		share(x, first, node->cols, &shared);
		for (size_t n = 0; n < shared.n; n++) {
			total[n] = shared.max[n] + real_log(shared.sum[n]);
			loss[n] = 0.0;
		}
		for (size_t row = 0; row < x->rows; row++) {
			const double *xs = x->value + row * x->stride + first;
			const double *ts = t->value + row * t->stride + first;
			for (size_t n = 0; n < shared.n; n++)
				loss[n] += ts[n] * (total[n] - xs[n]);
		}
	}
}

/* The slopes of the examples of a block by row of slot. Shapes: targets, slope [n]. */
static void entropy_slopes(const struct node *node, const struct shared *shared,
			   const double *targets, size_t slot, size_t row, double *slope)
{
	const struct node *x = node->inputs[0], *t = node->inputs[1];
	const double *xs = x->value + row * x->stride + shared->first;
	const double *ts = t->value + row * t->stride + shared->first;
	if (slot == 0)
		exp_from(xs, shared, slope);
	for (size_t n = 0; n < shared->n; n++)
		slope[n] = slot == 0 ? slope[n] / shared->sum[n] * targets[n] - ts[n]
				     : shared->max[n] + real_log(shared->sum[n]) - xs[n];
}

static void sum_targets(const struct node *t, const struct shared *shared, double *targets)
{
	for (size_t n = 0; n < shared->n; n++)
		targets[n] = 0.0;
	for (size_t row = 0; row < t->rows; row++)
		for (size_t n = 0; n < shared->n; n++)
			targets[n] += t->value[row * t->stride + shared->first + n];
}

static double entropy_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	struct shared shared;
	double targets[BLOCK], slope[BLOCK];
	size_t n = node_col(node, i);
	if (node_col(node->inputs[slot], j) != n)
		return 0.0;
	share(node->inputs[0], n, n + 1, &shared);
	sum_targets(node->inputs[1], &shared, targets);
	entropy_slopes(node, &shared, targets, slot, node_row(node->inputs[slot], j), slope);
	return slope[0];
}

static void entropy_backward(struct node *node)
{
	struct shared shared;
	double targets[BLOCK], slope[BLOCK];
	for (size_t first = 0; first < node->cols; first += BLOCK) {
		share(node->inputs[0], first, node->cols, &shared);
		sum_targets(node->inputs[1], &shared, targets);
		for (size_t slot = 0; slot < 2; slot++) {
			struct node *x = node->inputs[slot];
			for (size_t row = 0; row < x->rows && !x->grad_unwanted; row++) {
				double *dx = x->grad + row * x->stride + first;
				entropy_slopes(node, &shared, targets, slot, row, slope);
				for (size_t n = 0; n < shared.n; n++)
					dx[n] = (node->sets[slot] ? -0.0 : dx[n]) +
						node->grad[first + n] * slope[n];
			}
		}
	}
}

const struct op op_softmax_cross_entropy = {
    .name = "softmax-cross-entropy",
    .summary = N_("softmax and cross-entropy in one: minus the log of the right class's share"),
    .family = OP_LOSS,
    .n_slots = 2,
    .slots = {"x", "t"},
    .rule = "sum(t)*log(sum(exp(x))) - sum(t*x)",
    .partial_rule = {"exp(x)/sum(exp(x))*sum(t) - t", "log(sum(exp(x))) - x"},
    .partial_why = {N_("the class's share minus its target: softmax and logarithm cancel"),
		    N_("how improbable this class is held to be")},
    .infer = entropy_infer,
    .forward = entropy_forward,
    .backward = entropy_backward,
    .inputs = column_inputs,
    .partial = entropy_partial,
    .minds_sets = true,
};
