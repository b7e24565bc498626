/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_reader.h -- a file of rows while it is being read. Between table.c and table_words.c. */
#ifndef BACKSTEP_TEXT_TABLE_READER_H
#define BACKSTEP_TEXT_TABLE_READER_H

#include "csv.h"
#include "backstep/text/table.h"

/* A column that was chosen. */
struct table_column {
	size_t index; /* in the file, from 0 */
	bool is_target, is_category;
	bool is_first;      /* no value has been read yet */
	const char **words; /* [n_words] of a category, in the order in which they appeared */
	size_t n_words, capacity;
	double mean;                     /* of an input's numbers, once all are read */
	const struct table_learnt *like; /* what another file says of it, or NULL */
};

/* Owns: csv, values; the rest lies in the arena. */
struct table {
	const struct table_request *request;
	const char *asker; /* the file that the request stands in */
	struct arena *arena;
	struct csv csv;
	const char **names; /* [n_names] of all columns of the file */
	size_t n_names;
	bool has_numbers;             /* for names: the header may be a row */
	struct table_column *columns; /* [n_columns] those chosen, the targets first */
	size_t n_columns, n_targets;
	double *values; /* [n_rows][n_columns] numbers, and places in words */
	size_t n_rows, capacity;
	bool is_missing; /* a value of the row at hand */
	size_t n_dropped;
};

/* The place of a word in a category's column; a new word is added. Errors: STATUS_BAD_INPUT for too
 * many of them, STATUS_NO_MEMORY. */
enum status table_word(struct table *table, struct table_column *column, const char *text,
		       double *value, struct error *err);
/* What the file that this one is like says of a column; NULL: there is none, or no such column. */
const struct table_learnt *table_like(const struct table *table, const struct table_column *column);
/* Places an error in the file that the request stands in. */
enum status table_fail(const struct table *table, struct source_mark mark, struct error *err);
/* The place of a column called name; n_names where there is none. */
size_t table_find(const struct table *table, const char *name);
/* The column that an input of this name is for: the one called so, or the only one that is but for
 * capital letters; n_names where there is none. */
size_t table_find_input(const struct table *table, const char *name);
/* Puts the inputs of rows in the order of the names that they are for, where each of these is a
 * column's or a word's. Errors: STATUS_BAD_INPUT where one has such a name and would get another
 * column; STATUS_NO_MEMORY. */
enum status table_meet_names(const struct table *table, struct table_rows *rows, bool *is_category,
			     struct error *err);
/* Which of n classes or target columns, that are given or listed, each output is for: order [n], as
 * they stand where they have other names than the outputs. Errors: STATUS_BAD_INPUT where an output
 * has such a name and would get another. */
enum status table_meet_outputs(const struct table *table, const char *const *given, size_t n,
			       bool is_listed, size_t *order, struct error *err);
/* Sorts the words, and spreads the columns into inputs and targets. Errors: STATUS_BAD_INPUT,
 * STATUS_NO_MEMORY. */
enum status table_finish(struct table *table, struct table_rows *rows, struct error *err);

#endif
