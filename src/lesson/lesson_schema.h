/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema.h -- what the rows of the schema share: kinds of values, and the maps that other
 * files have. Private to lesson/. */
#ifndef BACKSTEP_LESSON_LESSON_SCHEMA_H
#define BACKSTEP_LESSON_LESSON_SCHEMA_H

#include "backstep/lesson/lesson.h"

#define MAP(rows)                 \
	{                         \
		SCHEMA_KEYS(rows) \
	}

static const struct schema_value label_value = {.type = &schema_type_label};
static const struct schema_value symbol_value = {.type = &schema_type_symbol};
static const struct schema_value number_value = {.type = &schema_type_number};
static const struct schema_value entry_value = {.type = &schema_type_entry};
static const struct schema_value setting_value = {.type = &schema_type_setting};

/* A list of at least one such item. */
#define LIST_OF(item_value, item_type) \
	.type = &schema_type_list, .item = &(item_value), .size = sizeof(item_type), .min = 1

#define NAMES                                                               \
	{                                                                   \
		LIST_OF(label_value, struct label), .max = LESSON_MAX_WIDTH \
	}
#define SYMBOLS                                                                    \
	{                                                                          \
		LIST_OF(symbol_value, struct source_text), .max = LESSON_MAX_WIDTH \
	}
#define NUMBERS                                                                      \
	{                                                                            \
		LIST_OF(number_value, struct source_number), .max = LESSON_MAX_WIDTH \
	}
#define SETTINGS                                                          \
	{                                                                 \
		LIST_OF(setting_value, struct source_entry), .bare = true \
	}
#define ENTRIES                                           \
	{                                                 \
		LIST_OF(entry_value, struct source_entry) \
	}

extern const struct schema_map lesson_schema_network, lesson_schema_graph, lesson_schema_loss,
    lesson_schema_data, lesson_schema_split, lesson_schema_init, lesson_schema_training,
    lesson_schema_rounding, lesson_schema_quiz;
/* What a note, an example, a parameter that is trained and a figure is. */
extern const struct schema_value lesson_schema_note, lesson_schema_example, lesson_schema_trained,
    lesson_schema_figure;

#endif
