/* SPDX-License-Identifier: GPL-3.0-or-later */
/* few.c -- which ops of a graph are so small that they have passes of their own. */
#include "few.h"

enum {
	MAX_NUMBERS = 32, /* larger layers are worth describing to a kernel */
	SLOT_X = 0,
	SLOT_W,
	SLOT_B,
};

/* Whether sum is W x or W x + b, each of whose gradients is set, not added to. */
static bool is_few_layer(const struct node *sum)
{
	if (sum->op != &op_affine && sum->op != &op_product)
		return false;
	const struct node *x = sum->inputs[SLOT_X], *w = sum->inputs[SLOT_W];
	return w->rows * w->cols <= MAX_NUMBERS && (sum->op == &op_product || sum->sets[SLOT_B]) &&
	       sum->sets[SLOT_W] && (sum->sets[SLOT_X] || x->grad_unwanted);
}

/* The op behind ops[k], if nobody else reads what that one computes, for it is the first to set
 * its gradient, and next to it; else NULL. */
static struct node *only_reader(const struct graph *graph, size_t k)
{
	struct node *next = k + 1 < graph->n_ops ? graph->ops[k + 1] : NULL;
	return next && next->inputs[0] == graph->ops[k] && next->sets[0] ? next : NULL;
}

static void plan_layer(struct graph *graph, size_t k, struct few *few)
{
	static const double no_bias = -0.0; /* which added to any number leaves it as it is */
	struct node *sum = graph->ops[k], *unit = only_reader(graph, k);
	const struct node *x = sum->inputs[SLOT_X], *w = sum->inputs[SLOT_W];
	const struct node *b = sum->op == &op_affine ? sum->inputs[SLOT_B] : NULL;
	if (!unit || unit->op->family != OP_ACTIVATION || !unit->op->few)
		unit = sum;
	*few = (struct few){.layer = {.n_units = sum->rows,
				      .n_inputs = x->rows,
				      .b_step = b && b->rows > 1,
				      .w = w->value,
				      .b = b ? b->value : &no_bias,
				      .x = x->value,
				      .z = sum->value,
				      .y = unit->value,
				      .dw = w->grad,
				      .db = b ? b->grad : NULL,
				      .dx = x->grad_unwanted ? NULL : x->grad,
				      .dz = sum->grad,
				      .dy = unit->grad,
				      .doubt = &graph->doubt},
			    .passes = unit->op->few(),
			    .n_ops = unit == sum ? 1 : 2};
	sum->few = unit->few = few;
}

static bool is_few_loss(const struct node *terms)
{
	return terms->op->family == OP_LOSS && terms->op->few &&
	       terms->rows * terms->stride <= MAX_NUMBERS && terms->sets[0] &&
	       (terms->sets[1] || terms->inputs[1]->grad_unwanted);
}

static void plan_loss(struct graph *graph, size_t k, struct few *few)
{
	struct node *terms = graph->ops[k], *total = only_reader(graph, k);
	const struct node *p = terms->inputs[0], *t = terms->inputs[1];
	if (!total || (total->op != &op_sum && total->op != &op_mean))
		total = NULL;
	*few = (struct few){
	    .loss = {.n_outputs = terms->rows,
		     .share = total && total->op == &op_mean ? 1.0 / (double)terms->rows : 1.0,
		     .p = p->value,
		     .t = t->value,
		     .attributes = terms->attributes,
		     .terms = terms->value,
		     .total = total ? total->value : NULL,
		     .dterms = terms->grad,
		     .dp = p->grad,
		     .dt = t->grad_unwanted ? NULL : t->grad,
		     .dtotal = total ? total->grad : NULL},
	    .passes = terms->op->few(),
	    .n_ops = total ? 2 : 1};
	terms->few = few;
	if (total)
		total->few = few;
}

void few_plan(struct graph *graph)
{
	struct few *few = graph->few;
	for (size_t k = 0; k < graph->n_ops; k++)
		graph->ops[k]->few = NULL;
	for (size_t k = 0; k < graph->n_ops && (graph->stride == 1 || graph->stride == 4); k++) {
		if (is_few_layer(graph->ops[k]))
			plan_layer(graph, k, few);
		else if (is_few_loss(graph->ops[k]))
			plan_loss(graph, k, few);
		else
			continue;
		k += few++->n_ops - 1;
	}
}

struct pass_call few_call(struct node *node, bool backward)
{
	const struct few_passes *passes = node->few->passes;
	bool two = node->op->family == OP_LINEAR && node->few->layer.n_inputs == 2;
	bool four = node->graph->stride == 4;
	return (struct pass_call){
	    backward ? passes->backward[two][four] : passes->forward[two][four], node};
}
