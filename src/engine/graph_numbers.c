/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_numbers.c -- where a graph's numbers lie.
 *
 * Values and gradients of the nodes lie one after another, so that small networks stay in a few
 * cache lines and one sweep sees them all. */
#include "fast/plan.h"
#include "passes.h"

enum { LINE = 8 }; /* doubles in a cache line */

/* Gives up the list of places where they are consecutive. */
static void find_consecutive(struct node *node)
{
	for (size_t e = 0; e < node->rows * node->cols; e++)
		if (node->ids[e] != node->ids[0] + e)
			return;
	node->first = node->ids[0];
	node->ids = NULL;
}

static size_t round_up(size_t n)
{
	return (n + LINE - 1) / LINE * LINE;
}

/* Gives the values or the gradients of nodes, of inputs and targets or of the others, their place
 * in numbers from at on. Returns what comes after them, or only counts while numbers is NULL. */
static size_t place_part(const struct graph *graph, double *numbers, bool grads, bool given,
			 size_t at)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (node_is_in_theta(node) || node->kind == NODE_VIEW ||
		    node_is_given(node) != given)
			continue;
		if (node->stride >= LINE)
			at = round_up(at);
		if (numbers)
			*(grads ? &node->grad : &node->value) = numbers + at;
		at += node->rows * node->stride;
	}
	return at;
}

static size_t place_numbers(const struct graph *graph, double *numbers)
{
	size_t n = place_part(graph, numbers, false, true, 0);
	n = place_part(graph, numbers, false, false, n);
	n = place_part(graph, numbers, true, false, n);
	return place_part(graph, numbers, true, true, n);
}

/* Parameters look into theta, a view at its rows' numbers; a constant has its number in every
 * example. */
static void place_others(const struct graph *graph, struct node *node)
{
	if (node_is_in_theta(node)) {
		node->value = graph->theta + node->first;
		node->grad = graph->grad + node->first;
	} else if (node->kind == NODE_VIEW) {
		node->value = node->of->value + node->first * node->stride;
		node->grad = node->of->grad + node->first * node->stride;
	}
	for (size_t e = 0; node->kind == NODE_CONSTANT && e < node->rows * node->stride; e++)
		node->value[e] = node->constant;
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
			*state++ = node->op->carry->initial;
	}
}

enum status graph_allocate(struct graph *graph, struct error *err)
{
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->kind == NODE_PARAM && graph->nodes[k]->ids)
			find_consecutive(graph->nodes[k]);
	double *numbers = ARENA_ARRAY(graph->arena, double, place_numbers(graph, NULL));
	graph->theta = ARENA_ARRAY(graph->arena, double, graph->n_params);
	graph->grad = ARENA_ARRAY(graph->arena, double, graph->n_params);
	graph->state = ARENA_ARRAY(graph->arena, double, graph->n_state);
	if (!numbers || !graph->theta || !graph->grad || !graph->state)
		return error_no_memory(err);
	place_states(graph);
	place_numbers(graph, numbers);
	for (size_t k = 0; k < graph->n_nodes; k++)
		place_others(graph, graph->nodes[k]);
	graph->is_long = graph_work(graph, graph->n_examples) > GRAPH_LONG;
	return fast_make(graph, err);
}
