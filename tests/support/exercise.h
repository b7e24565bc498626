/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exercise.h -- a network's walk with one step of it asked, for tests of what is said of an answer.
 */
#ifndef BACKSTEP_TESTS_EXERCISE_H
#define BACKSTEP_TESTS_EXERCISE_H

#include "backstep/teach/assess.h"
#include "networks.h"

/* Owns: all of it. */
struct exercise {
	struct network net;
	struct stepper stepper;
	struct assessment assessment;
	bool is_open;
};

/* Starts with the 2-2-2 example. */
enum status exercise_222(struct exercise *exercise);
void exercise_end(struct exercise *exercise);
/* Asks step index (from 1) of the first update; NULL where it cannot be asked. */
struct assessment *exercise_ask(struct exercise *exercise, uint64_t index);
/* What is said of the text: right, named sign, ...; "unreadable" where it cannot be read. */
const char *exercise_say(struct exercise *exercise, const char *text, char buf[128]);

#endif
