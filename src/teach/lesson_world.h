/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_world.h -- a lesson as an event was about it: with the settings of its address, before the
 * first step of its update; numbers are put into it, of one seed after another. Private to teach/.
 */
#ifndef BACKSTEP_TEACH_LESSON_WORLD_H
#define BACKSTEP_TEACH_LESSON_WORLD_H

#include "backstep/session/address.h"
#include "backstep/session/session.h"
#include "backstep/teach/learner.h"
#include "board_private.h"

/* Which numbers are put into a lesson. */
struct numbers {
	bool are_drawn; /* else they are the lesson's own */
	uint64_t seed;
	size_t attempt;
};

struct numbers numbers_of(const struct event *event);
/* Stands for them; never 0. */
uint64_t numbers_key(const struct numbers *numbers);

/* Owns: all of it. */
struct lesson_world {
	struct session *session; /* NULL: the lesson is not to be found */
	struct lesson_model own; /* the lesson as it is built; model NULL: nothing is drawn here */
	uint64_t update;         /* from 1 */
	uint64_t numbers;        /* the key of those in which the session is; 0: of none */
	struct numbers first;    /* with which the steps were made */
	struct board_steps steps;
};

/* Stands for what a world is opened by: lesson, settings, update, whether numbers are drawn. */
uint64_t lesson_world_key(const struct event *event);
/* Opens the world of an event, with its numbers; lesson: where its lesson is found now. */
void lesson_world_open(struct lesson_world *world, const char *lesson, const struct event *event);
void lesson_world_close(struct lesson_world *world);
/* Puts numbers into it; false: they lead to none that is finite, or memory is lacking. */
bool lesson_world_enter(struct lesson_world *world, const struct numbers *numbers);
/* The index (from 1) of the event's step; 0: there is none any more. */
uint64_t lesson_world_step(const struct lesson_world *world, const struct event *event);
/* How the event's address asks it. */
enum address_ask event_ask(const struct event *event);

#endif
