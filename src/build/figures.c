/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures.c -- the verdicts on a lesson's printed figures.
 *
 * Two replays: along paths, and by deltas for what has a number only there (dE/dsum_y1). In both
 * every printed number takes the place of its own; the last one that is printed of it, where there
 * are several. */
#include "backstep/build/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "figure_formula.h"

/* A longer run than this is not checked: it would keep whoever opens the lesson waiting. */
enum { MAX_RUN = 200000 };

/* Judging under way. */
struct judge {
	const struct lesson *lesson;
	struct figures *figures;
	struct lesson_model built;
	struct stepper stepper;
	struct replay replay;
	struct ref *refs; /* [figures->n_items] what they are of in this update; or REF_NONE */
	size_t update;    /* from 1 */
	bool is_last;     /* of the replays that are tried */
};

static bool is_of_update(const struct judge *j, const struct figure *figure)
{
	return figure->said->update.value == j->update;
}

static enum figure_form form_of(const struct decimal *printed, double value)
{
	double wanted = printed->value;
	if (fabs(value - wanted) <= 1e-12 * fabs(wanted))
		return FIGURE_SAME;
	if (decimal_round(value, printed->places, DECIMAL_HALF_UP) == wanted ||
	    decimal_round(value, printed->places, DECIMAL_HALF_EVEN) == wanted)
		return FIGURE_ROUNDED;
	return decimal_round(value, printed->places, DECIMAL_CUT) == wanted ? FIGURE_CUT
									    : FIGURE_OTHER;
}

static void judge(struct judge *j, struct figure *figure, const struct replay_number *number)
{
	struct figures *figures = j->figures;
	const struct decimal *printed = &figure->said->number;
	figure->known = true;
	figure->exact = number->exact;
	figure->carried = number->other.value;
	figure->verdict = FIGURE_EXACT;
	figure->form = form_of(printed, figure->exact);
	if (figure->form == FIGURE_OTHER) {
		figure->form = form_of(printed, figure->carried);
		figure->verdict = figure->form == FIGURE_OTHER ? FIGURE_DIFFERS : FIGURE_CARRIED;
	}
	if (figure->verdict == FIGURE_CARRIED && number->other.source)
		figure->origin = &figures->items[number->other.source - 1];
	figures->n_of[figure->verdict]++;
}

static void set_place(const struct judge *j, struct figure *figure, const struct replay_number *at)
{
	ref_print(&j->stepper, &at->ref, true, figure->at);
	figure->at_value = at->exact;
}

/* Where the number stands in the walk: at its step; given ones at the first step that uses them. */
static void find_place(const struct judge *j, struct figure *figure, const struct ref *ref)
{
	const struct replay_number *at = replay_find(&j->replay, ref);
	const struct replay_number *user = at ? replay_of_step(&j->replay, at->used) : NULL;
	if (at)
		set_place(j, figure, at->index == 0 && user ? user : at);
}

/* Judges the figures of a number when it is computed, then puts the printed number in its place. */
static void use_printed(void *ctx, struct replay_number *number)
{
	struct judge *j = ctx;
	struct replay_value computed = number->other;
	if (number->index == 0 && number->ref.kind == REF_SLOT) /* as the last update left it */
		return;
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		const struct lesson_figure *said = figure->said;
		if (!is_of_update(j, figure) || !ref_is_same(&number->ref, &j->refs[i]))
			continue;
		if (!figure->known) {
			struct replay_number judged = *number;
			judged.other = computed;
			judge(j, figure, &judged);
			set_place(j, figure, number);
		}
		number->other.value = said->number.value;
		if (figure->verdict != FIGURE_CARRIED || !computed.source)
			number->other.source = i + 1;
	}
}

/* Figures that no number is called by may be formulas. Errors: STATUS_NO_MEMORY. */
static enum status judge_formulas(struct judge *j, struct error *err)
{
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		struct replay_number number;
		if (figure->known || !is_of_update(j, figure))
			continue;
		enum status status =
		    figure_formula_eval(&j->replay, figure->said->of.text, &number, err);
		if (status == STATUS_NO_MEMORY)
			return status;
		if (status)
			continue; /* names nothing, and is reported as that */
		judge(j, figure, &number);
		find_place(j, figure, &number.ref);
	}
	return STATUS_OK;
}

/* Inputs and targets have no step; an old parameter is told where its new value is computed. */
static void place_data(struct judge *j)
{
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		const struct replay_number *at = replay_find(&j->replay, &j->refs[i]);
		if (figure->known && is_of_update(j, figure) && at && at->index == 0 &&
		    at->ref.kind == REF_UNIT)
			find_place(j, figure, &at->ref);
	}
}

/* What the figures of this update are of. */
static void find_refs(struct judge *j)
{
	for (size_t i = 0; i < j->figures->n_items; i++) {
		const struct figure *figure = &j->figures->items[i];
		if (!is_of_update(j, figure) ||
		    ref_parse(&j->stepper, NULL, figure->said->of.text, &j->refs[i], NULL))
			j->refs[i] = (struct ref){.kind = REF_NONE};
	}
}

/* At the commit: numbers that no step computes, for which there is nothing but the engine's; and
 * names that nothing has. */
static void judge_others(struct judge *j)
{
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		const char *of = figure->said->of.text;
		struct ref ref;
		struct value value;
		if (figure->known || !is_of_update(j, figure))
			continue;
		if (value_find(&j->stepper, NULL, of, &ref, &value, NULL))
			ref_nearest(&j->stepper, of, figure->nearest);
		else
			judge(j, figure,
			      &(struct replay_number){.exact = value.value, .other.value = NAN});
	}
}

/* Trains and replays updates up to the last one that a figure belongs to. */
static enum status run_updates(struct judge *j, size_t last, struct error *err)
{
	struct replay_state *state = NULL;
	enum status status = STATUS_OK;
	for (j->update = 1; !status && j->update <= last; j->update++) {
		struct replay_state *before = state;
		find_refs(j);
		status = replay_update(&j->replay, &j->stepper, state, err);
		state = status ? NULL : replay_save(&j->replay, &j->stepper);
		free(before);
		if (!status && !state)
			status = error_no_memory(err);
		if (!status)
			status = judge_formulas(j, err);
		if (status)
			break;
		place_data(j);
		if (stepper_update(&j->stepper, NULL)) /* no longer finite: nothing more to judge */
			break;
		if (j->is_last)
			judge_others(j);
		stepper_leave_commit(&j->stepper);
	}
	free(state);
	return status;
}

static size_t last_update(const struct lesson *lesson)
{
	size_t last = 0;
	for (size_t i = 0; i < lesson->figures.n_items; i++)
		if (lesson->figures.items[i].update.value > last)
			last = lesson->figures.items[i].update.value;
	return last;
}

static enum status run(struct judge *j, enum chain_form chain, struct error *err)
{
	size_t last = last_update(j->lesson);
	struct error_list errors = {0};
	enum status status = lesson_build(j->lesson, &j->built, &errors);
	if (status && errors.n_items)
		*err = errors.items[0];
	error_list_free(&errors);
	if (status)
		return status;
	status = stepper_init(&j->stepper, j->built.model, &j->built.optimizer, &j->built.data,
			      j->built.batch, chain, err);
	if (!status) {
		if (replay_count(&j->stepper) * last > MAX_RUN)
			status = error_set(err, STATUS_BAD_INPUT,
					   _("the figures need too long a run to be checked"));
		if (!status)
			status = run_updates(j, last, err);
		stepper_free(&j->stepper);
	}
	lesson_model_free(&j->built);
	return status;
}

static enum status judge_all(struct judge *j, struct error *err)
{
	enum status status = replay_init(&j->replay, err);
	if (status)
		return status;
	j->replay.use = use_printed;
	j->replay.ctx = j;
	status = run(j, CHAIN_PATHS, err);
	bool all_known = true;
	for (size_t i = 0; i < j->figures->n_items; i++)
		all_known = all_known && j->figures->items[i].known;
	j->is_last = true;
	if (status == STATUS_BAD_INPUT || (!status && !all_known))
		status = run(j, CHAIN_DELTAS, err);
	replay_free(&j->replay);
	return status;
}

static void complain(const struct judge *j, struct error_list *errors, struct source_mark mark,
		     struct error *err)
{
	error_at(err, j->lesson->file, mark.line, mark.column);
	if (errors)
		error_list_add(errors, err);
}

/* Says what the figure should have declared. */
static void complain_of_verdict(const struct judge *j, const struct figure *figure,
				struct error_list *errors)
{
	char exact[NUMBER_TEXT], carried[NUMBER_TEXT];
	struct error err;
	error_set(&err, STATUS_BAD_INPUT,
		  _("%s is printed as %s: the verdict is '%s', the lesson says '%s'"),
		  figure->said->of.text, figure->said->printed.text,
		  figure_verdict_words[figure->verdict],
		  figure_verdict_words[figure->said->declared.value]);
	number_format(exact, figure->exact, 9);
	if (isnan(figure->carried))
		error_hint(&err, _("it is %s"), exact);
	else
		error_hint(&err, _("it is %s; from the printed numbers %s"), exact,
			   number_format(carried, figure->carried, 9));
	complain(j, errors, figure->said->declared.mark, &err);
}

static enum status compare_declared(const struct judge *j, struct error_list *errors)
{
	enum status status = STATUS_OK;
	char shown[TEXT_EXCERPT];
	for (size_t i = 0; i < j->figures->n_items; i++) {
		const struct figure *figure = &j->figures->items[i];
		const struct lesson_figure *said = figure->said;
		struct error err;
		if (figure->known && figure->verdict == said->declared.value)
			continue;
		status = STATUS_BAD_INPUT;
		if (figure->known) {
			complain_of_verdict(j, figure, errors);
			continue;
		}
		error_set(&err, status, _("nothing is called '%s' in update %zu"),
			  text_excerpt(shown, said->of.text), said->update.value);
		if (*figure->nearest)
			error_hint(&err, _("did you mean '%s'?"), figure->nearest);
		else
			error_hint(&err, _("names are those of expect; of a batch's row: y(1)"));
		complain(j, errors, said->of.mark, &err);
	}
	return status;
}

enum status figures_judge(const struct lesson *lesson, struct figures *figures,
			  struct error_list *errors)
{
	struct judge j = {.lesson = lesson, .figures = figures};
	struct error err;
	*figures = (struct figures){0};
	if (lesson->figures.n_items == 0)
		return STATUS_OK;
	figures->items = calloc(lesson->figures.n_items, sizeof *figures->items);
	if (!figures->items)
		return error_no_memory(&err);
	figures->n_items = lesson->figures.n_items;
	for (size_t i = 0; i < figures->n_items; i++)
		figures->items[i].said = &lesson->figures.items[i];
	j.refs = calloc(figures->n_items, sizeof *j.refs);
	enum status status = j.refs ? judge_all(&j, &err) : error_no_memory(&err);
	free(j.refs);
	if (!status)
		return compare_declared(&j, errors);
	complain(&j, errors, lesson->figures.items[0].of.mark, &err);
	return status;
}

void figures_free(struct figures *figures)
{
	free(figures->items);
	*figures = (struct figures){0};
}
