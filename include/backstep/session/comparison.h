/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comparison.h -- the same network trained by several optimizers, from the parameters in force at
 * the position. Each trains a network of its own: nothing of the sitting changes. */
#ifndef BACKSTEP_SESSION_COMPARISON_H
#define BACKSTEP_SESSION_COMPARISON_H

#include "backstep/session/session.h"

enum {
	COMPARISON_MAX_ENTRIES = 5, /* they stand side by side */
	COMPARISON_MAX_POINTS = 24,
};

/* Owns: track. */
struct comparison_entry {
	struct optimizer optimizer;
	double losses[COMPARISON_MAX_POINTS]; /* of the training rows; NaN if training stopped
						 before */
	enum status status; /* STATUS_BAD_INPUT: the optimizer does not fit the lesson, see err */
	struct error err;
	bool is_best; /* the lowest loss at the last point */
	char letter;  /* it goes by in pictures: the first of its name that no other has */
	/* Of each update, as training knows them: the batch's loss, the parameters before it. */
	struct curve curve;
	struct track track;
};

struct comparison {
	struct comparison_entry entries[COMPARISON_MAX_ENTRIES];
	size_t n_entries;
	uint64_t points[COMPARISON_MAX_POINTS]; /* updates after which the loss is taken, 0 first */
	size_t n_points;
};

/* Frees a comparison, which may be NULL, and what its entries have. */
void comparison_free(struct comparison *comparison);

/* Trains with each entry's optimizer, which are given, for n_updates.
 * Errors: STATUS_NO_MEMORY; STATUS_INTERRUPTED. */
enum status comparison_run(const struct session *session, struct comparison *comparison,
			   uint64_t n_updates, struct error *err);

#endif
