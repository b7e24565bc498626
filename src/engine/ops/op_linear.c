/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_linear.c -- the three ops a dense layer is made of: product W x, bias + b, affine W x + b.
 *
 * Shapes: x [in][examples], W [out][in], b [out][1] or, shared by the layer, [1][1].
 * Every sum runs left to right over the inputs and adds the bias last, as the rule reads; sums of a
 * gradient run over the units, or the examples, in order. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

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

/* z = W x. The first product starts each sum. */
static void product_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X], *w = node->inputs[SLOT_W];
	for (size_t o = 0; o < node->rows; o++) {
		double *z = node->value + o * node->stride;
		const double *wo = w->value + o * w->stride;
		for (size_t n = 0; n < node->cols; n++)
			z[n] = wo[0] * x->value[n];
		for (size_t k = 1; k < x->rows; k++)
			for (size_t n = 0; n < node->cols; n++)
				z[n] += wo[k] * x->value[k * x->stride + n];
	}
}

/* y = x + b, element by element. */
static void add_bias(struct node *node, const double *x, const struct node *b)
{
	for (size_t o = 0; o < node->rows; o++)
		for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
			node->value[e] = x[e] + b->value[bias_element(b, o)];
}

static void bias_forward(struct node *node)
{
	add_bias(node, node->inputs[0]->value, node->inputs[1]);
}

static void affine_forward(struct node *node)
{
	product_forward(node);
	add_bias(node, node->value, node->inputs[SLOT_B]);
}

/* dx += the transposed W times dz. */
static void input_gradient(struct node *node)
{
	struct node *x = node->inputs[SLOT_X];
	const struct node *w = node->inputs[SLOT_W];
	for (size_t o = 0; o < node->rows; o++)
		for (size_t k = 0; k < x->rows; k++)
			for (size_t n = 0; n < node->cols; n++)
				x->grad[k * x->stride + n] +=
				    w->value[o * w->stride + k] * node->grad[o * node->stride + n];
}

/* dW += dz times the transposed x. */
static void weight_gradient(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X];
	struct node *w = node->inputs[SLOT_W];
	for (size_t o = 0; o < node->rows; o++)
		for (size_t k = 0; k < x->rows; k++)
			for (size_t n = 0; n < node->cols; n++)
				w->grad[o * w->stride + k] +=
				    node->grad[o * node->stride + n] * x->value[k * x->stride + n];
}

/* Each bias gets the sum over its units and examples. */
static void bias_gradient(struct node *node, struct node *b)
{
	for (size_t o = 0; o < node->rows; o++)
		for (size_t n = 0; n < node->cols; n++)
			b->grad[bias_element(b, o)] += node->grad[o * node->stride + n];
}

static void product_backward(struct node *node)
{
	input_gradient(node);
	weight_gradient(node);
}

static void affine_backward(struct node *node)
{
	product_backward(node);
	bias_gradient(node, node->inputs[SLOT_B]);
}

static void bias_backward(struct node *node)
{
	struct node *x = node->inputs[0];
	for (size_t o = 0; o < node->rows; o++)
		for (size_t n = 0, e = o * node->stride; n < node->cols; n++, e++)
			x->grad[e] += node->grad[e];
	bias_gradient(node, node->inputs[1]);
}

/* Unit (o, n) reads all of column n of x, row o of W, and its bias. */
static struct range affine_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	size_t o = node_row(node, i), n = node_col(node, i);
	if (slot == SLOT_X)
		return range_of(n, in->stride, in->rows);
	if (slot == SLOT_W)
		return range_of(o * in->stride, 1, in->cols);
	return range_of(bias_element(in, o), 1, 1);
}

static struct range bias_inputs(const struct node *node, size_t i, size_t slot)
{
	if (slot == 0)
		return range_of(i, 1, 1);
	return range_of(bias_element(node->inputs[1], node_row(node, i)), 1, 1);
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

#define WHY_X N_("the sum moves with this input as much as the weight between them says")
#define WHY_W N_("the sum moves with this weight as much as the input it multiplies")
#define WHY_B N_("the bias is added as it is: the sum moves exactly as much as the bias")

static const struct op_slot affine_slots[] = {
    [SLOT_X] = {.name = "x", .partial = "w", .why = WHY_X},
    [SLOT_W] = {.name = "w", .partial = "x", .why = WHY_W},
    [SLOT_B] = {.name = "b", .partial = "1", .why = WHY_B},
};
static const struct op_slot bias_slots[] = {
    {.name = "x",
     .partial = "1",
     .why = N_("a sum passes a change of any of its terms on as it is")},
    {.name = "b", .partial = "1", .why = WHY_B},
};

const struct op op_product = {
    .name = "product",
    .summary = N_("weighted sum of the inputs"),
    .family = OP_LINEAR,
    .slots = affine_slots,
    .n_slots = SLOT_B,
    .rule = "sum(x*w)",
    .infer = product_infer,
    .forward = product_forward,
    .backward = product_backward,
    .inputs = affine_inputs,
    .partial = affine_partial,
};

const struct op op_bias = {
    .name = "bias",
    .summary = N_("add the bias"),
    .family = OP_LINEAR,
    SLOTS(bias_slots),
    .rule = "x + b",
    .infer = bias_infer,
    .forward = bias_forward,
    .backward = bias_backward,
    .inputs = bias_inputs,
    .partial = bias_partial,
};

const struct op op_affine = {
    .name = "affine",
    .summary = N_("weighted sum of the inputs, plus the bias"),
    .family = OP_LINEAR,
    SLOTS(affine_slots),
    .rule = "sum(x*w) + b",
    .infer = affine_infer,
    .forward = affine_forward,
    .backward = affine_backward,
    .inputs = affine_inputs,
    .partial = affine_partial,
};
