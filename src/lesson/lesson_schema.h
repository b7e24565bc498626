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

#define SETTINGS_VALUE                                                                          \
	{.type = &schema_type_list, .item = &setting_value,                                     \
	 .size = sizeof(struct lesson_setting), .min = 1, .bare = true}

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

/* The keys of `network`: lesson_schema_network.c. */
extern const struct schema_map lesson_schema_network;
/* Of `rounding`, and each of `figures`: lesson_schema_figures.c. */
extern const struct schema_map lesson_schema_rounding;
extern const struct schema_value lesson_schema_figure;

#endif
