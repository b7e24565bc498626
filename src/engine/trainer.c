/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer.c -- preparing and committing updates. */
#include "backstep/engine/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"

static size_t bytes_of_params(const struct trainer *trainer)
{
	return trainer->model->graph.n_params * sizeof(double);
}

static double *new_params(struct trainer *trainer)
{
	return ARENA_ARRAY(trainer->arena, double, trainer->model->graph.n_params);
}

enum status trainer_init(struct trainer *trainer, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, struct error *err)
{
	*trainer = (struct trainer){.arena = arena_new(), .model = model, .data = *data,
				    .batch = batch, .finite = true};
	if (!trainer->arena)
		return error_no_memory(err);
	trainer->theta = model->graph.theta;
	trainer->rows = ARENA_ARRAY(trainer->arena, size_t, batch);
	trainer->next = new_params(trainer);
	trainer->ranges =
		ARENA_ARRAY(trainer->arena, struct trainer_range, model->graph.n_params + 1);
	trainer->changes = ARENA_ARRAY(trainer->arena, bool, model->graph.n_params + 1);
	enum status status = trainer->rows && trainer->next && trainer->ranges && trainer->changes
				     ? trainer_set_optimizer(trainer, optimizer, err)
				     : error_no_memory(err);
	if (status)
		trainer_free(trainer);
	return status;
}

void trainer_free(struct trainer *trainer)
{
	arena_free(trainer->arena);
	trainer->arena = NULL;
}

static enum status check_fit(const struct trainer *trainer, const struct optimizer *optimizer,
			     struct error *err)
{
	const struct optimizer_class *class = optimizer->class;
	enum status status = class->fits ? class->fits(trainer->model, err) : STATUS_OK;
	if (!status && class->signal && trainer->batch != 1)
		status = error_set(err, STATUS_BAD_INPUT,
				   _("the rule %s learns from one row at a time: use batch: 1"),
				   class->name);
	return status;
}

static bool make_array(struct trainer *trainer, double **array)
{
	if (!*array)
		*array = new_params(trainer);
	return *array != NULL;
}

/* Gives a form the arrays that it needs; those that are there already serve again. */
static enum status make_arrays(struct trainer *trainer, const struct optimizer *optimizer,
			       struct error *err)
{
	const struct optimizer_form *form = optimizer_form(optimizer);
	bool made = (!optimizer->class->signal || make_array(trainer, &trainer->signal)) &&
		    (!form->ahead || make_array(trainer, &trainer->apart));
	for (size_t k = 0; made && k < form->n_slots; k++)
		made = make_array(trainer, &trainer->next_slots[k]) &&
		       make_array(trainer, &trainer->slots[k]);
	return made ? STATUS_OK : error_no_memory(err);
}

/* Joins the parameters that the form changes into ranges. */
static void find_ranges(struct trainer *trainer)
{
	const struct model *model = trainer->model;
	size_t n_params = model->graph.n_params;
	bool *changes = trainer->changes;
	memset(changes, 0, n_params * sizeof *changes);
	for (size_t k = 0; k < model->n_order; k++)
		changes[model->order[k]] =
			optimizer_changes(&trainer->optimizer, model, model->order[k]);
	trainer->n_ranges = 0;
	for (size_t p = 0; p < n_params; p++) {
		if (!changes[p])
			continue;
		if (p == 0 || !changes[p - 1])
			trainer->ranges[trainer->n_ranges++].lo = p;
		trainer->ranges[trainer->n_ranges - 1].hi = p + 1;
	}
}

/* Where the form looks ahead the parameters in force stand apart from the graph's. */
static void place_theta(struct trainer *trainer, const struct optimizer *optimizer)
{
	double *graph_theta = trainer->model->graph.theta;
	double *theta = optimizer_form(optimizer)->ahead ? trainer->apart : graph_theta;
	if (theta != trainer->theta)
		memcpy(theta, trainer->theta, bytes_of_params(trainer));
	trainer->theta = theta;
}

enum status trainer_set_optimizer(struct trainer *trainer, const struct optimizer *optimizer,
				  struct error *err)
{
	bool same = trainer->optimizer.class == optimizer->class &&
		    trainer->optimizer.form == optimizer->form;
	enum status status = check_fit(trainer, optimizer, err);
	if (!status)
		status = make_arrays(trainer, optimizer, err);
	if (status)
		return status;
	place_theta(trainer, optimizer);
	trainer->optimizer = *optimizer;
	trainer->prepared = false;
	if (same)
		return STATUS_OK;
	trainer->t = 0;
	for (size_t k = 0; k < optimizer_form(optimizer)->n_slots; k++)
		memset(trainer->slots[k], 0, bytes_of_params(trainer));
	find_ranges(trainer);
	return STATUS_OK;
}

size_t trainer_batches(const struct trainer *trainer)
{
	return (trainer->data.n_rows + trainer->batch - 1) / trainer->batch;
}

size_t trainer_batch_size(const struct trainer *trainer, uint64_t update)
{
	size_t first = (size_t)(update % trainer_batches(trainer)) * trainer->batch;
	size_t left = trainer->data.n_rows - first;
	return left < trainer->batch ? left : trainer->batch;
}

static void load_batch(struct trainer *trainer)
{
	size_t k = (size_t)(trainer->n_updates % trainer_batches(trainer));
	trainer->n_examples = trainer_batch_size(trainer, trainer->n_updates);
	for (size_t i = 0; i < trainer->n_examples; i++)
		trainer->rows[i] = k * trainer->batch + i;
	model_load(trainer->model, trainer->data.x, trainer->data.t, trainer->rows,
		   trainer->n_examples);
}

/* The update's work on range k: from these parameters and slots, in place. */
static struct update make_update(const struct trainer *trainer, size_t k, double *theta,
				 double *const slots[OPTIMIZER_MAX_SLOTS])
{
	struct update update = {
		.theta = theta,
		.signal = trainer->signal && trainer->optimizer.class->signal
				  ? trainer->signal
				  : trainer->model->graph.grad,
		.t = trainer->t + 1,
		.lo = trainer->ranges[k].lo,
		.hi = trainer->ranges[k].hi,
	};
	memcpy(update.slots, slots, sizeof update.slots);
	return update;
}

static void look_ahead(struct trainer *trainer)
{
	const struct optimizer *optimizer = &trainer->optimizer;
	if (!optimizer_form(optimizer)->ahead)
		return;
	memcpy(trainer->model->graph.theta, trainer->theta, bytes_of_params(trainer));
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		struct update update = make_update(trainer, k, trainer->theta, trainer->slots);
		optimizer->class->look_ahead(optimizer, &update, trainer->model->graph.theta);
	}
}

/* Computes next and next_slots. */
static void compute_next(struct trainer *trainer)
{
	const struct optimizer *optimizer = &trainer->optimizer;
	const struct optimizer_form *form = optimizer_form(optimizer);
	if (optimizer->class->signal)
		optimizer->class->signal(optimizer, trainer->model, trainer->signal);
	memcpy(trainer->next, trainer->theta, bytes_of_params(trainer));
	for (size_t k = 0; k < form->n_slots; k++)
		memcpy(trainer->next_slots[k], trainer->slots[k], bytes_of_params(trainer));
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		struct update update = make_update(trainer, k, trainer->next, trainer->next_slots);
		optimizer->class->update(optimizer, &update);
	}
}

/* Whether the numbers of the new parameters and their slots are finite. */
static bool next_is_finite(const struct trainer *trainer)
{
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		for (size_t p = trainer->ranges[k].lo; p < trainer->ranges[k].hi; p++) {
			if (!isfinite(trainer->next[p]))
				return false;
			for (size_t s = 0; s < form->n_slots; s++)
				if (!isfinite(trainer->next_slots[s][p]))
					return false;
		}
	}
	return true;
}

void trainer_prepare(struct trainer *trainer)
{
	if (trainer->prepared)
		return;
	load_batch(trainer);
	look_ahead(trainer);
	model_forward(trainer->model);
	model_backward(trainer->model);
	compute_next(trainer);
	trainer->finite = model_is_finite(trainer->model) && next_is_finite(trainer);
	trainer->prepared = true;
}

void trainer_commit(struct trainer *trainer)
{
	trainer_prepare(trainer);
	memcpy(trainer->theta, trainer->next, bytes_of_params(trainer));
	for (size_t k = 0; k < OPTIMIZER_MAX_SLOTS; k++) {
		double *slot = trainer->slots[k];
		trainer->slots[k] = trainer->next_slots[k];
		trainer->next_slots[k] = slot;
	}
	trainer->n_updates++;
	trainer->t++;
	trainer->prepared = false;
}

/* Values in a state of a form. */
static size_t count_values(const struct trainer *trainer, const struct optimizer *optimizer)
{
	const struct optimizer_form *form = optimizer_form(optimizer);
	size_t n = 1;
	for (size_t k = 0; k < form->n_slots; k++)
		n += form->slots[k].kept;
	return n * trainer->model->graph.n_params;
}

size_t trainer_state_size(const struct trainer *trainer)
{
	return sizeof(struct trainer_state) +
	       count_values(trainer, &trainer->optimizer) * sizeof(double);
}

struct trainer_state *trainer_state_new(const struct trainer *trainer,
					const struct optimizer *optimizer)
{
	size_t n_values = count_values(trainer, optimizer);
	struct trainer_state *state = calloc(1, sizeof *state + n_values * sizeof(double));
	if (state) {
		state->optimizer = *optimizer;
		state->n_values = n_values;
	}
	return state;
}

struct trainer_state *trainer_save(const struct trainer *trainer)
{
	struct trainer_state *state = trainer_state_new(trainer, &trainer->optimizer);
	if (!state)
		return NULL;
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	size_t n_params = trainer->model->graph.n_params;
	double *at = state->values;
	state->t = trainer->t;
	memcpy(at, trainer->theta, bytes_of_params(trainer));
	for (size_t k = 0; k < form->n_slots; k++)
		if (form->slots[k].kept)
			memcpy(at += n_params, trainer->slots[k], bytes_of_params(trainer));
	return state;
}

void trainer_restore(struct trainer *trainer, const struct trainer_state *state,
		     uint64_t n_updates)
{
	/* the arrays are there: this optimizer was in force before */
	trainer_set_optimizer(trainer, &state->optimizer, NULL);
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	size_t n_params = trainer->model->graph.n_params;
	const double *at = state->values;
	memcpy(trainer->theta, at, bytes_of_params(trainer));
	for (size_t k = 0; k < form->n_slots; k++)
		if (form->slots[k].kept)
			memcpy(trainer->slots[k], at += n_params, bytes_of_params(trainer));
	trainer->t = state->t;
	trainer->n_updates = n_updates;
	trainer->prepared = false;
}

bool trainer_state_equal(const struct trainer_state *a, const struct trainer_state *b)
{
	return a->t == b->t && a->n_values == b->n_values &&
	       a->optimizer.class == b->optimizer.class && a->optimizer.form == b->optimizer.form &&
	       memcmp(a->optimizer.hypers, b->optimizer.hypers, sizeof a->optimizer.hypers) == 0 &&
	       memcmp(a->values, b->values, a->n_values * sizeof *a->values) == 0;
}
