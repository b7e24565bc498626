/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema_layers.c -- the keys of the layers that are not dense: the rows.
 *
 * To add a kind of layer: its word and its map below, an enum lesson_layer_kind, how it is resolved
 * in lesson_layers.c and built in lesson_build_layers.c. */
#include <stdint.h>

#include "backstep/base/i18n.h"
#include "lesson_schema.h"

const char *const lesson_layer_words[] = {
    [LESSON_DENSE] = "dense",           [LESSON_RESIDUAL] = "residual",
    [LESSON_DROPOUT] = "dropout",       [LESSON_BATCH_NORM] = "batch-norm",
    [LESSON_LAYER_NORM] = "layer-norm", NULL,
};

static const struct schema_value row_value = {
    .type = &schema_type_list, .item = &entry_value, .size = sizeof(struct draft_entry), .min = 1};
static const struct schema_value layer_value = {.type = &schema_type_map,
						.map = &lesson_schema_layer};

/* Names that are made out of others where they are left out. */
#define NAMES_ROW(key, field, made, what, sample)                                         \
	{                                                                                 \
		.name = (key), .initial = (made), .summary = (what), .example = (sample), \
		.offset = offsetof(struct draft_layer, field), .value = NAMES             \
	}
#define SYMBOLS_ROW                                                                     \
	{                                                                               \
		.name = "symbols", .initial = N_("made from the names: n1 is n₁"),      \
		.summary = N_("how formulas write the units, at most 8 columns each"),  \
		.example = "[ρ₁, ρ₂]", .offset = offsetof(struct draft_layer, symbols), \
		.value = SYMBOLS                                                        \
	}

static const struct schema_key residual_keys[] = {
    KIND_ROW("residual"),
    {.name = "units",
     .required = true,
     .summary = N_("the names of the units, x + F(x) each"),
     .example = "[r1, r2]",
     .offset = offsetof(struct draft_layer, units),
     .value = NAMES},
    SYMBOLS_ROW,
    {.name = "layers",
     .required = true,
     .summary = N_("the layers that make F(x) out of the block's input x"),
     .example = "[{units: [f1, f2], weights: [[v1=1, v2=0], [v3=0, v4=1]]}]",
     .offset = offsetof(struct draft_layer, layers),
     .value = {.type = &schema_type_list,
	       .item = &layer_value,
	       .size = sizeof(struct draft_layer),
	       .min = 1,
	       .max = LESSON_MAX_LAYERS}},
    {.name = "projection",
     .initial = N_("none: x is added as it is"),
     .summary = N_("weights that give x as many units as F(x) has, a row for each"),
     .example = "[[p1=1, p2=0], [p3=0, p4=1]]",
     .offset = offsetof(struct draft_layer, projection),
     .value = {.type = &schema_type_list,
	       .item = &row_value,
	       .size = sizeof(struct draft_entries),
	       .min = 1}},
    NAMES_ROW("skips", skips, N_("skip_ and the unit's name"), N_("the names of the projected x"),
	      "[s1, s2]"),
    {.name = "activation",
     .initial = N_("none: a unit is the sum itself"),
     .summary = N_("the function that makes a unit out of x + F(x)"),
     .example = "relu",
     .offset = offsetof(struct draft_layer, activation),
     .value = {.type = &schema_type_word}},
    {.name = "with",
     .initial = N_("their usual values"),
     .summary = N_("the numbers that shape the activation"),
     .example = "[slope=0.1]",
     .offset = offsetof(struct draft_layer, with),
     .value = SETTINGS_VALUE},
    NAMES_ROW("sums", sums, N_("sum_ and the unit's name"),
	      N_("the names of x + F(x) that the activation is applied to"), "[a1, a2]"),
    FROZEN_ROW,
};
static const struct schema_map residual_map = MAP(residual_keys);

static const struct schema_key dropout_keys[] = {
    KIND_ROW("dropout"),
    NAMES_ROW("units", units, N_("drop_ and the name of the unit before"),
	      N_("the names of the units behind dropout"), "[r1, r2]"),
    SYMBOLS_ROW,
    {.name = "rate",
     .required = true,
     .summary = N_("the probability with which a unit is dropped, 0 to 0.99"),
     .example = "0.5",
     .offset = offsetof(struct draft_layer, rate),
     .value = {.type = &schema_type_number}},
    {.name = "seed",
     .initial = "1",
     .summary = N_("a whole number: other masks for another one"),
     .example = "7",
     .offset = offsetof(struct draft_layer, seed),
     .value = {.type = &schema_type_count, .min = 1, .max = UINT32_MAX}},
    NAMES_ROW("masks", masks, N_("m_ and the name of the unit before"),
	      N_("the names of the masks, 1 for a unit that is kept and 0 for one that is not"),
	      "[m1, m2]"),
};
static const struct schema_map dropout_map = MAP(dropout_keys);

/* One number for each unit, which is trained. */
#define ENTRIES_ROW(key, field, usual, what, sample)                                       \
	{                                                                                  \
		.name = (key), .initial = (usual), .summary = (what), .example = (sample), \
		.offset = offsetof(struct draft_layer, field), .value = {                  \
			.type = &schema_type_list,                                         \
			.item = &entry_value,                                              \
			.size = sizeof(struct draft_entry),                                \
			.min = 1                                                           \
		}                                                                          \
	}
#define NORM_ROWS                                                                           \
	NAMES_ROW("units", units, N_("norm_ and the name of the unit before"),              \
		  N_("the names of the units, γ x̂ + β each"), "[r1, r2]"),                  \
	    SYMBOLS_ROW,                                                                    \
	    ENTRIES_ROW("gamma", gamma, N_("1 each, called gamma_ and the unit's name"),    \
			N_("the scale of each unit"), "[g1=1, g2=1]"),                      \
	    ENTRIES_ROW("beta", beta, N_("0 each, called beta_ and the unit's name"),       \
			N_("the shift of each unit"), "[s1=0, s2=0]"),                      \
	    {.name = "epsilon",                                                             \
	     .initial = "1e-5",                                                             \
	     .summary = N_("added to the variance, so that nothing is divided by 0"),       \
	     .example = "1e-8",                                                             \
	     .offset = offsetof(struct draft_layer, epsilon),                               \
	     .value = {.type = &schema_type_number}},                                       \
	    NAMES_ROW("normalised", normalised, N_("hat_ and the name of the unit before"), \
		      N_("the names of the normalised values"), "[k1, k2]"),                \
	    FROZEN_ROW

static const struct schema_key batch_norm_keys[] = {
    KIND_ROW("batch-norm"),
    NAMES_ROW("means", means, N_("mu_ and the name of the unit before"),
	      N_("the names of the batch's means"), "[mu1, mu2]"),
    NAMES_ROW("variances", variances, N_("var_ and the name of the unit before"),
	      N_("the names of the batch's variances"), "[var1, var2]"),
    {.name = "momentum",
     .initial = "0.1",
     .summary = N_("how much a batch counts in the running statistics"),
     .example = "0.1",
     .offset = offsetof(struct draft_layer, momentum),
     .value = {.type = &schema_type_number}},
    NORM_ROWS,
};
static const struct schema_map batch_norm_map = MAP(batch_norm_keys);

static const struct schema_key layer_norm_keys[] = {
    KIND_ROW("layer-norm"),
    NAMES_ROW("means", means, N_("mu_ and the number of the layer"),
	      N_("the name of the mean over the layer"), "[mu1]"),
    NAMES_ROW("variances", variances, N_("var_ and the number of the layer"),
	      N_("the name of the variance over the layer"), "[var1]"),
    NORM_ROWS,
};
static const struct schema_map layer_norm_map = MAP(layer_norm_keys);

const struct schema_variant lesson_schema_layers[] = {
    {"dense", &lesson_schema_layer}, {"residual", &residual_map},     {"dropout", &dropout_map},
    {"batch-norm", &batch_norm_map}, {"layer-norm", &layer_norm_map}, {0},
};
