/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work_bar.h -- how far work is, on the terminal's current line. There is one such line.
 *
 * It is drawn over itself with a carriage return alone, and not at all where that cannot be: into a
 * pipe, on a terminal that calls itself dumb, or in words, which are for ears. */
#ifndef BACKSTEP_CONSOLE_WORK_BAR_H
#define BACKSTEP_CONSOLE_WORK_BAR_H

#include "backstep/command/progress.h"
#include "backstep/console/options.h"

/* Whether standard output can show one. */
bool work_bar_is_possible(void);
/* From now on work is shown, and goes on: a signal ends the process, as it does without a handler.
 * options must live as long. */
void work_bar_begin(const struct options *options);
/* The style in force: to be told anew when it may have changed. */
void work_bar_use(const struct formula_style *style);
/* Draws how far work or a training of this session is, when it is time. */
void work_bar_show(const struct work *work);
void work_bar_show_training(void *session, const struct training_progress *progress);
/* Leaves an empty line, for what comes next; whatever is printed does so. */
void work_bar_clear(void);

#endif
