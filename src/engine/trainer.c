/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer.c -- preparing and committing updates. */
#include "backstep/engine/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/engine/kernels.h"

static size_t bytes_of_params(const struct trainer *trainer)
{
	return trainer->model->graph.n_params * sizeof(double);
}

static size_t bytes_of_state(const struct trainer *trainer)
{
	return trainer->model->graph.n_state * sizeof(double);
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
				    .finite = true};
	if (!trainer->arena)
		return error_no_memory(err);
	trainer->theta = model->graph.theta;
	trainer->rows = ARENA_ARRAY(trainer->arena, size_t, batch);
	trainer->next = new_params(trainer);
	trainer->next_state = ARENA_ARRAY(trainer->arena, double, model->graph.n_state);
	trainer->ranges =
		ARENA_ARRAY(trainer->arena, struct trainer_range, model->graph.n_params + 1);
	trainer->changes = ARENA_ARRAY(trainer->arena, bool, model->graph.n_params + 1);
	enum status status = trainer->rows && trainer->next && trainer->next_state &&
				     trainer->ranges && trainer->changes
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
	return error_hint(err, batch > 1 ? _("the last batch of %zu rows would have one: take "
					     "another size of the batches")
					 : _("there are %zu rows: take larger batches"),
			  n_rows);
}

static enum status check_fit(const struct trainer *trainer, const struct optimizer *optimizer,
			     struct error *err)
{
	const struct optimizer_class *class = optimizer->class;
	enum status status = optimizer_fits(optimizer, trainer->model, err);
	if (!status && class->signal && trainer->batches.size != 1)
		status = error_set(err, STATUS_BAD_INPUT,
				   _("the rule %s learns from one row at a time: use batch: 1"),
				   class->name);
	return status ? status
		      : trainer_check_batch(trainer->model, trainer->data.n_rows,
					    trainer->batches.size,
					    err);
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
	return made ? stages_make(trainer, &optimizer->stages, err) : error_no_memory(err);
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
	trainer->optimizer = trainer->now = *optimizer;
	trainer->prepared = false;
	if (!same) {
		trainer->t = 0;
		for (size_t k = 0; k < optimizer_form(optimizer)->n_slots; k++)
			memset(trainer->slots[k], 0, bytes_of_params(trainer));
		find_ranges(trainer);
	}
	stages_start(trainer);
	return STATUS_OK;
}

size_t trainer_batches(const struct trainer *trainer)
{
	return batches_per_epoch(&trainer->batches);
}

size_t trainer_batch_size(const struct trainer *trainer, uint64_t update)
{
	return batches_size(&trainer->batches, update);
}

static void load_batch(struct trainer *trainer)
{
	struct model *model = trainer->model;
	model->graph.mode = GRAPH_TRAIN;
	model->graph.update = trainer->n_updates;
	/* A batch of all rows in their order is there already, if nobody has loaded another. */
	if (trainer->loaded && trainer->loaded == model->n_loads &&
	    batches_per_epoch(&trainer->batches) == 1 && !trainer->batches.order)
		return;
	trainer->n_examples = batches_rows(&trainer->batches, trainer->n_updates, trainer->rows);
	model_load(model, trainer->data.x, trainer->data.t, trainer->rows, trainer->n_examples);
	trainer->loaded = model->n_loads;
}

/* The update's work on all parameters: from these and their slots, in place. */
static void make_update(struct update *update, const struct trainer *trainer, double *theta,
			double *const slots[OPTIMIZER_MAX_SLOTS])
{
	bool learns_from_error = trainer->optimizer.class->signal != NULL;
	update->theta = theta;
	update->signal = learns_from_error ? trainer->signal : stages_gradient(trainer);
	update->t = trainer->t + 1;
	memcpy(update->slots, slots, sizeof update->slots);
}

static void look_ahead(struct trainer *trainer)
{
	const struct optimizer *optimizer = &trainer->now;
	if (!optimizer_form(optimizer)->ahead)
		return;
	memcpy(trainer->model->graph.theta, trainer->theta, bytes_of_params(trainer));
	struct update update;
	make_update(&update, trainer, trainer->theta, trainer->slots);
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		update.lo = trainer->ranges[k].lo;
		update.hi = trainer->ranges[k].hi;
		optimizer->class->look_ahead(optimizer, &update, trainer->model->graph.theta);
	}
}

/* The parameters themselves are looked at when they are updated. */
static bool point_is_finite(const struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	return !optimizer_form(&trainer->optimizer)->ahead ||
	       kernels_all_finite(graph->n_params, graph->theta);
}

/* Copies parameters lo to hi, and their slots, to where they are updated. */
static void copy_part(const struct trainer *trainer, const struct update *to)
{
	size_t size = (to->hi - to->lo) * sizeof(double);
	if (to->theta == trainer->theta)
		return;
	memcpy(to->theta + to->lo, trainer->theta + to->lo, size);
	for (size_t s = 0; s < optimizer_form(&trainer->optimizer)->n_slots; s++)
		memcpy(to->slots[s] + to->lo, trainer->slots[s] + to->lo, size);
}

static bool part_is_finite(const struct trainer *trainer, const struct update *update,
			   size_t n_slots)
{
	const struct graph *graph = &trainer->model->graph;
	size_t lo = update->lo, n = update->hi - update->lo;
	bool finite = kernels_all_finite(n, graph->grad + lo) &&
		      kernels_all_finite(n, update->theta + lo);
	for (size_t s = 0; s < n_slots; s++)
		finite = finite &&
			 (!update->slots[s] || kernels_all_finite(n, update->slots[s] + lo));
	return finite;
}

/* Updates parameters lo to hi, and says whether their numbers are finite. */
static bool update_part(const struct trainer *trainer, struct update *update, size_t lo, size_t hi)
{
	const struct optimizer *optimizer = &trainer->now;
	update->lo = lo;
	update->hi = hi;
	copy_part(trainer, update);
	optimizer->class->update(optimizer, update);
	return part_is_finite(trainer, update, optimizer_form(optimizer)->n_slots);
}

/* Copies those that the form leaves as they are. */
static bool keep_part(const struct trainer *trainer, struct update *update, size_t lo, size_t hi)
{
	update->lo = lo;
	update->hi = hi;
	copy_part(trainer, update);
	return part_is_finite(trainer, update, 0);
}

/* Updates everything in update, a part at a time, so that what one loop leaves the next finds in
 * the cache. Returns whether all its numbers are finite. */
static bool update_parts(const struct trainer *trainer, struct update *update)
{
	enum { PART = 1024 };
	const size_t n_params = trainer->model->graph.n_params;
	bool finite = true;
	size_t p = 0;
	for (size_t k = 0; k < trainer->n_ranges; k++) {
		const struct trainer_range *range = &trainer->ranges[k];
		if (p < range->lo)
			finite = keep_part(trainer, update, p, range->lo) && finite;
		for (p = range->lo; range->hi - p > PART; p += PART)
			finite = update_part(trainer, update, p, p + PART) && finite;
		finite = update_part(trainer, update, p, range->hi) && finite;
		p = range->hi;
	}
	if (p < n_params)
		finite = keep_part(trainer, update, p, n_params) && finite;
	return finite;
}

/* Computes next and next_slots. */
static void compute_next(struct trainer *trainer)
{
	struct update update;
	make_update(&update, trainer, stages_proposed(trainer), trainer->next_slots);
	trainer->finite = update_parts(trainer, &update) && trainer->finite;
	stages_run_values(trainer);
	trainer->finite = trainer->finite && stages_are_finite(trainer);
}

/* Updates the parameters and the kept slots where they stand; the others nobody looks at. */
static void update_in_place(struct trainer *trainer)
{
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	struct update update;
	make_update(&update, trainer, trainer->theta, trainer->slots);
	for (size_t s = 0; s < form->n_slots; s++)
		if (!form->slots[s].kept)
			update.slots[s] = NULL;
	trainer->finite = update_parts(trainer, &update) && trainer->finite;
}

/* What the ops carry into the next update. */
static void carry_state(struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	graph_carry(graph, trainer->next_state);
	trainer->finite =
		trainer->finite && kernels_all_finite(graph->n_state, trainer->next_state);
}

/* Loads the batch and computes what is learnt from it. */
static void compute_signal(struct trainer *trainer, enum graph_scope scope)
{
	const struct optimizer *optimizer = &trainer->now;
	struct model *model = trainer->model;
	load_batch(trainer);
	stages_run_rate(trainer);
	look_ahead(trainer);
	model_forward(model);
	model->graph.scope = scope;
	model_backward(model);
	model->graph.scope = GRAPH_ALL;
	stages_run_gradient(trainer);
	if (optimizer->class->signal)
		optimizer->class->signal(optimizer, model, trainer->signal);
	trainer->finite = isfinite(model->loss) && graph_is_finite(&model->graph) &&
			  point_is_finite(trainer);
	if (model->graph.n_state)
		carry_state(trainer);
}

void trainer_prepare(struct trainer *trainer)
{
	if (trainer->prepared)
		return;
	compute_signal(trainer, GRAPH_ALL);
	compute_next(trainer);
	trainer->prepared = true;
}

/* The new parameters and slots take the place of the old ones. */
static void take_next(struct trainer *trainer)
{
	memcpy(trainer->theta, trainer->next, bytes_of_params(trainer));
	for (size_t k = 0; k < OPTIMIZER_MAX_SLOTS; k++) {
		double *slot = trainer->slots[k];
		trainer->slots[k] = trainer->next_slots[k];
		trainer->next_slots[k] = slot;
	}
}

void trainer_commit(struct trainer *trainer)
{
	if (trainer->stages.list.n) /* whose numbers need the old values beside the new ones */
		trainer_prepare(trainer);
	if (trainer->prepared) {
		take_next(trainer);
	} else {
		compute_signal(trainer, GRAPH_PARAMS);
		update_in_place(trainer);
	}
	if (trainer->model->graph.n_state)
		memcpy(trainer->model->graph.state, trainer->next_state, bytes_of_state(trainer));
	trainer->n_updates++;
	trainer->t++;
	trainer->prepared = false;
}
