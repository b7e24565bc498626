/* SPDX-License-Identifier: GPL-3.0-or-later */
/* few.c -- which layers of a graph are so small that they have passes of their own. */
#include "few.h"

enum {
	MAX_WEIGHTS = 32, /* larger layers are worth describing to a kernel */
	SLOT_X = 0,
	SLOT_W,
	SLOT_B,
};

/* Whether sum is W x or W x + b, each of whose gradients is set, not added to. */
static bool is_few(const struct node *sum)
{
	if (sum->op != &op_affine && sum->op != &op_product)
		return false;
	const struct node *x = sum->inputs[SLOT_X], *w = sum->inputs[SLOT_W];
	return w->rows * w->cols <= MAX_WEIGHTS && (sum->op == &op_product || sum->sets[SLOT_B]) &&
	       sum->sets[SLOT_W] && (sum->sets[SLOT_X] || x->grad_unwanted);
}

static bool plan_layer(struct graph *graph, size_t k, struct few *few)
{
	struct node *sum = graph->ops[k], *unit = k + 1 < graph->n_ops ? graph->ops[k + 1] : NULL;
	if (!is_few(sum))
		return false;
	const struct node *x = sum->inputs[SLOT_X], *w = sum->inputs[SLOT_W];
	const struct node *b = sum->op == &op_affine ? sum->inputs[SLOT_B] : NULL;
	/* The first to set the sum's gradient, and next to it: so nobody else reads the sum. */
	if (!unit || unit->op->family != OP_ACTIVATION || !unit->op->few ||
	    unit->inputs[0] != sum || !unit->sets[0])
		unit = sum;
	*few = (struct few){.n_units = sum->rows,
			    .n_inputs = x->rows,
			    .w = w->value,
			    .b = b ? b->value : NULL,
			    .shares_bias = b && b->rows == 1,
			    .x = x->value,
			    .z = sum->value,
			    .y = unit->value,
			    .dw = w->grad,
			    .db = b ? b->grad : NULL,
			    .dx = x->grad_unwanted ? NULL : x->grad,
			    .dz = sum->grad,
			    .dy = unit->grad,
			    .passes = unit->op->few,
			    .n_ops = unit == sum ? 1 : 2};
	sum->few = unit->few = few;
	return true;
}

void few_plan(struct graph *graph)
{
	struct few *few = graph->few;
	for (size_t k = 0; k < graph->n_ops; k++)
		graph->ops[k]->few = NULL;
	for (size_t k = 0; k < graph->n_ops && (graph->stride == 1 || graph->stride == 4); k++)
		if (plan_layer(graph, k, few))
			k += few++->n_ops - 1;
}
