/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit.h -- numbers that somebody set by hand: a parameter, an input or a target, each from an
 * update on. The rows that the caller has stay as they are: where one is set, the trainer reads
 * copies, which follow the walk over the edits, forwards and back. */
#ifndef BACKSTEP_TRACE_EDIT_H
#define BACKSTEP_TRACE_EDIT_H

#include "backstep/engine/trainer.h"

enum edit_kind { EDIT_PARAM, EDIT_INPUT, EDIT_TARGET, N_EDIT_KINDS };

/* at: the parameter, or the place in the data's x or t. */
struct edit {
	uint64_t update; /* from 0: the first that has it */
	enum edit_kind kind;
	size_t at;
	double value;
};

/* Sorted by update. Owns: items, rows. */
struct edits {
	struct edit *items; /* [n] */
	size_t n, capacity;
	size_t n_in_force; /* of them, those that the rows have */
	/* Of inputs and targets that were set: all rows as they are given, and with the edits. */
	const double *given[N_EDIT_KINDS];
	double *rows[N_EDIT_KINDS];
};

/* The rows as they were given. */
struct dataset edits_given(const struct edits *edits, const struct dataset *data);

#endif
