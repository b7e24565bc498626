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
 * The name alone does not tell it: each parameter has its v, each stage its g. name "": there is
 * none. */
struct missed {
	char name[BOARD_NAME];
	double value, typed;
};

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
