/* SPDX-License-Identifier: GPL-3.0-or-later */
/* residual.c -- the residual block of lessons: act(x + F(x)), F(x) being layers of its own, and x
 * projected where it has another size. */
#include "backstep/base/i18n.h"
#include "backstep/engine/layer_residual.h"
#include "layers.h"

struct residual {
	struct lesson_layer layer;
	struct lesson_layers layers;
	struct source_entry_rows projection;
	struct source_labels skips, sums;
	struct layer_activation activation;
	struct layer_residual made; /* what the engine is given */
};

static const struct schema_key keys[] = {
    KIND_ROW("residual"),
    {.name = "units",
     .required = true,
     .summary = N_("the names of the units, x + F(x) each"),
     .example = "[r1, r2]",
     .offset = offsetof(struct residual, layer.units),
     .value = NAMES},
    SYMBOLS_ROW("[ρ₁, ρ₂]"),
    {.name = "layers",
     .required = true,
     .summary = N_("the layers that make F(x) out of the block's input x"),
     .example = "[{units: [f1, f2], weights: [[v1=1, v2=0], [v3=0, v4=1]]}]",
     .offset = offsetof(struct residual, layers),
     .value = {LIST_OF(layer_value, struct lesson_layer *), .max = LESSON_MAX_LAYERS}},
    {.name = "projection",
     .initial = N_("none: x is added as it is"),
     .summary = N_("weights that give x as many units as F(x) has, a row for each"),
     .example = "[[p1=1, p2=0], [p3=0, p4=1]]",
     .offset = offsetof(struct residual, projection),
     .value = ENTRY_ROWS},
    NAMES_ROW("skips", offsetof(struct residual, skips), N_("skip_ and the unit's name"),
	      N_("the names of the projected x"), "[s1, s2]"),
    {.name = "activation",
     .initial = N_("none: a unit is the sum itself"),
     .summary = N_("the function that makes a unit out of x + F(x)"),
     .example = "leaky-relu",
     .offset = offsetof(struct residual, activation.name),
     .value = {.type = &schema_type_word}},
    WITH_ROW(offsetof(struct residual, activation.with)),
    NAMES_ROW("sums", offsetof(struct residual, sums), N_("sum_ and the unit's name"),
	      N_("the names of x + F(x) that the activation is applied to"), "[a1, a2]"),
    FROZEN_ROW,
};

/* The skip adds x to F(x): of the same size, or projected. */
static void resolve_skip(struct resolver *r, struct residual *residual, const struct label *inputs)
{
	const struct lesson_layer *layer = &residual->layer;
	if (residual->projection.mark.line) {
		residual->made.weight_ids = resolve_weights(
		    r,
		    &(struct resolve_weights){.rows = &residual->projection,
					      .key = "projection",
					      .row_name = _("rows of weights, one for each unit"),
					      .units = layer->units.items,
					      .inputs = inputs,
					      .n_units = layer->n_units,
					      .n_inputs = layer->n_inputs});
		resolve_labels(r, &residual->skips, "skip_", layer->units.items, layer->n_units,
			       "skips");
		return;
	}
	if (residual->skips.n_items)
		report_need(r, layer, residual->skips.mark,
			    _("skips need a projection: without one x is added as it is"));
	if (layer->n_inputs && layer->n_units && layer->n_inputs != layer->n_units) {
		report_error(r->report, layer_mark(layer),
			     _("x has %zu units and F(x) %zu: they cannot be added"),
			     layer->n_inputs, layer->n_units);
		report_hint(r->report, "%s", _("give x as many with 'projection'"));
	}
}

static void resolve_units(struct resolver *r, struct residual *residual)
{
	struct lesson_layer *layer = &residual->layer;
	size_t n = 0;
	if (residual->layers.n_items)
		layers_output(&residual->layers, &n);
	if (report_count(r->report, layer->units.mark, _("units, one for each of F(x)"),
			 layer->units.n_items, n))
		layer->n_units = layer->units.n_items;
	labels_add(&r->names, &layer->units, &layer->symbols);
}

static void resolve(struct resolver *r, struct lesson_layer *layer, const struct label *inputs)
{
	struct residual *residual = (struct residual *)layer;
	struct layer_residual *made = &residual->made;
	resolve_layers(r, &residual->layers, inputs, layer->n_inputs);
	if (r->report->no_memory)
		return;
	resolve_units(r, residual);
	resolve_activation(r, layer, &residual->activation);
	if (residual->activation.name.text)
		resolve_labels(r, &residual->sums, "sum_", layer->units.items, layer->n_units,
			       "sums");
	else if (residual->sums.n_items)
		report_need(r, layer, residual->sums.mark,
			    _("sums need an activation: without one a unit is its sum"));
	resolve_skip(r, residual, inputs);
	made->activation = residual->activation.op;
	made->has_projection = made->weight_ids != NULL;
	made->units = layer->units.items;
	made->sums = residual->sums.items;
	made->skips = residual->skips.items;
	made->weights = resolve_param_labels(r, made->weight_ids, layer->n_units * layer->n_inputs);
	made->prefix = "h";
}

static void build(struct layer_builder *b, const struct lesson_layer *layer)
{
	const struct residual *residual = (const struct residual *)layer;
	struct node *x = b->model->output;
	struct error err = {0};
	layers_build(b, &residual->layers);
	if (b->report->n_errors || b->report->no_memory)
		return;
	if (layer_residual_add(b->model, x, &residual->made, &err))
		report_failure(b->report, layer_mark(layer), &err);
	else
		build_activation(b, &residual->activation);
}

const struct layer_kind layer_kind_residual = {
    .map = {SCHEMA_KEYS(keys), .kind = "residual", .size = sizeof(struct residual)},
    .summary = N_("x + F(x): what layers make of x is added to it"),
    .resolve = resolve,
    .build = build,
};
