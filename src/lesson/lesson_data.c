/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_data.c -- the rows of a lesson: the keys, and what they mean together. Rows that do not
 * stand in the lesson are read or made when a model is built. */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "lesson_resolve.h"
#include "lesson_schema.h"

static const struct schema_key example_keys[] = {
    {.name = "x",
     .required = true,
     .summary = N_("one number for each input"),
     .example = "[0.1, 0.5]",
     .offset = offsetof(struct lesson_example, x),
     .value = NUMBERS},
    {.name = "target",
     .usual = true,
     .initial = N_("none, where there is no loss"),
     .summary = N_("one number for each output"),
     .example = "[0.05, 0.95]",
     .offset = offsetof(struct lesson_example, target),
     .value = NUMBERS},
};
static const struct schema_map example_map = MAP(example_keys);
const struct schema_value lesson_schema_example = {.type = &schema_type_map, .map = &example_map};

static const struct schema_value column_value = {.type = &schema_type_column};
static const struct schema_value class_value = {.type = &schema_type_line};

#define COLUMNS                                                                                    \
	{                                                                                          \
		LIST_OF(column_value, struct source_column), .bare = true, .max = LESSON_MAX_WIDTH \
	}

/* The keys of a struct lesson_generate at a field of struct lesson_data; the first and its example
 * stand apart. */
#define GENERATE_KEYS(field)                                                                    \
	{.name = "rows",                                                                        \
	 .initial = N_("200; of a file, all"),                                                  \
	 .summary = N_("how many rows are made, or taken from the file"),                       \
	 .example = "300",                                                                      \
	 .offset = offsetof(struct lesson_data, field.rows),                                    \
	 .value = {.type = &schema_type_count, .min = 1, .max = TABLE_MAX_ROWS}},               \
	    {.name = "noise",                                                                   \
	     .initial = "0",                                                                    \
	     .summary = N_("how much the made rows are disturbed"),                             \
	     .example = "0.2",                                                                  \
	     .offset = offsetof(struct lesson_data, field.noise),                               \
	     .value = {.type = &schema_type_number}},                                           \
	{                                                                                       \
		.name = "seed", .initial = N_("the lesson's"),                                  \
		.summary =                                                                      \
		    N_("a seed of their own, so that the data stay when the lesson's changes"), \
		.example = "3", .offset = offsetof(struct lesson_data, field.seed), .value = {  \
			.type = &schema_type_count,                                             \
			.max = SIZE_MAX                                                         \
		}                                                                               \
	}

#define GENERATE_NAME(field)                                                        \
	.name = "generate", .required = true, .summary = N_("what makes the rows"), \
	.example = "spiral", .offset = offsetof(struct lesson_data, field.name),    \
	.value = {.type = &schema_type_word}

/* enum table_missing, but for the first, which is no word. */
static const char *const missing_words[] = {"drop", "mean", NULL};

static const struct schema_key otherwise_keys[] = {
    {GENERATE_NAME(otherwise)},
    GENERATE_KEYS(otherwise),
};
/* Offsets are those of struct lesson_data: the map's struct is the whole of it. */
static const struct schema_map otherwise_map = MAP(otherwise_keys);

static const struct schema_key data_keys[] = {
    {GENERATE_NAME(generate)},
    {.name = "file",
     .instead_of = "generate",
     .initial = N_("none: the rows are made"),
     .summary = N_("a file of rows, CSV; a relative path starts at the lesson"),
     .example = "\"flowers.csv\"",
     .offset = offsetof(struct lesson_data, table.file),
     .value = {.type = &schema_type_line}},
    {.name = "test_file",
     .initial = N_("none: a split may keep rows to test with"),
     .summary = N_("a second file, of the same columns, whose rows are to test with"),
     .example = "\"flowers-test.csv\"",
     .offset = offsetof(struct lesson_data, test_file),
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
     .offset = offsetof(struct lesson_data, table.header),
     .value = {.type = &schema_type_boolean}},
    {.name = "separator",
     .initial = N_("what a first line sep=; says, else \",\""),
     .summary = N_("what stands between two columns: one character, tab, or \" \" for any blanks"),
     .example = "\";\"",
     .offset = offsetof(struct lesson_data, separator),
     .value = {.type = &schema_type_character}},
    {.name = "decimal",
     .initial = "\".\"",
     .summary = N_("what the file has before the digits after the point: \".\" or \",\""),
     .example = "\",\"",
     .offset = offsetof(struct lesson_data, decimal),
     .value = {.type = &schema_type_character}},
    {.name = "missing",
     .initial = N_("none: such a file is refused"),
     .summary = N_("what becomes of empty fields, ? and NA: drop the row, or the column's mean"),
     .example = "drop",
     .offset = offsetof(struct lesson_data, missing),
     .value = {.type = &schema_type_choice, .choices = missing_words}},
    {.name = "inputs",
     .initial = N_("the columns with the inputs' names; else all but the target"),
     .summary = N_("the columns that are the inputs, by name or number"),
     .example = "[width, length]",
     .offset = offsetof(struct lesson_data, table.inputs),
     .value = COLUMNS},
    {.name = "target",
     .initial = N_("the last column"),
     .summary = N_("the column that is to be learnt; several for several outputs"),
     .example = "class",
     .offset = offsetof(struct lesson_data, table.targets),
     .value = COLUMNS},
    {.name = "one_hot",
     .initial = N_("false"),
     .summary = N_("whether the target's values, and words among the inputs, are categories"),
     .example = "true",
     .offset = offsetof(struct lesson_data, table.one_hot),
     .value = {.type = &schema_type_boolean}},
    {.name = "classes",
     .initial = N_("all that occur, sorted"),
     .summary = N_("the target's values in the order of the outputs"),
     .example = "[yes, no]",
     .offset = offsetof(struct lesson_data, table.classes),
     .value = {.type = &schema_type_list,
	       .item = &class_value,
	       .size = sizeof(struct source_text),
	       .min = 2,
	       .max = LESSON_MAX_WIDTH}},
    {.name = "labels",
     .initial = N_("0, 1, …"),
     .summary = N_("what a single output is to say for each class"),
     .example = "[-1, 1]",
     .offset = offsetof(struct lesson_data, labels),
     .value = NUMBERS},
    {.name = "standardise",
     .initial = N_("false"),
     .summary = N_("whether each input column gets mean 0 and deviation 1"),
     .example = "true",
     .offset = offsetof(struct lesson_data, standardise),
     .value = {.type = &schema_type_boolean}},
    {.name = "min_max",
     .instead_of = "standardise",
     .initial = N_("false"),
     .summary = N_("whether each input column is brought to lie between 0 and 1"),
     .example = "true",
     .offset = offsetof(struct lesson_data, min_max),
     .value = {.type = &schema_type_boolean}},
    {.name = "scale",
     .instead_of = "standardise",
     .initial = N_("none"),
     .summary = N_("a number that every input is divided by"),
     .example = "255",
     .offset = offsetof(struct lesson_data, scale),
     .value = {.type = &schema_type_number, .positive = true}},
};
const struct schema_map lesson_schema_data = MAP(data_keys);

static const struct schema_key split_keys[] = {
    {.name = "train",
     .required = true,
     .summary = N_("the part to train with"),
     .example = "0.7",
     .offset = offsetof(struct lesson_split, train),
     .value = {.type = &schema_type_number, .positive = true}},
    {.name = "validation",
     .initial = "0",
     .summary = N_("the part to validate with, while training"),
     .example = "0.15",
     .offset = offsetof(struct lesson_split, validation),
     .value = {.type = &schema_type_number}},
    {.name = "test",
     .initial = "0",
     .summary = N_("the part to test with, at the end"),
     .example = "0.15",
     .offset = offsetof(struct lesson_split, test),
     .value = {.type = &schema_type_number}},
    {.name = "in_order",
     .initial = N_("false: the seed draws them"),
     .summary = N_("whether the parts follow one another as the rows do, not drawn"),
     .example = "true",
     .offset = offsetof(struct lesson_split, in_order),
     .value = {.type = &schema_type_boolean}},
};
const struct schema_map lesson_schema_split = MAP(split_keys);

static const struct schema_key init_keys[] = {
    {.name = "kind",
     .required = true,
     .summary = N_("what the parameters start from"),
     .example = "he-normal",
     .offset = offsetof(struct lesson_init, kind),
     .value = {.type = &schema_type_word}},
    {.name = "with",
     .initial = N_("their usual values"),
     .summary = N_("the numbers that it needs"),
     .example = "[low=-0.5, high=0.5]",
     .offset = offsetof(struct lesson_init, with),
     .value = SETTINGS},
    {.name = "seed",
     .initial = N_("the lesson's"),
     .summary = N_("a seed of the layer's own"),
     .example = "1",
     .offset = offsetof(struct lesson_init, seed),
     .value = {.type = &schema_type_count, .max = SIZE_MAX}},
};
const struct schema_map lesson_schema_init = MAP(init_keys);

enum { ROWS_USUAL = 200 };

/* A number that the schema lets be anything must not be negative. */
static void check_not_negative(struct resolver *r, const struct source_number *number)
{
	if (number->value < 0.0)
		report_error(r->report, number->mark, "%s", _("this number cannot be negative"));
}

static void resolve_generate(struct resolver *r, struct lesson_generate *generate)
{
	check_not_negative(r, &generate->noise);
	if (!generate->rows.value)
		generate->rows.value = ROWS_USUAL;
}

/* One character that no number has, or the word tab. */
static char read_separator(struct resolver *r, const struct source_text *given)
{
	if (!given->text)
		return '\0';
	if (strcmp(given->text, "tab") == 0)
		return '\t';
	if (strlen(given->text) == 1 && !strchr("+-.\"" SCHEMA_LETTERS SCHEMA_DIGITS, *given->text))
		return *given->text;
	report_error(r->report, given->mark, "%s", _("this cannot separate columns"));
	report_hint(r->report, "%s",
		    _("one character such as , ; | that is in no number, the word tab, or \" \""));
	return ',';
}

static char read_decimal(struct resolver *r, const struct lesson_data *data)
{
	const struct source_text *given = &data->decimal;
	char decimal = given->text && strcmp(given->text, ",") == 0 ? ',' : '.';
	if (!given->text || decimal == ',' || strcmp(given->text, ".") == 0) {
		if (decimal == data->table.separator) {
			report_error(r->report, given->mark, "%s",
				     _("a ',' cannot be the decimal point and separate columns"));
			report_hint(r->report, "%s", _("such files have separator: \";\""));
		}
		return decimal;
	}
	report_error(r->report, given->mark, "%s", _("this is no decimal point"));
	report_hint(r->report, "%s", _("\".\" or \",\""));
	return '.';
}

/* Keys that only a file has. */
static void refuse_for_generated(struct resolver *r, const struct lesson_data *data)
{
	const struct {
		const char *key;
		struct source_mark mark;
	} file_keys[] = {
	    {"otherwise", data->otherwise.name.mark}, {"separator", data->separator.mark},
	    {"inputs", data->table.inputs.mark},      {"target", data->table.targets.mark},
	    {"classes", data->table.classes.mark},    {"decimal", data->decimal.mark},
	    {"missing", data->missing.mark},          {"test_file", data->test_file.mark},
	};
	for (size_t k = 0; k < sizeof file_keys / sizeof *file_keys; k++)
		if (file_keys[k].mark.line)
			report_error(r->report, file_keys[k].mark, _("'%s' is for a file"),
				     file_keys[k].key);
}

static void check_columns(struct resolver *r, const struct source_columns *columns, bool header)
{
	for (size_t k = 0; k < columns->n_items; k++) {
		const struct source_column *column = &columns->items[k];

		if (column->name && !header && !r->is_data_broken) {
			report_error(r->report, column->mark,
				     _("column '%s': without a header columns have numbers only"),
				     column->name);
			report_hint(r->report, "%s", _("say header: true, or count from 1"));
		}
	}
}

static void resolve_file(struct resolver *r, struct lesson_data *data)
{
	struct table_request *table = &data->table;
	size_t n_targets = table->targets.n_items;
	table->max_rows = data->generate.rows.value;
	table->names = r->lesson->inputs;
	table->n_names = r->lesson->n_inputs;
	table->outputs = r->lesson->outputs;
	table->n_outputs = data->labels.n_items ? 0 : r->lesson->n_outputs;
	table->separator = read_separator(r, &data->separator);
	table->decimal = read_decimal(r, data);
	table->missing = data->missing.mark.line ? TABLE_MISSING_DROP + data->missing.value
						 : TABLE_MISSING_REFUSED;
	check_columns(r, &table->inputs, table->header);
	check_columns(r, &table->targets, table->header);
	if (n_targets > 1)
		report_count(r->report, table->targets.mark, _("columns, one for each output"),
			     n_targets, r->lesson->n_outputs);
	if (n_targets > 1 && table->one_hot)
		report_error(r->report, table->targets.mark, "%s",
			     _("with one_hot there is one target column"));
	if (table->classes.n_items && !table->one_hot)
		report_error(r->report, table->classes.mark, "%s",
			     _("classes need 'one_hot: true'"));
	if (data->otherwise.name.text)
		resolve_generate(r, &data->otherwise);
}

static void resolve_source(struct resolver *r)
{
	struct lesson_data *data = &r->lesson->data;
	if (!lesson_data_mark(r->lesson).line)
		return;
	if (data->min_max && data->scale.mark.line)
		report_error(r->report, data->scale.mark,
			     _("'%s' stands for '%s': give one of them"), "scale", "min_max");
	if (data->labels.n_items && r->lesson->n_outputs > 1)
		report_error(r->report, data->labels.mark, "%s",
			     _("labels are for a network with one output"));
	if (data->table.file.text) {
		resolve_file(r, data);
		return;
	}
	resolve_generate(r, &data->generate);
	refuse_for_generated(r, data);
}

static void check_split(struct resolver *r)
{
	const struct lesson_split *split = &r->lesson->split;
	double sum = split->train.value + split->validation.value + split->test.value;
	if (!split->train.mark.line)
		return;
	check_not_negative(r, &split->validation);
	check_not_negative(r, &split->test);
	if (split->test.value > 0.0 && r->lesson->data.test_file.text)
		report_error(r->report, split->test.mark,
			     _("the rows to test with are those of 'test_file'"));
	if (fabs(sum - 1.0) > 1e-9)
		report_error(r->report, split->train.mark,
			     _("the parts make %g together; they must make 1"), sum);
}

/* Of a graph that was refused nobody knows how many inputs and outputs it has. */
static void copy_numbers(struct resolver *r, const struct source_numbers *numbers, const char *what,
			 double *out, size_t n)
{
	if (!r->is_broken || !lesson_is_graph(r->lesson))
		report_count_numbers(r->report, numbers->mark, what, numbers->n_items, n);
	for (size_t i = 0; i < n && i < numbers->n_items; i++)
		out[i] = numbers->items[i].value;
}

/* A row has a target where there is a loss to compare it with. */
static void check_target(struct resolver *r, const struct lesson_example *example, bool has_loss)
{
	bool given = example->target.mark.line > 0;
	if (!example->x.mark.line) /* an error that was reported */
		return;
	if (has_loss && !given && !r->is_broken && !r->is_data_broken)
		report_error(r->report, example->x.mark, _("the key '%s' is missing"), "target");
	else if (given && !has_loss)
		report_error(r->report, example->target.mark, "%s",
			     _("there is no loss that would compare it"));
}

/* A graph without inputs has a single row, of none. */
static void check_graph_rows(struct resolver *r, bool has_loss)
{
	struct lesson *lesson = r->lesson;
	if (!lesson->examples.mark.line) {
		lesson->n_examples = 1;
		if (lesson->n_inputs || has_loss)
			report_error(r->report, lesson->graph.nodes.mark,
				     _("the key '%s' is missing"), "data");
	} else if (lesson->n_inputs == 0 && !r->is_broken) {
		report_error(r->report, lesson->examples.mark, "%s",
			     _("the graph has no inputs that the data could fill in"));
	}
}

/* Whether an input of the graph was refused: how many numbers a row has is not known. */
static bool has_refused_input(const struct lesson *lesson)
{
	const struct lesson_leaves *inputs = &lesson->graph.inputs;
	for (size_t k = 0; k < inputs->n_items; k++)
		if (!inputs->items[k].name.name)
			return true;
	return false;
}

static void resolve_examples(struct resolver *r)
{
	struct lesson *lesson = r->lesson;
	const struct lesson_examples *examples = &lesson->examples;
	bool is_graph = lesson_is_graph(lesson), has_loss = !is_graph || lesson_has_loss(lesson);
	if (lesson_data_mark(lesson).line || (examples->n_items == 0 && !is_graph))
		return; /* the rows do not stand in the lesson, or what is wrong was reported */
	lesson->n_examples = examples->n_items;
	if (is_graph)
		check_graph_rows(r, has_loss);
	if (has_refused_input(lesson))
		return;
	lesson->x = ARENA_ARRAY(lesson->arena, double, examples->n_items * lesson->n_inputs);
	lesson->targets = ARENA_ARRAY(lesson->arena, double, examples->n_items * lesson->n_outputs);
	if (!report_has_memory(r->report, lesson->x) ||
	    !report_has_memory(r->report, lesson->targets))
		return;
	for (size_t i = 0; i < examples->n_items; i++) {
		const struct lesson_example *example = &examples->items[i];

		copy_numbers(r, &example->x, _("numbers, one for each input"),
			     lesson->x + i * lesson->n_inputs, lesson->n_inputs);
		check_target(r, example, has_loss);
		copy_numbers(r, &example->target, _("numbers, one for each output"),
			     lesson->targets + i * lesson->n_outputs, lesson->n_outputs);
	}
}

struct source_mark lesson_data_mark(const struct lesson *lesson)
{
	const struct lesson_data *data = &lesson->data;
	return data->table.file.text ? data->table.file.mark : data->generate.name.mark;
}

void lesson_resolve_data(struct resolver *r)
{
	resolve_source(r);
	check_split(r);
	resolve_examples(r);
}
