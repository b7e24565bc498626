/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.c -- building a graph. Where its numbers lie is in graph_numbers.c; its passes are in
 * passes.c. */
#include "backstep/engine/graph.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/unknown.h"
#include "fast/plan.h"
#include "hyper_private.h"
#include "passes.h"

enum {
	LANES = 8,  /* of the widest vector registers */
	PAGE = 512, /* numbers so far apart compete for one place of the cache */
};

void graph_init(struct graph *graph, struct arena *arena, size_t max_examples)
{
	/* Rows of examples that fill whole vectors, where there are enough of them, and that do not
	 * all begin at the same place of the cache. */
	size_t lanes = max_examples < LANES ? 1 : LANES;
	size_t stride = (max_examples + lanes - 1) / lanes * lanes;
	stride += stride % PAGE ? 0 : lanes;
	*graph = (struct graph){.arena = arena,
				.max_examples = max_examples,
				.n_examples = max_examples,
				.stride = stride};
}

static struct node *graph_add(struct graph *graph, enum node_kind kind)
{
	if (graph->n_nodes == graph->capacity) {
		size_t capacity = graph->capacity ? 2 * graph->capacity : 16;
		struct node **nodes = ARENA_ARRAY(graph->arena, struct node *, capacity);
		if (!nodes)
			return NULL;
		if (graph->n_nodes)
			memcpy(nodes, graph->nodes, graph->n_nodes * sizeof *nodes);
		graph->nodes = nodes;
		graph->capacity = capacity;
	}
	struct node *node = ARENA_NEW(graph->arena, struct node);
	if (!node)
		return NULL;
	node->kind = kind;
	node->graph = graph;
	node->index = graph->n_nodes;
	graph->nodes[graph->n_nodes++] = node;
	return node;
}

struct node *graph_add_data(struct graph *graph, enum node_kind kind, size_t rows)
{
	struct node *node = graph_add(graph, kind);
	if (!node)
		return NULL;
	node->rows = rows;
	node->cols = graph->max_examples;
	node->stride = graph->stride;
	return node;
}

struct node *graph_add_view(struct graph *graph, const struct node *of, size_t first, size_t rows)
{
	CONTRACT(first + rows <= of->rows);
	struct node *node = graph_add_data(graph, NODE_VIEW, rows);
	if (!node)
		return NULL;
	node->of = of;
	node->first = first;
	node->labels = of->labels ? of->labels + first : NULL;
	return node;
}

struct node *graph_add_constant(struct graph *graph, double value)
{
	struct node *node = graph_add_data(graph, NODE_CONSTANT, 1);
	if (node)
		node->constant = value;
	return node;
}

struct node *graph_add_param(struct graph *graph, size_t rows, size_t cols, const size_t *ids)
{
	CONTRACT(rows > 0 && cols > 0);
	struct node *node = graph_add(graph, NODE_PARAM);
	if (!node)
		return NULL;
	node->rows = rows;
	node->cols = node->stride = cols;
	node->first = graph->n_params;
	if (!ids) {
		graph->n_params += rows * cols;
		return node;
	}
	size_t *copy = ARENA_ARRAY(graph->arena, size_t, rows * cols);
	if (!copy)
		return NULL;
	for (size_t e = 0; e < rows * cols; e++) {
		copy[e] = ids[e];
		if (ids[e] >= graph->n_params)
			graph->n_params = ids[e] + 1;
	}
	node->ids = copy;
	return node;
}

enum status graph_add_op(struct graph *graph, const struct op *op, const double attributes[],
			 struct node *const inputs[], struct node **node, struct error *err)
{
	struct node *n = graph_add(graph, NODE_OP);
	if (!n)
		return error_no_memory(err);
	n->op = op;
	for (size_t slot = 0; slot < op->n_slots; slot++)
		n->inputs[slot] = inputs[slot];
	for (size_t k = 0; k < op->n_attributes; k++)
		n->attributes[k] = attributes ? attributes[k] : op->attributes[k].initial;
	n->cols = graph->max_examples;
	n->stride = graph->stride;
	enum status status = op->infer(n, err);
	if (status) {
		graph->n_nodes--;
		return status;
	}
	graph->is_coupled = graph->is_coupled || n->per_batch;
	graph->n_state += op->carry ? n->rows : 0;
	*node = n;
	return STATUS_OK;
}

static const char *next_attribute(void *ctx, size_t i)
{
	const struct op *op = ((const struct node *)ctx)->op;
	return i < op->n_attributes ? op->attributes[i].name : NULL;
}

enum status node_set_attribute(struct node *node, const char *name, double value, struct error *err)
{
	CONTRACT(node->op);
	const struct op *op = node->op;
	size_t k = hypers_find(op->attributes, op->n_attributes, name);
	if (k == op->n_attributes) {
		error_set(err, STATUS_BAD_INPUT, _("%s has no setting called '%s'"), op->name,
			  name);
		error_hint_known(err, name, next_attribute, node);
		return STATUS_BAD_INPUT;
	}
	double before = node->attributes[k];
	enum status status = hyper_set(&op->attributes[k], name, value, &node->attributes[k], err);
	if (!status && node->inputs[0]) /* the shape may depend on it */
		status = op->infer(node, err);
	if (status)
		node->attributes[k] = before;
	return status;
}

double graph_work(const struct graph *graph, size_t n_examples)
{
	double n = 0.0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++)
			n += (double)(node->rows * node->op->inputs(node, 0, slot).count);
	}
	return n * (double)n_examples;
}

void graph_set_examples(struct graph *graph, size_t n_examples)
{
	CONTRACT(n_examples > 0 && n_examples <= graph->stride);
	if (graph->n_examples == n_examples)
		return;
	graph->n_examples = n_examples;
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->kind != NODE_PARAM && !graph->nodes[k]->per_batch)
			graph->nodes[k]->cols = n_examples;
	graph->is_long = graph_work(graph, n_examples) > GRAPH_LONG;
	if (graph->fast)
		graph->fast->plan_batch(graph);
}

void graph_carry(const struct graph *graph, double *next)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node->state)
			node->op->carry->next(node, next + (node->state - graph->state));
	}
}

/* Walks name things all the time: no format is read for it. */
static void copy_label(char buf[LABEL_TEXT], const char *name)
{
	size_t len = strnlen(name, LABEL_TEXT - 1);
	memcpy(buf, name, len);
	buf[len] = '\0';
}

bool node_find_param(const struct node *node, size_t param, size_t *e)
{
	size_t size = node->kind == NODE_PARAM ? node->rows * node->cols : 0;
	if (!node->ids && param >= node->first && param - node->first >= *e)
		*e = param - node->first;
	while (node->ids && *e < size && node->ids[*e] != param)
		++*e;
	return *e < size && node_param(node, *e) == param;
}

bool node_reads(const struct node *node, size_t i, const struct node *input, size_t e)
{
	for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++)
		if (node->inputs[slot] == input &&
		    range_contains(node->op->inputs(node, i, slot), e))
			return true;
	return false;
}

const char *node_name(const struct node *node, size_t e, char buf[LABEL_TEXT])
{
	CONTRACT(node_row(node, e) < node->rows);
	size_t row = node_row(node, e);
	const char *prefix = node->prefix ? node->prefix : "?";
	if (node->kind == NODE_CONSTANT)
		number_format(buf, node->constant, 9);
	else if (node->labels)
		copy_label(buf, node->labels[node->kind == NODE_PARAM ? e : row].name);
	else if (node->kind == NODE_PARAM)
		snprintf(buf, LABEL_TEXT, "%s[%zu,%zu]", prefix, row + 1, node_col(node, e) + 1);
	else
		snprintf(buf, LABEL_TEXT, "%s%zu", prefix, row + 1);
	return buf;
}

const char *node_symbol(const struct node *node, size_t e)
{
	if (!node->labels)
		return NULL;
	return node->labels[node->kind == NODE_PARAM ? e : node_row(node, e)].symbol;
}
