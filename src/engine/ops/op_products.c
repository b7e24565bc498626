/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_products.c -- the gates that are sums of products: matrix times vector, and the matrix
 * transposed; a vector with each of several that are stacked (dot), their weighted sum (mix), and a
 * kernel that slides along a vector (conv) or over a picture (conv-2d).
 *
 * They differ in which elements of each input an output reads; all else is the same. A stack of m
 * vectors of n numbers is a vector of m n, one after the other, and a picture its rows so.
 * Shapes: W a parameter matrix [rows][cols]; vectors are data [units][examples] or parameters
 * [units][1]. Sums run from left to right. */
#include "backstep/base/i18n.h"
#include "gather.h"

enum { SLOT_A, SLOT_B };

/* Rows first, first + step, ... of a vector, count of them, in the column of output i. */
static struct range rows_of(const struct node *node, size_t i, size_t slot, size_t first,
			    size_t step, size_t count)
{
	const struct node *in = node->inputs[slot];
	size_t column = in->kind == NODE_PARAM ? 0 : node_col(node, i);
	return range_of(first * in->stride + column, step * in->stride, count);
}

/* Which factor of the other slot stands by element j of slot. */
static double product_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	struct range range = node->op->inputs(node, i, slot);
	if (!range_contains(range, j))
		return 0.0;
	struct range other = node->op->inputs(node, i, 1 - slot);
	return node->inputs[1 - slot]->value[range_at(other, range_position(range, j))];
}

static void product_forward(struct node *node)
{
	const double *a = node->inputs[SLOT_A]->value, *b = node->inputs[SLOT_B]->value;
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++) {
			struct range as = node->op->inputs(node, i, SLOT_A);
			struct range bs = node->op->inputs(node, i, SLOT_B);
			double sum = a[as.first] * b[bs.first];
			for (size_t q = 1; q < as.count; q++)
				sum += a[range_at(as, q)] * b[range_at(bs, q)];
			node->value[i] = sum;
		}
	}
}

#define PRODUCT                                                                           \
	.family = OP_ARITHMETIC, .forward = product_forward, .backward = gather_backward, \
	.partial = product_partial

static enum status check_matrix(const struct node *node, size_t length, struct error *err)
{
	const struct node *w = node->inputs[SLOT_A], *x = node->inputs[SLOT_B];
	if (w->kind != NODE_PARAM || !gather_is_vector(x))
		return error_set(err, STATUS_BAD_INPUT,
				 _("a matrix of parameters is multiplied with a vector"));
	if (length != x->rows)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a matrix with %zu columns cannot take a vector of %zu numbers"),
				 length, x->rows);
	return STATUS_OK;
}

static enum status matmul_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[SLOT_A]->rows;
	return check_matrix(node, node->inputs[SLOT_A]->cols, err);
}

static struct range matmul_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	if (slot == SLOT_A)
		return range_of(node_row(node, i) * in->stride, 1, in->cols);
	return gather_all(in, node_col(node, i));
}

static const struct op_slot matmul_slots[] = {
    {.name = "w",
     .partial = "x",
     .why = N_("the number of the vector that this entry of the matrix multiplies")},
    {.name = "x", .partial = "w", .why = N_("the entry of the matrix that multiplies this number")},
};

const struct op op_matmul = {
    .name = "matmul",
    .summary = N_("matrix gate: a row of the matrix times the vector"),
    SLOTS(matmul_slots),
    .rule = "sum(w*x)",
    .infer = matmul_infer,
    .inputs = matmul_inputs,
    PRODUCT,
};

static enum status transposed_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[SLOT_A]->cols;
	return check_matrix(node, node->inputs[SLOT_A]->rows, err);
}

static struct range transposed_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	if (slot == SLOT_A)
		return range_of(node_row(node, i), in->stride, in->rows);
	return gather_all(in, node_col(node, i));
}

const struct op op_matmul_transposed = {
    .name = "matmul-transposed",
    .summary = N_("transposed matrix gate: a column of the matrix times the vector"),
    SLOTS(matmul_slots),
    .rule = "sum(w*x)",
    .infer = transposed_infer,
    .inputs = transposed_inputs,
    PRODUCT,
};

/* Both are vectors, and the second has several times as many numbers as the first. */
static enum status stack_infer(struct node *node, struct error *err)
{
	const struct node *a = node->inputs[SLOT_A], *b = node->inputs[SLOT_B];
	if (!gather_is_vector(a) || !gather_is_vector(b))
		return error_set(err, STATUS_BAD_INPUT, _("%s takes vectors, not a matrix"),
				 node->op->name);
	if (b->rows % a->rows != 0)
		return error_set(err, STATUS_BAD_INPUT,
				 _("%s: %zu numbers are not so many times %zu"), node->op->name,
				 b->rows, a->rows);
	node->rows = b->rows / a->rows;
	return STATUS_OK;
}

static struct range dot_inputs(const struct node *node, size_t i, size_t slot)
{
	size_t n = node->inputs[SLOT_A]->rows;
	return rows_of(node, i, slot, slot == SLOT_A ? 0 : node_row(node, i) * n, 1, n);
}

#define WHY_OTHER N_("in a product the slope by one factor is the other factor")

static const struct op_slot product_slots[] = {
    {.name = "a", .partial = "b", .why = WHY_OTHER},
    {.name = "b", .partial = "a", .why = WHY_OTHER},
};

const struct op op_dot = {
    .name = "dot",
    .summary = N_("dot gate: a vector times another, or times each of a stack"),
    SLOTS(product_slots),
    .rule = "sum(a*b)",
    .infer = stack_infer,
    .inputs = dot_inputs,
    PRODUCT,
};

static struct range mix_inputs(const struct node *node, size_t i, size_t slot)
{
	size_t m = node->inputs[SLOT_A]->rows, first = slot == SLOT_A ? 0 : node_row(node, i);
	return rows_of(node, i, slot, first, slot == SLOT_A ? 1 : node->rows, m);
}

const struct op op_mix = {
    .name = "mix",
    .summary = N_("mix gate: the vectors of a stack, each times its weight, added up"),
    SLOTS(product_slots),
    .rule = "sum(a*b)",
    .infer = stack_infer,
    .inputs = mix_inputs,
    PRODUCT,
};

static enum status conv_infer(struct node *node, struct error *err)
{
	const struct node *w = node->inputs[SLOT_A], *x = node->inputs[SLOT_B];
	if (!gather_is_vector(w) || !gather_is_vector(x))
		return error_set(err, STATUS_BAD_INPUT, _("%s takes vectors, not a matrix"),
				 node->op->name);
	if (w->rows > x->rows)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a kernel of %zu numbers is longer than the vector of %zu"),
				 w->rows, x->rows);
	node->rows = x->rows - w->rows + 1;
	return STATUS_OK;
}

static struct range conv_inputs(const struct node *node, size_t i, size_t slot)
{
	return rows_of(node, i, slot, slot == SLOT_A ? 0 : node_row(node, i), 1,
		       node->inputs[SLOT_A]->rows);
}

static const struct op_slot conv_slots[] = {
    {.name = "w",
     .partial = "x",
     .why = N_("the number that lies under this weight of the kernel, at this position")},
    {.name = "x",
     .partial = "w",
     .why = N_("the weight of the kernel that lies over this number, at this position")},
};

const struct op op_conv = {
    .name = "conv",
    .summary = N_("convolution gate: the same kernel at each position of the vector"),
    SLOTS(conv_slots),
    .rule = "sum(w*x)",
    .infer = conv_infer,
    .inputs = conv_inputs,
    PRODUCT,
};

/* Rows of a picture of the node's width. */
static size_t height_of(const struct node *node)
{
	return node->inputs[SLOT_B]->rows / (size_t)node->attributes[0];
}

/* Shapes: w [kernel's rows][cols] parameters; x [height * width] -> y [(height - rows + 1) *
 * (width - cols + 1)]. */
static enum status conv_2d_infer(struct node *node, struct error *err)
{
	const struct node *w = node->inputs[SLOT_A], *x = node->inputs[SLOT_B];
	size_t width = (size_t)node->attributes[0], height = height_of(node);
	if (w->kind != NODE_PARAM || !gather_is_vector(x) || height * width != x->rows)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a matrix of parameters is the kernel of a picture"));
	if (w->rows > height || w->cols > width)
		return error_set(
		    err, STATUS_BAD_INPUT,
		    _("a kernel of %zu by %zu is larger than the picture of %zu by %zu"), w->rows,
		    w->cols, height, width);
	node->rows = (height - w->rows + 1) * (width - w->cols + 1);
	return STATUS_OK;
}

static struct range conv_2d_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *w = node->inputs[SLOT_A], *x = node->inputs[slot];
	size_t width = (size_t)node->attributes[0], columns = width - w->cols + 1;
	size_t row = node_row(node, i) / columns, column = node_row(node, i) % columns;
	if (slot == SLOT_A)
		return gather_all(w, 0);
	struct range range = rows_of(node, i, slot, row * width + column, 1, w->rows * w->cols);
	range.run = w->cols;
	range.jump = width * x->stride;
	return range;
}

static const struct hyper conv_2d_attributes[] = {
    {"width", NULL, N_("how many numbers are a row of the picture"), 2.0, 1.0, 1 << 14},
};

const struct op op_conv_2d = {
    .name = "conv-2d",
    .summary = N_("convolution gate: the same kernel at each position of the picture"),
    SLOTS(conv_slots),
    ATTRIBUTES(conv_2d_attributes),
    .rule = "sum(w*x)",
    .infer = conv_2d_infer,
    .inputs = conv_2d_inputs,
    PRODUCT,
};
