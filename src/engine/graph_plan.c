/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_plan.c -- where a graph's numbers lie, and the plan of its backward pass.
 *
 * Values and gradients of the data nodes lie one behind the other, so that small networks stay in
 * a few cache lines and one sweep sees them all. A pass runs over arrays of nodes that are made
 * here, once; clearing gradients that are written whole anyway would cost as much as computing
 * them. */
#include "graph_plan.h"

#include <math.h>

#include "ops/few.h"

enum { LINE = 8 }; /* doubles in a cache line */

/* Parameters whose places are consecutive look straight into theta; the others are gathered. */
static bool is_consecutive(struct node *node)
{
	for (size_t e = 0; node->ids && e < node->rows * node->cols; e++)
		if (node->ids[e] != node->ids[0] + e)
			return false;
	if (node->ids) {
		node->first = node->ids[0];
		node->ids = NULL;
	}
	return true;
}

static bool is_in_theta(const struct node *node)
{
	return node->kind == NODE_PARAM && !node->ids;
}

/* Whether a place in theta has not exactly one node that looks straight at it. */
static bool shares_params(const struct graph *graph, unsigned char *n_nodes)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t e = 0; is_in_theta(node) && e < node->rows * node->cols; e++)
			if (n_nodes[node->first + e]++)
				return true;
	}
	for (size_t p = 0; p < graph->n_params; p++)
		if (!n_nodes[p])
			return true;
	return false;
}

static size_t round_up(size_t n)
{
	return (n + LINE - 1) / LINE * LINE;
}

static bool is_data(const struct node *node)
{
	return node->kind == NODE_INPUT || node->kind == NODE_TARGET;
}

/* Gives the values or the gradients of nodes, of data or of the others, their place from at on.
 * Returns what is behind them, or only counts while numbers are not there yet. */
static size_t place_part(struct graph *graph, bool grads, bool of_data, size_t at)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (is_in_theta(node) || node->kind == NODE_VIEW || is_data(node) != of_data)
			continue;
		if (node->stride >= LINE)
			at = round_up(at);
		if (graph->numbers)
			*(grads ? &node->grad : &node->value) = graph->numbers + at;
		at += node->rows * node->stride;
	}
	return at;
}

static void place_numbers(struct graph *graph)
{
	size_t values = place_part(graph, false, false, place_part(graph, false, true, 0));
	graph->n_numbers = place_part(graph, true, true, place_part(graph, true, false, values));
}

/* Parameters look into theta, a view at its rows' numbers; a constant has its number in every
 * example. */
static void place_others(const struct graph *graph, struct node *node)
{
	if (is_in_theta(node)) {
		node->value = graph->theta + node->first;
		node->grad = graph->grad + node->first;
	} else if (node->kind == NODE_VIEW) {
		node->value = node->of->value + node->first * node->stride;
		node->grad = node->of->grad + node->first * node->stride;
	}
	for (size_t e = 0; node->kind == NODE_CONSTANT && e < node->rows * node->stride; e++)
		node->value[e] = node->constant;
}

static size_t count_rows(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n += graph->nodes[k]->rows;
	return n;
}

static bool list_nodes(struct graph *graph)
{
	graph->ops = ARENA_ARRAY(graph->arena, struct node *, graph->n_nodes);
	graph->gathered = ARENA_ARRAY(graph->arena, struct node *, graph->n_nodes);
	graph->zeroed = ARENA_ARRAY(graph->arena, struct node *, graph->n_nodes);
	graph->forward = ARENA_ARRAY(graph->arena, struct pass_call, graph->n_nodes + 1);
	graph->backward = ARENA_ARRAY(graph->arena, struct pass_call, graph->n_nodes + 1);
	graph->watched = ARENA_ARRAY(graph->arena, struct numbers, 2 * count_rows(graph));
	graph->few = ARENA_ARRAY(graph->arena, struct few, graph->n_nodes);
	if (!graph->ops || !graph->gathered || !graph->zeroed || !graph->forward ||
	    !graph->backward || !graph->watched || !graph->few)
		return false;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (node->kind == NODE_OP)
			graph->ops[graph->n_ops++] = node;
		if (node->kind == NODE_PARAM && !is_consecutive(node))
			graph->gathered[graph->n_gathered++] = node;
	}
	return true;
}

/* Shares graph->state among the ops that carry numbers. */
static void place_states(struct graph *graph)
{
	double *state = graph->state;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (!node->op || !node->op->carry)
			continue;
		node->state = state;
		for (size_t row = 0; row < node->rows; row++)
			*state++ = node->op->carry_initial;
	}
}

enum status graph_allocate(struct graph *graph, struct error *err)
{
	graph->theta = ARENA_ARRAY(graph->arena, double, graph->n_params);
	graph->grad = ARENA_ARRAY(graph->arena, double, graph->n_params);
	graph->state = ARENA_ARRAY(graph->arena, double, graph->n_state);
	unsigned char *n_nodes = ARENA_ARRAY(graph->arena, unsigned char, graph->n_params);
	if (!graph->theta || !graph->grad || !graph->state || !n_nodes || !list_nodes(graph))
		return error_no_memory(err);
	place_states(graph);
	graph->shares_params = shares_params(graph, n_nodes);
	place_numbers(graph);
	graph->numbers = ARENA_ARRAY(graph->arena, double, graph->n_numbers);
	if (!graph->numbers)
		return error_no_memory(err);
	place_numbers(graph);
	for (size_t k = 0; k < graph->n_nodes; k++)
		place_others(graph, graph->nodes[k]);
	graph_plan_batch(graph);
	return STATUS_OK;
}

/* The op of those up to root that comes first in the backward pass and reads node, by one slot
 * alone; NULL where there is none. */
static struct node *first_writer(const struct graph *graph, const struct node *node,
				 const struct node *root, size_t *slot)
{
	for (size_t k = graph->n_ops; k-- > 0;) {
		struct node *op = graph->ops[k];
		size_t n = 0;
		for (size_t s = 0; op->index <= root->index && s < op->op->n_slots; s++) {
			if (op->inputs[s] != node)
				continue;
			*slot = s;
			n++;
		}
		if (n > 0)
			return n == 1 ? op : NULL;
	}
	return NULL;
}

/* Such a node's gradient has several writers. */
static bool is_viewed(const struct graph *graph, const struct node *node)
{
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->kind == NODE_VIEW && graph->nodes[k]->of == node)
			return true;
	return false;
}

/* Whether an op that reads node is none finite where node is. */
static bool value_shows(const struct graph *graph, const struct node *node)
{
	for (size_t k = 0; k < graph->n_ops; k++)
		for (size_t s = 0; s < OP_MAX_SLOTS; s++)
			if (graph->ops[k]->inputs[s] == node && graph->ops[k]->op->shows_values)
				return true;
	return false;
}

/* Whether a gradient that is computed from node's is none finite where node's is. */
static bool grad_shows(const struct node *node)
{
	return node->op && node->op->shows_grads &&
	       (node->op->family == OP_LINEAR || !node->inputs[0]->grad_unwanted);
}

/* Whether the batch fills every row of numbers, so that the passes of small ops serve. */
static bool is_full(const struct graph *graph)
{
	return graph->n_examples == graph->stride;
}

/* Adds numbers to those that are looked at, or makes those before longer where only a few lie
 * between: a short loop more costs more than some numbers more. */
static void watch_numbers(struct graph *graph, const double *at, size_t n, bool may_join)
{
	enum { GAP = 4 };
	struct numbers *last = graph->n_watched ? &graph->watched[graph->n_watched - 1] : NULL;
	const double *end = last ? last->at + last->n : NULL;
	if (may_join && last && at >= end && at - end <= GAP)
		last->n = (size_t)(at - last->at) + n;
	else
		graph->watched[graph->n_watched++] = (struct numbers){at, n};
}

static void watch_node(struct graph *graph, const struct node *node, const double *numbers,
		       bool may_join)
{
	bool full = node->cols == node->stride;
	size_t n_parts = full ? 1 : node->rows, n = full ? node->rows * node->cols : node->cols;
	for (size_t part = 0; part < n_parts; part++)
		watch_numbers(graph, numbers + part * node->stride, n, may_join);
}

/* Whether the pass that computes node looks at its values itself. */
static bool looks(const struct graph *graph, const struct node *node)
{
	return node->few && node->op->family == OP_LINEAR && is_full(graph);
}

/* Finds out which numbers have to be looked at to know that all are finite. Between values lie
 * values, which are all computed if the batch is full; between gradients those that nobody asks
 * for. */
static void plan_watch(struct graph *graph)
{
	graph->n_watched = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (!is_in_theta(node) && node->kind != NODE_VIEW && node != graph->planned_root &&
		    !value_shows(graph, node) && !looks(graph, node))
			watch_node(graph, node, node->value, is_full(graph));
	}
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (!is_in_theta(node) && node->kind != NODE_VIEW && !node->grad_unwanted &&
		    !grad_shows(node))
			watch_node(graph, node, node->grad, false);
	}
}

static void list_calls(struct graph *graph)
{
	const bool full = is_full(graph);
	struct pass_call *forward = graph->forward, *backward = graph->backward;
	for (size_t k = 0; k < graph->n_ops; k++) {
		struct node *node = graph->ops[k];
		*forward++ = full && node->few ? few_call(node, false)
					       : (struct pass_call){node->op->forward, node};
		if (full && node->few)
			k += node->few->n_ops - 1;
	}
	forward->run = NULL;
	while (forward != graph->forward) {
		struct node *node = (--forward)->node;
		if (!graph->planned_root || node->index > graph->planned_root->index)
			continue;
		*backward++ = full && node->few ? few_call(node, true)
						: (struct pass_call){node->op->backward, node};
	}
	backward->run = NULL;
}

/* No op that the backward pass runs reads the root, so nothing else changes its gradient. */
static void seed_root(const struct graph *graph)
{
	const struct node *root = graph->planned_root;
	for (size_t row = 0; root && row < root->rows; row++)
		for (size_t n = 0; n < root->cols; n++)
			root->grad[row * root->stride + n] = graph->planned_scale;
}

void graph_plan_batch(struct graph *graph)
{
	list_calls(graph);
	plan_watch(graph);
	seed_root(graph);
}

/* The forward pass was another plan's: nobody has looked at the sums yet at which the passes of
 * this one would. */
static void doubt_sums(struct graph *graph)
{
	for (size_t k = 0; k < graph->n_ops; k++) {
		const struct node *node = graph->ops[k];
		if (looks(graph, node) && !kernels_all_finite(node->rows * node->cols, node->value))
			graph->doubt = NAN;
	}
}

void graph_plan_backward(struct graph *graph, struct node *root, double scale)
{
	graph->planned_root = root;
	graph->planned_scale = scale;
	graph->planned_scope = graph->scope;
	graph->n_zeroed = 0;
	for (size_t k = 0; k < graph->n_ops; k++)
		for (size_t s = 0; s < OP_MAX_SLOTS; s++)
			graph->ops[k]->sets[s] = false;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		const struct node *of = node->kind == NODE_VIEW ? node->of : node;
		bool is_there =
		    node == root || of != node || (is_in_theta(node) && graph->shares_params);
		size_t slot = 0;
		struct node *writer =
		    is_viewed(graph, node) ? NULL : first_writer(graph, node, root, &slot);
		node->grad_unwanted = is_data(of) && graph->scope == GRAPH_PARAMS;
		if (writer && writer->op->minds_sets && !is_there)
			writer->sets[slot] = true;
		else if (!is_there)
			graph->zeroed[graph->n_zeroed++] = node;
	}
	few_plan(graph);
	graph_plan_batch(graph);
	doubt_sums(graph);
}
