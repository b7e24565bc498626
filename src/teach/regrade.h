/* SPDX-License-Identifier: GPL-3.0-or-later */
/* regrade.h -- verdicts of what was typed, computed anew from the lesson: with a lesson or a
 * catalogue that was mended, the same files give a new report. */
#ifndef BACKSTEP_TEACH_REGRADE_H
#define BACKSTEP_TEACH_REGRADE_H

#include "backstep/session/session.h"
#include "backstep/teach/learner.h"

struct regrader;

/* NULL on lack of memory. Owns: its own session, and what it remembers of answers seen before. */
struct regrader *regrader_new(void);
void regrader_free(struct regrader *regrader);
/* Takes answers about the id of this lesson's file as answers about the file; what is no lesson
 * counts as none. */
void regrader_add_lesson(struct regrader *regrader, const char *path);
/* The events after it are another student's: nothing is carried on from those before. */
void regrader_begin_student(struct regrader *regrader);
/* Judges an answer again. Returns false where its lesson or its question is not to be found any
 * more; the event then keeps the verdict that it had. */
bool regrade_event(struct regrader *regrader, struct event *event);
/* Whether the lesson is not the file any more that the event was about. */
bool regrade_is_changed(struct regrader *regrader, const struct event *event);

#endif
