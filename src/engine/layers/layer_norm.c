/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_norm.c -- the four nodes of a normalisation, each of which a walk steps through.
 * Source: S. Ioffe, C. Szegedy, "Batch normalization" (2015), algorithm 1; J. L. Ba, J. R. Kiros,
 * G. E. Hinton, "Layer normalization" (2016), eq. 3 and 4. */
#include "backstep/engine/layer_norm.h"

#include "layer.h"

/* The ops that differ between the two. */
static const struct {
	const struct op *mean, *variance, *normalise;
} ops[] = {
    [NORM_BATCH] = {&op_batch_mean, &op_batch_variance, &op_batch_normalise},
    [NORM_UNITS] = {&op_mean, &op_unit_variance, &op_unit_normalise},
};

/* One of the nodes; attribute (or NULL) is set to number. *node gets it. */
static enum status add_node(struct model *model, const struct op *op, struct node *const inputs[],
			    const struct label *labels, const char *prefix, const char *attribute,
			    double number, struct node **node, struct error *err)
{
	enum status status = layer_add_op(model, op, inputs, labels, prefix, err);
	if (!status && attribute)
		status = node_set_attribute(model->output, attribute, number, err);
	*node = model->output;
	return status;
}

/* Mean, variance and normalised value of x. */
static enum status add_normalised(struct model *model, const struct layer_norm *layer,
				  struct error *err)
{
	struct node *inputs[OP_MAX_SLOTS] = {model->output};
	const char *momentum = layer->over == NORM_BATCH ? "momentum" : NULL;
	enum status status = add_node(model, ops[layer->over].mean, inputs, layer->means,
				      layer_prefix(model, "mu", layer->prefix), momentum,
				      layer->momentum, &inputs[1], err);
	if (!status)
		status = add_node(model, ops[layer->over].variance, inputs, layer->variances,
				  layer_prefix(model, "var", layer->prefix), momentum,
				  layer->momentum, &inputs[2], err);
	struct node *normalised;
	if (!status)
		status = add_node(model, ops[layer->over].normalise, inputs, layer->normalised,
				  layer_prefix(model, "hat", layer->prefix), "epsilon",
				  layer->epsilon, &normalised, err);
	return status;
}

enum status layer_norm_add(struct model *model, const struct layer_norm *layer, struct error *err)
{
	size_t n_units = model->output->rows;
	model->n_layers++;
	enum status status = add_normalised(model, layer, err);
	if (status)
		return status;
	struct node *scales = layer_add_param(model, n_units, 1, layer->scale_ids, layer->scales,
					      layer_prefix(model, "gamma", layer->prefix));
	struct node *shifts = layer_add_param(model, n_units, 1, layer->shift_ids, layer->shifts,
					      layer_prefix(model, "beta", layer->prefix));
	if (!scales || !shifts)
		return error_no_memory(err);
	struct node *inputs[] = {model->output, scales, shifts};
	return layer_add_op(model, &op_scale_shift, inputs, layer->units, layer->prefix, err);
}
