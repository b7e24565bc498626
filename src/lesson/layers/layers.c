/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.c -- what the kinds of layers share. */
#include "layers.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/unknown.h"

const struct schema_value layer_value = {.type = &schema_type_kinds, .kinds = layer_kind_maps};
const struct schema_value layer_row_value = {LIST_OF(entry_value, struct source_entry)};

#define LAYER_MAP(name) &layer_kind_##name.map,
const struct schema_map *const layer_kind_maps[] = {LAYER_KINDS(LAYER_MAP) NULL};

struct source_mark layer_mark(const struct lesson_layer *layer)
{
	return layer->kind.mark.line ? layer->kind.mark : layer->units.mark;
}

void layers_build(struct layer_builder *b, const struct lesson_layers *layers)
{
	for (size_t i = 0; i < layers->n_items; i++)
		layer_kind_of(layers->items[i]->read.map)->build(b, layers->items[i]);
}

const struct label *layers_output(const struct lesson_layers *layers, size_t *n)
{
	const struct lesson_layer *last = layers->items[layers->n_items - 1];
	const struct label *units = last ? last->units.items : NULL;
	*n = units ? last->n_units : 0;
	return units;
}

/* A layer that was refused is NULL: what comes after it knows nothing of its inputs. */
void resolve_layers(struct resolver *r, const struct lesson_layers *layers,
		    const struct label *inputs, size_t n_inputs)
{
	bool is_frozen = r->is_frozen;
	for (size_t i = 0; i < layers->n_items && !r->report->no_memory; i++) {
		struct lesson_layer *layer = layers->items[i];

		r->n_layers++;
		if (layer) {
			layer->frozen = layer->frozen || is_frozen;
			layer->n_inputs = n_inputs;
			r->is_frozen = layer->frozen;
			layer_kind_of(layer->read.map)->resolve(r, layer, inputs);
		}
		inputs = layer ? layer->units.items : NULL;
		n_inputs = inputs ? layer->n_units : 0;
	}
	r->is_frozen = is_frozen;
}

static const char *next_activation(void *ctx, size_t i)
{
	(void)ctx;
	for (const struct op *const *op = op_registry; *op; op++)
		if ((*op)->family == OP_ACTIVATION && i-- == 0)
			return (*op)->name;
	return NULL;
}

/* How many sums make a unit: more than one where the activation gathers. */
static size_t count_pieces(const struct layer_activation *activation)
{
	const struct op *op = activation->op;
	const struct hyper *row = op && op->gathers ? &op->attributes[0] : NULL;
	double pieces = row ? row->initial : 1.0;
	for (size_t k = 0; row && k < activation->with.n_items; k++) {
		const struct source_entry *with = &activation->with.items[k];

		if (with->name && strcmp(with->name, row->name) == 0 && with->value >= row->min &&
		    with->value <= row->max)
			pieces = with->value;
	}
	return (size_t)pieces;
}

void report_need(struct resolver *r, const struct lesson_layer *layer, struct source_mark at,
		 const char *message)
{
	if (!layer->read.is_broken)
		report_error(r->report, at, "%s", message);
}

/* Tries the numbers on a node that is part of no network. */
static void check_numbers(struct resolver *r, const struct op *op,
			  const struct source_entries *with)
{
	struct node node = {.op = op};
	struct error err;
	for (size_t k = 0; k < with->n_items; k++)
		if (with->items[k].name &&
		    node_set_attribute(&node, with->items[k].name, with->items[k].value, &err))
			report_failure(r->report, with->items[k].mark, &err);
}

/* The op called name; NULL, reported, where there is none. */
static const struct op *find_activation(struct resolver *r, const struct source_text *name)
{
	const struct op *op = name->text ? op_find(OP_ACTIVATION, name->text) : NULL;
	struct error err;
	if (name->text && !op) {
		error_unknown(&err, _("activation"), name->text, next_activation);
		report_failure(r->report, name->mark, &err);
	}
	return op;
}

/* Gives all functions of the list that have a number called so its value. */
static void set_parts(struct resolver *r, struct layer_activation *activation,
		      const struct source_entry *with)
{
	size_t n_set = 0;
	for (size_t u = 0; u < activation->each.n_items; u++) {
		struct node node = {.op = activation->parts[u].op};
		struct error err;
		size_t k = node.op
			       ? hypers_find(node.op->attributes, node.op->n_attributes, with->name)
			       : 0;
		if (!node.op || k == node.op->n_attributes)
			continue;
		if (n_set++ == 0 && node_set_attribute(&node, with->name, with->value, &err))
			report_failure(r->report, with->mark, &err);
		activation->parts[u].attributes[k] = with->value;
	}
	if (n_set == 0)
		report_error(r->report, with->mark, _("none of these functions has a '%s'"),
			     with->name);
}

/* A function for each unit: of one number, for the others of the layer have another one. */
static void resolve_each(struct resolver *r, const struct lesson_layer *layer,
			 struct layer_activation *activation)
{
	const struct source_texts *each = &activation->each;
	size_t n_errors = r->report->n_errors;
	activation->op = &op_per_unit;
	activation->name = (struct source_text){op_per_unit.name, each->mark};
	activation->parts = ARENA_ARRAY(r->lesson->arena, struct op_part, each->n_items);
	if (!report_has_memory(r->report, activation->parts))
		return;
	report_count(r->report, each->mark, _("activations, one for each unit"), each->n_items,
		     layer->n_units);
	for (size_t u = 0; u < each->n_items; u++) {
		const struct op *op = find_activation(r, &each->items[u]);

		if (op && !op->value) {
			report_error(r->report, each->items[u].mark,
				     _("%s takes all units of its layer"), op->name);
			report_hint(r->report, "%s", _("a list has functions of one number"));
		}
		activation->parts[u].op = op;
		for (size_t k = 0; op && k < op->n_attributes; k++)
			activation->parts[u].attributes[k] = op->attributes[k].initial;
	}
	for (size_t k = 0; r->report->n_errors == n_errors && k < activation->with.n_items; k++)
		if (activation->with.items[k].name)
			set_parts(r, activation, &activation->with.items[k]);
}

void resolve_activation(struct resolver *r, const struct lesson_layer *layer,
			struct layer_activation *activation)
{
	const struct source_text *name = &activation->name;
	activation->pieces = 1;
	if (activation->each.mark.line) {
		resolve_each(r, layer, activation);
		return;
	}
	activation->op = find_activation(r, name);
	activation->pieces = count_pieces(activation);
	if (activation->op)
		check_numbers(r, activation->op, &activation->with);
	if (activation->with.n_items && !name->mark.line)
		report_need(r, layer, activation->with.mark,
			    _("'with' shapes an activation: there is none"));
}

void build_activation(struct layer_builder *b, const struct layer_activation *activation)
{
	for (size_t k = 0; !activation->parts && k < activation->with.n_items; k++) {
		const struct source_entry *with = &activation->with.items[k];
		struct error err = {0};
		if (node_set_attribute(b->model->output, with->name, with->value, &err))
			report_failure(b->report, with->mark, &err);
	}
}

void resolve_labels(struct resolver *r, struct source_labels *given, const char *prefix,
		    const struct label *from, size_t n, const char *key)
{
	if (given->n_items) {
		report_count(r->report, given->mark, key, given->n_items, n);
		labels_add(&r->names, given, NULL);
	} else if (from) {
		given->items = labels_derive(&r->names, prefix, from, n, key);
	}
}

/* Where the file's names do not fit, nobody knows how many are meant. */
void resolve_same_units(struct resolver *r, struct lesson_layer *layer, const char *prefix,
			const struct label *inputs)
{
	struct source_labels *units = &layer->units;
	layer->n_units = layer->n_inputs;
	if (!units->n_items) {
		resolve_labels(r, units, prefix, inputs, layer->n_inputs, "units");
		return;
	}
	if (units->n_items != layer->n_inputs)
		layer->n_units = 0;
	report_count(r->report, units->mark, "units", units->n_items, layer->n_inputs);
	labels_add(&r->names, units, &layer->symbols);
}

/* w=0,5 gives a number without a name; where all have one it is no decimal comma. */
static bool count_weights(struct resolver *r, const struct source_entries *row, size_t n_inputs)
{
	const char *what = _("weights, one for each input of the layer");
	for (size_t k = 1; k < row->n_items; k++)
		if (!row->items[k].name)
			return report_count_numbers(r->report, row->mark, what, row->n_items,
						    n_inputs);
	return report_count(r->report, row->mark, what, row->n_items, n_inputs);
}

/* Whether the rows make a matrix. A row that was refused has been reported, and hides how many
 * rows there are. */
static bool weights_fit(struct resolver *r, const struct resolve_weights *w)
{
	const struct source_entry_rows *rows = w->rows;
	bool whole = true, fit = true;
	for (size_t i = 0; i < rows->n_items; i++) {
		const struct source_entries *row = &rows->items[i];

		whole = whole && row->n_items > 0;
		if (!count_weights(r, row, w->n_inputs))
			fit = false;
	}
	if (whole && !report_count(r->report, rows->mark, w->row_name, rows->n_items, w->n_units))
		fit = false;
	return whole && fit && w->n_inputs > 0 && rows->n_items == w->n_units;
}

/* Whether any of the entries has a name. */
static bool has_names(const struct source_entry *entries, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (entries[i].name)
			return true;
	return false;
}

static bool rows_have_names(const struct source_entry_rows *rows)
{
	for (size_t i = 0; i < rows->n_items; i++)
		if (has_names(rows->items[i].items, rows->items[i].n_items))
			return true;
	return false;
}

static const char *name_at(const struct label *labels, size_t n, size_t i)
{
	return labels && i < n ? labels[i].name : NULL;
}

size_t *resolve_weights(struct resolver *r, const struct resolve_weights *w)
{
	const struct source_entry_rows *rows = w->rows;
	size_t *params = NULL;
	bool is_named = rows_have_names(rows);
	if (weights_fit(r, w)) {
		params = ARENA_ARRAY(r->lesson->arena, size_t, w->n_units * w->n_inputs);
		report_has_memory(r->report, params);
	}
	for (size_t i = 0; i < rows->n_items; i++) {
		for (size_t j = 0; j < rows->items[i].n_items; j++) {
			const char *unit = name_at(w->units, w->n_units, i);
			const char *input = name_at(w->inputs, w->n_inputs, j);
			struct default_name fallback = {"w", input ? unit : NULL, input, w->key,
							is_named};
			size_t param = resolve_entry(r, &rows->items[i].items[j], &fallback);

			if (params && j < w->n_inputs)
				params[i * w->n_inputs + j] = param;
		}
	}
	return params;
}

size_t *resolve_entries(struct resolver *r, const struct source_entry *entries, size_t n,
			const char *letters, const char *key, const struct label *units,
			size_t n_units)
{
	size_t *params = ARENA_ARRAY(r->lesson->arena, size_t, n);
	bool is_named = has_names(entries, n);
	if (!report_has_memory(r->report, params))
		return NULL;
	for (size_t i = 0; i < n && !r->report->no_memory; i++) {
		struct default_name fallback = {letters, name_at(units, n_units, i), NULL, key,
						is_named};

		params[i] = resolve_entry(r, &entries[i], &fallback);
	}
	return params;
}
