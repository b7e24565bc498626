/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arithmetic.c -- which element of an argument goes with which output, and the gates' loops. */
#include "arithmetic.h"

#include "backstep/base/i18n.h"

enum status arithmetic_infer(struct node *node, struct error *err)
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

size_t arithmetic_element(const struct node *node, size_t slot, size_t i)
{
	const struct node *in = node->inputs[slot];
	size_t row = in->rows == 1 ? 0 : node_row(node, i);
	return row * in->stride + (in->kind == NODE_PARAM ? 0 : node_col(node, i));
}

struct range arithmetic_inputs(const struct node *node, size_t i, size_t slot)
{
	return (struct range){arithmetic_element(node, slot, i), 1, 1};
}

static struct gate gate_of(const struct node *node, size_t i)
{
	struct gate gate = {.y = node->value[i], .attributes = node->attributes};
	gate.a = node->inputs[0]->value[arithmetic_element(node, 0, i)];
	if (node->op->n_slots > 1)
		gate.b = node->inputs[1]->value[arithmetic_element(node, 1, i)];
	return gate;
}

void arithmetic_forward(struct node *node, double (*value)(const struct gate *gate))
{
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++) {
			struct gate gate = gate_of(node, i);
			node->value[i] = value(&gate);
		}
	}
}

void arithmetic_backward(struct node *node, double (*const slopes[])(const struct gate *gate))
{
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++) {
			struct gate gate = gate_of(node, i);
			for (size_t slot = 0; slot < node->op->n_slots; slot++)
				node->inputs[slot]->grad[arithmetic_element(node, slot, i)] +=
				    node->grad[i] * slopes[slot](&gate);
		}
	}
}

double arithmetic_partial(const struct node *node, size_t i, size_t slot, size_t j,
			  double (*const slopes[])(const struct gate *gate))
{
	struct gate gate = gate_of(node, i);
	return j == arithmetic_element(node, slot, i) ? slopes[slot](&gate) : 0.0;
}
