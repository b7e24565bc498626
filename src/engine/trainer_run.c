/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer_run.c -- preparing and committing updates. */
#include "trainer_run.h"

#include <string.h>

#include "fast/plan.h"
#include "numbers.h"
#include "passes.h"
#include "paths.h"

static bool is_staged(const struct trainer *trainer)
{
	return trainer->stages.list.n > 0;
}

/* The rate in force. */
static double *rate_of(struct optimizer *optimizer)
{
	return &optimizer->hypers[optimizer_rate_index(optimizer)];
}

/* What the rule learns from. */
static const double *find_signal(const struct trainer *trainer)
{
	if (trainer->optimizer.class->signal)
		return trainer->signal;
	return is_staged(trainer) ? stages_gradient(&trainer->stages) : trainer->model->graph.grad;
}

/* Points work at parameters and slots, of which NULL are those that nobody looks at, and at those
 * of its arrays that have to be looked at to know whether all of it is finite. */
static void bind_buffers(struct trainer *trainer, struct trainer_work *work, double *theta,
			 double *const slots[])
{
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	const bool all_change = trainer->n_ranges == 1 && trainer->ranges[0].lo == 0 &&
				trainer->ranges[0].hi == trainer->model->graph.n_params;
	*work = (struct trainer_work){
	    .update = {.theta = theta, .signal = find_signal(trainer), .t = trainer->t + 1},
	    .run = fast_find_update(&trainer->optimizer),
	    .checked = fast_find_checked_update(&trainer->optimizer)};
	if (!work->checked || is_staged(trainer) || !all_change) {
		work->shown[work->n_shown++] = theta;
		work->shown[work->n_shown++] = trainer->model->graph.grad;
	}
	for (size_t s = 0; s < form->n_slots; s++) {
		work->update.slots[s] = slots[s];
		if (slots[s])
			work->shown[work->n_shown++] = slots[s];
	}
}

/* Slots that are not kept are left out. */
void trainer_bind(struct trainer *trainer)
{
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	double *slots[OPTIMIZER_MAX_SLOTS];
	trainer->has_extras = is_staged(trainer) || form->ahead ||
			      trainer->optimizer.class->signal || trainer->model->graph.n_state > 0;
	for (size_t s = 0; s < form->n_slots; s++)
		slots[s] = form->slots[s].kept ? trainer->own->slots[s] : NULL;
	bind_buffers(trainer, &trainer->in_place, trainer->own->theta, slots);
	bind_buffers(trainer, &trainer->in_next, stages_proposed(&trainer->stages),
		     trainer->own->next_slots);
}

static void load_rows(struct trainer *trainer)
{
	struct model *model = trainer->model;
	trainer->n_examples = batches_rows(&trainer->batches, trainer->n_updates, trainer->rows);
	model_load(model, trainer->data.x, trainer->data.t, trainer->rows, trainer->n_examples);
	trainer->loaded = model->n_loads;
}

static void load_batch(struct trainer *trainer)
{
	struct model *model = trainer->model;
	model->graph.mode = GRAPH_TRAIN;
	model->graph.update = trainer->n_updates;
	/* It may be there already, if nobody has loaded another. */
	if (!trainer->loaded || trainer->loaded != model->n_loads ||
	    !batches_repeat(&trainer->batches))
		load_rows(trainer);
}

static void look_ahead(struct trainer *trainer)
{
	const struct optimizer *optimizer = &trainer->now;
	memcpy(trainer->model->graph.theta, trainer->own->theta, trainer_bytes_of_params(trainer));
	struct update update = trainer->in_place.update;
	update.t = trainer->t + 1;
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		update.lo = trainer->ranges[k].lo;
		update.hi = trainer->ranges[k].hi;
		optimizer->class->look_ahead(optimizer, &update, trainer->model->graph.theta);
	}
}

/* Whether parameters lo to hi of the arrays that have to be looked at are finite. */
SELDOM bool shown_are_finite(const struct trainer_work *work, size_t lo, size_t hi)
{
	bool finite = true;
	for (size_t k = 0; k < work->n_shown; k++)
		finite = numbers_are_finite(hi - lo, work->shown[k] + lo) && finite;
	return finite;
}

/* The old values of a part, where new ones are to be computed. */
static void copy_part(const struct trainer *trainer, const struct trainer_work *work,
		      const struct trainer_part *part)
{
	const size_t lo = part->lo, size = (part->hi - lo) * sizeof(double);
	memcpy(work->update.theta + lo, trainer->own->theta + lo, size);
	for (size_t s = 0; s < optimizer_form(&trainer->optimizer)->n_slots; s++)
		if (trainer->own->next_slots[s] != trainer->own->slots[s])
			memcpy(trainer->own->next_slots[s] + lo, trainer->own->slots[s] + lo, size);
}

/* Updates the parameters that the form changes, in copies of the old ones if copies is true.
 * Returns whether all numbers of the work are finite. */
INLINE bool update_parts(const struct trainer *trainer, struct trainer_work *work, bool copies)
{
	struct update *update = &work->update;
	bool finite = true;
	update->t = trainer->t + 1;
	const struct trainer_part *part = trainer->parts, *end = part + trainer->n_parts;
	for (; part != end; part++) {
		update->lo = part->lo;
		update->hi = part->hi;
		if (copies)
			copy_part(trainer, work, part);
		if (part->changes && work->checked)
			finite = work->checked(&trainer->now, update) && finite;
		else if (part->changes)
			work->run(&trainer->now, update);
		if (work->n_shown)
			finite = shown_are_finite(work, part->lo, part->hi) && finite;
	}
	return finite;
}

/* Computes next and next_slots. */
static void compute_next(struct trainer *trainer)
{
	trainer->finite = update_parts(trainer, &trainer->in_next, true) && trainer->finite;
	stages_run_values(&trainer->stages, trainer->n_updates, *rate_of(&trainer->now),
			  trainer->own->theta);
	trainer->finite = trainer->finite && stages_are_finite(&trainer->stages);
}

/* What the ops carry into the next update. */
static void carry_state(struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	graph_carry(graph, trainer->own->next_state);
	trainer->finite =
	    trainer->finite && numbers_are_finite(graph->n_state, trainer->own->next_state);
}

/* What only some optimizers need before the passes: a rate of its own, a point ahead. */
SELDOM void prepare_point(struct trainer *trainer)
{
	if (is_staged(trainer))
		*rate_of(&trainer->now) = stages_run_rate(&trainer->stages, trainer->n_updates,
							  *rate_of(&trainer->optimizer));
	if (optimizer_form(&trainer->now)->ahead)
		look_ahead(trainer);
}

/* And after them, with what only some networks do. */
SELDOM void complete_signal(struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	if (is_staged(trainer))
		stages_run_gradient(&trainer->stages, trainer->n_updates);
	if (trainer->now.class->signal)
		trainer->now.class->signal(&trainer->now, trainer->model, trainer->signal);
	/* the point ahead is looked at here, the parameters when they are updated */
	if (optimizer_form(&trainer->now)->ahead)
		trainer->finite =
		    numbers_are_finite(graph->n_params, graph->theta) && trainer->finite;
	if (graph->n_state)
		carry_state(trainer);
}

INLINE void load(struct trainer *trainer)
{
	load_batch(trainer);
	if (trainer->has_extras)
		prepare_point(trainer);
}

void trainer_load(struct trainer *trainer)
{
	load(trainer);
}

/* Loads the batch and computes what is learnt from it. Errors: STATUS_INTERRUPTED. */
INLINE enum status compute_signal(struct trainer *trainer, enum graph_scope scope, bool asks,
				  struct error *err)
{
	struct model *model = trainer->model;
	load(trainer);
	enum status status = model_pass(model, scope, asks, err);
	if (status)
		return status;
	trainer->finite = model_is_finite(model);
	if (trainer->has_extras)
		complete_signal(trainer);
	return STATUS_OK;
}

INLINE enum status prepare(struct trainer *trainer, bool asks, struct error *err)
{
	if (trainer->prepared)
		return STATUS_OK;
	enum status status = compute_signal(trainer, GRAPH_ALL, asks, err);
	if (status)
		return status;
	compute_next(trainer);
	trainer->prepared = true;
	return STATUS_OK;
}

void trainer_prepare(struct trainer *trainer)
{
	prepare(trainer, false, NULL);
}

enum status trainer_try_prepare(struct trainer *trainer, struct error *err)
{
	return prepare(trainer, true, err);
}

/* The new parameters and slots take the place of the old ones. */
static void take_next(struct trainer *trainer)
{
	const size_t n_slots = optimizer_form(&trainer->optimizer)->n_slots;
	memcpy(trainer->own->theta, trainer->own->next, trainer_bytes_of_params(trainer));
	for (size_t k = 0; k < n_slots; k++) {
		double *slot = trainer->own->slots[k];
		trainer->own->slots[k] = trainer->own->next_slots[k];
		trainer->own->next_slots[k] = slot;
	}
	if (n_slots > 0)
		trainer_bind(trainer);
}

INLINE enum status commit(struct trainer *trainer, bool asks, struct error *err)
{
	enum status status = STATUS_OK;
	if (is_staged(trainer)) /* whose numbers need the old values beside the new ones */
		status = prepare(trainer, asks, err);
	if (trainer->prepared) {
		take_next(trainer);
	} else {
		if (!status)
			status = compute_signal(trainer, GRAPH_PARAMS, asks, err);
		if (status)
			return status;
		trainer->finite =
		    update_parts(trainer, &trainer->in_place, false) && trainer->finite;
	}
	if (trainer->has_extras && trainer->model->graph.n_state)
		memcpy(trainer->model->graph.state, trainer->own->next_state,
		       trainer_bytes_of_state(trainer));
	trainer->n_updates++;
	trainer->t++;
	trainer->prepared = false;
	return STATUS_OK;
}

void trainer_commit(struct trainer *trainer)
{
	commit(trainer, false, NULL);
}

enum status trainer_try_commit(struct trainer *trainer, struct error *err)
{
	return commit(trainer, true, err);
}
