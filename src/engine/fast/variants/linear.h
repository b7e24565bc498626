/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear.h -- weighted sums by the kernels, which vectorise across units and examples without
 * changing any sum's order; part of variant.h. */

enum { SLOT_X, SLOT_W, SLOT_B };

/* Each bias gets the sum over its units and examples. */
static void bias_gradient(const struct fast_step *step, size_t slot)
{
	const struct node *node = step->node, *b = node->inputs[slot];
	const double *dy = node->grad, *end = dy + node->rows * node->stride;
	const size_t b_row = b->rows > 1;
	bool set = step->grads[slot] == FAST_SET;
	if (step->grads[slot] == FAST_SKIP)
		return;
	for (double *db = b->grad; dy != end; dy += node->stride, db += b_row) {
		double sum = set ? dy[0] : *db + dy[0];
		for (size_t n = 1; n < node->cols; n++)
			sum += dy[n];
		*db = sum;
		set = set && b_row;
	}
}

/* z = W x, and + b where there is one. */
static void weighted_sum(struct node *node, const struct node *b)
{
	const struct node *x = node->inputs[SLOT_X], *w = node->inputs[SLOT_W];
	product(&(struct product){.rows = node->rows,
				  .cols = node->cols,
				  .inner = x->rows,
				  .a = w->value,
				  .a_row = w->stride,
				  .a_col = 1,
				  .b = x->value,
				  .b_row = x->stride,
				  .bias = b ? b->value : NULL,
				  .bias_row = b && b->rows > 1,
				  .c = node->value,
				  .c_row = node->stride});
}

/* dx = the transposed W times dz. */
static void input_gradient(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[SLOT_X], *w = node->inputs[SLOT_W];
	product(&(struct product){.rows = x->rows,
				  .cols = node->cols,
				  .inner = node->rows,
				  .a = w->value,
				  .a_row = 1,
				  .a_col = w->stride,
				  .b = node->grad,
				  .b_row = node->stride,
				  .c = x->grad,
				  .c_row = x->stride,
				  .add = step->grads[SLOT_X] == FAST_ADD});
}

/* dW = dz times the transposed x. The bias, if there is one of its own for each unit, is computed
 * with it: it is the weight of an input that is always 1. */
static void weight_gradient(const struct fast_step *step, const struct node *b)
{
	const struct node *node = step->node, *x = node->inputs[SLOT_X], *w = node->inputs[SLOT_W];
	bool together = b && b->rows == node->rows && step->grads[SLOT_W] == step->grads[SLOT_B];
	if (step->grads[SLOT_W] != FAST_SKIP)
		gradient(&(struct gradient){.units = node->rows,
					    .inputs = x->rows,
					    .examples = node->cols,
					    .d = node->grad,
					    .d_row = node->stride,
					    .x = x->value,
					    .x_row = x->stride,
					    .w = w->grad,
					    .w_row = w->stride,
					    .b = together ? b->grad : NULL,
					    .add = step->grads[SLOT_W] == FAST_ADD});
	if (b && !together)
		bias_gradient(step, SLOT_B);
}

static void product_forward(const struct fast_step *step)
{
	weighted_sum(step->node, NULL);
}

static void affine_forward(const struct fast_step *step)
{
	weighted_sum(step->node, step->node->inputs[SLOT_B]);
}

static void product_backward(const struct fast_step *step)
{
	if (step->grads[SLOT_X] != FAST_SKIP)
		input_gradient(step);
	weight_gradient(step, NULL);
}

static void affine_backward(const struct fast_step *step)
{
	if (step->grads[SLOT_X] != FAST_SKIP)
		input_gradient(step);
	weight_gradient(step, step->node->inputs[SLOT_B]);
}

static void bias_forward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[0], *b = node->inputs[1];
	for (size_t o = 0; o < node->rows; o++)
		for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
			node->value[e] = x->value[e] + b->value[b->rows > 1 ? o : 0];
}

static void bias_backward(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[0];
	const bool set = step->grads[0] == FAST_SET;
	for (size_t o = 0; o < node->rows && step->grads[0] != FAST_SKIP; o++)
		for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
			x->grad[e] = set ? node->grad[e] : x->grad[e] + node->grad[e];
	bias_gradient(step, 1);
}
