/* SPDX-License-Identifier: GPL-3.0-or-later */
/* norm.c -- batch and layer normalisation of lessons: each unit less the mean, divided by the
 * deviation, then scaled and shifted. */
#include <stdio.h>

#include "backstep/base/i18n.h"
#include "backstep/engine/layer_norm.h"
#include "backstep/formula/formula.h"
#include "layers.h"

struct norm {
	struct lesson_layer layer;
	struct source_labels means, variances, normalised;
	struct source_entries gamma, beta;
	struct source_number epsilon, momentum; /* mark.line 0: the usual number */
	struct layer_norm made;                 /* what the engine is given */
};

#define PLACE(field) offsetof(struct norm, field)
/* One number for each unit, which is trained. */
#define ENTRIES_ROW(key, field, usual, what, sample)                                       \
	{                                                                                  \
		.name = (key), .initial = (usual), .summary = (what), .example = (sample), \
		.offset = PLACE(field), .value = ENTRIES                                   \
	}
#define NORM_ROWS                                                                                  \
	NAMES_ROW("units", PLACE(layer.units), N_("norm_ and the name of the unit before"),        \
		  N_("the names of the units, γ x̂ + β each"), "[r1, r2]"),                         \
	    SYMBOLS_ROW("[ρ₁, ρ₂]"),                                                               \
	    ENTRIES_ROW("gamma", gamma, N_("1 each, called gamma_ and the unit's name"),           \
			N_("the scale of each unit"), "[g1=1, g2=1]"),                             \
	    ENTRIES_ROW("beta", beta, N_("0 each, called beta_ and the unit's name"),              \
			N_("the shift of each unit"), "[s1=0, s2=0]"),                             \
	    {.name = "epsilon",                                                                    \
	     .initial = "1e-5",                                                                    \
	     .summary = N_("added to the variance, so that nothing is divided by 0"),              \
	     .example = "1e-8",                                                                    \
	     .offset = PLACE(epsilon),                                                             \
	     .value = {.type = &schema_type_number}},                                              \
	    NAMES_ROW("normalised", PLACE(normalised), N_("hat_ and the name of the unit before"), \
		      N_("the names of the normalised values"), "[k1, k2]"),                       \
	    FROZEN_ROW

static const struct schema_key batch_keys[] = {
    KIND_ROW("batch-norm"),
    NAMES_ROW("means", PLACE(means), N_("mu_ and the name of the unit before"),
	      N_("the names of the batch's means"), "[mu1, mu2]"),
    NAMES_ROW("variances", PLACE(variances), N_("var_ and the name of the unit before"),
	      N_("the names of the batch's variances"), "[var1, var2]"),
    {.name = "momentum",
     .initial = "0.1",
     .summary = N_("how much a batch counts in the running statistics"),
     .example = "0.1",
     .offset = PLACE(momentum),
     .value = {.type = &schema_type_number}},
    NORM_ROWS,
};

static const struct schema_key layer_keys[] = {
    KIND_ROW("layer-norm"),
    NAMES_ROW("means", PLACE(means),
	      N_("mu_ and the layer's number, those inside of blocks counted too"),
	      N_("the name of the mean over the layer"), "[mu1]"),
    NAMES_ROW("variances", PLACE(variances),
	      N_("var_ and the layer's number, those inside of blocks counted too"),
	      N_("the name of the variance over the layer"), "[var1]"),
    NORM_ROWS,
};

/* How a made name begins, what key gives another, and what formulas put before the symbol of what
 * it is made from and after its first letter. */
struct made_name {
	const char *prefix, *key, *sign, *mark;
};

static const struct made_name mean = {"mu_", "means", "μ_", ""};
static const struct made_name variance = {"var_", "variances", "σ²_", ""};
static const struct made_name normalised = {"hat_", "normalised", "", "\u0302"};

static void make_symbol(struct resolver *r, const struct made_name *made, const struct label *from,
			struct label *label)
{
	struct arena *arena = r->lesson->arena;
	const char *symbol = from->symbol;
	int first = 1;
	if (!from->name)
		return;
	if (!symbol)
		symbol = formula_symbol_from_name(arena, from->name);
	if (!report_has_memory(r->report, symbol))
		return;
	while (((unsigned char)symbol[first] & 0xc0) == 0x80)
		first++;
	label->symbol = arena_printf(arena, "%s%.*s%s%s", made->sign, first, symbol, made->mark,
				     symbol + first);
	report_has_memory(r->report, label->symbol);
}

/* One name for each of n: given, or made. */
static void resolve_or_make(struct resolver *r, struct source_labels *given,
			    const struct made_name *made, const struct label *from, size_t n)
{
	resolve_labels(r, given, made->prefix, from, n, made->key);
	for (size_t i = 0; !given->n_items && given->items && i < n; i++)
		make_symbol(r, made, &from[i], &given->items[i]);
}

/* The parameters of a normalisation, one for each unit: given, or all with the usual value. */
static const size_t *resolve_numbers(struct resolver *r, struct source_entries *entries,
				     const char *key, double usual,
				     const struct lesson_layer *layer)
{
	size_t n = layer->n_units;
	report_count_numbers(r->report, entries->mark, key, entries->n_items, n);
	if (!entries->n_items) {
		entries->items = ARENA_ARRAY(r->lesson->arena, struct source_entry, n);
		entries->n_items = report_has_memory(r->report, entries->items) ? n : 0;
		for (size_t i = 0; i < entries->n_items; i++)
			entries->items[i] =
			    (struct source_entry){NULL, true, usual, layer_mark(layer)};
	}
	return resolve_entries(r, entries->items, entries->n_items, key, key, layer->units.items,
			       n);
}

/* What the lesson gives, or where it gives nothing, the usual number of the op's row. */
static double number_or_usual(const struct source_number *number, const struct op *op)
{
	return number->mark.line ? number->value : op->attributes[0].initial;
}

static void resolve_norm(struct resolver *r, struct norm *norm, const struct label *inputs)
{
	struct lesson_layer *layer = &norm->layer;
	resolve_same_units(r, layer, "norm_", inputs);
	resolve_or_make(r, &norm->normalised, &normalised, inputs, layer->n_inputs);
	norm->made.scale_ids = resolve_numbers(r, &norm->gamma, "gamma", 1.0, layer);
	norm->made.shift_ids = resolve_numbers(r, &norm->beta, "beta", 0.0, layer);
	norm->made.epsilon = number_or_usual(&norm->epsilon, &op_batch_normalise);
	norm->made.momentum = number_or_usual(&norm->momentum, &op_batch_mean);
	norm->made.units = layer->units.items;
	norm->made.normalised = norm->normalised.items;
	norm->made.means = norm->means.items;
	norm->made.variances = norm->variances.items;
	norm->made.scales = resolve_param_labels(r, norm->made.scale_ids, norm->gamma.n_items);
	norm->made.shifts = resolve_param_labels(r, norm->made.shift_ids, norm->beta.n_items);
	norm->made.prefix = "h";
}

static void resolve_batch(struct resolver *r, struct lesson_layer *layer,
			  const struct label *inputs)
{
	struct norm *norm = (struct norm *)layer;
	resolve_or_make(r, &norm->means, &mean, inputs, layer->n_inputs);
	resolve_or_make(r, &norm->variances, &variance, inputs, layer->n_inputs);
	norm->made.over = NORM_BATCH;
	resolve_norm(r, norm, inputs);
}

/* Mean and variance are the layer's: they are named after its number. */
static void resolve_layer(struct resolver *r, struct lesson_layer *layer,
			  const struct label *inputs)
{
	struct norm *norm = (struct norm *)layer;
	char number[24];
	const struct label name = {.name = number, .mark = layer_mark(layer)};
	snprintf(number, sizeof number, "%zu", r->n_layers);
	resolve_or_make(r, &norm->means, &mean, &name, 1);
	resolve_or_make(r, &norm->variances, &variance, &name, 1);
	norm->made.over = NORM_UNITS;
	resolve_norm(r, norm, inputs);
}

static void build(struct layer_builder *b, const struct lesson_layer *layer)
{
	const struct norm *norm = (const struct norm *)layer;
	struct error err = {0};
	if (layer_norm_add(b->model, &norm->made, &err))
		report_failure(b->report, layer_mark(layer), &err);
}

const struct layer_kind layer_kind_batch_norm = {
    .map = {SCHEMA_KEYS(batch_keys), .kind = "batch-norm", .size = sizeof(struct norm)},
    .summary = N_("each unit is normalised over the batch, then scaled and shifted"),
    .resolve = resolve_batch,
    .build = build,
};

const struct layer_kind layer_kind_layer_norm = {
    .map = {SCHEMA_KEYS(layer_keys), .kind = "layer-norm", .size = sizeof(struct norm)},
    .summary = N_("an example's units are normalised together, then scaled and shifted"),
    .resolve = resolve_layer,
    .build = build,
};
