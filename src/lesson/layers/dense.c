/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dense.c -- the dense layer of lessons: act(W x + b), with numbers that are given or made.
 *
 * Counted units get names; parameters that are made have none: there may be a million of them, and
 * the engine makes a name of the layer's name and the place in its matrix when one is shown. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/engine/layer_dense.h"
#include "layers.h"

struct dense {
	struct lesson_layer layer;
	struct source_text name;
	struct source_count n_units; /* instead of units */
	struct source_labels sums, products;
	struct layer_activation activation;
	struct source_entry_rows weights;
	struct source_entries bias;
	struct lesson_init init, bias_init; /* instead of weights, of bias */
	bool separate_bias;
	size_t n_sums;
	struct layer_dense made; /* what the engine is given */
};

static const struct schema_value width_value = {
    .type = &schema_type_count, .min = 1, .max = LESSON_MAX_PARAMS};
static const struct schema_value init_value = {.type = &schema_type_map,
					       .map = &lesson_schema_init};
static const struct schema_value word_value = {.type = &schema_type_word};
static const struct schema_value words_value = {LIST_OF(word_value, struct source_text),
						.max = LESSON_MAX_WIDTH};

static const struct schema_key keys[] = {
    KIND_ROW("dense"),
    {.name = "name",
     .initial = N_("none"),
     .summary = N_("what numbers its units and parameters: h gives h1, W_h[1,2] and b_h[1,1]"),
     .example = "h",
     .offset = offsetof(struct dense, name),
     .value = {.type = &schema_type_name}},
    {.name = "units",
     .required = true,
     .summary = N_("the names of the layer's units, or how many there are"),
     .example = "[n1, n2]",
     .offset = offsetof(struct dense, layer.units),
     .value = NAMES,
     .other = &width_value,
     .other_offset = offsetof(struct dense, n_units)},
    SYMBOLS_ROW("[η₁, η₂]"),
    NAMES_ROW("sums", offsetof(struct dense, sums), N_("sum_ and the unit's name"),
	      N_("the names of the weighted sums that the activation is applied to"), "[z1, z2]"),
    {.name = "activation",
     .initial = N_("none: a unit is its weighted sum"),
     .summary = N_("the function that makes a unit out of its weighted sum, or one for each unit"),
     .example = "leaky-relu",
     .offset = offsetof(struct dense, activation.name),
     .value = {.type = &schema_type_word},
     .other = &words_value,
     .other_offset = offsetof(struct dense, activation.each)},
    WITH_ROW(offsetof(struct dense, activation.with)),
    {.name = "weights",
     .usual = true,
     .initial = N_("none: the layer only applies its activation to the units before"),
     .summary = N_("one row for each unit, one entry for each input of the layer"),
     .example = "[[w1=0.1, w3=0.3], [w2=0.2, w4=0.4]]",
     .offset = offsetof(struct dense, weights),
     .value = ENTRY_ROWS},
    {.name = "init",
     .instead_of = "weights",
     .initial = N_("none: the weights are given"),
     .summary = N_("how the weights get their first numbers"),
     .example = "{kind: he-normal}",
     .offset = offsetof(struct dense, init),
     .value = {.type = &schema_type_map, .map = &lesson_schema_init},
     .other = &word_value,
     .other_offset = offsetof(struct dense, init.kind)},
    {.name = "bias",
     .initial = N_("none"),
     .summary = N_("a list with one entry for each unit, one entry that all share, or an init"),
     .example = "B1=0.25",
     .offset = offsetof(struct dense, bias),
     .value = {LIST_OF(entry_value, struct source_entry), .bare = true},
     .other = &init_value,
     .other_offset = offsetof(struct dense, bias_init)},
    {.name = "separate_bias",
     .initial = N_("false"),
     .summary = N_("whether adding the bias is a step of its own"),
     .example = "true",
     .offset = offsetof(struct dense, separate_bias),
     .value = {.type = &schema_type_boolean}},
    NAMES_ROW("products", offsetof(struct dense, products), N_("xw_ and the unit's name"),
	      N_("the names of the sums before the bias, with separate_bias: true"), "[xw1, xw2]"),
    FROZEN_ROW,
};

/* A layer that numbers anything needs a name. */
static void check_name(struct resolver *r, const struct dense *dense)
{
	struct source_mark needs = dense->n_units.mark;
	if (!needs.line && dense->init.kind.text)
		needs = dense->init.kind.mark;
	if (!needs.line && dense->bias_init.kind.text)
		needs = dense->bias_init.kind.mark;
	if (!needs.line || dense->name.text || dense->layer.read.is_broken)
		return;
	report_error(r->report, needs, "%s", _("this layer needs a 'name'"));
	report_hint(r->report, "%s",
		    _("name: h makes the units h1, h2, … and the weights W_h[1,1], …"));
}

/* A list with a name that was refused hides how many it has: 0. */
static size_t count_names(const struct source_labels *names)
{
	size_t n = 0;
	while (n < names->n_items && names->items[n].name)
		n++;
	return n == names->n_items ? n : 0;
}

static void resolve_units(struct resolver *r, struct dense *dense)
{
	struct lesson_layer *layer = &dense->layer;
	bool is_counted = dense->n_units.value > 0;
	if (is_counted) {
		layer->units.mark = dense->n_units.mark;
		layer->n_units = dense->n_units.value;
		if (dense->name.text)
			layer->units.items =
			    labels_count(&r->names, dense->name.text, dense->n_units);
	} else {
		layer->n_units = count_names(&layer->units);
		labels_add(&r->names, &layer->units, &layer->symbols);
	}
	if (!layer->units.items)
		layer->n_units = 0; /* reported */
}

/* Whether the layer has no sums: its activation takes the units before as they are. */
static bool only_applies(const struct dense *dense)
{
	return !dense->weights.mark.line && !dense->init.kind.mark.line;
}

/* A layer without weights: there is a function, as many units as before, and nothing of sums. */
static void resolve_only_activation(struct resolver *r, struct dense *dense)
{
	const struct lesson_layer *layer = &dense->layer;
	const struct source_mark of_sums[] = {dense->bias.mark, dense->bias_init.kind.mark,
					      dense->sums.mark, dense->products.mark};
	struct source_mark at = layer_mark(layer);
	bool needs = !dense->activation.name.mark.line || dense->separate_bias ||
		     dense->activation.pieces > 1;
	for (size_t k = 0; k < sizeof of_sums / sizeof *of_sums; k++)
		needs = needs || of_sums[k].line;
	dense->n_sums = 0;
	dense->made.only_activation = true;
	if (layer->read.is_broken)
		return;
	if (needs) {
		report_error(r->report, at, "%s", _("the key 'weights' is missing"));
		report_hint(r->report, "%s",
			    _("a layer without weights has units and an activation, no more"));
	} else if (layer->n_inputs && layer->n_units && layer->n_inputs != layer->n_units) {
		report_error(r->report, at,
			     _("%zu units come before, and this layer has %zu: without weights it "
			       "has as many"),
			     layer->n_inputs, layer->n_units);
	}
}

/* What the sums are named after: their units, with the piece's number where a unit has several.
 * NULL: no memory. */
static const struct label *name_sums(struct resolver *r, const struct dense *dense)
{
	struct arena *arena = r->lesson->arena;
	size_t pieces = dense->activation.pieces;
	const struct label *units = dense->layer.units.items;
	struct label *names;
	if (pieces == 1)
		return units;
	names = ARENA_ARRAY(arena, struct label, dense->n_sums);
	for (size_t i = 0; names && i < dense->n_sums; i++) {
		names[i] = units[i / pieces];
		if (!names[i].name)
			continue;
		names[i].name = arena_printf(arena, "%s_%zu", names[i].name, i % pieces + 1);
		if (names[i].symbol)
			names[i].symbol =
			    arena_printf(arena, "%s_%zu", names[i].symbol, i % pieces + 1);
		report_has_memory(r->report, names[i].name);
	}
	report_has_memory(r->report, names);
	return names;
}

/* The steps on the way to the units: products, sums. */
static void resolve_steps(struct resolver *r, struct dense *dense, const struct label *owners)
{
	const struct lesson_layer *layer = &dense->layer;
	if (dense->separate_bias)
		resolve_labels(r, &dense->products, "xw_", owners, dense->n_sums, "products");
	else if (dense->products.n_items)
		report_need(r, layer, dense->products.mark,
			    _("products need 'separate_bias: true'"));
	if (dense->activation.name.text)
		resolve_labels(r, &dense->sums, "sum_", owners, dense->n_sums, "sums");
	else if (dense->sums.n_items)
		report_need(r, layer, dense->sums.mark,
			    _("sums need an activation: without one a unit is its sum"));
	if (dense->separate_bias && !dense->bias.mark.line && !dense->bias_init.kind.text &&
	    layer->units.mark.line)
		report_need(r, layer, layer->units.mark, _("'separate_bias: true' needs a bias"));
}

/* `bias: zero` reads like the name of a parameter given before. */
static void resolve_zero(struct resolver *r, struct dense *dense)
{
	const struct source_entry *entry = dense->bias.items;
	if (!dense->bias.bare || dense->bias.n_items != 1 || !entry->name || entry->has_value ||
	    strcmp(entry->name, "zero") != 0 || name_find(&r->names, "zero"))
		return;
	dense->bias_init.kind = (struct source_text){"zero", dense->bias.mark};
	if (!dense->name.text && !dense->n_units.mark.line && !dense->init.kind.text)
		report_need(r, &dense->layer, dense->bias.mark, _("this layer needs a 'name'"));
}

/* One bias of several units has no unit to be named after: it takes the layer's number. */
static void resolve_biases(struct resolver *r, struct dense *dense, const struct label *owners)
{
	const struct source_entries *bias = &dense->bias;
	const struct label number = {.name = arena_printf(r->lesson->arena, "%zu", r->n_layers)};
	bool is_shared = bias->bare && dense->n_sums != 1;
	resolve_zero(r, dense);
	if (dense->bias_init.kind.text)
		dense->made.bias = BIAS_PER_UNIT;
	if (dense->made.bias || !bias->n_items || !report_has_memory(r->report, number.name))
		return;
	if (!is_shared &&
	    !report_count_numbers(r->report, bias->mark, _("biases, one for each unit"),
				  bias->n_items, dense->n_sums) &&
	    bias->n_items == 1)
		report_hint(r->report, "%s", _("one bias for all units has no brackets"));
	dense->made.bias = is_shared ? BIAS_SHARED : BIAS_PER_UNIT;
	dense->made.bias_ids =
	    resolve_entries(r, bias->items, bias->n_items, "b", "bias",
			    is_shared ? &number : owners, is_shared ? 1 : dense->n_sums);
	dense->made.biases = resolve_param_labels(r, dense->made.bias_ids, bias->n_items);
}

/* Notes a matrix that is made, and takes its name: notes can be placed at it, and it can be
 * trained. Returns its number of parameters. */
static size_t add_made(struct resolver *r, const struct dense *dense, bool is_bias)
{
	const struct lesson_layer *layer = &dense->layer;
	const struct lesson_init *init = is_bias ? &dense->bias_init : &dense->init;
	struct lesson_made *made;
	char *name;
	if (!init->kind.text)
		return 0;
	made = ARENA_NEW(r->lesson->arena, struct lesson_made);
	name = arena_printf(r->lesson->arena, "%s_%s", is_bias ? "b" : "W",
			    dense->name.text ? dense->name.text : "");
	if (!report_has_memory(r->report, made) || !report_has_memory(r->report, name))
		return 0;
	*made = (struct lesson_made){.name = name,
				     .layer = dense->name.text,
				     .is_bias = is_bias,
				     .init = init,
				     .n_inputs = layer->n_inputs,
				     .n_units = layer->n_units,
				     .frozen = layer->frozen};
	*(r->last_made ? &r->last_made->next : &r->lesson->made) = made;
	r->last_made = made;
	if (dense->name.text)
		name_add_made(&r->names, name, init->kind.mark, "name", NAME_IS_MATRIX);
	return dense->n_sums * (is_bias ? 1 : layer->n_inputs);
}

/* Reports the first layer with which the parameters become too many. */
static void resolve_made(struct resolver *r, const struct dense *dense)
{
	size_t before = r->n_made_params;
	r->n_made_params += add_made(r, dense, false) + add_made(r, dense, true);
	if (r->n_made_params <= LESSON_MAX_PARAMS || before > LESSON_MAX_PARAMS)
		return;
	report_error(r->report, dense->layer.units.mark,
		     _("with this layer the network has %zu parameters, more than %d"),
		     r->n_made_params, (int)LESSON_MAX_PARAMS);
	report_hint(r->report, "%s", _("make its layers smaller"));
}

/* The weighted sums: their names, their weights and biases. */
static void resolve_sums(struct resolver *r, struct dense *dense, const struct label *inputs)
{
	const struct lesson_layer *layer = &dense->layer;
	struct layer_dense *made = &dense->made;
	const struct label *owners;
	dense->n_sums = layer->n_units * dense->activation.pieces;
	owners = name_sums(r, dense);
	if (r->report->no_memory)
		return;
	resolve_steps(r, dense, owners);
	made->weight_ids = resolve_weights(
	    r, &(struct resolve_weights){
		   .rows = &dense->weights,
		   .key = "weights",
		   .row_name = dense->activation.pieces == 1
				   ? _("rows of weights, one for each unit")
				   : _("rows of weights, one for each piece of each unit"),
		   .units = owners,
		   .inputs = inputs,
		   .n_units = dense->n_sums,
		   .n_inputs = layer->n_inputs});
	made->weights = resolve_param_labels(r, made->weight_ids, dense->n_sums * layer->n_inputs);
	resolve_biases(r, dense, owners);
	resolve_made(r, dense);
}

static void resolve(struct resolver *r, struct lesson_layer *layer, const struct label *inputs)
{
	struct dense *dense = (struct dense *)layer;
	struct layer_dense *made = &dense->made;
	check_name(r, dense);
	resolve_units(r, dense);
	resolve_activation(r, layer, &dense->activation);
	if (only_applies(dense))
		resolve_only_activation(r, dense);
	else
		resolve_sums(r, dense, inputs);
	made->n_units = layer->n_units;
	made->pieces = dense->activation.pieces;
	made->activation = dense->activation.op;
	made->parts = dense->activation.parts;
	made->separate_bias = dense->separate_bias;
	made->units = layer->units.items;
	made->sums = dense->sums.items;
	made->products = dense->products.items;
	made->prefix = dense->name.text ? dense->name.text : "h";
}

static void build(struct layer_builder *b, const struct lesson_layer *layer)
{
	const struct dense *dense = (const struct dense *)layer;
	struct error err = {0};
	if (layer_dense_add(b->model, &dense->made, &err))
		report_failure(b->report, layer_mark(layer), &err);
	else
		build_activation(b, &dense->activation);
}

const struct layer_kind layer_kind_dense = {
    .map = {SCHEMA_KEYS(keys), .kind = "dense", .size = sizeof(struct dense)},
    .summary = N_("every unit is a weighted sum of all units before, and a function of it"),
    .resolve = resolve,
    .build = build,
};
