/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_dropout.c -- a mask as data, and the op that draws it. */
#include "backstep/engine/layer_dropout.h"

#include "layer.h"

enum status layer_dropout_add(struct model *model, const struct layer_dropout *layer,
			      struct error *err)
{
	struct node *x = model->output;
	struct node *mask = graph_add_data(&model->graph, NODE_MASK, x->rows);
	const char *prefix = layer_prefix(model, "m", layer->prefix);
	if (!mask || !prefix)
		return error_no_memory(err);
	mask->layer = ++model->n_layers;
	mask->labels = layer->masks;
	mask->prefix = prefix;
	mask->seed = layer->seed;
	mask->given = layer->mask;
	struct node *inputs[] = {x, mask};
	enum status status =
	    layer_add_op(model, &op_dropout, inputs, layer->units, layer->prefix, err);
	return status ? status : node_set_attribute(model->output, "rate", layer->rate, err);
}
