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

static bool is_small_loss(const struct fast_plan *plan, size_t k)
{
	const struct fast_step *step = &plan->steps[k];
	const struct node *terms = step->node;
	return terms->op->family == OP_LOSS && step->row && step->row->fused &&
	       terms->rows * terms->stride <= MAX_NUMBERS && step->grads[0] == FAST_SET &&
	       step->grads[1] != FAST_ADD && (terms->rows == 1 || find_total(plan, k));
}

static void plan_loss(struct fast_plan *plan, size_t k, struct fused *fused)
{
	struct fast_step *step = &plan->steps[k], *last = find_total(plan, k);
	const struct node *terms = step->node, *total = last ? last->node : NULL;
	const struct node *p = terms->inputs[0], *t = terms->inputs[1];
	*fused = (struct fused){
	    .loss = {.n_outputs = terms->rows,
		     .share = total && total->op == &op_mean ? 1.0 / (double)terms->rows : 1.0,
		     .p = p->value,
		     .t = t->value,
		     .attributes = terms->attributes,
		     .terms = terms->value,
		     .total = total ? total->value : NULL,
		     .dterms = terms->grad,
		     .dp = p->grad,
		     .dt = step->grads[1] == FAST_SKIP ? NULL : t->grad,
		     .dtotal = (total ? total : terms)->grad},
	    .passes = step->row->fused,
	    .n_ops = total ? 2 : 1};
	step->fused = fused;
	if (last)
		last->fused = fused;
}

void fused_plan(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	struct fused *fused = plan->fused;
	if (graph->stride != 1 && graph->stride != 4)
		return;
	for (size_t k = 0; k < plan->n_steps; k++) {
		if (is_small_layer(&plan->steps[k]))
			plan_layer(plan, k, fused);
		else if (is_small_loss(plan, k))
			plan_loss(plan, k, fused);
		else
			continue;
		k += fused++->n_ops - 1;
	}
}

fast_run *fused_run(const struct fast_step *step, bool is_backward)
{
	const struct fused_passes *passes = step->fused->passes;
	bool two = step->node->op->family == OP_LINEAR && step->fused->layer.n_inputs == 2;
	bool four = step->node->graph->stride == 4;
	return is_backward ? passes->backward[two][four] : passes->forward[two][four];
}
