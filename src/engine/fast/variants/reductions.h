/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reductions.h -- sums and means over units, row by row; part of variant.h. */

static void sum_forward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[0];
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
static void spread(const struct fast_step *step, double share)
{
	const struct node *node = step->node, *x = node->inputs[0];
	const double *restrict dy = node->grad;
	const bool set = step->grads[0] == FAST_SET;
	for (size_t row = 0; row < x->rows && step->grads[0] != FAST_SKIP; row++) {
		double *restrict dx = x->grad + row * x->stride;
		for (size_t n = 0; n < node->cols; n++)
			dx[n] = dy[n] * share + (set ? -0.0 : dx[n]);
	}
}

static void sum_backward(const struct fast_step *step)
{
	spread(step, 1.0);
}

static double share_of(const struct node *node)
{
	return 1.0 / (double)node->inputs[0]->rows;
}

static void mean_forward(const struct fast_step *step)
{
	const struct node *node = step->node;
	const double share = share_of(node);
	sum_forward(step);
	for (size_t n = 0; n < node->cols; n++)
		node->value[n] *= share;
}

static void mean_backward(const struct fast_step *step)
{
	spread(step, share_of(step->node));
}
