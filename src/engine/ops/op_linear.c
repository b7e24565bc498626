/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_linear.c -- the three ops a dense layer is made of: product W x, bias + b, affine W x + b.
 *
 * Shapes: x [in][examples], W [out][in], b [out][1] or, shared by the layer, [1][1].
 * Every sum runs left to right over the inputs and adds the bias last, as the rule reads; the
 * kernels vectorise across units and examples, without changing any sum's order. */
#include "backstep/base/i18n.h"
#include "backstep/engine/graph.h"
#include "backstep/engine/kernels.h"
#include "few.h"

enum { SLOT_X, SLOT_W, SLOT_B };

static enum status product_infer(struct node *node, struct error *err)
{
	const struct node *x = node->inputs[SLOT_X], *w = node->inputs[SLOT_W];
	if (w->cols != x->rows)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a weight matrix with %zu columns cannot take %zu inputs"),
				 w->cols, x->rows);
	node->rows = w->rows;
	return STATUS_OK;
}

static enum status bias_fits(const struct node *b, size_t rows, struct error *err)
{
	if (b->cols == 1 && (b->rows == rows || b->rows == 1))
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("%zu biases do not fit %zu units"),
			 b->rows * b->cols, rows);
}

static enum status bias_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[0]->rows;
	return bias_fits(node->inputs[1], node->rows, err);
}

static enum status affine_infer(struct node *node, struct error *err)
{
	enum status status = product_infer(node, err);
	return status ? status : bias_fits(node->inputs[SLOT_B], node->rows, err);
}

/* The bias of unit o: its own, or the one all share. */
static size_t bias_element(const struct node *b, size_t o)
{
	return b->rows == 1 ? 0 : o;
}

/* Each bias gets the sum over its units and examples. */
static void bias_gradient(const struct node *node, size_t slot, size_t n_examples)
{
	const struct node *b = node->inputs[slot];
	const double *dy = node->grad, *end = dy + node->rows * node->stride;
	const size_t b_row = b->rows > 1;
	bool set = node->sets[slot];
	for (double *db = b->grad; dy != end; dy += node->stride, db += b_row) {
		double sum = set ? dy[0] : *db + dy[0];
		for (size_t n = 1; n < n_examples; n++)
			sum += dy[n];
		*db = sum;
		set = set && b_row;
	}
}

/* y = W x, and + b where there is one. Shapes: x [in][n], y [out][n]. */
static void weighted_sum(struct node *node, const struct node *b)
{
	const struct node *x = node->inputs[SLOT_X], *w = node->inputs[SLOT_W];
	kernels_current()->product(&(struct product){.rows = node->rows,
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

/* dx = the transposed W times dy. */
static void input_gradient(struct node *node)
{
	struct node *x = node->inputs[SLOT_X];
	const struct node *w = node->inputs[SLOT_W];
	kernels_current()->product(&(struct product){.rows = x->rows,
						     .cols = node->cols,
						     .inner = node->rows,
						     .a = w->value,
						     .a_row = 1,
						     .a_col = w->stride,
						     .b = node->grad,
						     .b_row = node->stride,
						     .c = x->grad,
						     .c_row = x->stride,
						     .add = !node->sets[SLOT_X]});
}

/* dW = dy times the transposed x. The bias, if there is one of its own for each unit, is computed
 * with it: it is the weight of an input that is always 1. */
static void weight_gradient(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X];
	struct node *w = node->inputs[SLOT_W];
	struct node *b = node->op->n_slots > SLOT_B ? node->inputs[SLOT_B] : NULL;
	bool together = b && b->rows == node->rows && node->sets[SLOT_W] == node->sets[SLOT_B];
	kernels_current()->gradient(&(struct gradient){.units = node->rows,
						       .inputs = x->rows,
						       .examples = node->cols,
						       .d = node->grad,
						       .d_row = node->stride,
						       .x = x->value,
						       .x_row = x->stride,
						       .w = w->grad,
						       .w_row = w->stride,
						       .b = together ? b->grad : NULL,
						       .add = !node->sets[SLOT_W]});
	if (b && !together)
		bias_gradient(node, SLOT_B, node->cols);
}

static void product_forward(struct node *node)
{
	weighted_sum(node, NULL);
}

static void affine_forward(struct node *node)
{
	weighted_sum(node, node->inputs[SLOT_B]);
}

static void product_backward(struct node *node)
{
	if (!node->inputs[SLOT_X]->grad_unwanted)
		input_gradient(node);
	weight_gradient(node);
}

static void bias_forward(struct node *node)
{
	const struct node *x = node->inputs[0], *b = node->inputs[1];
	for (size_t o = 0; o < node->rows; o++)
		for (size_t n = 0; n < node->cols; n++)
			node->value[o * node->stride + n] =
			    x->value[o * x->stride + n] + b->value[bias_element(b, o)];
}

static void bias_backward(struct node *node)
{
	struct node *x = node->inputs[0];
	for (size_t o = 0; o < node->rows && !x->grad_unwanted; o++)
		for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
			x->grad[e] = node->sets[0] ? node->grad[e] : x->grad[e] + node->grad[e];
	bias_gradient(node, 1, node->cols);
}

/* Unit (o, n) reads all of column n of x, row o of W, and its bias. */
static struct range affine_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	size_t o = node_row(node, i), n = node_col(node, i);
	if (slot == SLOT_X)
		return (struct range){n, in->stride, in->rows};
	if (slot == SLOT_W)
		return (struct range){o * in->stride, 1, in->cols};
	return (struct range){bias_element(in, o), 1, 1};
}

static struct range bias_inputs(const struct node *node, size_t i, size_t slot)
{
	if (slot == 0)
		return (struct range){i, 1, 1};
	return (struct range){bias_element(node->inputs[1], node_row(node, i)), 1, 1};
}

static double affine_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	struct range range = affine_inputs(node, i, slot);
	if (!range_contains(range, j))
		return 0.0;
	if (slot == SLOT_B)
		return 1.0;
	const struct node *other = node->inputs[slot == SLOT_X ? SLOT_W : SLOT_X];
	struct range pair = affine_inputs(node, i, slot == SLOT_X ? SLOT_W : SLOT_X);
	return other->value[pair.first + range_position(range, j) * pair.stride];
}

static double bias_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	return range_contains(bias_inputs(node, i, slot), j) ? 1.0 : 0.0;
}

/* A layer without activation is its sum. */
FEW_KERNEL(identity, few_identity)

#define WHY_X N_("the sum moves with this input as much as the weight between them says")
#define WHY_W N_("the sum moves with this weight as much as the input it multiplies")
#define WHY_B N_("the bias is added as it is: the sum moves exactly as much as the bias")

const struct op op_product = {
    .name = "product",
    .summary = N_("weighted sum of the inputs"),
    .family = OP_LINEAR,
    .n_slots = 2,
    .slots = {"x", "w"},
    .rule = "sum(x*w)",
    .partial_rule = {"w", "x"},
    .partial_why = {WHY_X, WHY_W},
    .infer = product_infer,
    .forward = product_forward,
    .backward = product_backward,
    .inputs = affine_inputs,
    .partial = affine_partial,
    .minds_sets = true,
    .shows_values = true,
    .shows_grads = true,
    .few = identity_few,
};

const struct op op_bias = {
    .name = "bias",
    .summary = N_("add the bias"),
    .family = OP_LINEAR,
    .n_slots = 2,
    .slots = {"x", "b"},
    .rule = "x + b",
    .partial_rule = {"1", "1"},
    .partial_why = {N_("a sum passes a change of any of its terms on as it is"), WHY_B},
    .infer = bias_infer,
    .forward = bias_forward,
    .backward = bias_backward,
    .inputs = bias_inputs,
    .partial = bias_partial,
    .minds_sets = true,
    .shows_values = true,
    .shows_grads = true,
};

const struct op op_affine = {
    .name = "affine",
    .summary = N_("weighted sum of the inputs, plus the bias"),
    .family = OP_LINEAR,
    .n_slots = 3,
    .slots = {"x", "w", "b"},
    .rule = "sum(x*w) + b",
    .partial_rule = {"w", "x", "1"},
    .partial_why = {WHY_X, WHY_W, WHY_B},
    .infer = affine_infer,
    .forward = affine_forward,
    .backward = product_backward,
    .inputs = affine_inputs,
    .partial = affine_partial,
    .minds_sets = true,
    .shows_values = true,
    .shows_grads = true,
    .few = identity_few,
};
