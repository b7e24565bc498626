/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_matrix.c -- the gates of vectors and matrices but their products: squared norm, two vectors
 * one after the other, and one number of a vector.
 *
 * Shapes: vectors are data [units][examples] or parameters [units][1]. The squared norm also takes
 * a whole matrix. Sums run from left to right. */
#include "backstep/base/i18n.h"
#include "gather.h"

bool gather_is_vector(const struct node *in)
{
	return in->kind != NODE_PARAM || in->cols == 1;
}

struct range gather_all(const struct node *in, size_t example)
{
	if (in->kind == NODE_PARAM)
		return range_of(0, 1, in->rows * in->cols);
	return range_of(example, in->stride, in->rows);
}

void gather_backward(struct node *node)
{
	const struct op *op = node->op;
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++) {
			for (size_t slot = 0; slot < op->n_slots; slot++) {
				struct range range = op->inputs(node, i, slot);
				for (size_t q = 0; q < range.count; q++) {
					size_t j = range_at(range, q);
					node->inputs[slot]->grad[j] +=
					    node->grad[i] * op->partial(node, i, slot, j);
				}
			}
		}
	}
}

static enum status norm2_infer(struct node *node, struct error *err)
{
	(void)err;
	node->rows = 1;
	return STATUS_OK;
}

static struct range norm2_inputs(const struct node *node, size_t i, size_t slot)
{
	return gather_all(node->inputs[slot], node_col(node, i));
}

static void norm2_forward(struct node *node)
{
	const double *x = node->inputs[0]->value;
	for (size_t n = 0; n < node->cols; n++) {
		struct range range = norm2_inputs(node, n, 0);
		double sum = x[range.first] * x[range.first];
		for (size_t q = 1; q < range.count; q++) {
			double xq = x[range_at(range, q)];
			sum += xq * xq;
		}
		node->value[n] = sum;
	}
}

static double norm2_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	bool reaches = range_contains(norm2_inputs(node, i, slot), j);
	return reaches ? 2.0 * node->inputs[slot]->value[j] : 0.0;
}

static const struct op_slot norm2_slots[] = {
    {.name = "x",
     .partial = "2*x",
     .why = N_("of the sum of squares only this one's square moves: twice its number")},
};

const struct op op_norm2 = {
    .name = "norm2",
    .summary = N_("squared norm gate: the sum of the squares"),
    .family = OP_ARITHMETIC,
    SLOTS(norm2_slots),
    .rule = "sum(x^2)",
    .infer = norm2_infer,
    .forward = norm2_forward,
    .backward = gather_backward,
    .inputs = norm2_inputs,
    .partial = norm2_partial,
};

static enum status concat_infer(struct node *node, struct error *err)
{
	for (size_t slot = 0; slot < 2; slot++)
		if (node->inputs[slot]->kind == NODE_PARAM && node->inputs[slot]->cols != 1)
			return error_set(err, STATUS_BAD_INPUT,
					 _("%s takes numbers and vectors, not a matrix"),
					 node->op->name);
	node->rows = node->inputs[0]->rows + node->inputs[1]->rows;
	return STATUS_OK;
}

/* Row r is row r of the first vector, or of the second after it. */
static struct range concat_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	size_t row = node_row(node, i), before = node->inputs[0]->rows;
	if ((row < before) != (slot == 0))
		return (struct range){0};
	size_t column = in->kind == NODE_PARAM ? 0 : node_col(node, i);
	return range_of((row - (slot ? before : 0)) * in->stride + column, 1, 1);
}

static void concat_forward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++) {
			size_t slot = row >= node->inputs[0]->rows;
			node->value[i] =
			    node->inputs[slot]->value[concat_inputs(node, i, slot).first];
		}
	}
}

/* Of an op that copies: 1 by what output i is a copy of. */
static double copy_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	return range_contains(node->op->inputs(node, i, slot), j) ? 1.0 : 0.0;
}

static const char *concat_rule(const struct node *node, size_t i)
{
	return node_row(node, i) < node->inputs[0]->rows ? "a" : "b";
}

#define WHY_CONCAT N_("each number of the vector has its own place: the gradient goes back to it")

static const struct op_slot concat_slots[] = {
    {.name = "a", .partial = "1", .why = WHY_CONCAT},
    {.name = "b", .partial = "1", .why = WHY_CONCAT},
};
static const struct op_cases concat_cases = {.rule = concat_rule};

const struct op op_concat = {
    .name = "concat",
    .summary = N_("concatenation gate: one vector after the other"),
    .family = OP_ARITHMETIC,
    SLOTS(concat_slots),
    .rule = "a",
    .cases = &concat_cases,
    .infer = concat_infer,
    .forward = concat_forward,
    .backward = gather_backward,
    .inputs = concat_inputs,
    .partial = copy_partial,
};

static enum status element_infer(struct node *node, struct error *err)
{
	const struct node *in = node->inputs[0];
	size_t n = in->kind == NODE_PARAM ? in->rows * in->cols : in->rows;
	node->rows = 1;
	if (node->attributes[0] <= (double)n)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("there is no element %g of %zu"),
			 node->attributes[0], n);
}

/* A matrix of parameters counts row by row. */
static struct range element_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *in = node->inputs[slot];
	size_t e = (size_t)node->attributes[0] - 1;
	if (in->kind != NODE_PARAM)
		return range_of(e * in->stride + node_col(node, i), 1, 1);
	return range_of(e / in->cols * in->stride + e % in->cols, 1, 1);
}

static void element_forward(struct node *node)
{
	for (size_t i = 0; i < node->cols; i++)
		node->value[i] = node->inputs[0]->value[element_inputs(node, i, 0).first];
}

static const struct op_slot element_slots[] = {
    {.name = "a",
     .partial = "1",
     .why = N_("one number out of a vector: the gradient goes back to its place alone")},
};
static const struct hyper element_attributes[] = {
    {"index", NULL, N_("which number of the vector, from 1"), 1.0, 1.0, 1 << 20},
};

const struct op op_element = {
    .name = "element",
    .summary = N_("one number of a vector"),
    .family = OP_ARITHMETIC,
    SLOTS(element_slots),
    ATTRIBUTES(element_attributes),
    .rule = "a",
    .infer = element_infer,
    .forward = element_forward,
    .backward = gather_backward,
    .inputs = element_inputs,
    .partial = copy_partial,
};
