/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_run.c -- running the stages in force around the optimizer of a trainer. Where none is, no
 * array is there and nothing is copied. */
#include <math.h>
#include <string.h>

#include "../trainer_run.h"
#include "stage_rows.h"

/* How many numbers an entry has. */
static size_t count_numbers(const struct trainer *trainer, enum stage_scope scope)
{
	return scope == STAGE_ONCE   ? 1
	       : scope == STAGE_UNIT ? stage_n_units(trainer->model)
				     : trainer->model->graph.n_params;
}

static bool make_array(struct trainer *trainer, double **array, size_t n)
{
	if (!*array)
		*array = ARENA_ARRAY(trainer->arena, double, n);
	return *array != NULL;
}

enum status stages_make(struct trainer *trainer, const struct stages *stages, struct error *err)
{
	struct stage_run *run = &trainer->stages;
	struct stage_list list = stages_list(stages);
	size_t n_params = trainer->model->graph.n_params;
	bool made = true;
	for (size_t k = 0; made && k < list.n; k++) {
		const struct stage_entry *entry = &list.entries[k];
		made = make_array(trainer, &run->numbers[entry->id][entry->number],
				  count_numbers(trainer, entry->row->scope));
	}
	if (made && list.n && !run->weights) {
		run->weights = ARENA_ARRAY(trainer->arena, struct trainer_range, n_params + 1);
		made = run->weights && make_array(trainer, &run->proposed, n_params);
	}
	return made ? STATUS_OK : error_no_memory(err);
}

void stages_start(struct trainer *trainer)
{
	struct stage_run *run = &trainer->stages;
	run->list = stages_list(&trainer->optimizer.stages);
	run->n_units = stage_n_units(trainer->model);
	if (run->list.n)
		run->n_weights = stage_find_weights(trainer->model, trainer->changes, run->weights);
}

static double *numbers_of(const struct trainer *trainer, size_t entry)
{
	const struct stage_run *run = &trainer->stages;
	if (entry == stage_list_last(&run->list, STAGE_VALUE))
		return trainer->next;
	return run->numbers[run->list.entries[entry].id][run->list.entries[entry].number];
}

const double *stages_numbers(const struct trainer *trainer, size_t entry)
{
	return numbers_of(trainer, entry);
}

static const double *gradient_before(const struct trainer *trainer, size_t entry)
{
	size_t before = stage_list_before(&trainer->stages.list, entry, STAGE_GRADIENT);
	return before == SIZE_MAX ? trainer->model->graph.grad : stages_numbers(trainer, before);
}

const double *stages_gradient(const struct trainer *trainer)
{
	return gradient_before(trainer, trainer->stages.list.n);
}

const double *stages_penalised_gradient(const struct trainer *trainer)
{
	const struct stage_list *list = &trainer->stages.list;
	size_t end = 0;
	for (size_t k = 0; k < list->n; k++)
		if (stage_registry[list->entries[k].id]->penalty)
			end = k + 1;
	return gradient_before(trainer, end);
}

double *stages_proposed(const struct trainer *trainer)
{
	const struct stage_run *run = &trainer->stages;
	return run->list.has[STAGE_VALUE] ? run->proposed : trainer->next;
}

/* Runs the stage whose numbers start at entry; what it hands on becomes what the next one takes. */
static void run_stage(struct trainer *trainer, size_t entry, struct stage_work *work)
{
	const struct stage_entry *first = &trainer->stages.list.entries[entry];
	const struct stage_class *class = stage_registry[first->id];
	size_t n = stage_form(&trainer->optimizer.stages, first->id)->n_numbers;
	double *numbers[STAGE_MAX_NUMBERS];
	for (size_t q = 0; q < n; q++) {
		numbers[q] = numbers_of(trainer, entry + q);
		if (first[q].row->hands_on && first[q].row->scope == STAGE_PARAM)
			memcpy(numbers[q], work->in, trainer_bytes_of_params(trainer));
	}
	work->numbers = numbers;
	work->ranges = class->weights_only ? trainer->stages.weights : trainer->ranges;
	work->n_ranges = class->weights_only ? trainer->stages.n_weights : trainer->n_ranges;
	class->run(&trainer->optimizer.stages.rows[first->id], work);
	for (size_t q = 0; q < n; q++) {
		if (first[q].row->hands_on && first[q].row->scope == STAGE_PARAM)
			work->in = numbers[q];
		else if (first[q].row->hands_on)
			work->before = *numbers[q];
	}
}

/* Runs the stages whose subjects lie from first to last, in order. */
static void run_stages(struct trainer *trainer, enum stage_subject first, enum stage_subject last,
		       struct stage_work *work)
{
	const struct stage_list *list = &trainer->stages.list;
	work->model = trainer->model;
	work->k = trainer->n_updates;
	for (size_t k = 0; k < list->n; k++) {
		enum stage_subject subject = stage_registry[list->entries[k].id]->subject;
		if (list->entries[k].number == 0 && subject >= first && subject <= last)
			run_stage(trainer, k, work);
	}
}

/* The rate in force. */
static double *rate_of(struct optimizer *optimizer)
{
	return &optimizer->hypers[optimizer_rate_index(optimizer)];
}

void stages_run_rate(struct trainer *trainer)
{
	if (!trainer->stages.list.has[STAGE_RATE])
		return;
	struct stage_work work = {.before = *rate_of(&trainer->optimizer)};
	run_stages(trainer, STAGE_RATE, STAGE_RATE, &work);
	*rate_of(&trainer->now) = work.before;
}

void stages_run_gradient(struct trainer *trainer)
{
	if (!trainer->stages.list.has[STAGE_GRADIENT])
		return;
	struct stage_work work = {
	    .theta = trainer->model->graph.theta,
	    .in = trainer->model->graph.grad,
	    .before = trainer->model->loss,
	};
	run_stages(trainer, STAGE_LOSS, STAGE_GRADIENT, &work);
}

void stages_run_values(struct trainer *trainer)
{
	if (!trainer->stages.list.has[STAGE_VALUE])
		return;
	struct stage_work work = {
	    .theta = trainer->theta,
	    .in = trainer->stages.proposed,
	    .rate = *rate_of(&trainer->now),
	};
	run_stages(trainer, STAGE_VALUE, STAGE_VALUE, &work);
}

static bool all_finite(const double *numbers, size_t lo, size_t hi)
{
	for (size_t k = lo; k < hi; k++)
		if (!isfinite(numbers[k]))
			return false;
	return true;
}

bool stages_are_finite(const struct trainer *trainer)
{
	const struct stage_run *run = &trainer->stages;
	for (size_t k = 0; k < run->list.n; k++) {
		const double *numbers = stages_numbers(trainer, k);
		enum stage_scope scope = run->list.entries[k].row->scope;
		if (scope != STAGE_PARAM &&
		    !all_finite(numbers, 0, scope == STAGE_ONCE ? 1 : run->n_units))
			return false;
		for (size_t r = 0; scope == STAGE_PARAM && r < trainer->n_ranges; r++)
			if (!all_finite(numbers, trainer->ranges[r].lo, trainer->ranges[r].hi))
				return false;
	}
	return true;
}
