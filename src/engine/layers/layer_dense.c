/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_dense.c -- a dense layer out of product, bias or affine, and an activation. */
#include "backstep/engine/layer_dense.h"

#include "backstep/base/contract.h"
#include "layer.h"

static size_t count_pieces(const struct layer_dense *layer)
{
	if (!layer->activation || !layer->activation->gathers)
		return 1;
	return layer->pieces ? layer->pieces : (size_t)layer->activation->attributes[0].initial;
}

size_t layer_dense_sums(const struct layer_dense *layer)
{
	return layer->n_units * count_pieces(layer);
}

static enum status add_activation(struct model *model, const struct layer_dense *layer,
				  struct error *err)
{
	double attributes[OP_MAX_ATTRIBUTES] = {(double)count_pieces(layer)};
	const struct op *op = layer->activation;
	enum status status = layer_add_op_with(model, op, op->gathers ? attributes : NULL,
					       &model->output, layer->units, layer->prefix, err);
	if (!status)
		model->output->parts = layer->parts;
	return status;
}

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

/* Adds the weighted sums, with parameters of their own. */
static enum status add_sums(struct model *model, const struct layer_dense *layer, struct error *err)
{
	size_t n_sums = layer_dense_sums(layer);
	struct node *bias = NULL;
	struct node *weights =
	    layer_add_param(model, n_sums, model->output->rows, layer->weight_ids, layer->weights,
			    layer_prefix(model, "W", layer->prefix));
	if (weights && layer->bias != BIAS_NONE)
		bias = layer_add_param(model, layer->bias == BIAS_SHARED ? 1 : n_sums, 1,
				       layer->bias_ids, layer->biases,
				       layer_prefix(model, "b", layer->prefix));
	if (!weights || (!bias && layer->bias != BIAS_NONE))
		return error_no_memory(err);
	return add_sum(model, layer, weights, bias, err);
}

enum status layer_dense_add(struct model *model, const struct layer_dense *layer, struct error *err)
{
	CONTRACT(layer->activation || !layer->only_activation);
	model->n_layers++;
	enum status status = layer->only_activation ? STATUS_OK : add_sums(model, layer, err);
	if (status || !layer->activation)
		return status;
	return add_activation(model, layer, err);
}
