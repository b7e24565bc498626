/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.c -- a graph's nodes, moved along the batch. */
#include "blocks.h"

#include <math.h>

#include "../passes.h"
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

/* Whether a node has a column for each example. */
static bool is_by_example(const struct node *node)
{
	return node->kind != NODE_PARAM && !node->per_batch;
}

/* Of an example. */
static size_t count_numbers(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (is_by_example(graph->nodes[k]))
			n += 2 * graph->nodes[k]->rows;
	return n;
}

size_t blocks_portion(const struct graph *graph)
{
	size_t size = KEPT / count_numbers(graph) / LEAST * LEAST;
	if (!may_split(graph))
		return 0;
	return size < LEAST ? LEAST : size > MOST ? MOST : size;
}

size_t blocks_size(const struct graph *graph)
{
	bool is_large = count_numbers(graph) * graph->n_examples >= LARGE;
	return is_large && graph->n_examples > MOST && graph->fast->scope == GRAPH_PARAMS
		   ? blocks_portion(graph)
		   : 0;
}

bool blocks_share(const struct fast_plan *plan, const struct node *node)
{
	return plan->block && node != plan->root && !node_is_given(node);
}

/* Has every node hold n examples, and begin with the one by that many further on; but not those
 * that blocks share, if they do. */
static void move(const struct graph *graph, ptrdiff_t by, size_t n, bool share)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (!is_by_example(node))
			continue;
		node->cols = n;
		if (!share || !blocks_share(graph->fast, node)) {
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

enum status blocks_run(struct graph *graph, bool asks, struct error *err)
{
	struct fast_plan *plan = graph->fast;
	const size_t n = graph->n_examples, block = plan->block;
	enum status status = STATUS_OK;
	size_t first = 0;
	bool finite = true;
	for (; first < n && finite && !status; first += block) {
		move(graph, first ? (ptrdiff_t)block : 0, n - first < block ? n - first : block,
		     true);
		fast_run_calls(plan->both, plan->both_end);
		finite =
		    fast_are_finite(plan->watched + plan->n_given, plan->n_watched - plan->n_given);
		treat_params(plan, FAST_ADD);
		if (asks)
			status = work_tell_part(N_("rows"), first, n, err);
	}
	treat_params(plan, FAST_SET);
	move(graph, -(ptrdiff_t)(first - block), n, true);
	if (finite || status)
		return status;
	fast_run_calls(plan->both, plan->both_end);
	plan->sum = NAN;
	return STATUS_OK;
}

enum status blocks_run_portions(struct graph *graph, const struct fast_call *first,
				const struct fast_call *end, struct error *err)
{
	const struct fast_plan *plan = graph->fast;
	const size_t n = graph->n_examples, size = plan->portion;
	enum status status = STATUS_OK;
	size_t done = 0;
	for (; done < n && !status; done += size) {
		move(graph, done ? (ptrdiff_t)size : 0, n - done < size ? n - done : size, false);
		for (const struct fast_call *call = first; !status && call != end; call++) {
			call->run(call->step);
			status = work_tell_part(N_("rows"), done, n, err);
		}
		treat_params(plan, FAST_ADD);
	}
	treat_params(plan, FAST_SET);
	move(graph, -(ptrdiff_t)(done - size), n, false);
	return status;
}
