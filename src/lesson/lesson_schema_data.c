/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema_data.c -- the keys of `data` where it is no list, of `split`, and of what starts a
 * layer's parameters: the rows.
 *
 * To add a key: a row, a field in lesson_draft.h. */
#include "backstep/base/i18n.h"
#include "lesson_schema.h"

static const struct schema_value column_value = {.type = &schema_type_column};
static const struct schema_value class_value = {.type = &schema_type_line};

#define COLUMNS                                                               \
	{                                                                     \
		.type = &schema_type_list, .item = &column_value,             \
		.size = sizeof(struct lesson_column), .min = 1, .bare = true, \
		.max = LESSON_MAX_WIDTH                                       \
	}

/* The keys of a struct draft_generate at a field of struct draft_data; the first and its example
 * stand apart. */
#define GENERATE_KEYS(field)                                                                    \
	{.name = "rows",                                                                        \
	 .initial = N_("200; of a file, all"),                                                  \
	 .summary = N_("how many rows are made, or taken from the file"),                       \
	 .example = "300",                                                                      \
	 .offset = offsetof(struct draft_data, field.rows),                                     \
	 .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_ROWS}},              \
	    {.name = "noise",                                                                   \
	     .initial = "0",                                                                    \
	     .summary = N_("how much the made rows are disturbed"),                             \
	     .example = "0.2",                                                                  \
	     .offset = offsetof(struct draft_data, field.noise),                                \
	     .value = {.type = &schema_type_number}},                                           \
	{                                                                                       \
		.name = "seed", .initial = N_("the lesson's"),                                  \
		.summary =                                                                      \
		    N_("a seed of their own, so that the data stay when the lesson's changes"), \
		.example = "3", .offset = offsetof(struct draft_data, field.seed), .value = {   \
			.type = &schema_type_count,                                             \
			.max = SIZE_MAX                                                         \
		}                                                                               \
	}

#define GENERATE_NAME(field)                                                        \
	.name = "generate", .required = true, .summary = N_("what makes the rows"), \
	.example = "spiral", .offset = offsetof(struct draft_data, field.name),     \
	.value = {.type = &schema_type_word}

static const struct schema_key otherwise_keys[] = {
    {GENERATE_NAME(otherwise)},
    GENERATE_KEYS(otherwise),
};
/* Offsets are those of struct draft_data: the map's struct is the whole of it. */
static const struct schema_map otherwise_map = MAP(otherwise_keys);

static const struct schema_key data_keys[] = {
    {GENERATE_NAME(generate)},
    {.name = "file",
     .instead_of = "generate",
     .initial = N_("none: the rows are made"),
     .summary = N_("a file of rows, CSV; a relative path starts at the lesson"),
     .example = "\"flowers.csv\"",
     .offset = offsetof(struct draft_data, file),
     .value = {.type = &schema_type_line}},
    GENERATE_KEYS(generate),
    {.name = "otherwise",
     .initial = N_("none: the file must be there"),
     .summary = N_("what makes the rows where the file is not there"),
     .example = "{generate: gaussians, rows: 300}",
     .offset = 0,
     .value = {.type = &schema_type_map, .map = &otherwise_map}},
    {.name = "header",
     .initial = N_("false"),
     .summary = N_("whether the file's first line names its columns"),
     .example = "true",
     .offset = offsetof(struct draft_data, header),
     .value = {.type = &schema_type_boolean}},
    {.name = "separator",
     .initial = "\",\"",
     .summary = N_("what stands between two columns: one character, or tab"),
     .example = "\";\"",
     .offset = offsetof(struct draft_data, separator),
     .value = {.type = &schema_type_line}},
    {.name = "inputs",
     .initial = N_("all columns but the target"),
     .summary = N_("the columns that are the inputs, by name or number"),
     .example = "[width, length]",
     .offset = offsetof(struct draft_data, inputs),
     .value = COLUMNS},
    {.name = "target",
     .initial = N_("the last column"),
     .summary = N_("the column that is to be learnt; several for several outputs"),
     .example = "class",
     .offset = offsetof(struct draft_data, target),
     .value = COLUMNS},
    {.name = "one_hot",
     .initial = N_("false"),
     .summary = N_("whether the target's values, and words among the inputs, are categories"),
     .example = "true",
     .offset = offsetof(struct draft_data, one_hot),
     .value = {.type = &schema_type_boolean}},
    {.name = "classes",
     .initial = N_("all that occur, sorted"),
     .summary = N_("the target's values in the order of the outputs"),
     .example = "[yes, no]",
     .offset = offsetof(struct draft_data, classes),
     .value = {.type = &schema_type_list,
	       .item = &class_value,
	       .size = sizeof(struct source_text),
	       .min = 2,
	       .max = LESSON_MAX_WIDTH}},
    {.name = "labels",
     .initial = N_("0, 1, …"),
     .summary = N_("what a single output is to say for each class"),
     .example = "[-1, 1]",
     .offset = offsetof(struct draft_data, labels),
     .value = NUMBERS},
    {.name = "standardise",
     .initial = N_("false"),
     .summary = N_("whether each input column gets mean 0 and deviation 1"),
     .example = "true",
     .offset = offsetof(struct draft_data, standardise),
     .value = {.type = &schema_type_boolean}},
    {.name = "min_max",
     .instead_of = "standardise",
     .initial = N_("false"),
     .summary = N_("whether each input column is brought to lie between 0 and 1"),
     .example = "true",
     .offset = offsetof(struct draft_data, min_max),
     .value = {.type = &schema_type_boolean}},
};
const struct schema_map lesson_schema_data = MAP(data_keys);

static const struct schema_key split_keys[] = {
    {.name = "train",
     .required = true,
     .summary = N_("the part to train with"),
     .example = "0.7",
     .offset = offsetof(struct draft_split, train),
     .value = {.type = &schema_type_number, .positive = true}},
    {.name = "validation",
     .initial = "0",
     .summary = N_("the part to validate with, while training"),
     .example = "0.15",
     .offset = offsetof(struct draft_split, validation),
     .value = {.type = &schema_type_number}},
    {.name = "test",
     .initial = "0",
     .summary = N_("the part to test with, at the end"),
     .example = "0.15",
     .offset = offsetof(struct draft_split, test),
     .value = {.type = &schema_type_number}},
    {.name = "in_order",
     .initial = N_("false: the seed draws them"),
     .summary = N_("whether the parts follow one another as the rows do, not drawn"),
     .example = "true",
     .offset = offsetof(struct draft_split, in_order),
     .value = {.type = &schema_type_boolean}},
};
const struct schema_map lesson_schema_split = MAP(split_keys);

static const struct schema_key init_keys[] = {
    {.name = "kind",
     .required = true,
     .summary = N_("what the parameters start from"),
     .example = "he-normal",
     .offset = offsetof(struct draft_init, kind),
     .value = {.type = &schema_type_word}},
    {.name = "with",
     .initial = N_("their usual values"),
     .summary = N_("the numbers that it needs"),
     .example = "[low=-0.5, high=0.5]",
     .offset = offsetof(struct draft_init, with),
     .value = SETTINGS_VALUE},
    {.name = "seed",
     .initial = N_("the lesson's"),
     .summary = N_("a seed of the layer's own"),
     .example = "1",
     .offset = offsetof(struct draft_init, seed),
     .value = {.type = &schema_type_count, .max = SIZE_MAX}},
};
const struct schema_map lesson_schema_init = MAP(init_keys);
