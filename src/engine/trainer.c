/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer.c -- setting a trainer up. How it makes updates is in trainer_run.c. */
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "passes.h"
#include "trainer_run.h"

enum { PART = 1024 }; /* parameters that are updated at a time, at most */

static double *new_params(struct trainer *trainer)
{
	return ARENA_ARRAY(trainer->arena, double, trainer->model->graph.n_params);
}

/* How many ranges the parameters that a form changes can make at most: some forms leave biases
 * alone. Shapes: trained [n_params], which it overwrites. */
static size_t count_ranges(const struct model *model, bool *trained)
{
	size_t n = 1;
	memset(trained, 0, model->graph.n_params * sizeof *trained);
	for (size_t k = 0; k < model->n_order; k++)
		trained[model->order[k]] = true;
	for (size_t p = 1; p < model->graph.n_params; p++)
		n += trained[p] != trained[p - 1] || model->is_bias[p] != model->is_bias[p - 1];
	return n;
}

/* How long the passes of an update take. */
static void measure(struct trainer *trainer, size_t batch)
{
	const double at_once = GRAPH_LONG / graph_work(&trainer->model->graph, batch);
	trainer->is_long = at_once < 1.0;
	trainer->at_once = at_once < 1.0               ? 1
			   : at_once < TRAINER_AT_ONCE ? (size_t)at_once
						       : TRAINER_AT_ONCE;
}

enum status trainer_init(struct trainer *trainer, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, struct error *err)
{
	CONTRACT(batch > 0);
	*trainer =
	    (struct trainer){.arena = arena_new(), .model = model, .data = *data, .finite = true};
	trainer->own =
	    trainer->arena ? ARENA_ARRAY(trainer->arena, struct trainer_numbers, 1) : NULL;
	if (!trainer->own) {
		trainer_free(trainer);
		return error_no_memory(err);
	}
	measure(trainer, batch);
	trainer->own->theta = model->graph.theta;
	trainer->rows = ARENA_ARRAY(trainer->arena, size_t, batch);
	trainer->own->next = new_params(trainer);
	trainer->stages = (struct stage_run){.model = model, .next = trainer->own->next};
	trainer->own->next_state = ARENA_ARRAY(trainer->arena, double, model->graph.n_state);
	trainer->changes = ARENA_ARRAY(trainer->arena, bool, model->graph.n_params + 1);
	size_t n_ranges = trainer->changes ? count_ranges(model, trainer->changes) : 0;
	trainer->ranges = ARENA_ARRAY(trainer->arena, struct trainer_range, n_ranges);
	trainer->parts = ARENA_ARRAY(trainer->arena, struct trainer_part,
				     model->graph.n_params / PART + 2 * n_ranges + 1);
	enum status status = trainer->rows && trainer->own->next && trainer->own->next_state &&
				     trainer->ranges && trainer->parts && trainer->changes
				 ? batches_init(&trainer->batches, trainer->arena, data->n_rows,
						batch, data->shuffling, err)
				 : error_no_memory(err);
	if (!status)
		status = trainer_set_optimizer(trainer, optimizer, err);
	if (status)
		trainer_free(trainer);
	return status;
}

void trainer_free(struct trainer *trainer)
{
	arena_free(trainer->arena);
	trainer->arena = NULL;
}

enum status trainer_check_batch(const struct model *model, size_t n_rows, size_t batch,
				struct error *err)
{
	if (!model->graph.is_coupled || (batch > 1 && n_rows % batch != 1))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT,
		  _("batch normalisation needs two rows or more in every batch"));
	error_hint(err,
		   batch > 1 ? _("the last batch of %zu rows would have one: take "
				 "another size of the batches")
			     : _("there are %zu rows: take larger batches"),
		   n_rows);
	return STATUS_BAD_INPUT;
}

static enum status check_fit(const struct trainer *trainer, const struct optimizer *optimizer,
			     struct error *err)
{
	enum status status = optimizer_fits(optimizer, trainer->model, err);
	if (!status)
		status = optimizer_takes_batch(optimizer, trainer->batches.size, err);
	return status ? status
		      : trainer_check_batch(trainer->model, trainer->data.n_rows,
					    trainer->batches.size, err);
}

static bool make_array(struct trainer *trainer, double **array)
{
	if (!*array)
		*array = new_params(trainer);
	return *array != NULL;
}

/* A slot that is not kept has no old values: one array serves for both. */
static bool make_slot(struct trainer *trainer, size_t k, bool kept)
{
	double **old = &trainer->own->slots[k], **next = &trainer->own->next_slots[k];
	if (!make_array(trainer, next))
		return false;
	if (!kept && !*old)
		*old = *next;
	else if (kept && *old == *next)
		*old = NULL;
	return make_array(trainer, old);
}

/* Gives a form the arrays that it needs; those that are there already serve again. */
static enum status make_arrays(struct trainer *trainer, const struct optimizer *optimizer,
			       struct error *err)
{
	const struct optimizer_form *form = optimizer_form(optimizer);
	bool made = (!optimizer->class->signal || make_array(trainer, &trainer->signal)) &&
		    (!form->ahead || make_array(trainer, &trainer->own->apart));
	for (size_t k = 0; made && k < form->n_slots; k++)
		made = make_slot(trainer, k, form->slots[k].kept);
	return made ? stages_make(&trainer->stages, &optimizer->stages, trainer->arena, err)
		    : error_no_memory(err);
}

/* Adds parameters lo to hi to the parts, each so small that what one loop over it leaves the next
 * finds in the cache. */
static void add_parts(struct trainer *trainer, size_t lo, size_t hi, bool changes)
{
	for (; lo < hi; lo += PART)
		trainer->parts[trainer->n_parts++] =
		    (struct trainer_part){lo, hi - lo > PART ? lo + PART : hi, changes};
}

/* Joins the parameters that the form changes into ranges, and divides all into parts. */
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
	trainer->n_parts = 0;
	size_t end = 0;
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		const struct trainer_range *range = &trainer->ranges[k];
		add_parts(trainer, end, range->lo, false);
		add_parts(trainer, range->lo, range->hi, true);
		end = range->hi;
	}
	add_parts(trainer, end, n_params, false);
}

/* Where the form looks ahead the parameters in force stand apart from the graph's. */
static void place_theta(struct trainer *trainer, const struct optimizer *optimizer)
{
	double *graph_theta = trainer->model->graph.theta;
	double *theta = optimizer_form(optimizer)->ahead ? trainer->own->apart : graph_theta;
	if (theta != trainer->own->theta)
		memcpy(theta, trainer->own->theta, trainer_bytes_of_params(trainer));
	trainer->own->theta = theta;
}

/* The slots of a form that was not in force before. */
static void begin_slots(struct trainer *trainer, const struct optimizer *optimizer)
{
	const struct optimizer_start *start = optimizer->start;
	size_t size = trainer_bytes_of_params(trainer);
	trainer->t = start ? start->t : 0;
	for (size_t k = 0; k < optimizer_form(optimizer)->n_slots; k++) {
		if (start && start->slots[k])
			memcpy(trainer->own->slots[k], start->slots[k], size);
		else
			memset(trainer->own->slots[k], 0, size);
	}
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
	trainer->optimizer = trainer->now = *optimizer;
	trainer->prepared = false;
	if (!same) {
		begin_slots(trainer, optimizer);
		find_ranges(trainer);
	}
	stages_start(&trainer->stages, &optimizer->stages, trainer->changes, trainer->ranges,
		     trainer->n_ranges);
	trainer_bind(trainer);
	return STATUS_OK;
}

const double *trainer_theta(const struct trainer *trainer)
{
	return trainer->own->theta;
}

void trainer_put_param(struct trainer *trainer, size_t param, double value)
{
	trainer->own->theta[param] = value;
}

const double *trainer_next(const struct trainer *trainer)
{
	return trainer->own->next;
}

const double *trainer_slot(const struct trainer *trainer, size_t k)
{
	return trainer->own->slots[k];
}

const double *trainer_next_slot(const struct trainer *trainer, size_t k)
{
	return trainer->own->next_slots[k];
}

const double *trainer_next_state(const struct trainer *trainer)
{
	return trainer->own->next_state;
}

size_t trainer_batches(const struct trainer *trainer)
{
	return batches_per_epoch(&trainer->batches);
}

size_t trainer_batch_size(const struct trainer *trainer, uint64_t update)
{
	return batches_size(&trainer->batches, update);
}
