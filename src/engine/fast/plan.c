/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c -- what the passes of a graph call, and which gradients are set, added to or left out. */
#include "plan.h"

#include <math.h>
#include <string.h>

#include "../numbers.h"
#include "../passes.h"
#include "blocks.h"
#include "fused.h"
#include "watch.h"

/* Before a backward pass: gradients to which several ops add. */
static void clear_gradients(const struct fast_step *whole)
{
	const struct graph *graph = whole->node->graph;
	const struct fast_plan *plan = graph->fast;
	if (plan->start)
		memcpy(graph->grad, plan->start, graph->n_params * sizeof *graph->grad);
	for (size_t k = 0; k < plan->n_cleared; k++)
		numbers_fill(plan->cleared[k].n, -0.0, plan->cleared[k].at);
}

/* Before a forward pass: parameters that do not lie together in theta. */
static void gather_params(const struct fast_step *whole)
{
	const struct graph *graph = whole->node->graph;
	const struct fast_plan *plan = graph->fast;
	for (size_t k = 0; k < plan->n_gathered; k++) {
		struct node *node = plan->gathered[k];
		for (size_t e = 0; e < node->rows * node->cols; e++)
			node->value[e] = graph->theta[node->ids[e]];
	}
}

/* And after a backward pass. */
static void scatter_gradients(const struct fast_step *whole)
{
	const struct graph *graph = whole->node->graph;
	const struct fast_plan *plan = graph->fast;
	for (size_t k = 0; k < plan->n_gathered; k++) {
		const struct node *node = plan->gathered[k];
		for (size_t e = 0; e < node->rows * node->cols; e++)
			graph->grad[node->ids[e]] += node->grad[e];
	}
}

/* The step of those up to root that comes first in the backward pass and reads node, by one slot
 * alone; NULL where there is none. */
static struct fast_step *first_writer(const struct fast_plan *plan, const struct node *node,
				      size_t *slot)
{
	for (size_t k = plan->n_steps; k-- > 0;) {
		struct fast_step *step = &plan->steps[k];
		const struct node *op = step->node;
		size_t n = 0;
		for (size_t s = 0; op->index <= plan->root->index && s < op->op->n_slots; s++) {
			if (op->inputs[s] != node)
				continue;
			*slot = s;
			n++;
		}
		if (n > 0)
			return n == 1 ? step : NULL;
	}
	return NULL;
}

static bool is_read(const struct fast_plan *plan, const struct node *node)
{
	for (size_t k = 0; k < plan->n_steps && plan->steps[k].node->index <= plan->root->index;
	     k++)
		for (size_t s = 0; s < OP_MAX_SLOTS; s++)
			if (plan->steps[k].node->inputs[s] == node)
				return true;
	return false;
}

/* Such a node's gradient has several writers. */
static bool is_viewed(const struct graph *graph, const struct node *node)
{
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->kind == NODE_VIEW && graph->nodes[k]->of == node)
			return true;
	return false;
}

static bool is_asked_for(const struct fast_plan *plan, const struct node *node)
{
	return plan->scope == GRAPH_ALL || !node_is_given(node);
}

/* Finds who sets the gradient of node, or has it cleared before every pass; where no op reads it,
 * it is 0 once and for all. What nobody asks for is left as it is. */
static void plan_gradient(struct graph *graph, struct node *node)
{
	struct fast_plan *plan = graph->fast;
	bool is_shared = node_is_in_theta(node) && plan->start;
	size_t slot = 0;
	if (node == plan->root || is_shared || !is_asked_for(plan, node))
		return;
	struct fast_step *writer = node->kind == NODE_VIEW || is_viewed(graph, node)
				       ? NULL
				       : first_writer(plan, node, &slot);
	if (node->kind != NODE_VIEW)
		numbers_fill(node->rows * node->stride, 0.0, node->grad);
	if (writer && writer->row)
		writer->grads[slot] = FAST_SET;
	else if (is_read(plan, node))
		plan->cleared[plan->n_cleared++] =
		    (struct span){node->grad, node->rows * node->stride};
}

static void plan_step(struct fast_plan *plan, struct fast_step *step)
{
	step->row = fast_find(step->node->op);
	step->fused = NULL;
	for (size_t s = 0; s < OP_MAX_SLOTS; s++)
		step->grads[s] = FAST_ADD;
	for (size_t s = 0; step->row && s < step->node->op->n_slots; s++)
		if (!is_asked_for(plan, step->node->inputs[s]))
			step->grads[s] = FAST_SKIP;
}

/* What theta's gradient starts as, where nodes share its places. */
static void plan_start(const struct graph *graph)
{
	const struct fast_plan *plan = graph->fast;
	numbers_fill(graph->n_params, 0.0, plan->start);
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node->kind != NODE_PARAM || !is_read(plan, node))
			continue;
		for (size_t e = 0; e < node->rows * node->cols; e++)
			plan->start[node_param(node, e)] = -0.0;
	}
}

static void run_page_forward(const struct fast_step *step)
{
	step->node->op->forward(step->node);
}

static void run_page_backward(const struct fast_step *step)
{
	step->node->op->backward(step->node);
}

/* The call of a pass for step, or for the small ops of which it is the first. */
static struct fast_call call_of(const struct fast_step *step, bool is_backward, bool is_full)
{
	struct fast_call call = {.step = step};
	if (step->fused && is_full)
		call.run = fused_run(step, is_backward ? FUSED_BACKWARD : FUSED_FORWARD);
	else if (is_backward)
		call.run = step->row ? step->row->backward : run_page_backward;
	else
		call.run = step->row ? step->row->forward : run_page_forward;
	return call;
}

static void list_forward(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	const bool full = watch_batch_is_full(graph);
	struct fast_call *call = plan->forward;
	if (plan->n_gathered)
		*call++ = (struct fast_call){gather_params, &plan->whole};
	for (size_t k = 0; k < plan->n_steps; k++) {
		const struct fast_step *step = &plan->steps[k];
		*call++ = call_of(step, false, full);
		if (full && step->fused)
			k += step->fused->n_ops - 1;
	}
	plan->backward = call;
}

static void list_backward(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	const bool full = watch_batch_is_full(graph);
	struct fast_call *call = plan->backward;
	if (plan->n_cleared || plan->start)
		*call++ = (struct fast_call){clear_gradients, &plan->whole};
	for (size_t k = plan->n_steps; k-- > 0;) {
		const struct fast_step *step = &plan->steps[k];
		if (!plan->root || step->node->index > plan->root->index)
			continue;
		if (full && step->fused) {
			k -= step->fused->n_ops - 1;
			step = &plan->steps[k];
		}
		*call++ = call_of(step, true, full);
	}
	if (plan->n_gathered)
		*call++ = (struct fast_call){scatter_gradients, &plan->whole};
	plan->end = call;
}

/* Both passes one after the other: for a small last layer and its loss there is one call, instead
 * of those that begin with it or come after it. */
static void list_both(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	const struct fast_step *last = watch_batch_is_full(graph) ? plan->last : NULL;
	struct fast_call *call = plan->both;
	for (const struct fast_call *one = plan->forward; one != plan->end; one++) {
		if (!last || one->step->node->index < last->node->index)
			*call++ = *one;
		else if (one->step == last && one < plan->backward)
			*call++ = (struct fast_call){fused_run(last, FUSED_BOTH), last};
	}
	plan->both_end = call;
}

/* No op that the backward pass runs reads the root, so nothing else changes its gradient. */
static void seed_root(const struct fast_plan *plan)
{
	const struct node *root = plan->root;
	for (size_t row = 0; root && row < root->rows; row++)
		numbers_fill(root->cols, plan->scale, root->grad + row * root->stride);
}

static void plan_batch(struct graph *graph)
{
	list_forward(graph);
	list_backward(graph);
	list_both(graph);
	graph->fast->block = blocks_size(graph);
	watch_plan(graph);
	seed_root(graph->fast);
}

static void plan_backward(struct graph *graph, struct node *root, double scale)
{
	struct fast_plan *plan = graph->fast;
	plan->root = root;
	plan->scale = scale;
	plan->scope = graph->scope;
	plan->n_cleared = 0;
	for (size_t k = 0; k < plan->n_steps; k++)
		plan_step(plan, &plan->steps[k]);
	if (plan->start)
		plan_start(graph);
	for (size_t k = 0; k < graph->n_nodes; k++)
		plan_gradient(graph, graph->nodes[k]);
	fused_plan(graph);
	plan_batch(graph);
	plan->sum = NAN; /* the forward pass before went another way */
}

void fast_forget(struct graph *graph)
{
	graph->fast->root = NULL;
}

/* Whether some place in theta has not exactly one node that looks straight at it. */
static bool shares_params(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		const size_t size = node->rows * node->cols;
		if (!node_is_in_theta(node))
			continue;
		n += size;
		for (size_t j = 0; j < k; j++) {
			const struct node *other = graph->nodes[j];
			if (node_is_in_theta(other) &&
			    node->first < other->first + other->rows * other->cols &&
			    other->first < node->first + size)
				return true;
		}
	}
	return n != graph->n_params;
}

static size_t count_rows(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n += graph->nodes[k]->rows;
	return n;
}

static void list_nodes(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (node->op)
			plan->steps[plan->n_steps++].node = node;
		if (node->kind == NODE_PARAM && node->ids)
			plan->gathered[plan->n_gathered++] = node;
	}
	for (size_t k = 0; k < plan->n_steps; k++)
		plan_step(plan, &plan->steps[k]);
}

enum status fast_make(struct graph *graph, struct error *err)
{
	graph->fast = NULL;
	if (!fast_is_on())
		return STATUS_OK;
	struct fast_plan *plan = ARENA_NEW(graph->arena, struct fast_plan);
	bool shares = shares_params(graph);
	if (!plan)
		return error_no_memory(err);
	plan->plan_backward = plan_backward;
	plan->plan_batch = plan_batch;
	plan->run_blocks = blocks_run;
	plan->run_portions = blocks_run_portions;
	plan->whole.node = graph->nodes[0];
	plan->steps = ARENA_ARRAY(graph->arena, struct fast_step, graph->n_nodes);
	plan->forward = ARENA_ARRAY(graph->arena, struct fast_call, 2 * graph->n_nodes + 3);
	plan->both = ARENA_ARRAY(graph->arena, struct fast_call, 2 * graph->n_nodes + 3);
	plan->gathered = ARENA_ARRAY(graph->arena, struct node *, graph->n_nodes);
	plan->cleared = ARENA_ARRAY(graph->arena, struct span, graph->n_nodes);
	plan->watched = ARENA_ARRAY(graph->arena, struct span, 2 * count_rows(graph));
	plan->fused = ARENA_ARRAY(graph->arena, struct fused, graph->n_nodes);
	if (shares)
		plan->start = ARENA_ARRAY(graph->arena, double, graph->n_params);
	if (!plan->steps || !plan->forward || !plan->both || !plan->gathered || !plan->cleared ||
	    !plan->watched || !plan->fused || (shares && !plan->start))
		return error_no_memory(err);
	graph->fast = plan;
	list_nodes(graph);
	plan_batch(graph);
	return STATUS_OK;
}
