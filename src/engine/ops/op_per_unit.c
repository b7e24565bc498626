/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_per_unit.c -- a function of its own for each unit: row r is what node->parts[r] says, an
 * elementwise op with its attributes. Numbers, rules, slopes and kinks are those of that op, asked
 * of the node as if it were all its. */
#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "elementwise.h"

struct node node_as_part(const struct node *node, size_t i)
{
	struct node own = *node;
	if (!node->parts)
		return own;
	const struct op_part *part = &node->parts[node_row(node, i)];
	own.op = part->op;
	for (size_t k = 0; k < OP_MAX_ATTRIBUTES; k++)
		own.attributes[k] = part->attributes[k];
	return own;
}

static double slope(const struct node *node, size_t i)
{
	struct node own = node_as_part(node, i);
	return own.op->slope(node->inputs[0]->value[i], node->value[i], own.attributes);
}

static void forward(struct node *node)
{
	CONTRACT(node->parts);
	for (size_t row = 0; row < node->rows; row++) {
		const struct op_part *part = &node->parts[row];
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++)
			node->value[i] =
			    part->op->value(node->inputs[0]->value[i], part->attributes);
	}
}

static void backward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++)
			node->inputs[0]->grad[i] += node->grad[i] * slope(node, i);
}

static double partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)slot;
	return i == j ? slope(node, i) : 0.0;
}

static const char *rule(const struct node *node, size_t i)
{
	struct node own = node_as_part(node, i);
	return op_rule(&own, i);
}

static const char *partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	struct node own = node_as_part(node, i);
	return op_partial_rule(&own, i, slot, j);
}

static int side(const struct node *node, size_t i)
{
	struct node own = node_as_part(node, i);
	return own.op->cases && own.op->cases->side ? own.op->cases->side(&own, i) : 1;
}

static const struct op_slot slots[] = {
    {.name = "x", .why = N_("the slope of this unit's own function, where its sum stands")},
};
static const struct op_cases cases = {.rule = rule, .partial = partial_rule, .side = side};

const struct op op_per_unit = {
    .name = "per-unit",
    .summary = N_("a function of its own for each unit"),
    .family = OP_LAYER,
    SLOTS(slots),
    .rule = "x",
    .cases = &cases,
    .infer = elementwise_infer,
    .forward = forward,
    .backward = backward,
    .inputs = elementwise_inputs,
    .partial = partial,
};
