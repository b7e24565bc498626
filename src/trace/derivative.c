/* SPDX-License-Identifier: GPL-3.0-or-later */
/* derivative.c -- a backward pass that begins at any unit: it goes over the part of the graph
 * between the two, so it takes no longer than the engine's, however many paths there are. */
#include "derivative.h"

#include <math.h>
#include <stdlib.h>

#include "bind.h"

/* Whether element j of an input is what ref derives by: by itself, or as a part of a view of it. */
static bool is_wrt(const struct ref *ref, const struct node *input, size_t j)
{
	const struct node *wrt = ref->wrt.node;
	if (!wrt)
		return input->kind == NODE_PARAM && node_param(input, j) == ref->param;
	if (input->kind == NODE_VIEW && input->of == wrt)
		return (node_row(input, j) + input->first) * wrt->stride + node_col(input, j) ==
		       ref->wrt.e;
	return input == wrt && j == ref->wrt.e;
}

bool derivative_is_of(const struct ref *ref, const struct link *link)
{
	return link->node == ref->of.node && link->i == ref->of.e &&
	       is_wrt(ref, link->node->inputs[link->slot], link->j);
}

bool derivative_local(const struct ref *ref, double *value)
{
	bool found = false;
	*value = 0.0;
	for (struct edge edge = edges_of(ref->of.node, ref->of.e); edge_next(&edge);) {
		if (!is_wrt(ref, edge.input, edge.j))
			continue;
		*value += edge_partial(&edge);
		found = true;
	}
	return found;
}

/* A pass under way. Owns: what it points to. */
struct sweep {
	const struct plan *plan;
	const struct ref *ref;
	double *grad;  /* [rows of all nodes][width] of ref->of by each */
	bool *reached; /* the same: whether any path leads there */
	size_t width;  /* columns; 1 where no example depends on another */
	double sum;
};

static size_t place_of(const struct sweep *sweep, const struct node *node, size_t e)
{
	size_t col = sweep->width > 1 && !node->per_batch ? node_col(node, e) : 0;
	return plan_row(sweep->plan, node, e) * sweep->width + col;
}

static void add(struct sweep *sweep, const struct node *node, size_t e, double value)
{
	size_t at = place_of(sweep, node, e);
	sweep->grad[at] += value;
	sweep->reached[at] = true;
}

/* Element e of a node was reached; what it has goes to those that it reads. */
static void leave_element(struct sweep *sweep, const struct node *node, size_t e, double upstream)
{
	for (struct edge edge = edges_of(node, e); edge_next(&edge);) {
		const struct node *input = edge.input;
		double value = upstream * edge_partial(&edge);
		if (is_wrt(sweep->ref, input, edge.j))
			sweep->sum += value;
		else if (input->kind != NODE_PARAM && input->kind != NODE_CONSTANT)
			add(sweep, input, edge.j, value);
	}
}

/* Hands the gradient of each element that was reached to those that it reads. */
static void leave_node(struct sweep *sweep, const struct node *node)
{
	const struct node *of = sweep->ref->of.node;
	size_t first = sweep->width > 1 ? 0 : node_col(of, sweep->ref->of.e);
	size_t end = sweep->width > 1 ? node->cols : first + 1;
	if (node->per_batch)
		first = 0, end = 1;
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t col = first; col < end; col++) {
			size_t e = row * node->stride + col, at = place_of(sweep, node, e);
			if (!sweep->reached[at])
				continue;
			if (node->kind == NODE_VIEW)
				add(sweep, node->of, (row + node->first) * node->of->stride + col,
				    sweep->grad[at]);
			else
				leave_element(sweep, node, e, sweep->grad[at]);
		}
	}
}

static size_t count_rows(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n += graph->nodes[k]->rows;
	return n;
}

double derivative_total(const struct plan *plan, const struct ref *ref)
{
	const struct graph *graph = &plan->model->graph;
	size_t n_rows = count_rows(graph);
	struct sweep sweep = {
	    .plan = plan, .ref = ref, .width = graph->is_coupled ? graph->n_examples : 1};
	sweep.grad = calloc(n_rows * sweep.width, sizeof *sweep.grad);
	sweep.reached = calloc(n_rows * sweep.width, sizeof *sweep.reached);
	bool has_memory = sweep.grad && sweep.reached;
	if (has_memory)
		add(&sweep, ref->of.node, ref->of.e, 1.0);
	for (size_t k = ref->of.node->index + 1; has_memory && k-- > 0;)
		leave_node(&sweep, graph->nodes[k]);
	free(sweep.grad);
	free(sweep.reached);
	return has_memory ? sweep.sum : NAN;
}

/* Whether there is a way to ref's other end by what an edge reads: *value is the derivative of that
 * by it, 1 where it is the end itself. A local derivative goes no farther. */
static bool leads_there(const struct plan *plan, const struct ref *ref, const struct edge *edge,
			double *value)
{
	struct ref rest = *ref;
	rest.of = (struct element){edge->input, edge->j};
	*value = 1.0;
	if (is_wrt(ref, edge->input, edge->j))
		return true;
	if (ref->kind == REF_PARTIAL || !edge->input->op)
		return false;
	*value = derivative_total(plan, &rest);
	return *value != 0.0;
}

/* The partial by what an edge reads, times the derivative of that by the other end. */
static struct formula *rule_term(const struct plan *plan, const struct ref *ref,
				 const struct edge *edge, double value, struct arena *arena)
{
	const struct element *wrt = &ref->wrt;
	const struct link link = {edge->node, edge->i, edge->slot, edge->j};
	if (is_wrt(ref, edge->input, edge->j))
		return bind_partial(arena, &link);
	struct formula *factors[] = {
	    bind_partial(arena, &link),
	    bind_derivative(arena, step_element_symbol(arena, edge->input, edge->j, NULL),
			    wrt->node ? step_element_symbol(arena, wrt->node, wrt->e, NULL)
				      : step_param_symbol(arena, plan->model, ref->param, NULL),
			    value)};
	return formula_node(arena, FORMULA_PRODUCT, 2, factors);
}

struct formula *derivative_rule(const struct plan *plan, const struct ref *ref, struct arena *arena)
{
	const struct edge start = edges_of(ref->of.node, ref->of.e);
	size_t n = 0;
	double value;
	for (struct edge edge = start; edge_next(&edge);)
		n += leads_there(plan, ref, &edge, &value);
	struct formula **terms = ARENA_ARRAY(arena, struct formula *, n + 1);
	if (!terms)
		return NULL;
	n = 0;
	for (struct edge edge = start; edge_next(&edge);)
		if (leads_there(plan, ref, &edge, &value))
			terms[n++] = rule_term(plan, ref, &edge, value, arena);
	return formula_node(arena, FORMULA_SUM, n, terms);
}
