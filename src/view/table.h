/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h -- the table of parameters: its columns, and its rows, which a person can sort by a
 * column and keep to those whose names have a text in them. */
#ifndef BACKSTEP_VIEW_TABLE_H
#define BACKSTEP_VIEW_TABLE_H

#include "rows.h"

enum { COLUMN_OLD, COLUMN_GRADIENT, COLUMN_HANDED, COLUMN_CHANGE, COLUMN_NEW, N_COLUMNS };

struct table_column {
	bool (*is_there)(const struct stepper *stepper); /* NULL: always */
	const char *(*head)(struct drawing *d);
	struct value (*get)(const struct stepper *stepper, size_t param);
};
extern const struct table_column table_columns[N_COLUMNS];

/* Whether there is such a column at this step. */
bool table_has(const struct session *session, int column);

/* The column that the rows are sorted by, the largest amount first; N_COLUMNS: none, as they are
 * walked. */
int table_sorted_by(const struct view_state *state);
/* How many rows there are, and the parameters of n of them from row first on. */
size_t table_count(const struct session *session, struct view_state *state);
void table_rows(const struct session *session, struct view_state *state, size_t first, size_t n,
		size_t *params);
/* The row of a parameter that is number k of the walk; SIZE_MAX: it has none. */
size_t table_row_of(const struct session *session, struct view_state *state, size_t k);
extern const struct picture_list table_list;
/* Frees what was listed. */
void table_order_free(struct view_state *state);

#endif
