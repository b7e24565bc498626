/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures.h -- the verdicts on a lesson's printed figures, computed from its own run.
 *
 * The lesson is trained from its start with its own settings, and each update that a figure belongs
 * to is replayed with the printed numbers put in (trace/replay.h): a printed number is exact where
 * the engine's is it at the printed digits, carried where the replay's is; else its last digit is
 * one off, or it differs. Updates between those are trained, with the printed numbers as well. */
#ifndef BACKSTEP_BUILD_FIGURES_H
#define BACKSTEP_BUILD_FIGURES_H

#include "backstep/build/lesson_build.h"
#include "backstep/trace/replay.h"
#include "backstep/trace/value.h"

/* How a printed number comes from another; from FIGURE_SAME on, it is that number. */
enum figure_form {
	FIGURE_OTHER,
	FIGURE_NEAR,    /* one off in the last place */
	FIGURE_SAME,    /* to all digits that the other has */
	FIGURE_EITHER,  /* rounded or cut, which is the same here */
	FIGURE_ROUNDED, /* ties either way */
	FIGURE_CUT,
	N_FIGURE_FORMS,
};

/* One figure, judged. */
struct figure {
	const struct lesson_figure *said;
	char nearest[REF_TEXT]; /* where nothing is called so, the nearest name; "": none is near */
	bool known;             /* whether anything is called so; else the rest is 0 */
	double exact, carried;  /* the engine's number; from the printed ones (NaN: not known) */
	enum figure_verdict verdict;
	enum figure_form form; /* towards exact, or where it is carried, towards carried */
	/* CARRIED: the figure where the difference came in; NULL where that is not known. */
	const struct figure *origin;
	/* The step after which it can be computed: the name and the value of its number. */
	char at[REF_TEXT];
	double at_value;
};

/* Owns: items; what they say lies in the lesson. */
struct figures {
	struct figure *items; /* [n_items] in the lesson's order */
	size_t n_items;
	size_t n_of[N_FIGURE_VERDICTS];
	size_t n_in_form[N_FIGURE_FORMS]; /* of those that are exact or carried */
	bool too_long;                    /* the run to the last of them: none is judged */
};

/* Judges every figure. What a lesson declares otherwise, and names that nothing has, are appended
 * to errors (may be NULL) with their place, and are judged all the same.
 * Errors: STATUS_BAD_INPUT where something was appended; STATUS_NO_MEMORY. */
enum status figures_judge(const struct lesson *lesson, struct figures *figures,
			  struct error_list *errors);
/* Of a figure that was cut where its lecture rounds, or rounded where it cuts: how many of the
 * lecture's numbers show that habit; 0: it is as the others are. */
size_t figures_habit(const struct figures *figures, const struct figure *figure);
void figures_free(struct figures *figures);

#endif
