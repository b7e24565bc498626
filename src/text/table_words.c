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

const struct table_learnt *table_like(const struct table *table, const struct table_column *column)
{
	const struct table_rows *like = table->request->like;
	size_t k = (size_t)(column - table->columns);
	if (!like)
		return NULL;
	if (!table->request->header)
		return k < like->n_learnt ? &like->learnt[k] : NULL;
	for (k = 0; k < like->n_learnt; k++)
		if (strcmp(like->learnt[k].name, table->names[column->index]) == 0)
			return &like->learnt[k];
	return NULL;
}

/* The order that a category's words have before any are read: the other file's, or that of the
 * outputs, as it is listed. *words NULL: none. Returns how many. */
static size_t given_order(const struct table *table, const struct table_column *column,
			  const char ***words)
{
	const struct source_texts *classes = &table->request->classes;
	if (column->like) {
		*words = column->like->words;
		return column->like->n_words;
	}
	*words = column->is_target && classes->n_items
		     ? ARENA_ARRAY(table->arena, const char *, classes->n_items)
		     : NULL;
	for (size_t k = 0; *words && k < classes->n_items; k++)
		(*words)[k] = classes->items[k].text;
	return *words ? classes->n_items : 0;
}

/* That the order has no word for a value. */
static enum status fail_unlisted(const struct table *table, const struct table_column *column,
				 const char *word, struct error *err)
{
	char shown[TEXT_EXCERPT], name[TEXT_EXCERPT];
	text_excerpt(shown, word);
	if (column->is_target)
		error_set(err, STATUS_BAD_INPUT,
			  _("the file has the class '%s', which is not listed"), shown);
	else
		error_set(err, STATUS_BAD_INPUT,
			  _("the column '%s' has the word '%s', which the first file has not"),
			  text_excerpt(name, table->names[column->index]), shown);
	return table_fail(
	    table, column->like ? table->request->file.mark : table->request->classes.items[0].mark,
	    err);
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
	const char **order;
	size_t n = given_order(table, column, &order);
	size_t *places = ARENA_ARRAY(table->arena, size_t, column->n_words);
	bool is_given = order != NULL;
	if (!is_given) {
		n = column->n_words;
		order = ARENA_ARRAY(table->arena, const char *, n);
	}
	if (!order || !places)
		return error_no_memory(err);
	if (!is_given) {
		memcpy(order, column->words, n * sizeof *order);
		qsort(order, n, sizeof *order, compare_words);
	}
	for (size_t word = 0; word < column->n_words; word++)
		if (find_word(order, n, column->words[word]) == n)
			return fail_unlisted(table, column, column->words[word], err);
	enum status status = STATUS_OK;
	if (column->is_target && !column->like)
		status = meet_classes(table, order, n, is_given, err);
	for (size_t word = 0; word < column->n_words; word++)
		places[word] = find_word(order, n, column->words[word]);
	for (size_t row = 0; !status && row < table->n_rows; row++) {
		double *value = &table->values[row * table->n_columns + k];

		*value = (double)places[(size_t)*value];
	}
	column->words = order;
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

/* The mean of the numbers of chosen column k; NaN where there is none. */
static double mean_of(const struct table *table, size_t k)
{
	const double *column = table->values + k;
	double sum = 0.0;
	size_t n = 0;
	for (size_t row = 0; row < table->n_rows; row++) {
		double value = column[row * table->n_columns];

		sum += isnan(value) ? 0.0 : value;
		n += !isnan(value);
	}
	return n ? sum / (double)n : NAN;
}

/* Puts the column's mean, or that of the file before, where a value is missing. Errors:
 * STATUS_BAD_INPUT. */
static enum status fill_missing(struct table *table, struct table_rows *rows, struct error *err)
{
	for (size_t k = table->n_targets; k < table->n_columns; k++) {
		struct table_column *column = &table->columns[k];
		if (work_ask(err))
			return STATUS_INTERRUPTED;
		column->mean = column->like ? column->like->mean : mean_of(table, k);
		for (size_t row = 0; row < table->n_rows; row++) {
			double *value = &table->values[row * table->n_columns + k];

			rows->n_filled += isnan(*value);
			*value = isnan(*value) ? column->mean : *value;
		}
		if (!isnan(column->mean))
			continue;
		char shown[TEXT_EXCERPT];
		error_set(err, STATUS_BAD_INPUT, _("the column '%s' has no value at all"),
			  text_excerpt(shown, table->names[column->index]));
		error_hint(err, "%s", _("leave it out: inputs: names the columns to read"));
		return table_fail(table, table->request->file.mark, err);
	}
	return STATUS_OK;
}

/* Keeps what another file is to have as this one. */
static bool learn(const struct table *table, struct table_rows *rows)
{
	rows->learnt = ARENA_ARRAY(table->arena, struct table_learnt, table->n_columns);
	if (!rows->learnt)
		return false;
	rows->n_learnt = table->n_columns;
	for (size_t k = 0; k < table->n_columns; k++) {
		const struct table_column *column = &table->columns[k];

		rows->learnt[k] =
		    (struct table_learnt){.name = table->names[column->index],
					  .words = column->is_category ? column->words : NULL,
					  .n_words = column->is_category ? column->n_words : 0,
					  .mean = column->mean};
	}
	return true;
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
	       make_arrays(table, rows, &is_category) && learn(table, rows);
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
