/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_text.h -- what the lecture prints of the current step, in words. */
#ifndef BACKSTEP_SESSION_FIGURE_TEXT_H
#define BACKSTEP_SESSION_FIGURE_TEXT_H

#include "backstep/session/session.h"

/* The first figure of the current step from number i (of the lesson's) on, or NULL; *i gets the
 * number after it. A figure belongs to the lesson's own run: where another setting has changed the
 * number, nothing is said; nor of a number that was printed before with the same digits. */
const struct figure *figure_of_step(const struct session *session, size_t *i);
/* Of the current step's figures the one that matters most: the last that is not exact, else the
 * last that is. NULL where there is none. */
const struct figure *figure_to_tell(const struct session *session);

/* Appends the number as the lecture prints it, its minus like those of the numbers around it. */
void figure_print_printed(const struct session *session, const struct figure *figure,
			  struct strbuf *out);
/* Appends a sentence: the lecture prints 0.0188; this is 0.451878, because ... */
void figure_print(const struct session *session, const struct figure *figure, struct strbuf *out);
/* The same at the current step, where it says of what unless that is the step's own number. */
void figure_print_here(const struct session *session, const struct figure *figure,
		       struct strbuf *out);
/* The same in a few words: the lecture: 0.0188 (differs); where it prints more digits than are
 * shown, with the number to as many. */
void figure_print_short(const struct session *session, const struct figure *figure,
			struct strbuf *out);
/* Appends the address of the step that computes the figure's number, in the lesson's own run;
 * nothing where the current update does not tell it. */
void figure_print_address(const struct session *session, const struct figure *figure,
			  struct strbuf *out);
/* Appends how many figures have which verdict. */
void figures_print_counts(const struct figures *figures, struct strbuf *out);
/* The lesson's figures as a list: how wide its columns are, its heading, one of its rows. */
struct figure_columns {
	size_t name, printed, computed;
};
struct figure_columns figures_measure(const struct session *session);
void figures_print_heading(const struct figure_columns *columns, struct strbuf *out);
void figure_print_row(const struct session *session, const struct figure *figure,
		      const struct figure_columns *columns, struct strbuf *out);
/* Why figures have no verdict. */
const char *figures_unknown_title(const struct figures *figures);

/* The verdict in the current language. */
const char *figure_verdict_title(enum figure_verdict verdict);

#endif
