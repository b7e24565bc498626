/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_residual.c -- the skip out of op_residual, with a product where x has to be projected.
 * Source: K. He and others, "Deep residual learning for image recognition" (2015), eq. 1 and 2. */
#include "backstep/engine/layer_residual.h"

#include "layer.h"

/* W x, as large as F(x); then x is no longer the skip. */
static enum status project(struct model *model, struct node **x, size_t n_units,
			   const struct layer_residual *layer, struct error *err)
{
	struct node *weights =
	    layer_add_param(model, n_units, (*x)->rows, layer->weight_ids, layer->weights,
			    layer_prefix(model, "W", layer->prefix));
	if (!weights)
		return error_no_memory(err);
	struct node *inputs[] = {*x, weights};
	enum status status = layer_add_op(model, &op_product, inputs, layer->skips,
					  layer_prefix(model, "skip", layer->prefix), err);
	*x = model->output;
	return status;
}

enum status layer_residual_add(struct model *model, struct node *x,
			       const struct layer_residual *layer, struct error *err)
{
	struct node *f = model->output;
	const char *sum =
	    layer->activation ? layer_prefix(model, "sum", layer->prefix) : layer->prefix;
	enum status status = STATUS_OK;
	model->n_layers++;
	if (layer->has_projection)
		status = project(model, &x, f->rows, layer, err);
	struct node *inputs[] = {f, x};
	if (!status)
		status = layer_add_op(model, &op_residual, inputs,
				      layer->activation ? layer->sums : layer->units, sum, err);
	if (status || !layer->activation)
		return status;
	return layer_add_op(model, layer->activation, &model->output, layer->units, layer->prefix,
			    err);
}
