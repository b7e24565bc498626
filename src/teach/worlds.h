/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worlds.h -- the questions that events are about, opened again. A world is an update of a lesson
 * with the settings of an event's address: its steps, boards and slips are made once, and where
 * numbers are drawn they are put into it, again and again. Private to teach/. */
#ifndef BACKSTEP_TEACH_WORLDS_H
#define BACKSTEP_TEACH_WORLDS_H

#include "backstep/session/session.h"
#include "backstep/teach/assess.h"
#include "backstep/teach/learner.h"

struct worlds;

/* NULL on lack of memory. Owns: the worlds met last, each a session of its own. */
struct worlds *worlds_new(void);
void worlds_free(struct worlds *worlds);
/* Takes events about the id of this lesson's file as events about the file; what is no lesson
 * counts as none. */
void worlds_add_lesson(struct worlds *worlds, const char *path);

/* What the event is about, ready to be answered, until the next one is asked for.
 * NULL: its lesson or its question is not to be found any more. */
struct assessment *worlds_question(struct worlds *worlds, const struct event *event);
/* The SHA-256 of the file that the event's lesson is read from now, as events have it; "": there is
 * none. */
const char *worlds_version(struct worlds *worlds, const struct event *event);

#endif
