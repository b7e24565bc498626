/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict_private.h -- from a board and what was typed to a verdict, in parts. Private to teach/.
 */
#ifndef BACKSTEP_TEACH_VERDICT_PRIVATE_H
#define BACKSTEP_TEACH_VERDICT_PRIVATE_H

#include "backstep/teach/assess.h"

/* Finds every slip of the board's question. hides: the numbers below are not shown, so that a slip
 * in one of them is as likely as one in the asked formula. Errors: STATUS_NO_MEMORY. */
enum status slips_find(struct slips *slips, struct board *board, bool hides, struct error *err);

/* The same slips where the board's numbers have changed. Errors: STATUS_NO_MEMORY. */
enum status slips_measure(struct slips *slips, struct error *err);

/* Reads the text. Errors: STATUS_BAD_INPUT with the column (in characters of the text) of what
 * cannot be read; STATUS_NO_MEMORY. */
enum status answer_read(struct answer *answer, struct board *board, const char *text,
			struct error *err);

/* Adds the value that the question's formula has where each number in it has so many significant
 * digits. */
void rights_add_shown(struct rights *rights, struct board *board, int digits);

/* Judges a number whose last digit has this unit (0: it was worked out by the program). */
void verdict_of_number(struct verdict *verdict, const struct slips *slips,
		       const struct rights *rights, double typed, double unit);
/* Judges an answer: of all its readings the one that makes most sense. */
void verdict_of_answer(struct verdict *verdict, const struct slips *slips,
		       const struct rights *rights, const struct answer *answer);

/* The value that the question has where a number that was missed was as it was typed, and
 * everything that rests on it was worked out from there. NAN where that is no excuse: the number is
 * not near the right one (within a factor of ten), or makes the question trivial (0, 1, or another
 * number of the question). */
double verdict_carried_value(struct board *board, const struct missed *missed);

#endif
