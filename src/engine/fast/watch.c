/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.c -- finding infinity and NaN without looking at every number. */
#include "watch.h"

#include "../passes.h"
#include "blocks.h"

bool watch_batch_is_full(const struct graph *graph)
{
	return graph->n_examples == graph->stride;
}

/* The step that computes node, or NULL. */
static const struct fast_step *step_of(const struct fast_plan *plan, const struct node *node)
{
	for (size_t k = 0; k < plan->n_steps; k++)
		if (plan->steps[k].node == node)
			return &plan->steps[k];
	return NULL;
}

/* Whether an op that reads node has an output that is not finite where node has such an element. */
static bool value_shows(const struct fast_plan *plan, const struct node *node)
{
	for (size_t k = 0; k < plan->n_steps; k++)
		for (size_t s = 0; s < OP_MAX_SLOTS; s++)
			if (plan->steps[k].node->inputs[s] == node && plan->steps[k].row &&
			    plan->steps[k].row->shows_values)
				return true;
	return false;
}

/* Whether a gradient that is computed from node's is not finite where node's is not. */
static bool grad_shows(const struct fast_step *step)
{
	return step && step->row && step->row->shows_grads &&
	       (step->node->op->family == OP_LINEAR || step->grads[0] != FAST_SKIP);
}

/* Whether the pass that computes a step looks at its values itself. */
static bool looks(const struct graph *graph, const struct fast_step *step)
{
	return step && step->fused && step->node->op->family == OP_LINEAR &&
	       watch_batch_is_full(graph);
}

/* Adds numbers to those that are looked at, or makes those before longer where only a few lie
 * between: one extra short loop costs more than scanning a few extra numbers. */
static void watch_numbers(struct fast_plan *plan, double *at, size_t n, bool may_join)
{
	enum { GAP = 4 };
	struct span *last = plan->n_watched ? &plan->watched[plan->n_watched - 1] : NULL;
	const double *end = last ? last->at + last->n : NULL;
	if (may_join && last && at >= end && at - end <= GAP)
		last->n = (size_t)(at - last->at) + n;
	else
		plan->watched[plan->n_watched++] = (struct span){at, n};
}

static void watch_node(struct fast_plan *plan, const struct node *node, double *numbers,
		       bool may_join)
{
	const size_t cols = blocks_share(plan, node) ? plan->block : node->cols;
	bool full = cols == node->stride;
	size_t n_parts = full ? 1 : node->rows, n = full ? node->rows * cols : cols;
	for (size_t part = 0; part < n_parts; part++)
		watch_numbers(plan, numbers + part * node->stride, n, may_join);
}

/* Between values lie values, which are all computed if the batch is full; between gradients those
 * that nobody asks for. */
static void watch_values(struct graph *graph, bool given)
{
	struct fast_plan *plan = graph->fast;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node_is_given(node) == given && !node_is_in_theta(node) &&
		    node->kind != NODE_VIEW && node != plan->root && !value_shows(plan, node) &&
		    !looks(graph, step_of(plan, node)))
			watch_node(plan, node, node->value, watch_batch_is_full(graph));
	}
}

void watch_plan(struct graph *graph)
{
	struct fast_plan *plan = graph->fast;
	plan->n_watched = 0;
	watch_values(graph, true);
	plan->n_given = plan->n_watched;
	watch_values(graph, false);
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		bool has_grad = plan->scope == GRAPH_ALL || !node_is_given(node);
		if (!node_is_in_theta(node) && node->kind != NODE_VIEW && has_grad &&
		    !grad_shows(step_of(plan, node)))
			watch_node(plan, node, node->grad, false);
	}
}
