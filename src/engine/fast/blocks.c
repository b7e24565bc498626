/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.c -- a graph's nodes, moved along the batch. */
#include "blocks.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../passes.h"
#include "backstep/base/i18n.h"
#include "backstep/base/work.h"

enum {
	LARGE = 1 << 17, /* numbers of a batch that leave the cache */
	KEPT = 1 << 15,  /* numbers of a block that stay in it */
	LEAST = 64,      /* examples of a block, and of what it is a multiple */
	MOST = 256,
};

/* The slot of a bias that units share: its gradient adds up all examples of one unit before those
 * of the next. SIZE_MAX: there is none. */
static size_t find_shared_bias(const struct node *node)
{
	for (size_t s = 0; s < node->op->n_slots; s++) {
		const struct node *in = node->inputs[s];
		if (in->kind == NODE_PARAM && in->cols == 1 && in->rows < node->rows)
			return s;
	}
	return SIZE_MAX;
}

/* Whether a step computes an example from that example alone, and its parameters' gradients, which
 * are its own, example by example. */
static bool splits(const struct fast_step *step)
{
	const struct node *node = step->node;
	for (size_t s = 0; s < node->op->n_slots; s++)
		if (node->inputs[s]->kind == NODE_PARAM && step->grads[s] != FAST_SET)
			return false;
	return step->row && !step->fused && find_shared_bias(node) == SIZE_MAX;
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

/* How many examples stay in the cache. */
static size_t count_kept(const struct graph *graph)
{
	size_t size = KEPT / count_numbers(graph) / LEAST * LEAST;
	return size < LEAST ? LEAST : size > MOST ? MOST : size;
}

size_t blocks_size(const struct graph *graph)
{
	bool is_large = count_numbers(graph) * graph->n_examples >= LARGE;
	return is_large && graph->n_examples > MOST && graph->fast->scope == GRAPH_PARAMS &&
		       may_split(graph)
		   ? count_kept(graph)
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

/* Both passes over a block. Errors: STATUS_INTERRUPTED. */
static enum status run_block(const struct graph *graph, bool asks, struct error *err)
{
	const struct fast_plan *plan = graph->fast;
	enum status status = STATUS_OK;
	for (const struct fast_call *call = plan->both; !status && call != plan->both_end; call++) {
		call->run(call->step);
		if (asks && graph->is_long)
			status = work_ask(err);
	}
	return status;
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
		status = run_block(graph, asks, err);
		finite =
		    fast_are_finite(plan->watched + plan->n_given, plan->n_watched - plan->n_given);
		treat_params(plan, FAST_ADD);
		if (asks && !status)
			status = work_tell_part(N_("rows"), first, n, err);
	}
	treat_params(plan, FAST_SET);
	move(graph, -(ptrdiff_t)(first - block), n, true);
	if (finite || status)
		return status;
	plan->sum = NAN;
	if (asks)
		return blocks_run_portions(graph, plan->both, plan->both_end, err);
	fast_run_calls(plan->both, plan->both_end);
	return STATUS_OK;
}

/* Whether a call computes an example from that example alone. */
static bool is_divided(const struct fast_call *call)
{
	const struct node *node = call->step->node;
	bool divided = call->step->row && !call->step->fused && is_by_example(node);
	for (size_t s = 0; divided && s < node->op->n_slots; s++)
		divided = node->inputs[s]->kind == NODE_PARAM || is_by_example(node->inputs[s]);
	return divided;
}

/* What a portion does with gradients: those of parameters are set by the first one, as grads says,
 * and added to by all others; a shared bias is left for the end. */
static void treat_portion(struct fast_step *step, const enum fast_grad grads[], bool is_first)
{
	for (size_t s = 0; s < step->node->op->n_slots; s++)
		step->grads[s] =
		    step->node->inputs[s]->kind == NODE_PARAM && !is_first ? FAST_ADD : grads[s];
	if (find_shared_bias(step->node) != SIZE_MAX)
		step->grads[find_shared_bias(step->node)] = FAST_SKIP;
}

/* A backward pass of a shared bias alone. */
static void run_shared_bias(const struct fast_call *call, struct fast_step *step,
			    const enum fast_grad grads[])
{
	const size_t bias = find_shared_bias(step->node);
	if (bias == SIZE_MAX || call->run != step->row->backward)
		return;
	for (size_t s = 0; s < step->node->op->n_slots; s++)
		step->grads[s] = s == bias ? grads[s] : FAST_SKIP;
	call->run(step);
}

/* A call in portions. It begins after some of all calls. Errors: STATUS_INTERRUPTED. */
static enum status run_divided(struct graph *graph, const struct fast_call *call, size_t before,
			       size_t all, struct error *err)
{
	struct fast_step *step = &graph->fast->steps[call->step - graph->fast->steps];
	const size_t n = graph->n_examples, size = count_kept(graph);
	enum fast_grad grads[OP_MAX_SLOTS];
	enum status status = STATUS_OK;
	size_t done = 0;
	memcpy(grads, step->grads, sizeof grads);
	for (; done < n && !status; done += size) {
		move(graph, done ? (ptrdiff_t)size : 0, n - done < size ? n - done : size, false);
		treat_portion(step, grads, done == 0);
		call->run(step);
		status = work_tell_part(N_("rows"), (before * n + done) / all, n, err);
	}
	move(graph, -(ptrdiff_t)(done - size), n, false);
	if (!status)
		run_shared_bias(call, step, grads);
	memcpy(step->grads, grads, sizeof grads);
	return status;
}

enum status blocks_run_portions(struct graph *graph, const struct fast_call *first,
				const struct fast_call *end, struct error *err)
{
	const size_t all = (size_t)(end - first);
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < all; k++) {
		if (is_divided(&first[k])) {
			status = run_divided(graph, &first[k], k, all, err);
		} else {
			first[k].run(first[k].step);
			status = work_ask(err);
		}
	}
	return status;
}
