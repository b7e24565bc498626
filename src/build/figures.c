/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures.c -- the verdicts on a lesson's printed figures.
 *
 * Two replays: along paths, and by deltas for what has a number only there (dE/dsum_y1). In both
 * every printed number takes the place of its own; the last one that is printed of it, where there
 * are several. Only updates that figures are of are replayed, the others trained. */
#include "backstep/build/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/work.h"
#include "backstep/build/figure_formula.h"
#include "figure_verdict.h"

/* A longer run than this is not judged: it would keep whoever opens the lesson waiting. Numbers of
 * the replays; parameters times rows of all updates, and what an update costs beside them. */
enum { MAX_REPLAY = 200000, MAX_TRAINING = 200000000, UPDATE_COST = 64 };

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
	bool has_replay;  /* an update is not too large for one */
};

static bool is_of_update(const struct judge *j, const struct figure *figure)
{
	return figure->said->update.value == j->update;
}

static void set_place(const struct judge *j, struct figure *figure, const struct ref *ref,
		      double value)
{
	ref_print(&j->stepper, ref, true, figure->at);
	figure->at_value = value;
}

/* Where the number stands in the walk: at its step; given ones at the first step that uses them. */
static void find_place(const struct judge *j, struct figure *figure, const struct ref *ref)
{
	const struct replay_number *at = replay_find(&j->replay, ref);
	const struct replay_number *user = at ? replay_of_step(&j->replay, at->used) : NULL;
	if (at && at->index == 0 && user)
		at = user;
	if (at)
		set_place(j, figure, &at->ref, at->exact);
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
			figure_judge(j->figures, figure, &judged);
			set_place(j, figure, &number->ref, number->exact);
		}
		number->other.value = said->number.value;
		if (figure->verdict != FIGURE_CARRIED || !computed.source)
			number->other.source = i + 1;
	}
}

/* Figures that no number is called by may be formulas. Errors: STATUS_NO_MEMORY. */
static enum status judge_formulas(struct judge *j, struct error *err)
{
	const struct figure_numbers numbers = {&j->replay, j->is_last ? &j->stepper : NULL};
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		struct replay_number number;
		if (figure->known || !is_of_update(j, figure))
			continue;
		enum status status =
		    figure_formula_eval(&numbers, figure->said->of.text, &number, err);
		if (status == STATUS_NO_MEMORY)
			return status;
		if (status)
			continue; /* names nothing, and is reported as that */
		figure_judge(j->figures, figure, &number);
		find_place(j, figure, &number.ref);
	}
	return STATUS_OK;
}

/* Inputs and targets have no step; an old parameter is told where its new value is computed. */
static void place_data(struct judge *j)
{
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		bool is_here = figure->known && is_of_update(j, figure);
		if (is_here && j->refs[i].kind == REF_UNIT)
			find_place(j, figure, &j->refs[i]);
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

/* The step of a number, where one computes it: what the walk tells it by. */
static void set_step(struct judge *j, struct figure *figure, uint64_t index)
{
	struct step step;
	struct ref ref;
	arena_reset(j->replay.scratch);
	if (index && !stepper_at(&j->stepper, index, j->replay.scratch, &step, NULL) &&
	    !replay_step_ref(&j->stepper, &step, &ref))
		set_place(j, figure, &ref, step.value);
}

/* Before the commit: numbers that the replay does not have, for which there is nothing but the
 * engine's; and names that nothing has. */
static void judge_others(struct judge *j)
{
	for (size_t i = 0; i < j->figures->n_items; i++) {
		struct figure *figure = &j->figures->items[i];
		const char *of = figure->said->of.text;
		struct ref ref;
		struct value value;
		if (figure->known || !is_of_update(j, figure))
			continue;
		if (value_find(&j->stepper, NULL, of, &ref, &value, NULL)) {
			ref_nearest(&j->stepper, of, figure->nearest);
			if (strcmp(figure->nearest, of) == 0) /* there it has a row */
				*figure->nearest = '\0';
			continue;
		}
		figure_judge(j->figures, figure,
			     &(struct replay_number){.exact = value.value, .other.value = NAN});
		set_step(j, figure, value.where);
	}
}

/* Replays the update at hand from *state, which becomes what it leaves. */
static enum status replay_here(struct judge *j, struct replay_state **state, struct error *err)
{
	struct replay_state *before = *state;
	*state = NULL;
	enum status status = replay_update(&j->replay, &j->stepper, before, err);
	if (!status && !(*state = replay_save(&j->replay, &j->stepper)))
		status = error_no_memory(err);
	free(before);
	return status;
}

/* Judges the figures of the update at hand; the position is then before its commit, or where a
 * number is not finite. */
static enum status judge_update(struct judge *j, struct replay_state **state, struct error *err)
{
	find_refs(j);
	enum status status = j->has_replay ? replay_here(j, state, err) : STATUS_OK;
	if (status)
		return status;
	bool is_whole = !stepper_go_index(&j->stepper, stepper_n_steps(&j->stepper) - 1, NULL);
	status = judge_formulas(j, err);
	place_data(j);
	if (is_whole && j->is_last)
		judge_others(j);
	return status;
}

/* The first update from here on that a figure is of; 0: none. */
static size_t next_update(const struct judge *j)
{
	size_t next = 0;
	for (size_t i = 0; i < j->figures->n_items; i++) {
		size_t update = j->figures->items[i].said->update.value;
		if (update >= j->update && (!next || update < next))
			next = update;
	}
	return next;
}

/* Trains up to update, from what was printed as well. *is_finite false: it was not reached. */
static enum status skip_to(struct judge *j, size_t update, struct replay_state *state,
			   bool *is_finite, struct error *err)
{
	struct stepper *stepper = &j->stepper;
	struct burst burst;
	enum status status = STATUS_OK;
	if (state && update > j->update)
		status = replay_train(state, stepper, update - j->update, err);
	for (*is_finite = true; !status && *is_finite && j->update < update;) {
		status = stepper_run(stepper, update - j->update + 1, &burst, err);
		j->update += burst.n;
		*is_finite = status != STATUS_NUMERIC;
		if (status != STATUS_INTERRUPTED)
			status = work_tell(N_("figures"), j->update, update, err);
	}
	stepper_end_pass(stepper);
	return status;
}

/* Judges the figures of all updates, one after another, as long as numbers are finite. */
static enum status run_updates(struct judge *j, struct error *err)
{
	struct replay_state *state = NULL;
	enum status status = STATUS_OK;
	bool is_finite = true;
	size_t next;
	for (j->update = 1; !status && is_finite && (next = next_update(j)); j->update++) {
		status = skip_to(j, next, state, &is_finite, err);
		if (!status && is_finite)
			status = judge_update(j, &state, err);
		is_finite = is_finite && !stepper_update(&j->stepper, NULL);
		stepper_leave_commit(&j->stepper);
	}
	free(state);
	return status;
}

/* Whether judging takes so long that nobody would wait for it. */
static bool is_too_long(const struct judge *j)
{
	const struct trainer *trainer = &j->stepper.trainer;
	double last = 0.0, replayed = 0.0;
	for (size_t i = 0; i < j->figures->n_items; i++)
		last = fmax(last, (double)j->figures->items[i].said->update.value);
	replayed = fmin(last, (double)j->figures->n_items) * (double)replay_count(&j->stepper);
	double update = (double)trainer->model->graph.n_params * (double)trainer->batches.size;
	return (j->has_replay && replayed > MAX_REPLAY) ||
	       last * (update + UPDATE_COST) > MAX_TRAINING;
}

static enum status run(struct judge *j, enum chain_form chain, struct error *err)
{
	struct error_list errors = {0};
	enum status status = lesson_build(j->lesson, &j->built, &errors);
	error_list_end(&errors, err);
	if (status)
		return status;
	status = stepper_init(&j->stepper, j->built.model, &j->built.optimizer, &j->built.data,
			      j->built.batch, chain, err);
	if (!status) {
		j->has_replay = replay_count(&j->stepper) <= REPLAY_MAX_NUMBERS;
		j->figures->too_long = is_too_long(j);
		status = j->figures->too_long
			     ? error_set(err, STATUS_BAD_INPUT,
					 _("the figures need too long a run to be checked"))
			     : run_updates(j, err);
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
	int digits = figure->said->number.digits + 2;
	struct error err;
	digits = digits < 9 ? 9 : digits > 17 ? 17 : digits;
	error_set(&err, STATUS_BAD_INPUT,
		  _("%s is printed as %s: the verdict is '%s', the lesson says '%s'"),
		  figure->said->of.text, figure->said->printed.text,
		  figure_verdict_words[figure->verdict],
		  figure_verdict_words[figure->said->declared.value]);
	number_format(exact, figure->exact, digits);
	if (isnan(figure->carried))
		error_hint(&err, _("it is %s"), exact);
	else
		error_hint(&err, _("it is %s; from the printed numbers %s"), exact,
			   number_format(carried, figure->carried, digits));
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
	if (status == STATUS_INTERRUPTED)
		return status;
	complain(&j, errors, lesson->figures.items[0].of.mark, &err);
	return status;
}

void figures_free(struct figures *figures)
{
	free(figures->items);
	*figures = (struct figures){0};
}
