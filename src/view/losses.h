/* SPDX-License-Identifier: GPL-3.0-or-later */
/* losses.h -- the losses that may be shown: those of the updates that were made, and of the one at
 * hand where the walk has come to it; of the validation rows; of the optimizers that were compared.
 * While somebody is asked, nothing that lies ahead. */
#ifndef BACKSTEP_VIEW_LOSSES_H
#define BACKSTEP_VIEW_LOSSES_H

#include "plot.h"

#include "backstep/session/comparison.h"

struct losses {
	const struct curve *curve;
	size_t n;              /* points of the curve */
	uint64_t last;         /* the last update (from 1) that there is a loss of */
	uint64_t own_last;     /* the last of those that were made */
	double here_x, here_y; /* the update at hand; its loss, NaN where it is not known yet */
	double low, high;      /* of all; low above high: there is none */
	double least;          /* above 0: where a log axis begins */
	bool is_log;           /* none is below 0 */
	size_t n_validation;   /* of the validation rows: those after updates up to last */
	const struct comparison *comparison; /* NULL: none that may be shown */
};

struct losses losses_make(const struct session *session);
/* The loss at x, an update's number or between two. */
double losses_at(const void *losses, double x);
/* Loss k of the validation rows, after update *x. */
double losses_validation(const struct session *session, size_t k, double *x);
/* All of them in width cells; "" where there are fewer than two. */
const char *losses_sparkline(struct drawing *d, int width);

#endif
