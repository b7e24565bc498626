/* SPDX-License-Identifier: GPL-3.0-or-later */
/* training_bar.h -- the progress of a training on the terminal's current line.
 *
 * It is drawn over itself with a carriage return alone, and not at all where that cannot be: into a
 * pipe, or on a terminal that calls itself dumb. */
#ifndef BACKSTEP_CONSOLE_TRAINING_BAR_H
#define BACKSTEP_CONSOLE_TRAINING_BAR_H

#include "backstep/command/progress.h"
#include "backstep/console/options.h"

struct training_bar {
	const struct options *options;
	struct session *const *session; /* where it stands: undo puts another there */
	struct progress progress;
	size_t columns; /* that stand on the line now */
};

/* Whether standard output can show one. */
bool training_bar_is_possible(void);
/* Draws it, when it is time; ctx is the struct training_bar. */
void training_bar_update(void *ctx, const struct training_progress *progress);
/* Leaves an empty line, for what comes next. */
void training_bar_clear(struct training_bar *bar);

#endif
