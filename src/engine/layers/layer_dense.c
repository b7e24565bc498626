/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_dense.c -- a dense layer out of product, bias or affine, and an activation. */
#include "backstep/engine/layer_dense.h"

#include "layer.h"

/* Adds the weighted sum W x + b: one node, or two with the product named apart. */
static enum status add_sum(struct model *model, const struct layer_dense *layer,
			   struct node *weights, struct node *bias, struct error *err)
{
	bool is_unit = !layer->activation; /* then the sum bears the unit's name */
	const struct label *labels = is_unit ? layer->units : layer->sums;
	char *prefix = arena_printf(model->arena, "%s%s", is_unit ? "" : "sum_", layer->prefix);
	char *product = arena_printf(model->arena, "xw_%s", layer->prefix);
	if (!prefix || !product)
		return error_no_memory(err);
	struct node *inputs[] = {model->output, weights, bias};
	if (!bias)
		return layer_add_op(model, &op_product, inputs, labels, prefix, err);
	if (!layer->separate_bias)
		return layer_add_op(model, &op_affine, inputs, labels, prefix, err);
	enum status status =
		layer_add_op(model, &op_product, inputs, layer->products, product, err);
	if (status)
		return status;
	struct node *terms[] = {model->output, bias};
	return layer_add_op(model, &op_bias, terms, labels, prefix, err);
}

enum status layer_dense_add(struct model *model, const struct layer_dense *layer,
			    struct error *err)
{
	struct graph *graph = &model->graph;
	struct node *weights = graph_add_param(graph, layer->n_units, model->output->rows,
					       layer->weight_ids);
	struct node *bias = NULL;
	if (weights && layer->bias != BIAS_NONE)
		bias = graph_add_param(graph, layer->bias == BIAS_SHARED ? 1 : layer->n_units, 1,
				       layer->bias_ids);
	if (!weights || (!bias && layer->bias != BIAS_NONE))
		return error_no_memory(err);
	weights->layer = ++model->n_layers;
	weights->labels = layer->weights;
	weights->prefix = arena_printf(model->arena, "W_%s", layer->prefix);
	if (bias) {
		bias->layer = model->n_layers;
		bias->labels = layer->biases;
		bias->prefix = arena_printf(model->arena, "b_%s", layer->prefix);
	}
	enum status status = add_sum(model, layer, weights, bias, err);
	if (status || !layer->activation)
		return status;
	return layer_add_op(model, layer->activation, &model->output, layer->units, layer->prefix,
			    err);
}
