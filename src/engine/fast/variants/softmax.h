/* SPDX-License-Identifier: GPL-3.0-or-later */
/* softmax.h -- softmax and its cross-entropy over many examples at once: every exponential of a row
 * of them in one loop; part of variant.h. */

enum { SLOT_TARGET = 1 };
/* Examples that are worked on at once. */
enum { AT_ONCE = 64 };

/* What the units of each example of a block share: as in op_softmax.c. */
struct shared {
	size_t first, n; /* the examples */
	double max[AT_ONCE], sum[AT_ONCE];
};

/* y = exp(x - max). Shapes: all [n]. */
static void exp_from(const double *restrict x, const struct shared *shared, double *restrict y)
{
	for (size_t n = 0; n < shared->n; n++)
		y[n] = real_exp(x[n] - shared->max[n]);
}

/* The largest x and the sum of exp(x - max) of the examples from first on. */
static void share(const struct node *x, size_t first, size_t end, struct shared *shared)
{
	const double *value = x->value + first;
	double y[AT_ONCE];
	shared->first = first;
	shared->n = end - first < AT_ONCE ? end - first : AT_ONCE;
	for (size_t n = 0; n < shared->n; n++) {
		shared->max[n] = value[n];
		shared->sum[n] = 0.0;
	}
	for (size_t row = 1; row < x->rows; row++)
		for (size_t n = 0; n < shared->n; n++) {
			double other = value[row * x->stride + n];
			shared->max[n] = other <= shared->max[n] ? shared->max[n] : other;
		}
	for (size_t row = 0; row < x->rows; row++) {
		exp_from(value + row * x->stride, shared, y);
		for (size_t n = 0; n < shared->n; n++)
			shared->sum[n] += y[n];
	}
}

static void softmax_forward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[SLOT_X];
	struct shared shared;
	for (size_t first = 0; first < node->cols; first += AT_ONCE) {
		share(x, first, node->cols, &shared);
		for (size_t row = 0; row < node->rows; row++) {
			double *y = node->value + row * node->stride + first;
			exp_from(x->value + row * x->stride + first, &shared, y);
			for (size_t n = 0; n < shared.n; n++)
				y[n] /= shared.sum[n];
		}
	}
}

static void softmax_backward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[SLOT_X];
	const double *restrict s = node->value, *restrict dy = node->grad;
	for (size_t k = 0; k < node->rows && step->grads[SLOT_X] != FAST_SKIP; k++) {
		double *restrict dx = x->grad + k * x->stride;
		const double *sk = s + k * node->stride;
		for (size_t n = 0; n < node->cols && step->grads[SLOT_X] == FAST_SET; n++)
			dx[n] = -0.0;
		for (size_t o = 0; o < node->rows; o++)
			for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
				dx[n] += dy[e] * (o == k ? s[e] * (1.0 - s[e]) : -s[e] * sk[n]);
	}
}

static void entropy_forward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[SLOT_X],
			  *t = node->inputs[SLOT_TARGET];
	struct shared shared;
	for (size_t first = 0; first < node->cols; first += AT_ONCE) {
		double *loss = node->value + first, total[AT_ONCE];
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
	const struct node *x = node->inputs[SLOT_X], *t = node->inputs[SLOT_TARGET];
	const double *xs = x->value + row * x->stride + shared->first;
	const double *ts = t->value + row * t->stride + shared->first;
	if (slot == SLOT_X)
		exp_from(xs, shared, slope);
	for (size_t n = 0; n < shared->n; n++)
		slope[n] = slot == SLOT_X ? slope[n] / shared->sum[n] * targets[n] - ts[n]
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

static void entropy_gradient(const struct fast_step *step, const struct shared *shared,
			     const double *targets, size_t slot)
{
	const struct node *node = step->node, *x = node->inputs[slot];
	const bool set = step->grads[slot] == FAST_SET;
	double slope[AT_ONCE];
	for (size_t row = 0; row < x->rows && step->grads[slot] != FAST_SKIP; row++) {
		double *dx = x->grad + row * x->stride + shared->first;
		entropy_slopes(node, shared, targets, slot, row, slope);
		for (size_t n = 0; n < shared->n; n++)
			dx[n] = (set ? -0.0 : dx[n]) + node->grad[shared->first + n] * slope[n];
	}
}

static void entropy_backward(const struct fast_step *step)
{
	const struct node *node = step->node;
	struct shared shared;
	double targets[AT_ONCE];
	for (size_t first = 0; first < node->cols; first += AT_ONCE) {
		share(node->inputs[SLOT_X], first, node->cols, &shared);
		sum_targets(node->inputs[SLOT_TARGET], &shared, targets);
		entropy_gradient(step, &shared, targets, SLOT_X);
		entropy_gradient(step, &shared, targets, SLOT_TARGET);
	}
}
