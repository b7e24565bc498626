/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_words.c -- categories: the words of a column, their order, and one input for each. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/work.h"
#include "table_reader.h"

enum { MAX_WORDS = 1024 };

enum status table_word(struct table *table, struct table_column *column, const char *text,
		       double *value, struct error *err)
{
	size_t k = 0;
	while (k < column->n_words && strcmp(column->words[k], text) != 0)
		k++;
	*value = (double)k;
	if (k < column->n_words)
		return STATUS_OK;
	if (k == MAX_WORDS) {
		char shown[TEXT_EXCERPT];
		const struct source_mark *mark = &table->csv.fields[column->index].mark;

		error_set(err, STATUS_BAD_INPUT, _("the column '%s' has more than %d categories"),
			  text_excerpt(shown, table->names[column->index]), (int)MAX_WORDS);
		error_at(err, table->csv.file, mark->line, mark->column);
		return STATUS_BAD_INPUT;
	}
	if (k == column->capacity) {
		size_t capacity = k ? 2 * k : 16;
		const char **words = ARENA_ARRAY(table->arena, const char *, capacity);

		if (!words)
			return error_no_memory(err);
		if (k)
			memcpy(words, column->words, k * sizeof *words);
		column->words = words;
		column->capacity = capacity;
	}
	column->words[column->n_words++] = arena_strdup(table->arena, text);
	return column->words[k] ? STATUS_OK : error_no_memory(err);
}

/* Numbers by size, before words by their bytes. */
static int compare_words(const void *left, const void *right)
{
	const char *a = *(const char *const *)left, *b = *(const char *const *)right;
	double x, y;
	bool is_x = number_parse(a, &x, NULL) == STATUS_OK;
	bool is_y = number_parse(b, &y, NULL) == STATUS_OK;
	if (is_x != is_y)
		return is_x ? -1 : 1;
	if (is_x && x != y)
		return x < y ? -1 : 1;
	return strcmp(a, b);
}

static size_t find_word(const char *const *words, size_t n, const char *word)
{
	size_t k = 0;
	while (k < n && strcmp(words[k], word) != 0)
		k++;
	return k;
}

/* The words in the order of the outputs, as they are listed. */
static enum status list_classes(struct table *table, struct table_column *column,
				const char **sorted, struct error *err)
{
	const struct table_request *request = table->request;
	char shown[TEXT_EXCERPT];
	for (size_t k = 0; k < request->classes.n_items; k++)
		sorted[k] = request->classes.items[k].text;
	for (size_t k = 0; k < column->n_words; k++) {
		if (find_word(sorted, request->classes.n_items, column->words[k]) <
		    request->classes.n_items)
			continue;
		error_set(err, STATUS_BAD_INPUT,
			  _("the file has the class '%s', which is not listed"),
			  text_excerpt(shown, column->words[k]));
		error_at(err, table->asker, request->classes.items[0].mark.line,
			 request->classes.items[0].mark.column);
		return STATUS_BAD_INPUT;
	}
	return STATUS_OK;
}

/* Puts classes in the order of the outputs that have their names. */
static enum status meet_classes(const struct table *table, const char **sorted, size_t n,
				bool is_listed, struct error *err)
{
	size_t *order = ARENA_ARRAY(table->arena, size_t, n);
	const char **words = ARENA_ARRAY(table->arena, const char *, n);
	if (!order || !words)
		return error_no_memory(err);
	memcpy(words, sorted, n * sizeof *words);
	enum status status = table_meet_outputs(table, words, n, is_listed, order, err);
	for (size_t k = 0; k < n; k++)
		sorted[k] = words[order[k]];
	return status;
}

/* Puts the words of a category in order, and renumbers its values. */
static enum status sort_words(struct table *table, size_t k, struct error *err)
{
	struct table_column *column = &table->columns[k];
	const struct table_request *request = table->request;
	bool listed = column->is_target && request->classes.n_items > 0;
	size_t n = listed ? request->classes.n_items : column->n_words;
	const char **sorted = ARENA_ARRAY(table->arena, const char *, n);
	size_t *places = ARENA_ARRAY(table->arena, size_t, column->n_words);
	enum status status = STATUS_OK;
	if (!sorted || !places)
		return error_no_memory(err);
	if (listed) {
		status = list_classes(table, column, sorted, err);
	} else {
		memcpy(sorted, column->words, n * sizeof *sorted);
		qsort(sorted, n, sizeof *sorted, compare_words);
	}
	if (!status && column->is_target)
		status = meet_classes(table, sorted, n, listed, err);
	for (size_t word = 0; word < column->n_words; word++)
		places[word] = find_word(sorted, n, column->words[word]);
	for (size_t row = 0; !status && row < table->n_rows; row++) {
		double *value = &table->values[row * table->n_columns + k];

		*value = (double)places[(size_t)*value];
	}
	column->words = sorted;
	column->n_words = n;
	return status;
}

static size_t width_of(const struct table_column *column)
{
	return column->is_category ? column->n_words : 1;
}

/* What an input is called: its column, for a category with the word. */
static const char *name_input(const struct table *table, const struct table_column *column,
			      size_t word)
{
	const char *name = table->names[column->index];
	return column->is_category ? arena_printf(table->arena, "%s=%s", name, column->words[word])
				   : name;
}

static bool make_arrays(const struct table *table, struct table_rows *rows, bool **is_category)
{
	rows->x = ARENA_ARRAY(table->arena, double, rows->n_rows * rows->n_inputs);
	rows->t = ARENA_ARRAY(table->arena, double, rows->n_rows * rows->n_targets);
	rows->input_names = ARENA_ARRAY(table->arena, const char *, rows->n_inputs);
	*is_category = ARENA_ARRAY(table->arena, bool, rows->n_inputs);
	return rows->x && rows->t && rows->input_names && *is_category;
}

/* Writes a chosen input column from input number first on. */
static bool spread_input(const struct table *table, size_t k, size_t first, struct table_rows *rows,
			 bool *is_category)
{
	const struct table_column *column = &table->columns[k];
	for (size_t word = 0; word < width_of(column); word++) {
		rows->input_names[first + word] = name_input(table, column, word);
		is_category[first + word] = column->is_category;
		if (!rows->input_names[first + word])
			return false;
	}
	for (size_t row = 0; row < rows->n_rows; row++) {
		double value = table->values[row * table->n_columns + k];
		double *x = rows->x + row * rows->n_inputs + first;

		if (column->is_category)
			x[(size_t)value] = 1.0;
		else
			*x = value;
	}
	return true;
}

/* Puts the mean of what is there where a value is missing. Errors: STATUS_BAD_INPUT. */
static enum status fill_missing(struct table *table, struct table_rows *rows, struct error *err)
{
	for (size_t k = table->n_targets; k < table->n_columns; k++) {
		double *column = table->values + k, sum = 0.0;
		size_t n = 0;
		if (work_ask(err))
			return STATUS_INTERRUPTED;

		for (size_t row = 0; row < table->n_rows; row++) {
			double value = column[row * table->n_columns];

			sum += isnan(value) ? 0.0 : value;
			n += !isnan(value);
		}
		for (size_t row = 0; row < table->n_rows; row++)
			if (isnan(column[row * table->n_columns]))
				column[row * table->n_columns] = sum / (double)n;
		rows->n_filled += table->n_rows - n;
		if (n > 0)
			continue;
		char shown[TEXT_EXCERPT];
		error_set(err, STATUS_BAD_INPUT, _("the column '%s' has no value at all"),
			  text_excerpt(shown, table->names[table->columns[k].index]));
		return table_fail(table, table->request->file.mark, err);
	}
	return STATUS_OK;
}

/* Writes the targets, of several columns those called like an output to that one. */
static enum status spread_targets(const struct table *table, struct table_rows *rows,
				  struct error *err)
{
	size_t n = rows->n_targets, *order = ARENA_ARRAY(table->arena, size_t, n);
	const char **names = ARENA_ARRAY(table->arena, const char *, n);
	if (!order || !names)
		return error_no_memory(err);
	for (size_t k = 0; k < n; k++)
		names[k] = table->names[table->columns[k].index];
	enum status status = table_meet_outputs(table, names, n, false, order, err);
	for (size_t row = 0; !status && row < rows->n_rows; row++)
		for (size_t k = 0; k < n; k++)
			rows->t[row * n + k] = table->values[row * table->n_columns + order[k]];
	return status;
}

enum status table_finish(struct table *table, struct table_rows *rows, struct error *err)
{
	bool *is_category, made;
	enum status status = STATUS_OK;
	size_t first = 0;
	*rows = (struct table_rows){
	    .n_rows = table->n_rows, .n_targets = table->n_targets, .n_dropped = table->n_dropped};
	status = fill_missing(table, rows, err);
	for (size_t k = 0; !status && k < table->n_columns; k++) {
		const struct table_column *column = &table->columns[k];

		if (column->is_category)
			status = sort_words(table, k, err);
		if (!column->is_target)
			rows->n_inputs += width_of(column);
	}
	if (status)
		return status;
	made = rows->n_rows * rows->n_inputs <= TABLE_MAX_NUMBERS &&
	       make_arrays(table, rows, &is_category);
	for (size_t k = table->n_targets; made && k < table->n_columns; k++) {
		if (work_ask(err))
			return STATUS_INTERRUPTED;
		made = spread_input(table, k, first, rows, is_category);
		first += width_of(&table->columns[k]);
	}
	if (!made)
		return error_no_memory(err);
	status = table_meet_names(table, rows, is_category, err);
	if (status)
		return status;
	rows->is_category = is_category;
	status = spread_targets(table, rows, err);
	if (status)
		return status;
	if (table->columns[0].is_category) {
		rows->n_classes = table->columns[0].n_words;
		rows->class_names = table->columns[0].words;
	}
	return STATUS_OK;
}
