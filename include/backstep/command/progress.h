/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.h -- how far a training or other work is, as one line that a front end draws over
 * itself. */
#ifndef BACKSTEP_COMMAND_PROGRESS_H
#define BACKSTEP_COMMAND_PROGRESS_H

#include "backstep/base/work.h"
#include "backstep/session/training.h"

/* Of one piece of work at a terminal. Start with = {0}. Units: seconds of a clock that only goes
 * on. */
struct progress {
	double began, drawn;
	struct work work; /* what was said of it last */
};

/* Whether it is time to draw, at most twenty times a second. The first call starts the clock. */
bool progress_is_due(struct progress *progress);
/* Appends "epoch 12/100 [####....] loss 0.0123 ... left" in at most columns, leaving out what does
 * not fit, the least telling first. */
void progress_print(const struct progress *progress, const struct training_progress *at,
		    size_t columns, const struct formula_style *style, struct strbuf *out);
/* Takes up what other work says; of its parts only where that says nothing. */
void progress_hear(struct progress *progress, const struct work *work);
/* The line of it, if anything was said: "check 12/264 [###.....]  0:07 left". */
void progress_print_work(const struct progress *progress, size_t columns,
			 const struct formula_style *style, struct strbuf *out);

#endif
