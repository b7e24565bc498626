/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit.c -- the list of what was set by hand, and the rows with it. */
#include "edit_private.h"

#include <stdlib.h>
#include <string.h>

void edits_free(struct edits *edits)
{
	free(edits->items);
	for (size_t kind = 0; kind < N_EDIT_KINDS; kind++)
		free(edits->rows[kind]);
	*edits = (struct edits){0};
}

/* Where the trainer reads the numbers of a kind, and how many there are; NULL: they are none of the
 * rows. */
static const double **find_rows(struct dataset *data, enum edit_kind kind, size_t *n)
{
	*n = data->n_rows + data->n_validation + data->n_test;
	*n *= kind == EDIT_INPUT ? data->n_inputs : data->n_targets;
	return kind == EDIT_INPUT ? &data->x : kind == EDIT_TARGET ? &data->t : NULL;
}

/* Has the trainer read copies of the numbers of a kind. */
static bool make_rows(struct edits *edits, struct dataset *data, enum edit_kind kind)
{
	size_t n;
	const double **rows = find_rows(data, kind, &n);
	if (!rows || edits->rows[kind])
		return true;
	double *own = malloc(n * sizeof *own);
	if (!own)
		return false;
	memcpy(own, *rows, n * sizeof *own);
	edits->given[kind] = *rows;
	edits->rows[kind] = own;
	*rows = own;
	return true;
}

bool edits_reserve(struct edits *edits, struct dataset *data, enum edit_kind kind)
{
	if (edits->n == edits->capacity) {
		size_t capacity = edits->capacity ? 2 * edits->capacity : 8;
		struct edit *items = realloc(edits->items, capacity * sizeof *items);
		if (!items)
			return false;
		edits->items = items;
		edits->capacity = capacity;
	}
	return make_rows(edits, data, kind);
}

void edits_add(struct edits *edits, const struct edit *edit)
{
	edits->n = edits->n_in_force;
	edits->items[edits->n++] = *edit;
}

/* The first n are in force. */
static void put_in_force(struct edits *edits, size_t n)
{
	for (size_t k = 0; k < edits->n; k++) {
		const struct edit *edit = &edits->items[k];
		if (edit->kind != EDIT_PARAM)
			edits->rows[edit->kind][edit->at] = edits->given[edit->kind][edit->at];
	}
	for (size_t k = 0; k < n; k++) {
		const struct edit *edit = &edits->items[k];
		if (edit->kind != EDIT_PARAM)
			edits->rows[edit->kind][edit->at] = edit->value;
	}
	edits->n_in_force = n;
}

bool edits_renew(struct edits *edits, struct dataset *data, const struct edit *items, size_t n)
{
	struct edit *own = malloc((n + 1) * sizeof *own);
	bool made = own != NULL;
	for (size_t k = 0; made && k < n; k++)
		made = make_rows(edits, data, items[k].kind);
	if (!made) {
		free(own);
		return false;
	}
	if (n)
		memcpy(own, items, n * sizeof *own);
	put_in_force(edits, 0);
	free(edits->items);
	edits->items = own;
	edits->n = n;
	edits->capacity = n + 1;
	return true;
}

void edits_cut(struct edits *edits, uint64_t update)
{
	while (edits->n > 0 && edits->items[edits->n - 1].update > update)
		edits->n--;
}

bool edits_settle(struct edits *edits, uint64_t update)
{
	size_t n = 0;
	while (n < edits->n && edits->items[n].update <= update)
		n++;
	if (n == edits->n_in_force)
		return false;
	put_in_force(edits, n);
	return true;
}

void edits_put_params(const struct edits *edits, uint64_t update, struct trainer *trainer)
{
	for (size_t k = 0; k < edits->n; k++)
		if (edits->items[k].kind == EDIT_PARAM && edits->items[k].update == update)
			trainer_put_param(trainer, edits->items[k].at, edits->items[k].value);
}

struct dataset edits_given(const struct edits *edits, const struct dataset *data)
{
	struct dataset given = *data;
	size_t n;
	for (enum edit_kind kind = EDIT_INPUT; kind < N_EDIT_KINDS; kind++)
		if (edits->given[kind])
			*find_rows(&given, kind, &n) = edits->given[kind];
	return given;
}
