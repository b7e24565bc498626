/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer_state.c -- saving what a trainer is between two updates, and bringing it back. */
#include <stdlib.h>
#include <string.h>

#include "trainer_run.h"

#include "backstep/base/contract.h"

/* Values in a state of a form. */
static size_t count_values(const struct trainer *trainer, const struct optimizer *optimizer)
{
	const struct optimizer_form *form = optimizer_form(optimizer);
	size_t n = 1;
	for (size_t k = 0; k < form->n_slots; k++)
		n += form->slots[k].kept;
	return n * trainer->model->graph.n_params + trainer->model->graph.n_state;
}

size_t trainer_state_size(const struct trainer *trainer)
{
	return sizeof(struct trainer_state) +
	       count_values(trainer, &trainer->optimizer) * sizeof(double);
}

/* With values that are still to be written. */
static struct trainer_state *new_state(const struct optimizer *optimizer, size_t n_values)
{
	struct trainer_state *state = malloc(sizeof *state + n_values * sizeof(double));
	if (state)
		*state = (struct trainer_state){.optimizer = *optimizer, .n_values = n_values};
	return state;
}

struct trainer_state *trainer_state_new(const struct trainer *trainer,
					const struct optimizer *optimizer)
{
	struct trainer_state *state = new_state(optimizer, count_values(trainer, optimizer));
	if (state)
		memset(state->values, 0, state->n_values * sizeof *state->values);
	return state;
}

struct trainer_state *trainer_save(const struct trainer *trainer)
{
	const struct optimizer *optimizer = &trainer->optimizer;
	struct trainer_state *state = new_state(optimizer, count_values(trainer, optimizer));
	if (!state)
		return NULL;
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	size_t n_params = trainer->model->graph.n_params;
	double *at = state->values;
	state->t = trainer->t;
	memcpy(at, trainer->own->theta, trainer_bytes_of_params(trainer));
	for (size_t k = 0; k < form->n_slots; k++)
		if (form->slots[k].kept)
			memcpy(at += n_params, trainer->own->slots[k],
			       trainer_bytes_of_params(trainer));
	memcpy(at + n_params, trainer->model->graph.state, trainer_bytes_of_state(trainer));
	return state;
}

struct trainer_state *trainer_keep(const struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	if (trainer->t > 0 || graph->n_state > 0)
		return trainer_save(trainer);
	struct trainer_state *state = new_state(&trainer->optimizer, graph->n_params);
	if (state)
		memcpy(state->values, trainer->own->theta, trainer_bytes_of_params(trainer));
	return state;
}

/* Whether two do the same from any update on; where their forms start does not count. */
static bool is_same_optimizer(const struct optimizer *a, const struct optimizer *b)
{
	return a->class == b->class && a->form == b->form &&
	       memcmp(a->hypers, b->hypers, sizeof a->hypers) == 0 &&
	       stages_equal(&a->stages, &b->stages);
}

void trainer_restore(struct trainer *trainer, const struct trainer_state *state, uint64_t n_updates)
{
	const size_t n_params = trainer->model->graph.n_params;
	const bool is_whole = state->n_values == count_values(trainer, &state->optimizer);
	CONTRACT(is_whole || (state->t == 0 && state->n_values == n_params));
	/* the arrays are there: this optimizer was in force before */
	if (trainer->optimizer.start != state->optimizer.start ||
	    !is_same_optimizer(&trainer->optimizer, &state->optimizer))
		trainer_set_optimizer(trainer, &state->optimizer, NULL);
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	const double *at = state->values;
	memcpy(trainer->own->theta, at, trainer_bytes_of_params(trainer));
	for (size_t k = 0; k < form->n_slots; k++)
		if (form->slots[k].kept && is_whole)
			memcpy(trainer->own->slots[k], at += n_params,
			       trainer_bytes_of_params(trainer));
		else if (form->slots[k].kept)
			memset(trainer->own->slots[k], 0, trainer_bytes_of_params(trainer));
	memcpy(trainer->model->graph.state, at + n_params, trainer_bytes_of_state(trainer));
	trainer->t = state->t;
	trainer->n_updates = n_updates;
	trainer->prepared = false;
}

bool trainer_state_equal(const struct trainer_state *a, const struct trainer_state *b)
{
	return a->t == b->t && a->n_values == b->n_values &&
	       is_same_optimizer(&a->optimizer, &b->optimizer) &&
	       memcmp(a->values, b->values, a->n_values * sizeof *a->values) == 0;
}
