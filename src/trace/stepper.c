/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper.c -- moving through an update, and from update to update. */
#include "backstep/trace/stepper.h"

#include <math.h>
#include <stdlib.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/work.h"
#include "names.h"
#include "steps.h"
#include "stepper_layout.h"
#include "stop_advice.h"

/* Computes the update. Before its first step nobody needs its numbers: long passes wait there until
 * somebody goes on. Errors: STATUS_INTERRUPTED; then the position is there. */
static enum status compute(struct stepper *stepper, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	if (stepper->index == 0 && !trainer->prepared && trainer->is_long) {
		trainer_load(trainer);
		return STATUS_OK;
	}
	enum status status = trainer_try_prepare(trainer, err);
	if (status)
		stepper->index = 0;
	return status;
}

enum status stepper_init(struct stepper *stepper, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, enum chain_form chain, struct error *err)
{
	*stepper = (struct stepper){0};
	enum status status = trainer_init(&stepper->trainer, model, optimizer, data, batch, err);
	if (!status)
		status = plan_init(&stepper->plan, model, optimizer, chain, err);
	if (!status)
		status = stepper_make_walks(stepper, err);
	if (!status)
		status = history_init(&stepper->history, &stepper->trainer, err);
	if (!status)
		status = numbering_set(&stepper->numbering, 0, optimizer, err);
	if (!status && !(stepper->names = names_new(model)))
		status = error_no_memory(err);
	if (status) {
		stepper_free(stepper);
		return status;
	}
	stepper_count_parts(stepper);
	return compute(stepper, err);
}

void stepper_free(struct stepper *stepper)
{
	names_free(stepper->names);
	numbering_free(&stepper->numbering);
	history_free(&stepper->history);
	walk_free(&stepper->full);
	walk_free(&stepper->last);
	plan_free(&stepper->plan);
	trainer_free(&stepper->trainer);
}

uint64_t stepper_n_steps(const struct stepper *stepper)
{
	return walk_steps(stepper_walk(stepper));
}

uint64_t stepper_number(const struct stepper *stepper)
{
	return stepper_before(stepper, stepper->trainer.n_updates) + stepper->index;
}

static bool in_first_update(const struct stepper *stepper)
{
	return stepper->trainer.n_updates == history_first(&stepper->history);
}

bool stepper_at_start(const struct stepper *stepper)
{
	return stepper->index == 0 && in_first_update(stepper);
}

bool stepper_at_commit(const struct stepper *stepper)
{
	return stepper->index > 0 && stepper->index == stepper_n_steps(stepper);
}

/* The updates of another optimizer consist of other steps: after a move to another update those of
 * the optimizer in force there are laid out. */
static void follow_optimizer(struct stepper *stepper)
{
	stepper_lay_out(stepper, &stepper->trainer.optimizer);
}

void stepper_leave_commit(struct stepper *stepper)
{
	if (!stepper_at_commit(stepper))
		return;
	history_advance(&stepper->history);
	follow_optimizer(stepper);
	stepper->index = 0;
	compute(stepper, NULL);
}

bool stepper_be_whole(struct stepper *stepper)
{
	struct trainer *trainer = &stepper->trainer;
	if (!trainer->prepared && trainer->is_long) {
		/* the new values are still there: it was a look at others that was stopped */
		trainer->prepared = stepper_at_commit(stepper);
		stepper_leave_commit(stepper);
		stepper->index = 0;
	}
	compute(stepper, NULL);
	return trainer->prepared;
}

void stepper_visit(struct stepper *stepper, uint64_t update)
{
	stepper->index = 0;
	if (update == stepper->trainer.n_updates)
		return;
	history_go(&stepper->history, update);
	follow_optimizer(stepper);
	compute(stepper, NULL);
}

void stepper_end_pass(struct stepper *stepper)
{
	trainer_prepare(&stepper->trainer);
}

enum status stepper_try_end_pass(struct stepper *stepper, struct error *err)
{
	return trainer_try_prepare(&stepper->trainer, err);
}

void stepper_begin_visit(struct stepper *stepper)
{
	if (stepper->trainer.is_long) /* it would have to be computed again if this is stopped */
		stepper_leave_commit(stepper);
}

enum status stepper_return(struct stepper *stepper, uint64_t update, uint64_t index,
			   enum status status, struct error *err)
{
	stepper_visit(stepper, update);
	if (!status)
		status = stepper_try_end_pass(stepper, err);
	if (!status || stepper_be_whole(stepper))
		stepper->index = index;
	return status;
}

void stepper_place(const struct stepper *stepper, uint64_t index, struct place *place)
{
	walk_place(stepper_walk(stepper), index - 1, place);
}

struct step_source stepper_source(const struct stepper *stepper)
{
	return (struct step_source){.trainer = &stepper->trainer, .plan = &stepper->plan};
}

static enum status make_step(const struct stepper *stepper, const struct step_source *source,
			     uint64_t index, struct arena *arena, struct step *step,
			     struct error *err)
{
	struct place place;
	stepper_place(stepper, index, &place);
	enum status status = step_make(source, &place, arena, step, err);
	step->number = stepper_before(stepper, stepper->trainer.n_updates) + index;
	step->update = stepper->trainer.n_updates + 1;
	return status;
}

enum status stepper_at(const struct stepper *stepper, uint64_t index, struct arena *arena,
		       struct step *step, struct error *err)
{
	struct step_source source = stepper_source(stepper);
	return make_step(stepper, &source, index, arena, step, err);
}

enum status stepper_at_whole(const struct stepper *stepper, uint64_t index, struct arena *arena,
			     struct step *step, struct error *err)
{
	struct step_source source = stepper_source(stepper);
	source.most_terms = STEP_WHOLE_TERMS;
	return make_step(stepper, &source, index, arena, step, err);
}

enum status stepper_current(const struct stepper *stepper, struct arena *arena, struct step *step,
			    struct error *err)
{
	return stepper_at(stepper, stepper->index, arena, step, err);
}

static bool is_finite_at(const struct stepper *stepper, uint64_t index, double *value)
{
	struct place place;
	struct step_source source = stepper_source(stepper);
	stepper_place(stepper, index, &place);
	*value = step_value(&source, &place);
	return isfinite(*value);
}

/* Says that the step just entered is the one where the numbers ended. */
static enum status stop_here(const struct stepper *stepper, double value, struct error *err)
{
	error_set(err, STATUS_NUMERIC, _("step %llu is %s: the walk stops here"),
		  (unsigned long long)stepper_number(stepper),
		  isnan(value) ? _("not a number") : _("infinite"));
	stop_advise(stepper, err);
	return STATUS_NUMERIC;
}

/* Moves forwards within the update up to index, stopping at the first number that is not finite.
 * Only an update that holds such a number is looked at step by step. */
static enum status advance(struct stepper *stepper, uint64_t index, struct error *err)
{
	double value;
	enum status status =
	    index > 0 ? trainer_try_prepare(&stepper->trainer, err) : compute(stepper, err);
	if (status)
		return status;
	if (stepper->trainer.finite) {
		stepper->index = index;
		return STATUS_OK;
	}
	if (stepper->index > 0 && !is_finite_at(stepper, stepper->index, &value))
		return stop_here(stepper, value, err);
	while (stepper->index < index) {
		stepper->index++;
		if (!is_finite_at(stepper, stepper->index, &value))
			return stop_here(stepper, value, err);
	}
	return STATUS_OK;
}

enum status stepper_next(struct stepper *stepper, struct error *err)
{
	stepper_leave_commit(stepper);
	return advance(stepper, stepper->index + 1, err);
}

/* Refuses to go back beyond a state that was loaded. */
static enum status before_history(const struct stepper *stepper, struct error *err)
{
	uint64_t first = history_first(&stepper->history);
	error_set(err, STATUS_BAD_INPUT,
		  _("the way back begins at step %llu, where the state was loaded"),
		  (unsigned long long)stepper_before(stepper, first));
	error_hint(err, _("to the start of the lesson: restart"));
	return STATUS_BAD_INPUT;
}

enum status stepper_back(struct stepper *stepper, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	if (stepper_at_start(stepper))
		return trainer->n_updates == 0
			   ? error_set(err, STATUS_BAD_INPUT, _("this is the start"))
			   : before_history(stepper, err);
	if (stepper->index > 1 || in_first_update(stepper)) {
		stepper->index--;
		return STATUS_OK;
	}
	/* before an update's first step is after the commit of the update before: who stands
	 * there already goes back over the commit */
	return stepper_go(stepper, stepper_number(stepper) - 1, err);
}

enum status stepper_update(struct stepper *stepper, struct error *err)
{
	stepper_leave_commit(stepper);
	return advance(stepper, stepper_n_steps(stepper), err);
}

/* Makes up to n updates at once; one of which a number is not finite is not made: the position is
 * before its first step. Errors: STATUS_INTERRUPTED. */
static enum status make_at_once(struct stepper *stepper, uint64_t n, struct burst *burst,
				struct error *err)
{
	const struct trainer *trainer = &stepper->trainer;
	enum status status = history_run(&stepper->history, n, burst, err);
	stepper->index = 0;
	if (!status && !trainer->finite) {
		burst->n--;
		history_go(&stepper->history, trainer->n_updates - 1);
	}
	return status;
}

/* The plan is laid out only where the walk stops again. */
enum status stepper_run(struct stepper *stepper, uint64_t n, struct burst *burst, struct error *err)
{
	CONTRACT(n > 0);
	struct trainer *trainer = &stepper->trainer;
	burst->n = 0;
	stepper_leave_commit(stepper);
	enum status status = n > 1 ? make_at_once(stepper, n - 1, burst, err) : STATUS_OK;
	if (!status && burst->n > 0)
		return STATUS_OK;
	stepper_lay_out(stepper, &trainer->optimizer);
	if (!status)
		status = stepper_update(stepper, err);
	if (!status)
		burst->losses[burst->n++] = trainer->model->loss;
	return status;
}

void stepper_end_run(struct stepper *stepper)
{
	if (stepper->trainer.is_long)
		stepper_be_whole(stepper);
	else
		stepper_go(stepper, stepper_number(stepper), NULL);
}

enum status stepper_go_index(struct stepper *stepper, uint64_t index, struct error *err)
{
	if (index > stepper->index)
		return advance(stepper, index, err);
	if (index > 0 || in_first_update(stepper) || stepper->index == 0) {
		stepper->index = index;
		return STATUS_OK;
	}
	stepper->index = 1;
	return stepper_back(stepper, err);
}

/* Makes all updates before update. Errors: as advance; STATUS_INTERRUPTED, on the way. */
static enum status make_updates(struct stepper *stepper, uint64_t update, struct error *err)
{
	const struct trainer *trainer = &stepper->trainer;
	const uint64_t was = trainer->n_updates;
	enum status status = STATUS_OK;
	while (!status && trainer->n_updates < update) {
		status = work_tell(N_("going there"), trainer->n_updates - was, update - was, err);
		if (!status)
			status = advance(stepper, stepper_n_steps(stepper), err);
		if (!status)
			stepper_leave_commit(stepper);
	}
	return status;
}

/* To before the first step of update. Errors: as make_updates. */
static enum status change_update(struct stepper *stepper, uint64_t update, struct error *err)
{
	if (update >= stepper->trainer.n_updates)
		return make_updates(stepper, update, err);
	enum status status = history_travel(&stepper->history, update, err);
	follow_optimizer(stepper);
	stepper->index = 0;
	return status;
}

/* To step index of another update. Errors: as stepper_go. */
static enum status go_far(struct stepper *stepper, uint64_t update, uint64_t number,
			  struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	stepper_begin_visit(stepper);
	const uint64_t was = trainer->n_updates, index = stepper->index;
	const bool may_be_stopped =
	    trainer->is_long || update > was || history_distance(&stepper->history, update) > 0;
	struct trainer_state *before = may_be_stopped ? trainer_save(trainer) : NULL;
	if (may_be_stopped && !before)
		return error_no_memory(err);
	enum status status = change_update(stepper, update, err);
	if (!status)
		status =
		    advance(stepper, number ? number - stepper_before(stepper, update) : 0, err);
	if (before && status == STATUS_INTERRUPTED) {
		trainer_restore(trainer, before, was);
		history_settle(&stepper->history);
		follow_optimizer(stepper);
		stepper->index = index;
		stepper_be_whole(stepper);
	}
	free(before);
	return status;
}

enum status stepper_go(struct stepper *stepper, uint64_t number, struct error *err)
{
	const struct trainer *trainer = &stepper->trainer;
	uint64_t update = numbering_update(&stepper->numbering, trainer_batches(trainer), number);
	if (number < stepper_before(stepper, history_first(&stepper->history)))
		return before_history(stepper, err);
	if (update < history_first(&stepper->history))
		update++; /* after its last step is before the first one of the history */
	if (update != trainer->n_updates)
		return go_far(stepper, update, number, err);
	return stepper_go_index(stepper, number ? number - stepper_before(stepper, update) : 0,
				err);
}

/* The position stays where it was in the plan before. */
static void keep_place(struct stepper *stepper, const struct plan *before,
		       const struct place *place)
{
	if (stepper->index > 0)
		stepper->index = 1 + walk_nearest(stepper_walk(stepper), before, place);
}

static void get_place(const struct stepper *stepper, struct place *place)
{
	if (stepper->index > 0)
		stepper_place(stepper, stepper->index, place);
}

enum status stepper_set_chain(struct stepper *stepper, enum chain_form chain, struct error *err)
{
	struct plan plan, before = stepper->plan;
	struct place place;
	enum status status =
	    plan_init(&plan, stepper->trainer.model, &stepper->trainer.optimizer, chain, err);
	if (status)
		return status;
	get_place(stepper, &place);
	stepper->plan = plan;
	status = stepper_make_walks(stepper, err);
	if (status) {
		stepper->plan = before;
		plan_free(&plan);
		return status;
	}
	keep_place(stepper, &before, &place);
	plan_free(&before);
	stepper_count_parts(stepper);
	return STATUS_OK;
}

enum status stepper_set_optimizer(struct stepper *stepper, const struct optimizer *optimizer,
				  struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct place place;
	stepper_leave_commit(stepper);
	get_place(stepper, &place);
	struct plan before = stepper->plan;
	enum status status = trainer_set_optimizer(trainer, optimizer, err);
	if (!status)
		status = numbering_set(&stepper->numbering, trainer->n_updates, optimizer, err);
	if (status)
		return status;
	stepper_count_parts(stepper);
	keep_place(stepper, &before, &place);
	status = history_pin(&stepper->history, err);
	compute(stepper, NULL);
	return status;
}
