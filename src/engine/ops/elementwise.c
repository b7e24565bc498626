/* SPDX-License-Identifier: GPL-3.0-or-later */
/* elementwise.c -- shapes, loops, partial and reach of element-by-element ops. */
#include "elementwise.h"

#include "backstep/base/i18n.h"

enum status elementwise_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[0]->rows;
	for (size_t slot = 1; slot < node->op->n_slots; slot++)
		if (node->inputs[slot]->rows != node->rows)
			return error_set(err, STATUS_BAD_INPUT,
					 _("%s: %zu and %zu elements do not fit together"),
					 node->op->name, node->rows, node->inputs[slot]->rows);
	return STATUS_OK;
}

enum status gate_infer(struct node *node, struct error *err)
{
	size_t rows = 1;
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *in = node->inputs[slot];
		if (in->kind == NODE_PARAM && in->cols != 1)
			return error_set(err, STATUS_BAD_INPUT,
					 _("%s takes numbers and vectors, not a matrix"),
					 node->op->name);
		if (in->rows != 1 && rows != 1 && in->rows != rows)
			return error_set(err, STATUS_BAD_INPUT,
					 _("vectors of %zu and of %zu numbers do not go together"),
					 rows, in->rows);
		rows = in->rows > rows ? in->rows : rows;
	}
	node->rows = rows;
	return STATUS_OK;
}

size_t elementwise_element(const struct node *node, size_t slot, size_t i)
{
	const struct node *in = node->inputs[slot];
	size_t row = in->rows == 1 ? 0 : node_row(node, i);
	return row * in->stride + (in->kind == NODE_PARAM ? 0 : node_col(node, i));
}

struct range elementwise_inputs(const struct node *node, size_t i, size_t slot)
{
	return range_of(elementwise_element(node, slot, i), 1, 1);
}

/* What output i is computed from, of slot. */
static double argument(const struct node *node, size_t slot, size_t i)
{
	return node->inputs[slot]->value[elementwise_element(node, slot, i)];
}

static double value_at(const struct node *node, size_t i)
{
	const struct op *op = node->op;
	double a = argument(node, 0, i);
	return op->value ? op->value(a, node->attributes)
			 : op->value2(a, argument(node, 1, i), node->attributes);
}

static double slope_at(const struct node *node, size_t i, size_t slot)
{
	const struct op *op = node->op;
	double a = argument(node, 0, i), y = node->value[i];
	return op->slope ? op->slope(a, y, node->attributes)
			 : op->slope2(a, argument(node, 1, i), y, node->attributes, slot);
}

void elementwise_forward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++)
			node->value[i] = value_at(node, i);
}

static void add_to_inputs(struct node *node, size_t i)
{
	for (size_t slot = 0; slot < node->op->n_slots; slot++)
		node->inputs[slot]->grad[elementwise_element(node, slot, i)] +=
		    node->grad[i] * slope_at(node, i, slot);
}

void elementwise_backward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++)
			add_to_inputs(node, i);
}

double elementwise_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	return j == elementwise_element(node, slot, i) ? slope_at(node, i, slot) : 0.0;
}

int elementwise_side_of_zero(const struct node *node, size_t i)
{
	double x = node->inputs[0]->value[elementwise_element(node, 0, i)];
	return (x > 0.0) - (x < 0.0);
}
