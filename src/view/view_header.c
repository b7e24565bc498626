/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_header.c -- the first two lines: what is open, and where in it the walk is. */
#include "losses.h"

enum { MARGIN = 2, SPARK_COLUMNS = 12, SPARK_LEAST = 60 /* columns of a screen that has it */ };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)d, (void)columns;
	*least = *most = 2;
}

/* "epoch 1 · update 3 · row 2/4", as far as each of them tells something. */
static const char *progress_text(struct drawing *d)
{
	const struct session *session = d->session;
	const struct stepper *stepper = &session->stepper;
	uint64_t update = stepper_updates(stepper), epoch = stepper_epoch(stepper);
	size_t n_rows, row = session_row(session);
	stepper_rows(stepper, &n_rows);
	struct strbuf text = {0};
	if (epoch > 1) {
		strbuf_addf(&text, _("epoch %llu"), (unsigned long long)(update / epoch + 1));
		strbuf_add(&text, sign_text(d, SIGN_DOT));
	}
	if (session->has_fresh) /* these are not the numbers of the lesson */
		strbuf_addf(&text, _("numbers of seed %llu"), (unsigned long long)session->fresh);
	if (session->has_fresh)
		strbuf_add(&text, sign_text(d, SIGN_DOT));
	strbuf_addf(&text, _("update %llu"), (unsigned long long)update + 1);
	strbuf_add(&text, sign_text(d, SIGN_DOT));
	if (row)
		strbuf_addf(&text, _("row %zu/%zu"), row, session->built.data.n_rows);
	else
		strbuf_addf(&text, tr_n("%zu row", "%zu rows", n_rows), n_rows);
	const char *kept = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return kept;
}

/* How the loss went so far, before end. Returns the column that it begins at. */
static int draw_losses(struct drawing *d, int end)
{
	const char *line = losses_sparkline(d, SPARK_COLUMNS);
	return *line ? pane_draw_right(d, 0, end - 1, SPARK_COLUMNS, style_weight, line) : end;
}

static void draw_lesson(struct drawing *d)
{
	const struct lesson *lesson = d->session->lesson;
	int width = d->grid->clip.columns, end = width - 1, column;
	column = grid_text(d->grid, 0, 1, style_lit, "backstep");
	if (!lesson || d->state->lessons) {
		pane_draw(d, 0, column + MARGIN, end - column - MARGIN, style_muted,
			  _("walk through a lesson, one chain-rule factor at a time"));
		return;
	}
	end = pane_draw_right(d, 0, end, width - column - MARGIN, style_plain, progress_text(d));
	if (width >= SPARK_LEAST)
		end = draw_losses(d, end);
	column = pane_draw(d, 0, column + MARGIN, end - column - 2 * MARGIN, style_bold,
			   lesson->id.text);
	pane_draw(d, 0, column + MARGIN, end - column - 2 * MARGIN, style_muted,
		  lesson_text_in(&lesson->title, language_current()));
}

/* "w₅ 1/10 ─ step 31/48": the parameter only where the step is about one. Steps are counted through
 * all updates, as goto counts them; after the stroke stands the last one of this update. */
static int draw_position(struct drawing *d)
{
	const struct session *session = d->session;
	const struct stepper *stepper = &session->stepper;
	const struct place *place = &session->step.place;
	uint64_t number = stepper_number(stepper);
	int end = d->grid->clip.columns - MARGIN;
	end = pane_draw_right(
	    d, 1, end, end, style_plain,
	    pane_printf(d, " %s %llu/%llu ", _("step"), (unsigned long long)number,
			(unsigned long long)(number - stepper->index + stepper_n_steps(stepper))));
	if (!session->has_step || !session->step.param[0])
		return end;
	return pane_draw_right(d, 1, end - 1, end - 1, style_plain,
			       pane_printf(d, " %s %zu/%zu ", param_text(d, place->param),
					   place->k + 1, session->built.model->n_order));
}

/* The phases that have steps, in their order, the current one marked; blank stands around each.
 * Returns the column after them; they are drawn only where draws. */
static int draw_phases(struct drawing *d, const char *blank, bool draws)
{
	const struct session *session = d->session;
	const char *then = sign_text(d, SIGN_THEN);
	int column = *blank ? MARGIN : MARGIN + 1;
	if (draws)
		grid_text(d->grid, 1, column - 1, style_plain, *blank ? "" : " ");
	for (enum phase phase = 0; phase < N_PHASES; phase++) {
		if (!stepper_phase_steps(&session->stepper, phase))
			continue;
		bool current = session->has_step && session->step.place.phase == phase;
		const char *mark = current ? sign_text(d, SIGN_PHASE) : "";
		const char *text = pane_printf(d, "%s%s%s%s", blank, mark,
					       pane_text(d, phase_title(phase)), blank);

		if (draws && phase > 0)
			grid_text(d->grid, 1, column, style_muted, then);
		column += phase > 0 ? pane_columns(then) : 0;
		if (draws)
			grid_text(d->grid, 1, column, current ? style_current : style_plain, text);
		column += pane_columns(text);
	}
	if (draws && !*blank)
		grid_text(d->grid, 1, column, style_plain, " ");
	return column + !*blank;
}

static void draw(struct drawing *d)
{
	int width = d->grid->clip.columns, end;
	draw_lesson(d);
	grid_fill(d->grid, 1, 0, width, style_muted, sign_text(d, SIGN_RULE));
	if (!d->session->lesson || d->state->lessons || d->state->pager)
		return;
	end = draw_position(d);
	if (draw_phases(d, " ", false) <= end)
		draw_phases(d, " ", true);
	else if (draw_phases(d, "", false) <= end)
		draw_phases(d, "", true);
	else if (d->session->has_step)
		pane_draw(d, 1, MARGIN, end - MARGIN, style_current,
			  pane_printf(d, " %s ", phase_title(d->session->step.place.phase)));
}

const struct view view_header = {
    .screens = SCREEN_WALK | SCREEN_PAGER | SCREEN_CHOICE,
    .place = VIEW_TOP,
    .priority = 0,
    .alone = true,
    .projected = true,
    .want = want,
    .draw = draw,
};
