/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess_private.h -- opening a step to be answered, judging, and what is judged with. Private to
 * teach/. */
#ifndef BACKSTEP_TEACH_ASSESS_PRIVATE_H
#define BACKSTEP_TEACH_ASSESS_PRIVATE_H

#include "backstep/teach/assess.h"

/* Makes a step of the current update ready to be answered. hides: the numbers that it rests on are
 * not shown. Errors: STATUS_BAD_INPUT for a step without a number; STATUS_NO_MEMORY. */
enum status assess_open(struct assessment *a, const struct stepper *stepper, uint64_t index,
			bool hides, struct error *err);
struct board_steps;
struct session;
/* The same with the update's steps, which were made already; they stay until it is closed. */
enum status assess_open_with(struct assessment *a, const struct stepper *stepper,
			     const struct board_steps *steps, uint64_t index, bool hides,
			     struct error *err);
/* The same for a number that is printed, by somebody who had all numbers. */
enum status assess_open_printed(struct assessment *a, const struct stepper *stepper, uint64_t index,
				struct error *err);
void assess_close(struct assessment *a);
/* A step of a sitting, opened as above, with what is right as the sitting shows its numbers, and
 * with what its lesson says of answers. Owns: the caller (assess_free). */
enum status assess_new(struct assessment **a, const struct session *session, uint64_t index,
		       bool hides, struct error *err);
void assess_free(struct assessment *a);
/* Asks in the place of the formula what of it is worked out first, as the tutor does. digits: as
 * many are shown. false: there is nothing. */
bool assess_ask_piece(struct assessment *a, int digits);

/* Judges what was typed. Errors: STATUS_BAD_INPUT for what cannot be read, with its column;
 * STATUS_NO_MEMORY. */
enum status assess_text(struct assessment *a, const char *text, struct error *err);

/* Whether what was judged last, text, which was not right by itself, is right from the number that
 * was missed; then that is the verdict. */
bool assess_carried(struct assessment *a, const char *text, const struct missed *missed);
/* The number at hand as one that was missed. */
void assess_missed(const struct assessment *a, struct missed *missed);

/* Another number that is right: from the numbers as they are shown (significant digits), or as
 * somebody has it who rounds by hand. */
void assess_allow_shown(struct assessment *a, int digits);
void assess_allow(struct assessment *a, double value);
/* What the lesson says of answers: how many digits they need, a teacher's words for slips. */
void assess_take_lesson(struct assessment *a, const struct lesson *lesson);
/* Judges a number that was printed, whose last digit has this unit. */
void assess_number(struct assessment *a, double value, double unit);

#endif
