/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_figures.c -- printed figures and rounding of a lesson, as far as they can be judged
 * without computing anything; figures.c computes the verdicts. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "lesson_resolve.h"

/* A figure needs both texts, or none; one that differs needs them. */
static void check_texts(struct resolver *r, const struct draft_figure *draft,
			const struct lesson_figure *figure)
{
	bool es = figure->why.in[LANGUAGE_ES].text, en = figure->why.in[LANGUAGE_EN].text;
	if (es && en)
		return;
	if (es || en) {
		report_error(r->report, draft->of.mark, _("a figure has a text in both languages"));
		report_hint(r->report, _("add '%s'"), es ? "en" : "es");
	} else if (figure->declared == FIGURE_DIFFERS) {
		report_error(r->report, figure->declared_mark,
			     _("a figure that differs has a text that says why"));
		report_hint(r->report, "%s", _("add es and en: what follows 'because'"));
	}
}

static void resolve_figure(struct resolver *r, const struct draft_figure *draft,
			   struct lesson_figure *figure)
{
	struct error err;
	*figure = (struct lesson_figure){
	    .of = draft->of,
	    .printed = draft->printed,
	    .where = draft->where,
	    .update = draft->update.value ? draft->update.value : 1,
	    .declared = (enum figure_verdict)draft->verdict.value,
	    .declared_mark = draft->verdict.mark.line ? draft->verdict.mark : draft->printed.mark,
	    .why = draft->why,
	};
	if (!draft->of.text || !draft->printed.text)
		return;
	if (decimal_parse(draft->printed.text, &figure->number, &err)) {
		report_error(r->report, draft->printed.mark, "%s", err.message);
		report_hint(r->report, "%s", err.hint);
	}
	if (strlen(draft->of.text) > LESSON_MAX_FORMULA)
		report_error(r->report, draft->of.mark, _("a formula is longer than %d bytes"),
			     (int)LESSON_MAX_FORMULA);
	check_texts(r, draft, figure);
}

void lesson_resolve_figures(struct resolver *r)
{
	const struct draft_figures *draft = &r->draft->figures;
	const struct draft_rounding *rounding = &r->draft->rounding;
	struct lesson *lesson = r->lesson;
	lesson->rounding = (struct lesson_rounding){
	    .given = rounding->digits.mark.line > 0,
	    .places = (int)rounding->digits.value,
	    .mode = (enum decimal_mode)rounding->mode.value,
	};
	lesson->figures = ARENA_ARRAY(lesson->arena, struct lesson_figure, draft->n_items);
	if (!report_has_memory(r->report, lesson->figures))
		return;
	lesson->n_figures = draft->n_items;
	for (size_t i = 0; i < draft->n_items; i++)
		resolve_figure(r, &draft->items[i], &lesson->figures[i]);
}
