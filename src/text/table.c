/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c -- the columns of a CSV file that are asked for, as numbers and categories.
 *
 * One pass: a row's numbers go where they belong at once, and a category is the number of the word
 * in the order in which words appeared; sorting the words comes last (table_words.c). */
#include "backstep/text/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/work.h"
#include "csv.h"
#include "backstep/text/text_file.h"
#include "table_reader.h"

enum status table_fail(const struct table *table, struct source_mark mark, struct error *err)
{
	error_at(err, table->asker, mark.line, mark.column);
	return STATUS_BAD_INPUT;
}

size_t table_find(const struct table *table, const char *name)
{
	size_t index = 0;
	while (index < table->n_names && strcmp(table->names[index], name) != 0)
		index++;
	return index;
}

static const char *next_name(void *ctx, size_t i)
{
	const struct table *table = ctx;
	return i < table->n_names ? table->names[i] : NULL;
}

/* Where all of a line has become one column, the separator is another one: which is that? */
static bool hint_separator(const struct table *table, const char *column, struct error *err)
{
	const char *other = strpbrk(column, ",;:|\t");
	char shown[TEXT_EXCERPT];
	if (!other)
		other = strchr(column, ' ');
	if (table->n_names != 1 || !other)
		return false;
	error_hint(err,
		   *other == '\t' ? _("its only column is '%s': say separator: tab")
				  : _("its only column is '%s': say separator: \"%c\""),
		   text_excerpt(shown, column), *other);
	return true;
}

/* The number of a column from 0. */
static enum status find_column(struct table *table, const struct source_column *column,
			       size_t *index, struct error *err)
{
	char shown[TEXT_EXCERPT];
	const char *nearest;
	if (!column->name) {
		*index = column->number - 1;
		if (*index < table->n_names)
			return STATUS_OK;
		error_set(err, STATUS_BAD_INPUT, _("there is no column %zu: the file has %zu"),
			  column->number, table->n_names);
		return table_fail(table, column->mark, err);
	}
	*index = table_find(table, column->name);
	if (*index < table->n_names)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("no column of %s is called '%s'"), table->csv.file,
		  text_excerpt(shown, column->name));
	nearest = text_nearest(column->name, next_name, table);
	if (hint_separator(table, table->names[0], err))
		return table_fail(table, column->mark, err);
	if (nearest)
		error_hint(err, _("did you mean '%s'?"), text_excerpt(shown, nearest));
	return table_fail(table, column->mark, err);
}

/* Chooses a column of the file; each can be chosen once. */
static enum status choose(struct table *table, size_t index, bool is_target,
			  struct source_mark mark, struct error *err)
{
	for (size_t k = 0; k < table->n_columns; k++) {
		if (table->columns[k].index != index)
			continue;
		error_set(err, STATUS_BAD_INPUT, _("column %zu is used twice"), index + 1);
		return table_fail(table, mark, err);
	}
	table->columns[table->n_columns++] =
	    (struct table_column){.index = index,
				  .is_target = is_target,
				  .is_first = true,
				  .is_category = is_target && table->request->one_hot};
	struct table_column *column = &table->columns[table->n_columns - 1];
	column->like = table_like(table, column);
	if (column->like)
		column->is_category = column->like->words != NULL;
	return STATUS_OK;
}

static enum status choose_listed(struct table *table, const struct source_columns *columns,
				 bool is_target, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < columns->n_items; k++) {
		size_t index = 0;

		status = find_column(table, &columns->items[k], &index, err);
		if (!status)
			status = choose(table, index, is_target, columns->items[k].mark, err);
	}
	return status;
}

static bool is_target(const struct table *table, size_t index)
{
	for (size_t k = 0; k < table->n_targets; k++)
		if (table->columns[k].index == index)
			return true;
	return false;
}

/* Whether the header has every name that the inputs are for, outside of the targets. */
static bool has_all_names(const struct table *table)
{
	const struct table_request *request = table->request;
	for (size_t k = 0; k < request->n_names; k++) {
		size_t index = table_find_input(table, request->names[k].name);

		if (index == table->n_names || is_target(table, index))
			return false;
	}
	return request->header && request->n_names > 0;
}

/* All columns that are no targets; of those with the names of the inputs only these. */
static enum status choose_inputs(struct table *table, struct error *err)
{
	const struct table_request *request = table->request;
	bool by_name = has_all_names(table);
	size_t n = by_name ? request->n_names : table->n_names;
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < n; k++) {
		size_t index = by_name ? table_find_input(table, request->names[k].name) : k;

		if (!is_target(table, index))
			status = choose(table, index, false, request->file.mark, err);
	}
	return status;
}

/* Targets first: what is left are the inputs, unless they are listed. */
static enum status choose_columns(struct table *table, struct error *err)
{
	const struct table_request *request = table->request;
	enum status status;
	table->columns = ARENA_ARRAY(table->arena, struct table_column, table->n_names + 1);
	if (!table->columns)
		return error_no_memory(err);
	status = request->targets.n_items
		     ? choose_listed(table, &request->targets, true, err)
		     : choose(table, table->n_names - 1, true, request->file.mark, err);
	table->n_targets = table->n_columns;
	if (status)
		return status;
	return request->inputs.n_items ? choose_listed(table, &request->inputs, false, err)
				       : choose_inputs(table, err);
}

static enum status fail_field(const struct table *table, size_t k, struct error *err)
{
	const struct source_mark *mark = &table->csv.fields[k].mark;
	error_at(err, table->csv.file, mark->line, mark->column);
	return STATUS_BAD_INPUT;
}

/* Columns without a name may be several. */
static enum status refuse_twins(const struct table *table, struct error *err)
{
	char shown[TEXT_EXCERPT];
	for (size_t k = 0; k < table->n_names; k++) {
		if (!*table->names[k] || table_find(table, table->names[k]) == k)
			continue;
		error_set(err, STATUS_BAD_INPUT, _("two columns are called '%s'"),
			  text_excerpt(shown, table->names[k]));
		return fail_field(table, k, err);
	}
	return STATUS_OK;
}

static bool all_are_numbers(const struct table *table)
{
	double value;
	for (size_t k = 0; k < table->n_names; k++)
		if (number_parse(table->names[k], &value, NULL))
			return false;
	return true;
}

/* The names of the columns: those of the header, or as many as the first record has. */
static enum status read_names(struct table *table, struct error *err)
{
	struct csv *csv = &table->csv;
	table->n_names = csv->n_fields;
	table->names = ARENA_ARRAY(table->arena, const char *, csv->n_fields);
	if (!table->names)
		return error_no_memory(err);
	for (size_t k = 0; k < csv->n_fields; k++) {
		table->names[k] = table->request->header
				      ? arena_strdup(table->arena, csv_field(csv, k))
				      : arena_printf(table->arena, "%zu", k + 1);
		if (!table->names[k])
			return error_no_memory(err);
	}
	table->has_numbers = table->request->header && all_are_numbers(table);
	enum status status = refuse_twins(table, err);
	return status ? status : choose_columns(table, err);
}

/* What programs write where there is no value. */
static bool is_missing_mark(const char *text)
{
	static const char *const marks[] = {"?",    "NA",   "N/A",  "#N/A", "NaN", "nan",
					    "null", "NULL", "None", "-",    "."};
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
		if (strcmp(text, marks[k]) == 0)
			return true;
	return false;
}

/* A number as the file writes it. */
static enum status parse_number(struct table *table, const char *text, double *value,
				struct error *err)
{
	char *comma, *point;
	if (table->request->decimal != ',') {
		enum status status = number_parse(text, value, err);

		if (status && strchr(text, ',') && table->csv.separator != ',')
			error_hint(err, "%s",
				   _("numbers with a comma are read with decimal: \",\""));
		return status;
	}
	if (strchr(text, '.')) {
		error_set(err, STATUS_BAD_INPUT, _("expected a number, found '%s'"), text);
		error_hint(err, "%s",
			   _("decimal: \",\" says that numbers have a comma, and no '.' at all"));
		return STATUS_BAD_INPUT;
	}
	point = arena_strdup(table->arena, text);
	if (!point)
		return error_no_memory(err);
	comma = strchr(point, ',');
	if (comma)
		*comma = '.';
	return number_parse(point, value, err);
}

/* A field without a value, with the mark that it has or none. */
static enum status take_missing(struct table *table, const struct table_column *column,
				double *value, struct error *err)
{
	const char *text = csv_field(&table->csv, column->index);
	enum table_missing missing = table->request->missing;
	char shown[TEXT_EXCERPT];
	bool has_mean = !column->is_target && !column->is_category;
	*value = NAN;
	table->is_missing = true;
	if (missing == TABLE_MISSING_DROP || (missing == TABLE_MISSING_MEAN && has_mean))
		return STATUS_OK;
	text_excerpt(shown, table->names[column->index]);
	if (*text)
		error_set(err, STATUS_BAD_INPUT,
			  _("the column '%s' has no value here: '%s' marks a missing one"), shown,
			  text);
	else
		error_set(err, STATUS_BAD_INPUT, _("the column '%s' has no value here"), shown);
	error_hint(err, "%s",
		   has_mean ? _("fill it in, or say missing: drop or missing: mean")
			    : _("fill it in, or say missing: drop"));
	return fail_field(table, column->index, err);
}

/* The number that stands for a field: its own, or that of its word. */
static enum status read_value(struct table *table, struct table_column *column, double *value,
			      struct error *err)
{
	const char *text = csv_field(&table->csv, column->index);
	bool is_first = column->is_first;
	bool is_mark = is_missing_mark(text);
	if (!*text || (is_mark && table->request->missing))
		return take_missing(table, column, value, err);
	column->is_first = false;
	if (column->is_category)
		return table_word(table, column, text, value, err);
	if (parse_number(table, text, value, err) == STATUS_OK)
		return STATUS_OK;
	if (is_mark)
		return take_missing(table, column, value, err);
	if (hint_separator(table, text, err))
		return fail_field(table, column->index, err);
	if (is_first && table->request->one_hot) {
		column->is_category = true;
		return table_word(table, column, text, value, err);
	}
	if (strchr("+-.0123456789", text[0]))
		return fail_field(table, column->index, err);
	if (is_first && !table->request->header)
		error_hint(err, "%s", _("if the first line names the columns, say header: true"));
	else if (is_first)
		error_hint(err, "%s", _("for words as categories say one_hot: true"));
	return fail_field(table, column->index, err);
}

static bool make_room(struct table *table)
{
	size_t capacity = table->capacity ? 2 * table->capacity : 256;
	double *values;
	if (table->n_rows < table->capacity)
		return true;
	values = realloc(table->values, capacity * table->n_columns * sizeof *values);
	if (!values)
		return false;
	table->values = values;
	table->capacity = capacity;
	return true;
}

/* Why a line has more columns than the first one. */
static void hint_columns(const struct table *table, struct error *err)
{
	const struct csv *csv = &table->csv;
	if (csv->n_fields == table->n_names + 1 && !*csv_field(csv, table->n_names))
		error_hint(err, _("take the '%c' at its end out"), csv->separator);
	else if (table->n_names == 1)
		error_hint(err, "%s", _("the first line is no header: take it out"));
	else if (csv->n_fields > table->n_names && csv->separator == ',')
		error_hint(err, "%s", _("write 0.5, not 0,5: a ',' separates two numbers"));
}

static enum status read_row(struct table *table, struct error *err)
{
	enum status status = STATUS_OK;
	struct csv *csv = &table->csv;
	if (csv->n_fields != table->n_names) {
		error_set(err, STATUS_BAD_INPUT, _("%zu columns, where the first line has %zu"),
			  csv->n_fields, table->n_names);
		hint_columns(table, err);
		return fail_field(table, 0, err);
	}
	if (table->n_rows == TABLE_MAX_ROWS ||
	    (table->n_rows + 1) * table->n_columns > TABLE_MAX_NUMBERS) {
		error_set(err, STATUS_BAD_INPUT, _("the file has more than %zu rows"),
			  table->n_rows);
		error_hint(err, "%s", _("with rows: N only its first N rows are read"));
		return fail_field(table, 0, err);
	}
	if (!make_room(table))
		return error_no_memory(err);
	for (size_t k = 0; !status && k < table->n_columns; k++)
		status = read_value(table, &table->columns[k],
				    &table->values[table->n_rows * table->n_columns + k], err);
	if (table->is_missing && table->request->missing == TABLE_MISSING_DROP)
		table->n_dropped++;
	else
		table->n_rows++;
	table->is_missing = false;
	return status;
}

static enum status read_rows(struct table *table, struct error *err)
{
	size_t max = table->request->max_rows;
	bool found, is_first = true;
	enum status status = csv_next(&table->csv, &found, err);
	for (; !status && found; is_first = false) {
		status = work_tell(N_("reading"), table->csv.at, table->csv.len, err);
		if (!status && is_first)
			status = read_names(table, err);
		if (!status && !(is_first && table->request->header))
			status = read_row(table, err);
		if (status || table->n_rows == max)
			found = status || max == 0;
		if (!status && found)
			status = csv_next(&table->csv, &found, err);
	}
	if (!status && table->n_rows == 0) {
		if (table->n_dropped)
			error_set(err, STATUS_BAD_INPUT,
				  _("each of the %zu rows has a missing value"), table->n_dropped);
		else
			error_set(err, STATUS_BAD_INPUT, "%s", _("the file holds no rows"));
		error_at(err, table->csv.file, 0, 0);
		if (table->n_dropped)
			error_hint(err, "%s", _("missing: mean keeps them"));
		return STATUS_BAD_INPUT;
	}
	return status;
}

static const struct text_file_kind file_kind = {
    .max = CSV_MAX_BYTES,
    .unreadable = N_("the data cannot be read"),
    .is_folder = N_("this is a folder, not a file of data"),
};

enum status table_read(const struct table_request *request, const char *asker, const char *path,
		       struct arena *arena, struct table_rows *rows, struct error *err)
{
	CONTRACT(request->file.text && (request->n_names == 0 || request->names));
	struct table table = {.request = request, .asker = asker, .arena = arena};
	struct strbuf text = {0};
	enum status status = text_file_read(path, &file_kind, &text, err);
	if (!status) {
		bool is_cut = text.len > CSV_MAX_BYTES;

		csv_begin(&table.csv, path, strbuf_str(&text), is_cut ? CSV_MAX_BYTES : text.len,
			  request->separator ? request->separator : ',');
		table.csv.is_cut = is_cut;
		status = read_rows(&table, err);
	}
	if (!status)
		status = table_finish(&table, rows, err);
	rows->has_numbers = table.has_numbers;
	csv_free(&table.csv);
	free(table.values);
	strbuf_free(&text);
	return status;
}
