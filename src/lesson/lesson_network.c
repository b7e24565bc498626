/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_network.c -- inputs, layers and parameters of a lesson.
 *
 * Parameters are numbered as they are declared, layer by layer, weights before biases; an entry
 * that is only a name uses one declared before it. Layers that are not dense: lesson_layers.c. */
#include "lesson_layers.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/engine/op.h"

enum { FIRST_PARAMS = 64 };

bool resolve_count(struct resolver *r, struct source_mark mark, const char *what, size_t given,
		   size_t needed)
{
	if (given == needed || given == 0 || needed == 0)
		return true;
	report_error(r->report, mark, _("%s: %zu given, %zu needed"), what, given, needed);
	return false;
}

bool resolve_numbers_count(struct resolver *r, struct source_mark mark, const char *what,
			   size_t given, size_t needed)
{
	bool fit = resolve_count(r, mark, what, given, needed);
	if (!fit && given > needed)
		report_hint(r->report, "%s", _("write 0.5, not 0,5: a ',' separates two numbers"));
	return fit;
}

struct lesson_name *resolve_names(struct resolver *r, const struct draft_texts *names,
				  const struct draft_texts *symbols)
{
	struct lesson_name *out;
	if (names->n_items == 0)
		return NULL;
	out = ARENA_ARRAY(r->lesson->arena, struct lesson_name, names->n_items);
	if (!report_has_memory(r->report, out))
		return NULL;
	if (symbols)
		resolve_count(r, symbols->mark, _("symbols"), symbols->n_items, names->n_items);
	for (size_t i = 0; i < names->n_items; i++) {
		out[i].name = names->items[i].text;
		out[i].mark = names->items[i].mark;
		if (symbols && i < symbols->n_items)
			out[i].symbol = symbols->items[i].text;
		if (out[i].name)
			name_add(&r->names, names->items[i], NAME_IS_NO_PARAM);
	}
	return out;
}

/* Checks and adds a name that the file does not write. */
static void add_made_name(struct resolver *r, const char *name, struct source_mark mark,
			  const char *key, size_t param)
{
	if (strlen(name) > LESSON_MAX_NAME) {
		report_error(r->report, mark, _("the name '%s' would be longer than %d characters"),
			     name, (int)LESSON_MAX_NAME);
		report_hint(r->report, _("it is a default; give another with '%s'"), key);
	} else if (!name_add(&r->names, (struct source_text){name, mark}, param)) {
		report_hint(r->report, _("it is a default; give another with '%s'"), key);
	}
}

static struct lesson_name derive_name(struct resolver *r, const char *prefix,
				      const struct lesson_name *name, const char *key, size_t param)
{
	struct lesson_name out = {.mark = name->mark};
	if (!name->name)
		return out;
	out.name = arena_printf(r->lesson->arena, "%s%s", prefix, name->name);
	if (name->symbol)
		out.symbol = arena_printf(r->lesson->arena, "%s%s", prefix, name->symbol);
	if (!report_has_memory(r->report, out.name) ||
	    (name->symbol && !report_has_memory(r->report, out.symbol)))
		return out;
	add_made_name(r, out.name, out.mark, key, param);
	return out;
}

struct lesson_name resolve_derived_name(struct resolver *r, const char *prefix,
					const struct lesson_name *name, const char *key)
{
	return derive_name(r, prefix, name, key, NAME_IS_NO_PARAM);
}

void resolve_matrix_name(struct resolver *r, const char *prefix, const struct lesson_name *layer)
{
	derive_name(r, prefix, layer, "name", NAME_IS_MATRIX);
}

struct lesson_name *resolve_derived_names(struct resolver *r, const char *prefix,
					  const struct lesson_name *names, size_t n,
					  const char *key)
{
	struct lesson_name *out = ARENA_ARRAY(r->lesson->arena, struct lesson_name, n);
	if (!report_has_memory(r->report, out))
		return NULL;
	for (size_t i = 0; i < n && !r->report->no_memory; i++)
		out[i] = resolve_derived_name(r, prefix, &names[i], key);
	return out;
}

/* How many sums make a unit: more than one where the activation gathers. */
static size_t count_pieces(const struct draft_layer *draft)
{
	const struct op *op =
	    draft->activation.text ? op_find(OP_ACTIVATION, draft->activation.text) : NULL;
	const struct op_attribute *row = op && op->gathers ? &op->attributes[0] : NULL;
	double pieces = row ? row->initial : 1.0;
	for (size_t k = 0; row && k < draft->with.n_items; k++) {
		const struct lesson_setting *with = &draft->with.items[k];

		if (with->name && strcmp(with->name, row->name) == 0 && with->value >= row->min &&
		    with->value <= row->max)
			pieces = with->value;
	}
	return (size_t)pieces;
}

/* What sum i of a layer is named after: its unit, with the piece's number where it has several. */
static struct lesson_name sum_owner(struct resolver *r, const struct lesson_layer *layer, size_t i)
{
	struct lesson_name name = layer->units[i / layer->pieces];
	size_t piece = i % layer->pieces + 1;
	if (layer->pieces == 1 || !name.name)
		return name;
	if (name.symbol)
		name.symbol = arena_printf(r->lesson->arena, "%s_%zu", name.symbol, piece);
	name.name = arena_printf(r->lesson->arena, "%s_%zu", name.name, piece);
	report_has_memory(r->report, name.name);
	return name;
}

static struct lesson_name *derive_names(struct resolver *r, const char *prefix,
					const struct lesson_layer *layer, const char *key)
{
	struct lesson_name *out = ARENA_ARRAY(r->lesson->arena, struct lesson_name, layer->n_sums);
	if (!report_has_memory(r->report, out))
		return NULL;
	for (size_t i = 0; i < layer->n_sums; i++) {
		struct lesson_name owner = sum_owner(r, layer, i);

		out[i] = resolve_derived_name(r, prefix, &owner, key);
	}
	return out;
}

/* Makes room for one more parameter. */
static bool make_room(struct resolver *r)
{
	struct lesson *lesson = r->lesson;
	size_t capacity = r->params_capacity ? 2 * r->params_capacity : FIRST_PARAMS;
	struct lesson_parameter *params;
	if (lesson->n_params < r->params_capacity)
		return true;
	params = ARENA_ARRAY(lesson->arena, struct lesson_parameter, capacity);
	if (!report_has_memory(r->report, params))
		return false;
	if (lesson->n_params)
		memcpy(params, lesson->params, lesson->n_params * sizeof *params);
	lesson->params = params;
	r->params_capacity = capacity;
	return true;
}

/* Declares a parameter; returns its place. */
static size_t add_param(struct resolver *r, const struct draft_entry *entry,
			const struct default_name *fallback)
{
	struct lesson *lesson = r->lesson;
	size_t param = lesson->n_params;
	const char *name = entry->name;
	const char *input = fallback->input;
	if (!name)
		name = arena_printf(lesson->arena, "%s_%s%s%s", fallback->letters, fallback->unit,
				    input ? "_" : "", input ? input : "");
	if (!report_has_memory(r->report, name) || !make_room(r))
		return 0;
	lesson->params[lesson->n_params++] =
	    (struct lesson_parameter){name, entry->value, r->is_frozen, entry->mark};
	if (entry->name)
		name_add(&r->names, (struct source_text){name, entry->mark}, param);
	else
		add_made_name(r, name, entry->mark, fallback->key, param);
	return param;
}

size_t resolve_entry(struct resolver *r, const struct draft_entry *entry,
		     const struct default_name *fallback)
{
	const struct name_row *row;
	if (entry->name && !entry->value_given) {
		row = name_find(&r->names, entry->name);
		if (name_is_param(row))
			return row->param;
		report_error(r->report, entry->mark,
			     _("no parameter before this one is called '%s'"), entry->name);
		report_hint(r->report, _("give it a value: %s=0.5"), entry->name);
		name_hint(&r->names, entry->name, true);
		return 0;
	}
	if (!entry->value_given || (!entry->name && !fallback->unit))
		return 0;
	return add_param(r, entry, fallback);
}

static const char *name_at(const struct lesson_name *names, size_t n, size_t i)
{
	return i < n ? names[i].name : NULL;
}

static const char *sum_name(struct resolver *r, const struct lesson_layer *layer, size_t i)
{
	return i < layer->n_sums ? sum_owner(r, layer, i).name : NULL;
}

/* Whether the rows make a matrix. A row that was refused has been reported, and hides how many
 * rows there are. */
static bool weights_fit(struct resolver *r, const struct draft_rows *rows,
			const struct lesson_layer *layer)
{
	bool whole = true, fit = true;
	for (size_t i = 0; i < rows->n_items; i++) {
		const struct draft_entries *row = &rows->items[i];

		whole = whole && row->n_items > 0;
		if (!resolve_numbers_count(r, row->mark,
					   _("weights, one for each input of the layer"),
					   row->n_items, layer->n_inputs))
			fit = false;
	}
	if (whole && !resolve_count(r, rows->mark,
				    layer->pieces == 1
					? _("rows of weights, one for each unit")
					: _("rows of weights, one for each piece of each unit"),
				    rows->n_items, layer->n_sums))
		fit = false;
	return whole && fit && layer->n_inputs > 0 && rows->n_items == layer->n_sums;
}

void resolve_weights(struct resolver *r, const struct draft_rows *rows, const char *key,
		     const struct lesson_name *inputs, struct lesson_layer *layer)
{
	bool fit = weights_fit(r, rows, layer);
	if (fit) {
		layer->weights =
		    ARENA_ARRAY(r->lesson->arena, size_t, layer->n_sums * layer->n_inputs);
		fit = report_has_memory(r->report, layer->weights);
	}
	for (size_t i = 0; i < rows->n_items; i++) {
		for (size_t j = 0; j < rows->items[i].n_items; j++) {
			struct default_name fallback = {"w", sum_name(r, layer, i),
							name_at(inputs, layer->n_inputs, j), key};
			size_t param;

			if (!fallback.input)
				fallback.unit = NULL;
			param = resolve_entry(r, &rows->items[i].items[j], &fallback);
			if (fit && j < layer->n_inputs)
				layer->weights[i * layer->n_inputs + j] = param;
		}
	}
}

/* One bias of several units has no unit to be named after: it takes the layer's number. */
static void resolve_biases(struct resolver *r, const struct draft_entries *bias, size_t number,
			   struct lesson_layer *layer)
{
	const char *shared_name = arena_printf(r->lesson->arena, "%zu", number);
	layer->shared_bias = bias->bare && layer->n_sums != 1;
	layer->n_biases = bias->n_items;
	if (layer->n_biases == 0 || !report_has_memory(r->report, shared_name))
		return;
	if (!layer->shared_bias &&
	    !resolve_numbers_count(r, bias->mark, _("biases, one for each unit"), bias->n_items,
				   layer->n_sums) &&
	    bias->n_items == 1)
		report_hint(r->report, "%s", _("one bias for all units has no brackets"));
	layer->biases = ARENA_ARRAY(r->lesson->arena, size_t, layer->n_biases);
	if (!report_has_memory(r->report, layer->biases))
		return;
	for (size_t i = 0; i < bias->n_items; i++) {
		struct default_name fallback = {
		    "b", layer->shared_bias ? shared_name : sum_name(r, layer, i), NULL, "bias"};

		layer->biases[i] = resolve_entry(r, &bias->items[i], &fallback);
	}
}

struct lesson_name *resolve_steps(struct resolver *r, const struct lesson_layer *layer,
				  const struct draft_texts *given, const char *prefix,
				  const char *key)
{
	if (given->n_items == 0)
		return derive_names(r, prefix, layer, key);
	resolve_count(r, given->mark, key, given->n_items, layer->n_sums);
	return resolve_names(r, given, NULL);
}

void resolve_activation(struct resolver *r, const struct draft_layer *draft,
			struct lesson_layer *layer)
{
	layer->pieces = count_pieces(draft);
	layer->n_sums = layer->n_units * layer->pieces;
	layer->activation = draft->activation;
	layer->with = draft->with.items;
	layer->n_with = draft->with.n_items;
	if (draft->with.n_items && !draft->activation.text)
		report_error(r->report, draft->with.mark, "%s",
			     _("'with' shapes an activation: there is none"));
}

void resolve_dense(struct resolver *r, const struct draft_layer *draft,
		   const struct lesson_name *inputs, struct lesson_layer *layer)
{
	bool counted = draft->n_units.value > 0;
	resolve_layer_name(r, draft, layer);
	layer->n_units = counted ? draft->n_units.value : draft->units.n_items;
	layer->units = !counted      ? resolve_names(r, &draft->units, &draft->symbols)
		       : layer->name ? resolve_counted(r, layer->name, draft->n_units)
				     : NULL;
	if (!layer->units)
		layer->n_units = 0; /* reported */
	resolve_activation(r, draft, layer);
	layer->separate_bias = draft->separate_bias;
	if (r->report->no_memory)
		return;
	if (draft->separate_bias)
		layer->products = resolve_steps(r, layer, &draft->products, "xw_", "products");
	else if (draft->products.n_items)
		report_error(r->report, draft->products.mark, "%s",
			     _("products need 'separate_bias: true'"));
	if (draft->activation.text)
		layer->sums = resolve_steps(r, layer, &draft->sums, "sum_", "sums");
	else if (draft->sums.n_items)
		report_error(r->report, draft->sums.mark, "%s",
			     _("sums need an activation: without one a unit is its sum"));
	if (draft->separate_bias && draft->bias.mark.line == 0 && draft->units.mark.line &&
	    !draft->bias_init.kind.text)
		report_error(r->report, draft->units.mark, "%s",
			     _("'separate_bias: true' needs a bias"));
	resolve_weights(r, &draft->weights, "weights", inputs, layer);
	if (!resolve_bias_init(r, draft, layer))
		resolve_biases(r, &draft->bias, r->n_layers, layer);
	resolve_made(r, draft, layer);
}

void lesson_resolve_network(struct resolver *r)
{
	const struct draft_network *draft = &r->draft->network;
	struct lesson *lesson = r->lesson;
	bool counted = draft->n_inputs.value > 0;
	lesson->n_inputs = counted ? draft->n_inputs.value : draft->inputs.n_items;
	lesson->inputs = counted ? resolve_counted(r, "x", draft->n_inputs)
				 : resolve_names(r, &draft->inputs, &draft->symbols);
	lesson->n_layers = draft->layers.n_items;
	lesson->layers = resolve_layers(r, &draft->layers, lesson->inputs, lesson->n_inputs);
	if (lesson->layers)
		lesson->n_outputs = lesson->n_layers ? lesson->layers[lesson->n_layers - 1].n_units
						     : lesson->n_inputs;
}
