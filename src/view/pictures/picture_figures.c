/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_figures.c -- the numbers that the lecture prints, beside those of the program. One that
 * is opened is told at length. */
#include "../rows.h"

#include "backstep/session/figure_text.h"

static const char *missing(const struct session *session)
{
	if (session->stepper.asked)
		return N_("printed figures are not shown while a question is open");
	return session->figures.n_items ? NULL : N_("this lesson lists no printed figures");
}

static size_t count(const struct session *session, struct view_state *state)
{
	(void)state;
	return session->figures.n_items;
}

static size_t here(const struct session *session)
{
	const struct figure *figure = figure_to_tell(session);
	return figure ? (size_t)(figure - session->figures.items) : SIZE_MAX;
}

static void print_head(const struct session *session, struct strbuf *out)
{
	const struct figure_columns columns = figures_measure(session);
	figures_print_heading(&columns, out);
}

static void print_row(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out)
{
	const struct figure_columns columns = figures_measure(session);
	(void)state;
	figure_print_row(session, &session->figures.items[i], &columns, out);
}

static void print_command(const struct session *session, struct view_state *state, size_t i,
			  struct strbuf *out)
{
	(void)state;
	strbuf_addf(out, "figures %s", session->figures.items[i].said->of.text);
}

static const struct picture_list list = {
    .count = count, .here = here, .head = print_head, .print = print_row, .command = print_command};

const struct picture picture_figures = {
    .name = "figures",
    .spanish = "cifras",
    .summary = N_("the numbers that the lecture prints, and what is wrong with them"),
    .list = &list,
    .shown = "figures",
    .missing = missing,
    .draw = rows_draw,
};
