/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_steps.c -- the steps of this update, a line each: what was found at those that the walk
 * has come to, and what the others are of. Nothing is listed: a line is made when it is seen. */
#include "../rows.h"

#include "backstep/base/text.h"

enum { NUMBER_COLUMNS = 5, TEXT_ROWS = 20, TEXT_BEFORE = 10 };

static const char *missing(const struct session *session)
{
	return stepper_has_many_paths(&session->stepper)
		   ? N_("there are too many paths to list the steps")
		   : NULL;
}

static size_t count(const struct session *session, struct view_state *state)
{
	(void)state;
	return (size_t)stepper_n_steps(&session->stepper);
}

static size_t here(const struct session *session)
{
	uint64_t index = session->stepper.index;
	return index > 0 ? (size_t)index - 1 : SIZE_MAX;
}

static uint64_t number_of(const struct session *session, size_t i)
{
	const struct stepper *stepper = &session->stepper;
	return stepper_number(stepper) - stepper->index + i + 1;
}

/* Whether its number may be told. */
static bool is_known(const struct session *session, size_t i)
{
	const struct stepper *stepper = &session->stepper;
	return i + 1 <= stepper->index && stepper->asked != i + 1;
}

/* The fact; where it is longer than a line, without how it comes about. */
static void print_fact(const struct session *session, const struct step *step, int columns,
		       struct strbuf *out)
{
	struct formula_style symbols = session->style;
	size_t start = out->len;
	step_print(step, &session->style, out);
	if (columns <= 0 || text_columns(strbuf_str(out)) <= (size_t)columns)
		return;
	strbuf_truncate(out, start);
	symbols.numbers = false;
	formula_print(step->left, &symbols, out);
	strbuf_add(out, " = ");
	step_print_number(step->value, &session->style, out);
}

static void print_step(const struct session *session, const struct step *step, bool is_told,
		       int columns, struct strbuf *out)
{
	if (step->example && step->n_rows > 1)
		strbuf_addf(out, "(%zu) ", step->example);
	if (is_told && step->left) {
		print_fact(session, step, columns, out);
		return;
	}
	strbuf_add(out, phase_title(step->place.phase));
	strbuf_add(out, session->style.glyphs == GLYPHS_ASCII ? " - " : " · ");
	step_print_subject(step, step->param, &session->style, out);
}

static void print_row(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out)
{
	struct arena *arena = arena_new();
	struct step step;
	strbuf_addf(out, "%*llu  ", NUMBER_COLUMNS, (unsigned long long)number_of(session, i));
	if (arena && !stepper_at(&session->stepper, i + 1, arena, &step, NULL))
		print_step(session, &step, is_known(session, i), state ? state->row_columns : 0,
			   out);
	arena_free(arena);
}

static void print_command(const struct session *session, struct view_state *state, size_t i,
			  struct strbuf *out)
{
	(void)state;
	strbuf_addf(out, "goto %llu", (unsigned long long)number_of(session, i));
}

static const struct picture_list list = {
    .count = count, .here = here, .print = print_row, .command = print_command};

static void print(struct session *session, struct strbuf *out)
{
	size_t n = count(session, NULL), at = here(session);
	size_t first = at != SIZE_MAX && at > TEXT_BEFORE ? at - TEXT_BEFORE : 0;
	for (size_t i = first; i < n && i < first + TEXT_ROWS; i++) {
		strbuf_add(out, i == at ? "> " : "  ");
		print_row(session, NULL, i, out);
		strbuf_add_char(out, '\n');
	}
	if (first + TEXT_ROWS < n)
		strbuf_addf(out, _("  and %zu more\n"), n - first - TEXT_ROWS);
}

const struct picture picture_steps = {
    .name = "steps",
    .spanish = "pasos",
    .summary = N_("the steps of this update"),
    .list = &list,
    .missing = missing,
    .draw = rows_draw,
    .print = print,
};
