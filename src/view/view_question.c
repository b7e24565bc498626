/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_question.c -- the open question, where the parameters and the note would be: what is asked,
 * what is known, and what was said of the last answer. Its number stands nowhere on the screen. */
#include <string.h>

#include "backstep/teach/tutor.h"
#include "pane.h"

enum { LEAST = 6, MOST = 10, TASK_ROWS = 3, MARGIN = 1 };

static const struct tutor *asking(const struct drawing *d)
{
	const struct tutor *tutor = d->session->tutor;
	return tutor && tutor->open ? tutor : NULL;
}

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)columns;
	*least = asking(d) ? LEAST : 0;
	bool has_task = d->state->task && *d->state->task;
	*most = asking(d) ? MOST + TASK_ROWS * has_task : 0;
}

static void head(struct drawing *d)
{
	const struct tutor *tutor = asking(d);
	bool is_drawn = tutor->is_quiz || tutor->is_again;
	size_t place = 0, n = is_drawn ? 0 : tutor_count(tutor, &place);
	const struct step *step = &tutor->open->board.question.step;
	struct strbuf title = {0};
	const char *param = step->place.has_param ? param_text(d, step->place.param) : step->param;
	step_print_subject(step, param, &d->symbols, &title);
	const char *remark = tutor->part.is_open ? _("first a part of it")
			     : place ? pane_printf(d, _("question %zu of %zu"), place, n)
				     : _("question");
	pane_rule(d, pane_printf(d, "%s", strbuf_str(&title)), remark);
	strbuf_free(&title);
}

/* The skills of the lesson that were met, each with its mark. */
static const char *skills_text(struct drawing *d, const struct tutor *tutor)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < N_SKILLS; i++) {
		struct skill_report report;
		learner_skill(&tutor->learner, (enum skill)i, &report);
		if (report.state != STATE_UNSEEN)
			strbuf_addf(&text, "%s  %s %c", text.len ? "" : _("skills:"),
				    tr(skill_table[i].title), skill_state_mark(report.state));
	}
	const char *kept = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return kept;
}

static void draw_text(struct drawing *d, struct rect *where, struct style style, const char *text)
{
	if (!*text || where->rows <= 0)
		return;
	int used = pane_wrap(d, *where, style, text);
	where->row += used;
	where->rows -= used;
}

static void draw(struct drawing *d)
{
	const struct tutor *tutor = asking(d);
	const struct rect *clip = &d->grid->clip;
	struct rect where = {0, MARGIN, clip->rows, clip->columns - 2 * MARGIN};
	struct strbuf question = {0};
	const char *said = d->state->said;
	tutor_print_question(tutor, &d->symbols, &question);
	const char *body = strchr(strbuf_str(&question), '\n');
	pane_message(d, &where);
	draw_text(d, &where, style_bold, body ? body + 1 : "");
	if (said && *said)
		draw_text(d, &where, style_plain, said);
	draw_text(d, &where, style_plain, d->state->task ? d->state->task : "");
	draw_text(d, &where, style_muted, skills_text(d, tutor));
	strbuf_free(&question);
}

const struct view view_question = {
    .screens = SCREEN_WALK,
    .place = VIEW_BOTTOM,
    .priority = 3,
    .alone = true,
    .projected = true,
    .want = want,
    .head = head,
    .draw = draw,
};
