/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess.h -- one typed answer at one step, judged: the board, the slips, the verdict, the words.
 */
#ifndef BACKSTEP_TEACH_ASSESS_H
#define BACKSTEP_TEACH_ASSESS_H

#include "backstep/teach/verdict.h"

/* Owns: the board, in whose arena the rest lies. It must not be copied or moved: its parts point
 * at one another. */
struct assessment {
	struct board board;
	struct slips slips;
	struct rights rights;
	struct answer answer;
	struct verdict verdict;
	char text[ANSWER_MAX_TEXT + 1]; /* as it was typed */
};

/* A number that was not got, and what was typed for it: who goes on from there is right, once.
 * name "": there is none. */
struct missed {
	char name[2 * LABEL_TEXT];
	double typed;
};

/* Makes a step of the current update ready to be answered. hides: the numbers that it rests on are
 * not shown. Errors: STATUS_BAD_INPUT for a step without a number; STATUS_NO_MEMORY. */
enum status assess_open(struct assessment *a, const struct stepper *stepper, uint64_t index,
			bool hides, struct error *err);
/* The same for a number that is printed, by somebody who had all numbers. */
enum status assess_open_printed(struct assessment *a, const struct stepper *stepper, uint64_t index,
				struct error *err);
void assess_close(struct assessment *a);

/* Judges what was typed. Errors: STATUS_BAD_INPUT for what cannot be read, with its column;
 * STATUS_NO_MEMORY. */
enum status assess_text(struct assessment *a, const char *text, struct error *err);

/* Whether what was typed, which was not right, is right from the number that was missed; then that
 * is the verdict. */
bool assess_carried(struct assessment *a, const char *text, const struct missed *missed);
/* The number at hand as one that was missed. */
void assess_missed(const struct assessment *a, struct missed *missed);

/* Whether it counts as right. */
static inline bool assess_is_right(const struct assessment *a)
{
	return a->verdict.kind == VERDICT_RIGHT || a->verdict.kind == VERDICT_REMARK;
}

/* Appends the verdict as a sentence in the current language: a number that was not right is never
 * told the right one. */
void assess_tell(const struct assessment *a, const struct formula_style *style, struct strbuf *out);
/* Appends the question that points at the idea of the slip; nothing where none is named. */
void assess_nudge(const struct assessment *a, struct strbuf *out);
/* Appends the formula that gives the wrong number, and the number; of a list one a line. Returns
 * false where no slip was named or listed. */
bool assess_show(const struct assessment *a, const struct formula_style *style, struct strbuf *out);

#endif
