/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.c -- a graph's nodes, moved along the batch. */
#include "blocks.h"

#include <math.h>

#include "../passes.h"

enum {
	LARGE = 1 << 17, /* numbers of a batch that leave the cache */
	KEPT = 1 << 15,  /* numbers of a block that stay in it */
	LEAST = 64,      /* examples of a block, and of what it is a multiple */
	MOST = 256,
};

/* Whether a step computes an example from that example alone, and its parameters' gradients, which
 * are its own, example by example: not where units share a bias, which adds up all examples of one
 * unit before those of the next. */
static bool splits(const struct fast_step *step)
{
	const struct node *node = step->node;
	for (size_t s = 0; s < node->op->n_slots; s++) {
		const struct node *in = node->inputs[s];
		if (in->kind == NODE_PARAM &&
		    (step->grads[s] != FAST_SET || (in->cols == 1 && in->rows < node->rows)))
			return false;
	}
	return step->row && !step->fused;
}

static bool may_split(const struct graph *graph)
{
	const struct fast_plan *plan = graph->fast;
	for (size_t k = 0; k < plan->n_steps; k++)
		if (!splits(&plan->steps[k]))
			return false;
	return plan->root && plan->scope == GRAPH_PARAMS && !graph->is_coupled &&
	       plan->n_cleared == 0 && !plan->start;
}

/* Whether a node has a column for each example. */
static bool is_by_example(const struct node *node)
{
	return node->kind != NODE_PARAM && !node->per_batch;
}

size_t blocks_size(const struct graph *graph)
{
	size_t n = 0; /* numbers of an example */
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (is_by_example(graph->nodes[k]))
			n += 2 * graph->nodes[k]->rows;
	if (n * graph->n_examples < LARGE || graph->n_examples <= MOST || !may_split(graph))
		return 0;
	size_t size = KEPT / n / LEAST * LEAST;
	return size < LEAST ? LEAST : size > MOST ? MOST : size;
}

bool blocks_share(const struct fast_plan *plan, const struct node *node)
{
	return plan->block && node != plan->root && !node_is_given(node);
}

/* Has every node hold n examples; those of the whole batch begin with the one by that many further
 * on. */
static void move(const struct graph *graph, ptrdiff_t by, size_t n)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (!is_by_example(node))
			continue;
		node->cols = n;
		if (!blocks_share(graph->fast, node)) {
			node->value += by;
			node->grad += by;
		}
	}
}

/* Parameters' gradients: set by the first block, added to by all others. */
static void treat_params(const struct fast_plan *plan, enum fast_grad grad)
{
	for (size_t k = 0; k < plan->n_steps; k++)
		for (size_t s = 0; s < plan->steps[k].node->op->n_slots; s++)
			if (plan->steps[k].node->inputs[s]->kind == NODE_PARAM)
				plan->steps[k].grads[s] = grad;
}

void blocks_run(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	const size_t n = graph->n_examples, block = plan->block;
	size_t first = 0;
	bool finite = true;
	for (; first < n && finite; first += block) {
		move(graph, first ? (ptrdiff_t)block : 0, n - first < block ? n - first : block);
		fast_run_calls(plan->both, plan->both_end);
		finite =
		    fast_are_finite(plan->watched + plan->n_given, plan->n_watched - plan->n_given);
		treat_params(plan, FAST_ADD);
	}
	treat_params(plan, FAST_SET);
	move(graph, -(ptrdiff_t)(first - block), n);
	if (finite)
		return;
	fast_run_calls(plan->both, plan->both_end);
	plan->sum = NAN;
}
