/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_names.c -- which column is for which input or output, and which class for which output,
 * where both have names.
 *
 * A name is a column's, a class's, or under one_hot a word's, alone or after its column:
 * sexo_mujer. Capital letters make no difference where there is no other such name. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/work.h"
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

/* Inputs or outputs, and what there is for each of them. */
struct meeting {
	const struct label *names; /* [n] */
	const char *const *given;  /* [n] columns, words or classes */
	const bool *is_category;   /* [n] of columns; NULL: none */
	size_t n;
};

/* The only one given that may be called name; n: there is none, or several. */
static size_t find_only(const struct meeting *meeting, const char *name,
			int (*compare)(const char *, const char *))
{
	size_t found = meeting->n;
	for (size_t k = 0; k < meeting->n; k++) {
		if (!is_called(meeting->given[k], meeting->is_category && meeting->is_category[k],
			       name, compare))
			continue;
		if (found < meeting->n)
			return meeting->n;
		found = k;
	}
	return found;
}

/* Finds for each name the one given that it is the name of. Whether all have one, and no two
 * the same. */
static bool find_order(const struct table *table, const struct meeting *meeting, size_t *order)
{
	bool *taken = ARENA_ARRAY(table->arena, bool, meeting->n + 1);
	bool is_whole = taken != NULL;
	for (size_t k = 0; k < meeting->n; k++) {
		const char *name = meeting->names[k].name;
		order[k] = find_only(meeting, name, strcmp);
		if (order[k] == meeting->n)
			order[k] = find_only(meeting, name, strcasecmp);
		is_whole = is_whole && order[k] < meeting->n && !taken[order[k]];
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
		if (work_ask(err))
			return STATUS_INTERRUPTED;
		for (size_t k = 0; k < n; k++)
			x[k] = rows->x[row * n + order[k]];
		memcpy(rows->x + row * n, x, n * sizeof *x);
	}
	return STATUS_OK;
}

/* Where not all names are among those given, one that is gets that one or none. */
static enum status check_name(const struct table *table, const struct meeting *meeting, size_t k,
			      size_t found, struct error *err)
{
	const struct label *name = &meeting->names[k];
	char shown[TEXT_EXCERPT];
	bool is_column =
	    meeting->is_category && table_find_input(table, name->name) < table->n_names;
	if (found == k || (found == meeting->n && !is_column))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT,
		  meeting->is_category
		      ? _("the input '%s' has the name of a column, but would get the column '%s'")
		  : table->columns[0].is_category
		      ? _("the output '%s' has the name of a class, but would get the class '%s'")
		      : _("the output '%s' has the name of a column, but would get the column "
			  "'%s'"),
		  name->name, text_excerpt(shown, meeting->given[k]));
	error_hint(err, "%s",
		   _("give all of them such names, or choose with inputs:, target: and classes:"));
	return table_fail(table, name->mark, err);
}

enum status table_meet_names(const struct table *table, struct table_rows *rows, bool *is_category,
			     struct error *err)
{
	const struct table_request *request = table->request;
	const struct meeting meeting = {request->names, rows->input_names, is_category,
					rows->n_inputs};
	enum status status = STATUS_OK;
	if (!request->header || rows->n_inputs != request->n_names)
		return STATUS_OK;
	size_t *order = ARENA_ARRAY(table->arena, size_t, rows->n_inputs);
	if (!order)
		return error_no_memory(err);
	if (find_order(table, &meeting, order))
		return reorder(table, rows, is_category, order, err);
	for (size_t k = 0; !status && k < rows->n_inputs; k++)
		status = check_name(table, &meeting, k, order[k], err);
	return status;
}

enum status table_meet_outputs(const struct table *table, const char *const *given, size_t n,
			       bool is_listed, size_t *order, struct error *err)
{
	const struct table_request *request = table->request;
	const struct meeting meeting = {request->outputs, given, NULL, n};
	enum status status = STATUS_OK;
	for (size_t k = 0; k < n; k++)
		order[k] = k;
	/* of two classes a single output says the second */
	if (n == 2 && request->n_outputs == 1 && !is_listed &&
	    find_only(&meeting, request->outputs[0].name, strcmp) == 0) {
		order[0] = 1;
		order[1] = 0;
	}
	if (request->n_outputs != n || (find_order(table, &meeting, order) && !is_listed))
		return STATUS_OK;
	for (size_t k = 0; k < n; k++) {
		if (!status)
			status = check_name(table, &meeting, k, order[k], err);
		order[k] = k;
	}
	return status;
}
