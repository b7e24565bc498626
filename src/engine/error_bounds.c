/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error_bounds.c -- a forward and a backward pass of what numbers may be off by. */
#include "error_bounds.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "backstep/base/work.h"
#include "passes.h"

/* What the elements of a graph's nodes, and their gradients, may be off by. Owns: all three. */
struct passes {
	double *values, *grads; /* of all nodes, one after the other */
	size_t *first;          /* [n_nodes] where a node's begin */
};

static size_t node_size(const struct node *node)
{
	return node->rows * node->stride;
}

static bool passes_make(struct passes *passes, const struct graph *graph)
{
	size_t n = 0;
	passes->first = calloc(graph->n_nodes + 1, sizeof *passes->first);
	for (size_t k = 0; passes->first && k < graph->n_nodes; k++) {
		passes->first[k] = n;
		n += node_size(graph->nodes[k]);
	}
	passes->values = calloc(n + 1, sizeof *passes->values);
	passes->grads = calloc(n + 1, sizeof *passes->grads);
	return passes->first && passes->values && passes->grads;
}

static void passes_free(struct passes *passes)
{
	free(passes->values);
	free(passes->grads);
	free(passes->first);
}

/* The place of element e of node; a view has that of what it views. */
static size_t place_of(const struct passes *passes, const struct node *node, size_t e)
{
	if (node->kind == NODE_VIEW)
		return passes->first[node->of->index] + node->first * node->stride + e;
	return passes->first[node->index] + e;
}

/* Of element i of an op. Inputs and parameters are what they are. */
static double bound_value(const struct passes *passes, const struct node *node, size_t i)
{
	/* a loss may take the logarithm of 1 and a little, and cancel the numbers that it compares
	 */
	double least = node->op->family == OP_LOSS ? 1.0 : 0.0;
	double size = fmax(fabs(node->value[i]), least), carried = 0.0;
	for (struct edge edge = edges_of(node, i); edge_next(&edge);) {
		/* a target is what it is, however steep a loss is by it */
		bool is_given = node->op->family == OP_LOSS && edge.slot > 0;
		double partial = is_given ? 0.0 : fabs(edge_partial(&edge));
		size += fmax(partial, least) * fabs(edge.input->value[edge.j]);
		carried += partial * passes->values[place_of(passes, edge.input, edge.j)];
	}
	return DBL_EPSILON * size + carried;
}

/* What element i of an op hands on to the gradients of its inputs: each is a product of two. */
static void bound_grads(struct passes *passes, const struct node *node, size_t i)
{
	double own = 2.0 * DBL_EPSILON * fabs(node->grad[i]);
	double carried = passes->grads[place_of(passes, node, i)];
	for (struct edge edge = edges_of(node, i); edge_next(&edge);)
		passes->grads[place_of(passes, edge.input, edge.j)] +=
		    fabs(edge_partial(&edge)) * (own + carried);
}

/* Errors: STATUS_INTERRUPTED. */
static enum status run_passes(struct passes *passes, const struct graph *graph, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t i = 0; !status && node->op && i < node_size(node); i++) {
			if (node_holds(node, i))
				passes->values[place_of(passes, node, i)] =
				    bound_value(passes, node, i);
			status = work_ask(err);
		}
	}
	for (size_t k = graph->n_nodes; k-- > 0;) {
		const struct node *node = graph->nodes[k];
		for (size_t i = 0; !status && node->op && i < node_size(node); i++) {
			if (node_holds(node, i))
				bound_grads(passes, node, i);
			status = work_ask(err);
		}
	}
	return status;
}

/* Of the examples together what their losses and gradients come to, and of parameters what all
 * their places do. */
static void add_up(struct error_bounds *bounds, const struct passes *passes,
		   const struct model *model)
{
	const struct node *total = model->total;
	double share = model->over == REDUCE_MEAN && total->cols ? 1.0 / (double)total->cols : 1.0;
	for (size_t col = 0; col < total->cols; col++)
		bounds->loss += share * passes->values[place_of(passes, total, col)];
	if (isnan(bounds->loss))
		bounds->loss = INFINITY;
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		for (size_t e = 0; node->kind == NODE_PARAM && e < node_size(node); e++)
			bounds->grad[node_param(node, e)] +=
			    (model->graph.is_coupled ? 1.0 : share) *
			    passes->grads[place_of(passes, node, e)];
	}
}

enum status error_bounds_find(struct error_bounds *bounds, const struct model *model,
			      struct error *err)
{
	struct passes passes = {0};
	*bounds =
	    (struct error_bounds){.grad = calloc(model->graph.n_params + 1, sizeof *bounds->grad)};
	if (!bounds->grad || !passes_make(&passes, &model->graph)) {
		passes_free(&passes);
		error_bounds_free(bounds);
		return error_no_memory(err);
	}
	enum status status = run_passes(&passes, &model->graph, err);
	if (!status)
		add_up(bounds, &passes, model);
	passes_free(&passes);
	return status;
}

void error_bounds_free(struct error_bounds *bounds)
{
	free(bounds->grad);
	*bounds = (struct error_bounds){0};
}
