/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema.h -- what the rows of the schema share: kinds of values, and how a table of keys
 * becomes a map. Private to the files of the rows. */
#ifndef BACKSTEP_LESSON_LESSON_SCHEMA_H
#define BACKSTEP_LESSON_LESSON_SCHEMA_H

#include "lesson_draft.h"

#define MAP(rows)                                                       \
	{                                                               \
		.keys = (rows), .n_keys = sizeof(rows) / sizeof *(rows) \
	}

static const struct schema_value name_value = {.type = &schema_type_name};
static const struct schema_value symbol_value = {.type = &schema_type_symbol};
static const struct schema_value number_value = {.type = &schema_type_number};
static const struct schema_value entry_value = {.type = &schema_type_entry};
static const struct schema_value setting_value = {.type = &schema_type_setting};

static const struct schema_value assignment_value = {.type = &schema_type_assignment};

#define SETTINGS_VALUE                                                        \
	{                                                                     \
		.type = &schema_type_list, .item = &setting_value,            \
		.size = sizeof(struct lesson_setting), .min = 1, .bare = true \
	}

#define NAMES                                                                         \
	{                                                                             \
		.type = &schema_type_list, .item = &name_value,                       \
		.size = sizeof(struct source_text), .min = 1, .max = LESSON_MAX_WIDTH \
	}
#define SYMBOLS                                                                       \
	{                                                                             \
		.type = &schema_type_list, .item = &symbol_value,                     \
		.size = sizeof(struct source_text), .min = 1, .max = LESSON_MAX_WIDTH \
	}
#define NUMBERS                                                                         \
	{                                                                               \
		.type = &schema_type_list, .item = &number_value,                       \
		.size = sizeof(struct source_number), .min = 1, .max = LESSON_MAX_WIDTH \
	}

/* The rows that layers of every kind have. */
extern const char *const lesson_layer_words[];
#define KIND_ROW(word)                                                                           \
	{                                                                                        \
		.name = "kind", .initial = N_("dense"),                                          \
		.summary =                                                                       \
		    N_("what the layer is: dense, residual, dropout, batch-norm or layer-norm"), \
		.example = word, .offset = offsetof(struct draft_layer, kind), .value = {        \
			.type = &schema_type_choice,                                             \
			.choices = lesson_layer_words                                            \
		}                                                                                \
	}
#define FROZEN_ROW                                                                             \
	{                                                                                      \
		.name = "frozen", .initial = N_("false"),                                      \
		.summary = N_("whether the layer's parameters keep their values"),             \
		.example = "false", .offset = offsetof(struct draft_layer, frozen), .value = { \
			.type = &schema_type_boolean                                           \
		}                                                                              \
	}

/* The keys of `network` and of a dense layer: lesson_schema_network.c; of layers of other kinds:
 * lesson_schema_layers.c. */
extern const struct schema_map lesson_schema_network, lesson_schema_layer;
extern const struct schema_variant lesson_schema_layers[];
/* The keys of `data` and `split`, and of what starts a layer's parameters: lesson_schema_data.c. */
extern const struct schema_map lesson_schema_data, lesson_schema_split, lesson_schema_init;
/* The keys of `graph`: lesson_schema_graph.c. */
extern const struct schema_map lesson_schema_graph;
/* Of `rounding`, and each of `figures`: lesson_schema_figures.c. */
extern const struct schema_map lesson_schema_rounding;
extern const struct schema_value lesson_schema_figure;

#endif
