/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reductions.h -- sums and means over units, row by row; part of variant.h. */

/* Of a single example, in a register: else each addition would wait for memory. */
static double column_sum(const struct node *x)
{
	double sum = x->value[0];
	for (size_t row = 1; row < x->rows; row++)
		sum += x->value[row];
	return sum;
}

static void sum_forward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[0];
	double *restrict y = node->value;
	if (x->stride == 1) {
		y[0] = column_sum(x);
		return;
	}
	for (size_t n = 0; n < node->cols; n++)
		y[n] = x->value[n];
	for (size_t row = 1; row < x->rows; row++) {
		const double *restrict from = x->value + row * x->stride;
		for (size_t n = 0; n < node->cols; n++)
			y[n] += from[n];
	}
}

/* dx [n] += what dy shares out, part; a column's units are neighbours. */
static void spread_column(size_t n, double part, bool set, double *restrict dx)
{
	for (size_t row = 0; row < n; row++)
		dx[row] = part + (set ? -0.0 : dx[row]);
}

/* dx += share * dy for every unit. */
static void spread(const struct fast_step *step, double share)
{
	const struct node *node = step->node, *x = node->inputs[0];
	const double *restrict dy = node->grad;
	const bool set = step->grads[0] == FAST_SET;
	if (step->grads[0] == FAST_SKIP)
		return;
	if (x->stride == 1) {
		spread_column(x->rows, dy[0] * share, set, x->grad);
		return;
	}
	for (size_t row = 0; row < x->rows; row++) {
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
