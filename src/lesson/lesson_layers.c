/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_layers.c -- layers that are not dense: residual blocks, dropout, normalisation.
 *
 * What stands before such a layer gives it its size, and names where the file gives none: the mean
 * of the unit z1 is mu_z1. To add a kind: a function and its line in the table. */
#include "lesson_layers.h"

#include <stdio.h>

#include "backstep/base/i18n.h"
#include "backstep/formula/formula.h"

/* How a made name begins, what key gives another, and what formulas put before the symbol of what
 * it is made from (NULL: the prefix) and behind its first letter (NULL: nothing). */
struct made_name {
	const char *prefix, *key, *sign, *mark;
};

static const struct made_name mean = {"mu_", "means", "μ_", NULL};
static const struct made_name variance = {"var_", "variances", "σ²_", NULL};
static const struct made_name normalised = {"hat_", "normalised", "", "\u0302"};

/* Writes the symbol of a made name. */
static void make_symbol(struct resolver *r, const struct made_name *made,
			const struct lesson_name *from, struct lesson_name *name)
{
	struct arena *arena = r->lesson->arena;
	const char *symbol = from->symbol;
	int first = 1;
	if (!made->sign || !from->name)
		return;
	if (!symbol)
		symbol = formula_symbol_from_name(arena, from->name);
	if (!report_has_memory(r->report, symbol))
		return;
	while (((unsigned char)symbol[first] & 0xc0) == 0x80)
		first++;
	name->symbol = arena_printf(arena, "%s%.*s%s%s", made->sign, first, symbol,
				    made->mark ? made->mark : "", symbol + first);
	report_has_memory(r->report, name->symbol);
}

/* One name for each of n: given, or made. */
static struct lesson_name *resolve_or_make(struct resolver *r, const struct draft_texts *given,
					   const struct draft_texts *symbols,
					   const struct made_name *made,
					   const struct lesson_name *from, size_t n)
{
	struct lesson_name *names;
	if (given->n_items) {
		resolve_count(r, given->mark, made->key, given->n_items, n);
		return resolve_names(r, given, symbols);
	}
	names = resolve_derived_names(r, made->prefix, from, n, made->key);
	for (size_t i = 0; names && i < n; i++)
		make_symbol(r, made, &from[i], &names[i]);
	return names;
}

/* Units of a layer that has as many as the one before it. */
static void resolve_units(struct resolver *r, const struct draft_layer *draft, const char *prefix,
			  const struct lesson_name *inputs, struct lesson_layer *layer)
{
	const struct made_name made = {prefix, "units", NULL, NULL};
	layer->units =
	    resolve_or_make(r, &draft->units, &draft->symbols, &made, inputs, layer->n_inputs);
	/* where the file's names do not fit, nobody knows how many are meant */
	layer->n_units =
	    draft->units.n_items && draft->units.n_items != layer->n_inputs ? 0 : layer->n_inputs;
}

static void resolve_dropout(struct resolver *r, const struct draft_layer *draft,
			    const struct lesson_name *inputs, struct lesson_layer *layer)
{
	static const struct made_name mask = {"m_", "masks", NULL, NULL};
	resolve_units(r, draft, "drop_", inputs, layer);
	layer->masks = resolve_or_make(r, &draft->masks, NULL, &mask, inputs, layer->n_inputs);
	layer->rate = draft->rate;
	layer->seed = draft->seed.mark.line ? draft->seed.value : 1;
}

/* The parameters of a normalisation, one for each unit: given, or all with the usual value. */
static size_t *resolve_entries(struct resolver *r, const struct draft_entries *entries,
			       const char *key, double usual, const struct lesson_layer *layer)
{
	const struct draft_entry made = {NULL, true, usual, layer->mark};
	size_t n = entries->n_items ? entries->n_items : layer->n_units;
	size_t *params = ARENA_ARRAY(r->lesson->arena, size_t, n);
	if (!report_has_memory(r->report, params))
		return NULL;
	resolve_numbers_count(r, entries->mark, key, entries->n_items, layer->n_units);
	for (size_t i = 0; i < n && !r->report->no_memory; i++) {
		bool has_unit = layer->units && i < layer->n_units;
		struct default_name fallback = {key, has_unit ? layer->units[i].name : NULL, NULL,
						key};

		params[i] =
		    resolve_entry(r, entries->n_items ? &entries->items[i] : &made, &fallback);
	}
	return params;
}

static void resolve_norm(struct resolver *r, const struct draft_layer *draft,
			 const struct lesson_name *inputs, struct lesson_layer *layer)
{
	resolve_units(r, draft, "norm_", inputs, layer);
	layer->normalised =
	    resolve_or_make(r, &draft->normalised, NULL, &normalised, inputs, layer->n_inputs);
	layer->epsilon = draft->epsilon;
	layer->momentum = draft->momentum;
	layer->scales = resolve_entries(r, &draft->gamma, "gamma", 1.0, layer);
	layer->biases = resolve_entries(r, &draft->beta, "beta", 0.0, layer);
	layer->n_biases = layer->n_units;
}

static void resolve_batch_norm(struct resolver *r, const struct draft_layer *draft,
			       const struct lesson_name *inputs, struct lesson_layer *layer)
{
	layer->means = resolve_or_make(r, &draft->means, NULL, &mean, inputs, layer->n_inputs);
	layer->variances =
	    resolve_or_make(r, &draft->variances, NULL, &variance, inputs, layer->n_inputs);
	resolve_norm(r, draft, inputs, layer);
}

/* Mean and variance are the layer's: they are named after its number. */
static void resolve_layer_norm(struct resolver *r, const struct draft_layer *draft,
			       const struct lesson_name *inputs, struct lesson_layer *layer)
{
	char number[24];
	const struct lesson_name layer_name = {.name = number, .mark = layer->mark};
	snprintf(number, sizeof number, "%zu", r->n_layers);
	layer->means = resolve_or_make(r, &draft->means, NULL, &mean, &layer_name, 1);
	layer->variances = resolve_or_make(r, &draft->variances, NULL, &variance, &layer_name, 1);
	resolve_norm(r, draft, inputs, layer);
}

/* The skip adds x to F(x): of the same size, or projected. */
static void resolve_skip(struct resolver *r, const struct draft_layer *draft,
			 const struct lesson_name *inputs, struct lesson_layer *layer)
{
	if (draft->projection.mark.line) {
		resolve_weights(r, &draft->projection, "projection", inputs, layer);
		layer->skips = resolve_steps(r, layer, &draft->skips, "skip_", "skips");
		return;
	}
	if (draft->skips.n_items)
		report_error(r->report, draft->skips.mark, "%s",
			     _("skips need a projection: without one x is added as it is"));
	if (layer->n_inputs && layer->n_units && layer->n_inputs != layer->n_units) {
		report_error(r->report, layer->mark,
			     _("x has %zu units and F(x) %zu: they cannot be added"),
			     layer->n_inputs, layer->n_units);
		report_hint(r->report, "%s", _("give x as many with 'projection'"));
	}
}

static void resolve_residual(struct resolver *r, const struct draft_layer *draft,
			     const struct lesson_name *inputs, struct lesson_layer *layer)
{
	layer->n_layers = draft->layers.n_items;
	layer->layers = resolve_layers(r, &draft->layers, inputs, layer->n_inputs);
	if (!layer->layers)
		return;
	if (!layer->n_layers ||
	    resolve_count(r, draft->units.mark, _("units, one for each of F(x)"),
			  draft->units.n_items, layer->layers[layer->n_layers - 1].n_units))
		layer->n_units = draft->units.n_items;
	layer->units = resolve_names(r, &draft->units, &draft->symbols);
	resolve_activation(r, draft, layer);
	if (r->report->no_memory)
		return;
	if (draft->activation.text)
		layer->sums = resolve_steps(r, layer, &draft->sums, "sum_", "sums");
	else if (draft->sums.n_items)
		report_error(r->report, draft->sums.mark, "%s",
			     _("sums need an activation: without one a unit is its sum"));
	resolve_skip(r, draft, inputs, layer);
}

struct lesson_layer *resolve_layers(struct resolver *r, const struct draft_layers *draft,
				    const struct lesson_name *inputs, size_t n_inputs)
{
	static void (*const kinds[])(struct resolver * r, const struct draft_layer *draft,
				     const struct lesson_name *inputs,
				     struct lesson_layer *layer) = {
	    [LESSON_DENSE] = resolve_dense,           [LESSON_RESIDUAL] = resolve_residual,
	    [LESSON_DROPOUT] = resolve_dropout,       [LESSON_BATCH_NORM] = resolve_batch_norm,
	    [LESSON_LAYER_NORM] = resolve_layer_norm,
	};
	bool is_frozen = r->is_frozen;
	struct lesson_layer *layers =
	    ARENA_ARRAY(r->lesson->arena, struct lesson_layer, draft->n_items);
	if (!report_has_memory(r->report, layers))
		return NULL;
	for (size_t i = 0; i < draft->n_items && !r->report->no_memory; i++) {
		const struct draft_layer *item = &draft->items[i];
		struct lesson_layer *layer = &layers[i];

		r->n_layers++;
		r->is_frozen = is_frozen || item->frozen;
		layer->kind = (enum lesson_layer_kind)item->kind.value;
		layer->frozen = r->is_frozen;
		layer->mark = item->kind.mark.line    ? item->kind.mark
			      : item->units.mark.line ? item->units.mark
						      : item->n_units.mark;
		layer->n_inputs = n_inputs;
		kinds[layer->kind](r, item, inputs, layer);
		inputs = layer->units;
		n_inputs = inputs ? layer->n_units : 0;
	}
	r->is_frozen = is_frozen;
	return layers;
}
