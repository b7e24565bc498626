/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_note.c -- the lesson's task, or what the lesson, or else the rule, has to say about the
 * current step; its last lines are lent to the outcome of the last command. */
#include "pane.h"

#include "backstep/session/figure_text.h"
#include "backstep/session/rounding.h"
#include "backstep/teach/tutor.h"

enum { LEAST = 2, MOST = 3, TASK_ROWS = 5, MARGIN = 1, RULE_ENDS = 4 };

/* A figure that is not exact is explained, above what there is to say anyway. */
static bool is_explained(const struct figure *figure)
{
	return figure && figure->verdict != FIGURE_EXACT;
}

static bool has_task(const struct drawing *d)
{
	return d->state->task && *d->state->task;
}

/* In the rule: the result where it stands nowhere else, or the number by hand, and what the lecture
 * prints. */
static void head(struct drawing *d)
{
	const struct figure *figure = figure_to_tell(d->session);
	struct strbuf by_hand = {0}, printed = {0};
	double value;
	if (rounding_step_value(d->session, &value))
		rounding_print_step(d->session, value, &by_hand);
	if (figure)
		figure_print_short(d->session, figure, &printed);
	const char *result = pane_result(d, d->grid->clip.columns - 2 * RULE_ENDS);
	int room = d->grid->clip.columns - pane_columns(result) - 4 * RULE_ENDS;
	pane_rule(d, *result ? result : strbuf_str(&by_hand),
		  *result && pane_columns(strbuf_str(&printed)) > room ? NULL
								       : strbuf_str(&printed));
	strbuf_free(&by_hand);
	strbuf_free(&printed);
}

/* How many steps the update takes, and the phases that have any. */
static const char *outlook_text(struct drawing *d)
{
	const struct stepper *stepper = &d->session->stepper;
	struct strbuf text = {0};
	strbuf_addf(&text, _("%llu steps make this update:"),
		    (unsigned long long)stepper_n_steps(stepper));
	for (enum phase phase = 0; phase < N_PHASES; phase++) {
		uint64_t steps = stepper_phase_steps(stepper, phase);
		if (steps)
			strbuf_addf(&text, "%s %s %llu", phase ? "," : "", phase_title(phase),
				    (unsigned long long)steps);
	}
	strbuf_add_char(&text, '.');
	const char *kept = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return kept;
}

/* What there is to say of the step; the first update says which form of its rule it uses. */
static const char *step_text(struct drawing *d)
{
	const struct step *step = &d->session->step;
	return step->form ? pane_printf(d, _("rule %s: %s"), step->form, tr(step->why))
			  : tr(step->why);
}

/* The question which rule it was, or "". */
static const char *rule_text(struct drawing *d)
{
	struct strbuf text = {0};
	if (d->session->tutor && d->session->tutor->rule.is_open)
		tutor_print_rule(d->session->tutor, &text);
	const char *kept = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return kept;
}

/* What there is to say, without the message and what is said of a figure. */
static const char *main_text(struct drawing *d, struct style *style)
{
	const char *rule = rule_text(d), *note = session_note(d->session);
	*style = *rule || has_task(d) ? style_bold : style_plain;
	if (*rule || has_task(d))
		return *rule ? rule : d->state->task;
	return note ? note : d->session->has_step ? step_text(d) : outlook_text(d);
}

/* Rows of the task, or of the lesson's longest note: the same at every step, so that nothing jumps.
 */
static int text_rows(struct drawing *d, struct rect where)
{
	const struct lesson_notes *notes = &d->session->lesson->notes;
	int rows = LEAST;
	if (has_task(d)) {
		rows = pane_wrap(d, where, style_plain, d->state->task);
		return rows < TASK_ROWS ? rows : TASK_ROWS;
	}
	for (size_t i = 0; i < notes->n_items && rows < MOST; i++) {
		const char *text = lesson_text_in(&notes->items[i].text, language_current());
		int needed = pane_wrap(d, where, style_plain, text);
		rows = needed > rows ? needed : rows;
	}
	return rows < MOST ? rows : MOST;
}

/* On low screens less than it could be; beside a picture that has the screen for itself one row. */
static void want(struct drawing *d, int columns, int *least, int *most)
{
	struct rect where = {0, 0, 0, columns - 2 * MARGIN};
	int said = pane_message_rows(d, where.columns);
	int rows = text_rows(d, where) + 2 * is_explained(figure_to_tell(d->session)) +
		   (said > 1 ? said - 1 : 0);
	int limit = d->state->is_zoomed ? 1 : pane_is_crowded(d) ? LEAST : MOST;
	*least = rows < limit ? rows : limit;
	*least = said > *least ? said : *least;
	*most = rows > *least ? rows : *least;
	if (pane_is_asked(d))
		*least = *most = 0;
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct rect where = {0, MARGIN, clip->rows, clip->columns - 2 * MARGIN};
	const struct figure *figure = figure_to_tell(d->session);
	struct strbuf printed = {0};
	struct style style;
	const char *text = main_text(d, &style);
	pane_message(d, &where);
	if (is_explained(figure)) {
		figure_print_here(d->session, figure, &printed);
		int used = pane_wrap(d, where, style_bold, strbuf_str(&printed));
		strbuf_free(&printed);
		where.row += used;
		where.rows -= used;
	}
	if (where.rows > 0)
		pane_wrap(d, where, style, text);
}

const struct view view_note = {
    .screens = SCREEN_WALK,
    .place = VIEW_BOTTOM,
    .priority = 5,
    .alone = true,
    .want = want,
    .head = head,
    .draw = draw,
};
