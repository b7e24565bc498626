/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_text.c -- what the lecture prints of the current step, in words. */
#include "backstep/session/figure_text.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/build/figure_formula.h"
#include "backstep/session/address.h"
#include "backstep/trace/place_name.h"
#include "backstep/trace/value.h"
#include "session_private.h"

const char *figure_verdict_title(enum figure_verdict verdict)
{
	CONTRACT(verdict < N_FIGURE_VERDICTS);
	static const char *const titles[N_FIGURE_VERDICTS] = {
	    [FIGURE_EXACT] = N_("exact"),
	    [FIGURE_CARRIED] = N_("carried"),
	    [FIGURE_LAST_DIGIT] = N_("last digit"),
	    [FIGURE_DIFFERS] = N_("differs"),
	};
	return tr(titles[verdict]);
}

void figures_print_counts(const struct figures *figures, struct strbuf *out)
{
	strbuf_addf(out, _("%zu exact, %zu carried, %zu differ"), figures->n_of[FIGURE_EXACT],
		    figures->n_of[FIGURE_CARRIED], figures->n_of[FIGURE_DIFFERS]);
	if (figures->n_of[FIGURE_LAST_DIGIT])
		strbuf_addf(out, _(", %zu one off in the last digit"),
			    figures->n_of[FIGURE_LAST_DIGIT]);
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

/* Whether a number that a replay does not have, and so is told by no name, is told here: at its
 * step, or at the commit where there is none, as of a formula of such numbers. */
static bool is_told_here(const struct session *session, const struct figure *figure)
{
	const struct stepper *stepper = &session->stepper;
	const char *of = figure->said->of.text;
	struct ref ref;
	struct value value;
	if (!value_find(stepper, NULL, of, &ref, &value, NULL))
		return value.value == figure->exact &&
		       (value.where ? value.where == stepper->index : stepper_at_commit(stepper));
	const struct replay nothing = {0};
	const struct figure_numbers numbers = {&nothing, stepper};
	struct replay_number number;
	return stepper_at_commit(stepper) && !figure_formula_eval(&numbers, of, &number, NULL) &&
	       number.exact == figure->exact;
}

/* The step's number is called name (NULL: it has none in a replay); or the old parameter, where its
 * new value is computed. */
static bool belongs(const struct session *session, const struct figure *figure, const char *name)
{
	const struct step *step = &session->step;
	if (!figure->known || figure->said->update.value != step->update)
		return false;
	if (!*figure->at)
		return is_told_here(session, figure);
	if (!name)
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
	if (figure->verdict != FIGURE_EXACT || lesson_text_in(&figure->said->why, LANGUAGE_EN))
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
	if (!session->has_step || is_repeated(session))
		return NULL;
	bool has_name = !replay_step_ref(&session->stepper, &session->step, &ref);
	if (has_name)
		ref_print(&session->stepper, &ref, true, name);
	while (*i < figures->n_items) {
		size_t k = (*i)++;
		if (belongs(session, &figures->items[k], has_name ? name : NULL) &&
		    !is_told(figures, k))
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

void figure_print_number(const struct session *session, const struct figure *figure, double value,
			 struct strbuf *out)
{
	struct formula_style style = session->style;
	int digits = figure->said->number.digits + 2;
	if (style.digits < digits)
		style.digits = digits < 17 ? digits : 17;
	step_print_number(value, &style, out);
}

/* "w5: " where the number is not the step's own: a target is told where the loss has it. */
static void add_name(const struct session *session, const struct figure *figure, struct strbuf *out)
{
	const char *of = figure->said->of.text;
	const struct stepper *stepper = &session->stepper;
	struct ref own, named;
	bool has_name = session->has_step && !replay_step_ref(stepper, &session->step, &own);
	bool is_own = has_name ? !ref_parse(stepper, session_here(session), of, &named, NULL) &&
				     ref_is_same(&own, &named)
			       : !stepper_at_commit(stepper);
	if (!is_own)
		strbuf_addf(out, "%s: ", of);
}

/* How its digits were left out, and where the lecture does otherwise. */
static void add_form(const struct session *session, const struct figure *figure, struct strbuf *out)
{
	size_t habit = figures_habit(&session->figures, figure);
	bool is_cut = figure->form == FIGURE_CUT;
	strbuf_addf(out, " %s", is_cut ? _("cut off") : _("rounded"));
	if (habit)
		strbuf_addf(out,
			    is_cut ? tr_n(", where it rounds %zu other number",
					  ", where it rounds %zu other numbers", habit)
				   : tr_n(", where it cuts %zu other number",
					  ", where it cuts %zu other numbers", habit),
			    habit);
}

void figure_print_printed(const struct session *session, const struct figure *figure,
			  struct strbuf *out)
{
	const char *text = figure->said->printed.text;
	bool has_minus = *text == '-' && session->style.glyphs == GLYPHS_UNICODE;
	strbuf_addf(out, "%s%s", has_minus ? "−" : "", text + has_minus);
}

static void add_exact(const struct session *session, const struct figure *figure,
		      struct strbuf *out)
{
	struct strbuf printed = {0};
	figure_print_printed(session, figure, &printed);
	if (figure->form == FIGURE_SAME) {
		strbuf_addf(out, _("the lecture prints %s too"), strbuf_str(&printed));
	} else {
		strbuf_addf(out, _("the lecture prints %s: "), strbuf_str(&printed));
		figure_print_number(session, figure, figure->exact, out);
		add_form(session, figure, out);
	}
	strbuf_free(&printed);
}

static void add_origin(const struct session *session, const struct figure *origin,
		       struct strbuf *out)
{
	struct strbuf exact = {0}, printed = {0};
	figure_print_number(session, origin, origin->exact, &exact);
	figure_print_printed(session, origin, &printed);
	strbuf_addf(out, _("; the difference came in with %s (update %zu), printed as %s for %s"),
		    origin->said->of.text, origin->said->update.value, strbuf_str(&printed),
		    strbuf_str(&exact));
	strbuf_free(&exact);
	strbuf_free(&printed);
}

static void add_other(const struct session *session, const struct figure *figure,
		      struct strbuf *out)
{
	bool is_last = figure->verdict == FIGURE_LAST_DIGIT;
	struct strbuf exact = {0}, carried = {0}, printed = {0};
	figure_print_printed(session, figure, &printed);
	figure_print_number(session, figure, figure->exact, &exact);
	if (figure->verdict == FIGURE_CARRIED || (is_last && figure->form == FIGURE_OTHER)) {
		figure_print_number(session, figure, figure->carried, &carried);
		strbuf_addf(out,
			    _("this is %s; the lecture prints %s, and its own numbers give %s"),
			    strbuf_str(&exact), strbuf_str(&printed), strbuf_str(&carried));
	} else {
		strbuf_addf(out, _("this is %s; the lecture prints %s"), strbuf_str(&exact),
			    strbuf_str(&printed));
	}
	if (is_last)
		strbuf_add(out, _(": the last digit is one off"));
	else if (figure->origin)
		add_origin(session, figure->origin, out);
	strbuf_free(&exact);
	strbuf_free(&carried);
	strbuf_free(&printed);
}

void figure_print(const struct session *session, const struct figure *figure, struct strbuf *out)
{
	CONTRACT(session->lesson && figure->known);
	const char *why = lesson_text_in(&figure->said->why, language_current());
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
	figure_print_printed(session, figure, out);
	if (figure->verdict != FIGURE_EXACT) {
		strbuf_addf(out, " (%s)", figure_verdict_title(figure->verdict));
	} else if (figure->said->number.digits > session->style.digits) {
		strbuf_add(out, _(", here "));
		figure_print_number(session, figure, figure->exact, out);
	}
}

/* The steps of an update are called alike in all, but for its number; where it has a part of the
 * rows only, those of another have others. */
void figure_print_address(const struct session *session, const struct figure *figure,
			  struct strbuf *out)
{
	const struct stepper *stepper = &session->stepper;
	const struct address own = {.has_query = true};
	struct strbuf name = {0};
	struct ref ref;
	size_t n_rows;
	stepper_rows(stepper, &n_rows);
	bool is_current = figure->said->update.value == stepper_updates(stepper) + 1;
	if (!figure->known || (!is_current && n_rows < session->built.data.n_rows) ||
	    ref_parse(stepper, NULL, figure->said->of.text, &ref, NULL))
		return;
	uint64_t index = value_get(stepper, &ref).where;
	if (index > 0) {
		place_name_print(stepper, index, &name);
		strbuf_addf(out, "%s@%zu%s%s", session->lesson->id.text, figure->said->update.value,
			    strchr(strbuf_str(&name), '.'),
			    address_changes_numbers(session, &own) ? "?" : "");
	}
	strbuf_free(&name);
}
