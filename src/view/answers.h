/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.h -- what the network in force answers: all over the plane of its inputs, and to the rows
 * of its data. It is computed in slices, so that a key never waits, and kept until the parameters
 * are others. */
#ifndef BACKSTEP_VIEW_ANSWERS_H
#define BACKSTEP_VIEW_ANSWERS_H

#include "pane.h"

/* What is computed at rows x columns points from low to high: the answer to one or two inputs, or
 * the loss of the training rows with two parameters put in. */
struct plane_of {
	int rows, columns;
	double low[2], high[2];
	bool is_loss;
	size_t params[2]; /* with is_loss */
};
struct plane {
	struct plane_of of;
	double *y;  /* [rows * columns] of the points that are done */
	bool *done; /* [rows * columns] */
};

/* The rows first to first + n of the data. */
struct row_answers {
	size_t first, n, n_outputs;
	double *y; /* [n][n_outputs] */
	enum evaluation_classes classes;
	double threshold;
};

/* The plane, as far as it is computed: from a coarse one to a fine one, a slice
 * each time that it is asked for; state->is_unfinished says that there is more. NULL on lack of
 * memory. */
const struct plane *answers_plane(struct drawing *d, const struct plane_of *of);
/* The answer at a point, or at the nearest one that is done; false: none is yet. */
bool plane_at(const struct plane *plane, int row, int column, double *y);
/* The answers to some rows of the data. NULL on lack of memory. */
const struct row_answers *answers_rows(struct drawing *d, size_t first, size_t n);
/* The same apart, not kept. Owns: the caller, answers->y (free). false on lack of memory. */
bool row_answers_make(struct row_answers *answers, struct stepper *stepper, size_t first, size_t n);
/* The range of the rows' inputs, the first two, with a margin around it. */
void answers_range(const struct dataset *data, double low[2], double high[2]);
/* Which of n numbers is the largest, the first of them. */
size_t row_largest(const double *y, size_t n);
/* Whether an answer says of row k (from first) what its target says; false in is_class: the targets
 * are no classes. */
bool row_is_right(const struct row_answers *answers, const struct dataset *data, size_t k,
		  bool *is_class);

#endif
