/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.c -- nodes that know their layer and their names. */
#include "layer.h"

enum status layer_add_op(struct model *model, const struct op *op, struct node *const inputs[],
			 const struct label *labels, const char *prefix, struct error *err)
{
	return layer_add_op_with(model, op, NULL, inputs, labels, prefix, err);
}

enum status layer_add_op_with(struct model *model, const struct op *op, const double *attributes,
			      struct node *const inputs[], const struct label *labels,
			      const char *prefix, struct error *err)
{
	struct graph *graph = &model->graph;
	struct node *node;
	if (!prefix)
		return error_no_memory(err);
	enum status status = graph_add_op(graph, op, attributes, inputs, &node, err);
	if (status)
		return status;
	node->layer = model->n_layers;
	node->labels = labels;
	node->prefix = prefix;
	model->output = node;
	return STATUS_OK;
}

struct node *layer_add_param(struct model *model, size_t rows, size_t cols, const size_t *ids,
			     const struct label *labels, const char *prefix)
{
	struct node *node = prefix ? graph_add_param(&model->graph, rows, cols, ids) : NULL;
	if (!node)
		return NULL;
	node->layer = model->n_layers;
	node->labels = labels;
	node->prefix = prefix;
	return node;
}

const char *layer_prefix(struct model *model, const char *letters, const char *prefix)
{
	return arena_printf(model->arena, "%s_%s", letters, prefix);
}
