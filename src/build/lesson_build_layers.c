/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build_layers.c -- builds the layers of a lesson: residual blocks, dropout, normalisation;
 * the dense layer is in lesson_build.c. */
#include "backstep/base/i18n.h"
#include "backstep/engine/layer_dropout.h"
#include "backstep/engine/layer_norm.h"
#include "backstep/engine/layer_residual.h"
#include "lesson_builder.h"

static struct label *labels_of(struct builder *b, const struct lesson_name *names, size_t n)
{
	return builder_labels(b->built->model->arena, names, n);
}

static struct label *labels_of_params(struct builder *b, const size_t *params, size_t n)
{
	return builder_param_labels(b->built->model->arena, b->lesson, params, n);
}

static void add_residual(struct builder *b, const struct lesson_layer *layer)
{
	struct model *model = b->built->model;
	struct node *x = model->output;
	struct error err = {0};
	builder_add_layers(b, layer->layers, layer->n_layers);
	if (b->status)
		return;
	size_t n_weights = layer->weights ? layer->n_units * layer->n_inputs : 0;
	struct layer_residual residual = {
	    .activation = builder_activation(b, layer),
	    .has_projection = layer->weights != NULL,
	    .weight_ids = layer->weights,
	    .units = labels_of(b, layer->units, layer->n_units),
	    .sums = labels_of(b, layer->sums, layer->n_units),
	    .skips = labels_of(b, layer->skips, layer->n_units),
	    .weights = labels_of_params(b, layer->weights, n_weights),
	    .prefix = "h",
	};
	if (!residual.units || (layer->weights && !residual.weights))
		error_no_memory(&err);
	else if (!layer_residual_add(model, x, &residual, &err)) {
		builder_set_attributes(b, layer, model->output);
		return;
	}
	builder_fail(b, &err, layer->mark);
}

static void add_dropout(struct builder *b, const struct lesson_layer *layer)
{
	struct error err = {0};
	struct layer_dropout dropout = {
	    .rate = layer->rate.value,
	    .seed = layer->seed,
	    .units = labels_of(b, layer->units, layer->n_units),
	    .masks = labels_of(b, layer->masks, layer->n_units),
	    .prefix = "h",
	};
	if (!dropout.units || !dropout.masks)
		error_no_memory(&err);
	else if (!layer_dropout_add(b->built->model, &dropout, &err))
		return;
	builder_fail(b, &err, layer->rate.mark);
}

/* What the lesson gives, or where it gives nothing, the usual number of the op's row. */
static double number_or_usual(const struct source_number *number, const struct op *op)
{
	return number->mark.line ? number->value : op->attributes[0].initial;
}

static void add_norm(struct builder *b, const struct lesson_layer *layer)
{
	struct error err = {0};
	size_t n = layer->n_units, n_moments = layer->kind == LESSON_BATCH_NORM ? n : 1;
	struct layer_norm norm = {
	    .over = layer->kind == LESSON_BATCH_NORM ? NORM_BATCH : NORM_UNITS,
	    .epsilon = number_or_usual(&layer->epsilon, &op_batch_normalise),
	    .momentum = number_or_usual(&layer->momentum, &op_batch_mean),
	    .scale_ids = layer->scales,
	    .shift_ids = layer->biases,
	    .units = labels_of(b, layer->units, n),
	    .normalised = labels_of(b, layer->normalised, n),
	    .means = labels_of(b, layer->means, n_moments),
	    .variances = labels_of(b, layer->variances, n_moments),
	    .scales = labels_of_params(b, layer->scales, n),
	    .shifts = labels_of_params(b, layer->biases, n),
	    .prefix = "h",
	};
	if (!norm.units || !norm.normalised || !norm.means || !norm.variances || !norm.scales ||
	    !norm.shifts)
		error_no_memory(&err);
	else if (!layer_norm_add(b->built->model, &norm, &err))
		return;
	builder_fail(b, &err, layer->mark);
}

void builder_add_layers(struct builder *b, const struct lesson_layer *layers, size_t n_layers)
{
	static void (*const kinds[])(struct builder * b, const struct lesson_layer *layer) = {
	    [LESSON_DENSE] = builder_add_dense, [LESSON_RESIDUAL] = add_residual,
	    [LESSON_DROPOUT] = add_dropout,     [LESSON_BATCH_NORM] = add_norm,
	    [LESSON_LAYER_NORM] = add_norm,
	};
	for (size_t k = 0; k < n_layers; k++)
		kinds[layers[k].kind](b, &layers[k]);
}
