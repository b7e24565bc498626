/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.c -- a graph's nodes, moved along the batch. */
#include "blocks.h"

#include "backstep/base/i18n.h"
#include "backstep/base/work.h"

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
	return plan->root && !graph->is_coupled && plan->n_cleared == 0 && !plan->start;
}

static bool is_moved(const struct node *node)
{
	return node->kind != NODE_PARAM && !node->per_batch;
}

size_t blocks_size(const struct graph *graph)
{
	size_t n = 0; /* numbers of an example */
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (is_moved(graph->nodes[k]))
			n += 2 * graph->nodes[k]->rows;
	if (n * graph->n_examples < LARGE || graph->n_examples <= MOST || !may_split(graph))
		return 0;
	size_t size = KEPT / n / LEAST * LEAST;
	return size < LEAST ? LEAST : size > MOST ? MOST : size;
}

/* Has every node begin with the example by that many further on, and hold n. */
static void move(const struct graph *graph, ptrdiff_t by, size_t n)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (!is_moved(node))
			continue;
		node->value += by;
		node->grad += by;
		node->cols = n;
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

enum status blocks_run(struct graph *graph, const struct fast_call *first,
		       const struct fast_call *end, bool asks, struct error *err)
{
	const struct fast_plan *plan = graph->fast;
	const size_t n = graph->n_examples;
	enum status status = STATUS_OK;
	size_t done = 0;
	while (!status && done < n) {
		size_t size = n - done < plan->block ? n - done : plan->block;
		move(graph, done ? (ptrdiff_t)plan->block : 0, size);
		for (const struct fast_call *call = first; !status && call != end; call++) {
			call->run(call->step);
			status = asks ? work_tell_part(N_("rows"), done, n, err) : STATUS_OK;
		}
		treat_params(plan, FAST_ADD);
		done += size;
	}
	treat_params(plan, FAST_SET);
	move(graph, -(ptrdiff_t)((done - 1) / plan->block * plan->block), n);
	return status;
}
