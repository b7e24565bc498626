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

/* Calls visit with every edge out of element i of node. */
static void visit_inputs(const struct node *node, size_t i,
			 void (*visit)(void *ctx, const struct link *link), void *ctx)
{
	for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++) {
		struct range range = node->op->inputs(node, i, slot);
		for (size_t k = 0; k < range.count; k++)
			visit(ctx, &(struct link){node, i, slot, range.first + k * range.stride});
	}
}

/* The local partials that are added up. */
struct local {
	const struct ref *ref;
	double sum;
	bool found;
};

static void add_local(void *ctx, const struct link *link)
{
	struct local *local = ctx;
	if (!is_wrt(local->ref, link->node->inputs[link->slot], link->j))
		return;
	local->sum += link_value(link);
	local->found = true;
}

bool derivative_local(const struct ref *ref, double *value)
{
	struct local local = {.ref = ref};
	visit_inputs(ref->of.node, ref->of.e, add_local, &local);
	*value = local.sum;
	return local.found;
}

/* A pass under way. Owns: what it points to. */
struct sweep {
	const struct plan *plan;
	const struct ref *ref;
	double *grad;  /* [rows of all nodes][width] of ref->of by each */
	bool *reached; /* the same: whether any path leads there */
	size_t width;  /* columns; 1 where no example depends on another */
	double upstream, sum;
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

static void add_upstream(void *ctx, const struct link *link)
{
	struct sweep *sweep = ctx;
	const struct node *input = link->node->inputs[link->slot];
	double value = sweep->upstream * link_value(link);
	if (is_wrt(sweep->ref, input, link->j))
		sweep->sum += value;
	else if (input->kind != NODE_PARAM && input->kind != NODE_CONSTANT)
		add(sweep, input, link->j, value);
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
			sweep->upstream = sweep->grad[at];
			if (node->kind == NODE_VIEW)
				add(sweep, node->of, (row + node->first) * node->of->stride + col,
				    sweep->upstream);
			else
				visit_inputs(node, e, add_upstream, sweep);
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

/* The terms of a derivative's rule. */
struct rule {
	const struct plan *plan;
	const struct ref *ref;
	struct arena *arena;
	struct formula **terms; /* [n], with room for all links; NULL: they are only counted */
	size_t n;
};

/* The partial by an input, times the derivative of that input by the other end, where there is a
 * way to it. */
static void add_term(void *ctx, const struct link *link)
{
	struct rule *rule = ctx;
	const struct node *input = link->node->inputs[link->slot];
	struct ref rest = *rule->ref;
	rest.of = (struct element){input, link->j};
	bool is_end = is_wrt(rule->ref, input, link->j);
	double value = is_end || !input->op ? 1.0 : derivative_total(rule->plan, &rest);
	if ((!is_end && !input->op) || value == 0.0)
		return;
	if (!rule->terms) {
		rule->n++;
		return;
	}
	struct formula *factors[] = {bind_partial(rule->arena, link), NULL};
	const struct element *wrt = &rule->ref->wrt;
	if (!is_end)
		factors[1] = bind_derivative(
		    rule->arena, step_element_symbol(rule->arena, input, link->j, NULL),
		    wrt->node
			? step_element_symbol(rule->arena, wrt->node, wrt->e, NULL)
			: step_param_symbol(rule->arena, rule->plan->model, rule->ref->param, NULL),
		    value);
	rule->terms[rule->n++] =
	    is_end ? factors[0] : formula_node(rule->arena, FORMULA_PRODUCT, 2, factors);
}

struct formula *derivative_rule(const struct plan *plan, const struct ref *ref, struct arena *arena)
{
	struct rule rule = {.plan = plan, .ref = ref, .arena = arena};
	visit_inputs(ref->of.node, ref->of.e, add_term, &rule);
	struct formula **terms = ARENA_ARRAY(arena, struct formula *, rule.n + 1);
	if (!terms)
		return NULL;
	rule.terms = terms;
	rule.n = 0;
	visit_inputs(ref->of.node, ref->of.e, add_term, &rule);
	return formula_node(arena, FORMULA_SUM, rule.n, terms);
}
