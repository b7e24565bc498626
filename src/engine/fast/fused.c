/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fused.c -- which ops of a graph are so small that they have passes of their own. */
#include "fused.h"

enum {
	MAX_NUMBERS = 32, /* larger layers are worth describing to a kernel */
	SLOT_X = 0,
	SLOT_W,
	SLOT_B,
};

/* Whether a step is W x or W x + b, each of whose gradients is set, not added to. */
static bool is_small_layer(const struct fast_step *step)
{
	const struct node *sum = step->node, *w = sum->inputs[SLOT_W];
	if (sum->op != &op_affine && sum->op != &op_product)
		return false;
	return w->rows * w->cols <= MAX_NUMBERS && step->grads[SLOT_X] != FAST_ADD &&
	       step->grads[SLOT_W] == FAST_SET &&
	       (sum->op == &op_product || step->grads[SLOT_B] == FAST_SET);
}

/* The step after steps[k], if nobody else reads what that one computes, for it is the first to set
 * its gradient, and next to it; else NULL. */
static struct fast_step *only_reader(const struct fast_plan *plan, size_t k)
{
	struct fast_step *next = k + 1 < plan->n_steps ? &plan->steps[k + 1] : NULL;
	return next && next->node->inputs[0] == plan->steps[k].node && next->grads[0] == FAST_SET
		   ? next
		   : NULL;
}

static void plan_layer(struct fast_plan *plan, size_t k, struct fused *fused)
{
	static const double no_bias = -0.0; /* which added to any number leaves it as it is */
	struct fast_step *step = &plan->steps[k], *last = only_reader(plan, k);
	if (!last || last->node->op->family != OP_ACTIVATION || !last->row || !last->row->fused)
		last = step;
	const struct node *sum = step->node, *unit = last->node;
	const struct node *x = sum->inputs[SLOT_X], *w = sum->inputs[SLOT_W];
	const struct node *b = sum->op == &op_affine ? sum->inputs[SLOT_B] : NULL;
	*fused = (struct fused){.layer = {.n_units = sum->rows,
					  .n_inputs = x->rows,
					  .n_examples = sum->stride,
					  .b_step = b && b->rows > 1,
					  .w = w->value,
					  .b = b ? b->value : &no_bias,
					  .x = x->value,
					  .z = sum->value,
					  .y = unit->value,
					  .dw = w->grad,
					  .db = b ? b->grad : NULL,
					  .dx = step->grads[SLOT_X] == FAST_SKIP ? NULL : x->grad,
					  .dz = sum->grad,
					  .dy = unit->grad,
					  .attributes = unit->attributes,
					  .sum = &plan->sum},
				.passes = last == step ? fast_find(&op_identity)->fused
						       : last->row->fused,
				.n_ops = last == step ? 1 : 2};
	step->fused = last->fused = fused;
}

/* What adds up the terms of steps[k], or NULL. */
static struct fast_step *find_total(const struct fast_plan *plan, size_t k)
{
	struct fast_step *next = only_reader(plan, k);
	return next && (next->node->op == &op_sum || next->node->op == &op_mean) ? next : NULL;
}

/* Whether steps[k] is a loss with whose total the graph ends. */
static bool is_last_loss(const struct fast_plan *plan, size_t k)
{
	const struct fast_step *step = &plan->steps[k], *total = find_total(plan, k);
	const struct node *terms = step->node;
	return step->row && step->row->terms && step->grads[1] != FAST_ADD &&
	       (total ? total : step)->node == plan->root && (total || terms->rows == 1) &&
	       &plan->steps[plan->n_steps] == (total ? total : step) + 1;
}

/* Takes in the loss, if after the ops of fused, which end before steps[k], there is only that. */
static void plan_loss(struct fast_plan *plan, size_t k, struct fused *fused)
{
	const struct fast_step *step = only_reader(plan, k - 1);
	if (!step || !is_last_loss(plan, k))
		return;
	const struct fast_step *last = find_total(plan, k);
	const struct node *terms = step->node, *total = last ? last->node : NULL;
	const struct node *p = terms->inputs[0], *t = terms->inputs[1];
	fused->loss = (struct fused_loss){
	    .run = step->row->terms,
	    .n_outputs = terms->rows,
	    .n_examples = terms->stride,
	    .share = total && total->op == &op_mean ? 1.0 / (double)terms->rows : 1.0,
	    .t = t->value,
	    .attributes = terms->attributes,
	    .terms = terms->value,
	    .total = total ? total->value : NULL,
	    .dterms = terms->grad,
	    .dp = p->grad,
	    .dt = step->grads[1] == FAST_SKIP ? NULL : t->grad,
	    .dtotal = (total ? total : terms)->grad};
	plan->last = &plan->steps[k - fused->n_ops];
}

void fused_plan(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	struct fused *fused = plan->fused;
	plan->last = NULL;
	if (graph->stride != 1 && graph->stride != 4)
		return;
	for (size_t k = 0; k < plan->n_steps;) {
		if (!is_small_layer(&plan->steps[k])) {
			k++;
			continue;
		}
		plan_layer(plan, k, fused);
		k += fused->n_ops;
		plan_loss(plan, k, fused++);
	}
}

fast_run *fused_run(const struct fast_step *step, enum fused_pass pass)
{
	const struct fused_layer *layer = &step->fused->layer;
	return step->fused->passes->runs[pass][layer->n_inputs == 2][layer->n_examples == 4];
}
