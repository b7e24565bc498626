/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_run.c -- running the stages in force around an optimizer. Where none is, no array is there
 * and nothing is copied. */
#include "stage_run.h"

#include <math.h>
#include <string.h>

#include "../numbers.h"
#include "stage_rows.h"

#include "backstep/base/contract.h"

/* How many numbers an entry has. */
static size_t count_numbers(const struct model *model, enum stage_scope scope)
{
	return scope == STAGE_ONCE   ? 1
	       : scope == STAGE_UNIT ? stage_n_units(model)
				     : model->graph.n_params;
}

static bool make_array(struct arena *arena, double **array, size_t n)
{
	if (!*array)
		*array = ARENA_ARRAY(arena, double, n);
	return *array != NULL;
}

enum status stages_make(struct stage_run *run, const struct stages *stages, struct arena *arena,
			struct error *err)
{
	struct stage_list list = stages_list(stages);
	size_t n_params = run->model->graph.n_params;
	bool made = true;
	for (size_t k = 0; made && k < list.n; k++) {
		const struct stage_entry *entry = &list.entries[k];
		made = make_array(arena, &run->numbers[entry->id][entry->number],
				  count_numbers(run->model, entry->row->scope));
	}
	if (made && list.n && !run->weights) {
		run->weights = ARENA_ARRAY(arena, struct trainer_range, n_params + 1);
		made = run->weights && make_array(arena, &run->proposed, n_params);
	}
	return made ? STATUS_OK : error_no_memory(err);
}

void stages_start(struct stage_run *run, const struct stages *stages, const bool *changes,
		  const struct trainer_range *ranges, size_t n_ranges)
{
	run->stages = *stages;
	run->list = stages_list(stages);
	run->n_units = stage_n_units(run->model);
	run->ranges = ranges;
	run->n_ranges = n_ranges;
	if (run->list.n)
		run->n_weights = stage_find_weights(run->model, changes, run->weights);
}

static double *numbers_of(const struct stage_run *run, size_t entry)
{
	if (entry == stage_list_last(&run->list, STAGE_VALUE))
		return run->next;
	return run->numbers[run->list.entries[entry].id][run->list.entries[entry].number];
}

const double *stages_numbers(const struct stage_run *run, size_t entry)
{
	CONTRACT(entry < run->list.n);
	return numbers_of(run, entry);
}

static const double *gradient_before(const struct stage_run *run, size_t entry)
{
	size_t before = stage_list_before(&run->list, entry, STAGE_GRADIENT);
	return before == SIZE_MAX ? run->model->graph.grad : stages_numbers(run, before);
}

const double *stages_gradient(const struct stage_run *run)
{
	return gradient_before(run, run->list.n);
}

const double *stages_penalised_gradient(const struct stage_run *run)
{
	size_t end = 0;
	for (size_t k = 0; k < run->list.n; k++)
		if (stage_registry[run->list.entries[k].id]->penalty)
			end = k + 1;
	return gradient_before(run, end);
}

double *stages_proposed(const struct stage_run *run)
{
	return run->list.has[STAGE_VALUE] ? run->proposed : run->next;
}

/* Whether a number is handed on for each parameter. */
static bool replaces_all(const struct stage_entry *entry)
{
	return entry->row->replaces_subject && entry->row->scope == STAGE_PARAM;
}

/* Runs the stage whose numbers start at entry; what it hands on becomes what the next one takes. */
static void run_stage(struct stage_run *run, size_t entry, struct stage_work *work)
{
	const struct stage_entry *first = &run->list.entries[entry];
	const struct stage_class *class = stage_registry[first->id];
	size_t n = stage_form(&run->stages, first->id)->n_numbers;
	double *numbers[STAGE_MAX_NUMBERS];
	for (size_t q = 0; q < n; q++) {
		numbers[q] = numbers_of(run, entry + q);
		if (replaces_all(&first[q]))
			memcpy(numbers[q], work->in, run->model->graph.n_params * sizeof(double));
	}
	work->numbers = numbers;
	work->ranges = class->weights_only ? run->weights : run->ranges;
	work->n_ranges = class->weights_only ? run->n_weights : run->n_ranges;
	class->run(&run->stages.rows[first->id], work);
	for (size_t q = 0; q < n; q++) {
		if (replaces_all(&first[q]))
			work->in = numbers[q];
		else if (first[q].row->replaces_subject)
			work->before = *numbers[q];
	}
}

/* Runs the stages whose subjects lie from first to last, in order. */
static void run_stages(struct stage_run *run, enum stage_subject first, enum stage_subject last,
		       struct stage_work *work)
{
	const struct stage_list *list = &run->list;
	work->model = run->model;
	for (size_t k = 0; k < list->n; k++) {
		enum stage_subject subject = stage_registry[list->entries[k].id]->subject;
		if (list->entries[k].number == 0 && subject >= first && subject <= last)
			run_stage(run, k, work);
	}
}

double stages_run_rate(struct stage_run *run, uint64_t k, double rate)
{
	struct stage_work work = {.before = rate, .k = k};
	if (run->list.has[STAGE_RATE])
		run_stages(run, STAGE_RATE, STAGE_RATE, &work);
	return work.before;
}

void stages_run_gradient(struct stage_run *run, uint64_t k)
{
	struct stage_work work = {
	    .theta = run->model->graph.theta,
	    .in = run->model->graph.grad,
	    .before = run->model->loss,
	    .k = k,
	};
	if (run->list.has[STAGE_GRADIENT])
		run_stages(run, STAGE_LOSS, STAGE_GRADIENT, &work);
}

void stages_run_values(struct stage_run *run, uint64_t k, double rate, const double *theta)
{
	struct stage_work work = {.theta = theta, .in = run->proposed, .rate = rate, .k = k};
	if (run->list.has[STAGE_VALUE])
		run_stages(run, STAGE_VALUE, STAGE_VALUE, &work);
}

bool stages_are_finite(const struct stage_run *run)
{
	for (size_t k = 0; k < run->list.n; k++) {
		const double *numbers = stages_numbers(run, k);
		enum stage_scope scope = run->list.entries[k].row->scope;
		if (scope != STAGE_PARAM &&
		    !numbers_are_finite(scope == STAGE_ONCE ? 1 : run->n_units, numbers))
			return false;
		for (size_t r = 0; scope == STAGE_PARAM && r < run->n_ranges; r++)
			if (!numbers_are_finite(run->ranges[r].hi - run->ranges[r].lo,
						numbers + run->ranges[r].lo))
				return false;
	}
	return true;
}
