/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.h -- what the kinds of layers share: rows of keys, and parts of resolving and building.
 * Private to lesson/. */
#ifndef BACKSTEP_LESSON_LAYERS_LAYERS_H
#define BACKSTEP_LESSON_LAYERS_LAYERS_H

#include "../lesson_resolve.h"
#include "../lesson_schema.h"
#include "backstep/lesson/layer_kind.h"

/* A layer, of any kind. */
extern const struct schema_value layer_value;

/* Keys that layers of every kind have, or may have. */
#define KIND_ROW(word)                                                                      \
	{                                                                                   \
		.name = "kind", .initial = N_("dense"), .summary = N_("what the layer is"), \
		.example = word, .offset = offsetof(struct lesson_layer, kind), .value = {  \
			.type = &schema_type_kind,                                          \
			.kinds = layer_kind_maps                                            \
		}                                                                           \
	}
#define FROZEN_ROW                                                                              \
	{                                                                                       \
		.name = "frozen", .initial = N_("false"),                                       \
		.summary = N_("whether the layer's parameters keep their values"),              \
		.example = "false", .offset = offsetof(struct lesson_layer, frozen), .value = { \
			.type = &schema_type_boolean                                            \
		}                                                                               \
	}
#define SYMBOLS_ROW(sample)                                                            \
	{                                                                              \
		.name = "symbols", .initial = N_("made from the names: n1 is n₁"),     \
		.summary = N_("how formulas write the units, at most 8 columns each"), \
		.example = (sample), .offset = offsetof(struct lesson_layer, symbols), \
		.value = SYMBOLS                                                       \
	}
/* Names that are made out of others where they are left out. */
#define NAMES_ROW(key, place, made, what, sample)                                         \
	{                                                                                 \
		.name = (key), .initial = (made), .summary = (what), .example = (sample), \
		.offset = (place), .value = NAMES                                         \
	}
#define WITH_ROW(place)                                                                           \
	{                                                                                         \
		.name = "with", .initial = N_("their usual values"),                              \
		.summary = N_("the numbers that shape the activation"), .example = "[slope=0.1]", \
		.offset = (place), .value = SETTINGS                                              \
	}

/* Rows of weights. */
extern const struct schema_value layer_row_value;
#define ENTRY_ROWS                                              \
	{                                                       \
		LIST_OF(layer_row_value, struct source_entries) \
	}

/* The function that makes units of sums. */
struct layer_activation {
	struct source_text name;  /* text NULL: there is none */
	struct source_texts each; /* instead of name: one for each unit */
	struct source_entries with;
	const struct op *op;   /* NULL: none, or unknown, which was reported */
	struct op_part *parts; /* [units] of `each`; else NULL */
	size_t pieces;         /* sums that make a unit: more than 1 where it gathers */
};

/* The layers one after another, from these inputs on. */
void resolve_layers(struct resolver *r, const struct lesson_layers *layers,
		    const struct label *inputs, size_t n_inputs);
/* The units after the last of them, *n of them; NULL where they are unknown. */
const struct label *layers_output(const struct lesson_layers *layers, size_t *n);

/* Reports that something needs something else, unless what was refused in the layer may be that. */
void report_need(struct resolver *r, const struct lesson_layer *layer, struct source_mark at,
		 const char *message);
void resolve_activation(struct resolver *r, const struct lesson_layer *layer,
			struct layer_activation *activation);
/* Names for each of n things: given, or prefix with what each comes from. */
void resolve_labels(struct resolver *r, struct source_labels *given, const char *prefix,
		    const struct label *from, size_t n, const char *key);
/* Units of a layer that has as many as stand before it: given, or prefix with the names of those.
 */
void resolve_same_units(struct resolver *r, struct lesson_layer *layer, const char *prefix,
			const struct label *inputs);
/* The places in lesson->params of a matrix: a row for each of n_units, an entry for each of
 * n_inputs; NULL where it is none. key gives it, rows is what messages call its rows. */
struct resolve_weights {
	const struct source_entry_rows *rows;
	const char *key, *row_name;
	const struct label *units, *inputs;
	size_t n_units, n_inputs;
};
size_t *resolve_weights(struct resolver *r, const struct resolve_weights *weights);
/* One entry for each of n things. */
size_t *resolve_entries(struct resolver *r, const struct source_entry *entries, size_t n,
			const char *letters, const char *key, const struct label *units,
			size_t n_units);

/* Sets the numbers that shape the activation, which made the model's output. */
void build_activation(struct layer_builder *b, const struct layer_activation *activation);

#endif
