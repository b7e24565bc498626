/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_text.c -- what the lecture prints of the current step, in words. */
#include "backstep/session/figure_text.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/trace/value.h"

const char *figure_verdict_title(enum figure_verdict verdict)
{
	CONTRACT(verdict < N_FIGURE_VERDICTS);
	static const char *const titles[N_FIGURE_VERDICTS] = {
	    [FIGURE_EXACT] = N_("exact"),
	    [FIGURE_CARRIED] = N_("carried"),
	    [FIGURE_DIFFERS] = N_("differs"),
	};
	return tr(titles[verdict]);
}

/* Whether the step computes a number that the walk shows once more later, or has shown. */
static bool is_repeated(const struct session *session)
{
	const struct model *model = session->built.model;
	const struct step *step = &session->step;
	const struct place *place = &step->place;
	bool is_product = place->n_factors > 0 && place->factor == place->n_factors;
	return step->reused || (is_product && model->terms == model->total);
}

/* The step's number is called name; or the old parameter, where its new value is computed. */
static bool belongs(const struct session *session, const struct figure *figure, const char *name)
{
	const struct step *step = &session->step;
	if (!figure->known || figure->said->update.value != step->update)
		return false;
	if (strcmp(figure->at, name) == 0)
		return figure->at_value == step->value;
	const struct ref old = ref_param(REF_OLD, step->place.param);
	return step->place.class->computes == REF_NEW && strcmp(figure->at, step->param) == 0 &&
	       figure->at_value == value_get(&session->stepper, &old).value;
}

static bool is_same(const struct lesson_figure *a, const struct lesson_figure *b)
{
	return a->update.value == b->update.value && a->number.value == b->number.value &&
	       a->number.places == b->number.places && strcmp(a->of.text, b->of.text) == 0;
}

/* Whether the lecture printed the same number before, and there is nothing new to say of it. */
static bool is_told(const struct figures *figures, size_t i)
{
	const struct figure *figure = &figures->items[i];
	if (figure->verdict != FIGURE_EXACT || figure->said->why.in[LANGUAGE_EN].text)
		return false;
	for (size_t k = 0; k < i; k++)
		if (is_same(figures->items[k].said, figure->said))
			return true;
	return false;
}

const struct figure *figure_of_step(const struct session *session, size_t *i)
{
	const struct figures *figures = &session->figures;
	struct ref ref;
	char name[REF_TEXT];
	if (!session->has_step || is_repeated(session) ||
	    replay_step_ref(&session->stepper, &session->step, &ref))
		return NULL;
	ref_print(&session->stepper, &ref, true, name);
	while (*i < figures->n_items) {
		size_t k = (*i)++;
		if (belongs(session, &figures->items[k], name) && !is_told(figures, k))
			return &figures->items[k];
	}
	return NULL;
}

const struct figure *figure_to_tell(const struct session *session)
{
	const struct figure *told = NULL, *figure;
	for (size_t i = 0; (figure = figure_of_step(session, &i));)
		if (!told || told->verdict == FIGURE_EXACT || figure->verdict != FIGURE_EXACT)
			told = figure;
	return told;
}

/* A number with at least so many digits as tell it from the printed one. */
static void add_number(const struct session *session, double value, const char *printed,
		       struct strbuf *out)
{
	struct formula_style style = session->style;
	int digits = 2;
	for (printed += strcspn(printed, "123456789"); *printed && !strchr("eE", *printed);
	     printed++)
		digits += *printed >= '0' && *printed <= '9';
	if (style.digits < digits)
		style.digits = digits < 17 ? digits : 17;
	step_print_number(value, &style, out);
}

/* "w5: " where the number is not the step's own: a target is told where the loss has it. */
static void add_name(const struct session *session, const struct figure *figure, struct strbuf *out)
{
	const char *of = figure->said->of.text;
	struct ref own, named;
	bool is_own = session->has_step &&
		      !replay_step_ref(&session->stepper, &session->step, &own) &&
		      !ref_parse(&session->stepper, session_here(session), of, &named, NULL) &&
		      ref_is_same(&own, &named);
	if (!is_own)
		strbuf_addf(out, "%s: ", of);
}

static void add_exact(const struct session *session, const struct figure *figure,
		      struct strbuf *out)
{
	static const char *const forms[] = {
	    [FIGURE_OTHER] = "",
	    [FIGURE_SAME] = "",
	    [FIGURE_ROUNDED] = N_("rounded"),
	    [FIGURE_CUT] = N_("cut off"),
	};
	const char *printed = figure->said->printed.text;
	if (figure->form == FIGURE_SAME) {
		strbuf_addf(out, _("the lecture prints %s too"), printed);
		return;
	}
	strbuf_addf(out, _("the lecture prints %s: "), printed);
	add_number(session, figure->exact, printed, out);
	strbuf_addf(out, " %s", tr(forms[figure->form]));
}

static void add_origin(const struct session *session, const struct figure *origin,
		       struct strbuf *out)
{
	struct strbuf exact = {0};
	add_number(session, origin->exact, origin->said->printed.text, &exact);
	strbuf_addf(out, _("; the difference came in with %s (update %zu), printed as %s for %s"),
		    origin->said->of.text, origin->said->update.value, origin->said->printed.text,
		    strbuf_str(&exact));
	strbuf_free(&exact);
}

static void add_other(const struct session *session, const struct figure *figure,
		      struct strbuf *out)
{
	struct strbuf exact = {0}, carried = {0};
	const char *printed = figure->said->printed.text;
	add_number(session, figure->exact, printed, &exact);
	if (figure->verdict == FIGURE_DIFFERS) {
		strbuf_addf(out, _("this is %s; the lecture prints %s"), strbuf_str(&exact),
			    printed);
	} else {
		add_number(session, figure->carried, printed, &carried);
		strbuf_addf(out,
			    _("this is %s; the lecture prints %s, and its own numbers give %s"),
			    strbuf_str(&exact), printed, strbuf_str(&carried));
		if (figure->origin)
			add_origin(session, figure->origin, out);
	}
	strbuf_free(&exact);
	strbuf_free(&carried);
}

void figure_print(const struct session *session, const struct figure *figure, struct strbuf *out)
{
	CONTRACT(session->lesson && figure->known);
	const char *why = figure->said->why.in[language_current()].text;
	if (figure->verdict == FIGURE_EXACT)
		add_exact(session, figure, out);
	else
		add_other(session, figure, out);
	if (why && figure->verdict == FIGURE_EXACT)
		strbuf_addf(out, "; %s", why);
	else if (why)
		strbuf_addf(out, _(", because %s"), why);
}

void figure_print_here(const struct session *session, const struct figure *figure,
		       struct strbuf *out)
{
	add_name(session, figure, out);
	figure_print(session, figure, out);
}

void figure_print_short(const struct session *session, const struct figure *figure,
			struct strbuf *out)
{
	strbuf_add(out, _("the lecture: "));
	add_name(session, figure, out);
	strbuf_add(out, figure->said->printed.text);
	if (figure->verdict != FIGURE_EXACT)
		strbuf_addf(out, " (%s)", figure_verdict_title(figure->verdict));
}
