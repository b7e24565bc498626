/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_lesson.c -- the lesson's text, all of it: line by line, however little room there is.
 * What it proposes to try is taken to the prompt. */
#include "../lesson_text.h"
#include "../rows.h"

#include "backstep/base/text.h"

enum { USUAL_COLUMNS = 76 };

/* A line that is looked for, by its number. */
struct wanted {
	size_t i, n;         /* its number; lines so far */
	struct strbuf *line; /* gets it */
	const char *command, *found;
};

static void on_line(void *ctx, const char *s, size_t len)
{
	struct wanted *wanted = ctx;
	if (wanted->n++ != wanted->i)
		return;
	strbuf_add_len(wanted->line, s, len);
	wanted->found = wanted->command;
}

/* Goes through all lines. */
static void look(const struct session *session, const struct view_state *state,
		 struct wanted *wanted)
{
	struct strbuf line = {0};
	struct lesson_part part;
	size_t columns = state->row_columns > 0 ? (size_t)state->row_columns : USUAL_COLUMNS;
	wanted->line = wanted->line ? wanted->line : &line;
	for (size_t k = 0; lesson_part(session->lesson, k, &part); k++) {
		wanted->command = NULL;
		if (part.is_apart)
			on_line(wanted, "", 0);
		wanted->command = part.command;
		struct strbuf text = {0};
		lesson_part_print(&part, &text);
		text_wrap(strbuf_str(&text), columns, on_line, wanted);
		strbuf_free(&text);
	}
	strbuf_free(&line);
}

static size_t count(const struct session *session, struct view_state *state)
{
	struct wanted wanted = {.i = SIZE_MAX};
	look(session, state, &wanted);
	return wanted.n;
}

static void print_row(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out)
{
	struct wanted wanted = {.i = i, .line = out};
	look(session, state, &wanted);
}

static void print_command(const struct session *session, struct view_state *state, size_t i,
			  struct strbuf *out)
{
	struct strbuf line = {0};
	struct wanted wanted = {.i = i, .line = &line};
	look(session, state, &wanted);
	if (wanted.found)
		strbuf_addf(out, "prompt %s", wanted.found);
	strbuf_free(&line);
}

static const struct picture_list list = {
    .count = count, .print = print_row, .command = print_command};

const struct picture picture_lesson = {
    .name = "lesson",
    .spanish = "lección",
    .summary = N_("the lesson's text, and what to try"),
    .list = &list,
    .shown = "lesson",
    .draw = rows_draw,
};
