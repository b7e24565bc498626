/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_names.c -- which column an input is for, where both have names.
 *
 * A name is a column's, or under one_hot a word's, alone or after its column: sexo_mujer. Capital
 * letters make no difference where there is no other such name. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "table_reader.h"

size_t table_find_input(const struct table *table, const char *name)
{
	size_t exact = table_find(table, name), found = table->n_names;
	if (exact < table->n_names)
		return exact;
	for (size_t k = 0; k < table->n_names; k++) {
		if (strcasecmp(table->names[k], name) != 0)
			continue;
		if (found < table->n_names)
			return table->n_names;
		found = k;
	}
	return found;
}

/* Whether an input, called "column" or "column=word", may be called name too. */
static bool is_called(const char *input, bool is_category, const char *name,
		      int (*compare)(const char *, const char *))
{
	const char *word = is_category ? strrchr(input, '=') : NULL;
	char joined[SCHEMA_MAX_NAME + 1];
	if (!word)
		return compare(input, name) == 0;
	int len = snprintf(joined, sizeof joined, "%.*s_%s", (int)(word - input), input, word + 1);
	return compare(word + 1, name) == 0 ||
	       ((size_t)len < sizeof joined && compare(joined, name) == 0);
}

/* The only input of rows that may be called name; n_inputs: there is none, or several. */
static size_t find_only(const struct table_rows *rows, const bool *is_category, const char *name,
			int (*compare)(const char *, const char *))
{
	size_t found = rows->n_inputs;
	for (size_t k = 0; k < rows->n_inputs; k++) {
		if (!is_called(rows->input_names[k], is_category[k], name, compare))
			continue;
		if (found < rows->n_inputs)
			return rows->n_inputs;
		found = k;
	}
	return found;
}

/* Finds for each name the input of rows that it is the name of. Whether all have one, and no two
 * the same. */
static bool find_order(const struct table *table, const struct table_rows *rows,
		       const bool *is_category, size_t *order)
{
	bool *taken = ARENA_ARRAY(table->arena, bool, rows->n_inputs + 1);
	bool is_whole = taken != NULL;
	for (size_t k = 0; k < rows->n_inputs; k++) {
		const char *name = table->request->names[k].name;
		order[k] = find_only(rows, is_category, name, strcmp);
		if (order[k] == rows->n_inputs)
			order[k] = find_only(rows, is_category, name, strcasecmp);
		is_whole = is_whole && order[k] < rows->n_inputs && !taken[order[k]];
		if (taken)
			taken[order[k]] = true;
	}
	return is_whole;
}

/* Input k becomes what was input order[k]. */
static enum status reorder(const struct table *table, struct table_rows *rows, bool *is_category,
			   const size_t *order, struct error *err)
{
	size_t n = rows->n_inputs;
	double *x = ARENA_ARRAY(table->arena, double, n);
	const char **names = ARENA_ARRAY(table->arena, const char *, n);
	bool *kinds = ARENA_ARRAY(table->arena, bool, n);
	if (!x || !names || !kinds)
		return error_no_memory(err);
	for (size_t k = 0; k < n; k++) {
		names[k] = rows->input_names[order[k]];
		kinds[k] = is_category[order[k]];
	}
	memcpy(rows->input_names, names, n * sizeof *names);
	memcpy(is_category, kinds, n * sizeof *kinds);
	for (size_t row = 0; row < rows->n_rows; row++) {
		for (size_t k = 0; k < n; k++)
			x[k] = rows->x[row * n + order[k]];
		memcpy(rows->x + row * n, x, n * sizeof *x);
	}
	return STATUS_OK;
}

/* An input that has the name of a column or a word gets that one or none. */
static enum status check_name(const struct table *table, const struct table_rows *rows, size_t k,
			      size_t found, struct error *err)
{
	const struct label *input = &table->request->names[k];
	char shown[TEXT_EXCERPT];
	bool is_column = table_find_input(table, input->name) < table->n_names;
	if (found == k || (found == rows->n_inputs && !is_column))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT,
		  _("the input '%s' has the name of a column, but would get the column '%s'"),
		  input->name, text_excerpt(shown, rows->input_names[k]));
	error_hint(err, "%s",
		   _("give all inputs the names of their columns, or choose the columns with "
		     "inputs: and target:"));
	return table_fail(table, input->mark, err);
}

enum status table_meet_names(const struct table *table, struct table_rows *rows, bool *is_category,
			     struct error *err)
{
	const struct table_request *request = table->request;
	enum status status = STATUS_OK;
	if (!request->header || rows->n_inputs != request->n_names)
		return STATUS_OK;
	size_t *order = ARENA_ARRAY(table->arena, size_t, rows->n_inputs);
	if (!order)
		return error_no_memory(err);
	if (find_order(table, rows, is_category, order))
		return reorder(table, rows, is_category, order, err);
	for (size_t k = 0; !status && k < rows->n_inputs; k++)
		status = check_name(table, rows, k, order[k], err);
	return status;
}
