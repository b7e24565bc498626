/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_set.c -- a parameter gets another number, or all do: for good, or for a look. */
#include <stdlib.h>
#include <string.h>

#include "backstep/trace/stepper.h"
#include "history_private.h"

/* The trainer's state with another parameter. NULL on lack of memory. */
static struct trainer_state *changed_state(const struct trainer *trainer, size_t param,
					   double value)
{
	struct trainer_state *state = trainer_save(trainer);
	if (state)
		state->values[param] = value;
	return state;
}

/* Puts a state in force from the current update on. Owns: both states, which may be NULL. */
static enum status put_state(struct stepper *stepper, struct trainer_state *before,
			     struct trainer_state *changed, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	enum status status = before && changed ? STATUS_OK : error_no_memory(err);
	if (!status) {
		trainer_restore(trainer, changed, trainer->n_updates);
		status = history_pin(&stepper->history, err);
		stepper->history.n_set += !status;
	}
	if (status && before && changed)
		trainer_restore(trainer, before, trainer->n_updates);
	stepper_end_pass(stepper);
	free(before);
	free(changed);
	return status;
}

enum status stepper_set_param(struct stepper *stepper, size_t param, double value,
			      struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	stepper_leave_commit(stepper);
	return put_state(stepper, trainer_save(trainer), changed_state(trainer, param, value), err);
}

enum status stepper_set_params(struct stepper *stepper, const double *theta, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	stepper_leave_commit(stepper);
	struct trainer_state *changed = trainer_save(trainer);
	if (changed)
		memcpy(changed->values, theta, trainer->model->graph.n_params * sizeof *theta);
	return put_state(stepper, trainer_save(trainer), changed, err);
}

enum status stepper_try_param(struct stepper *stepper, size_t param, double value,
			      void (*look)(void *ctx), void *ctx, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	const uint64_t index = stepper->index;
	struct trainer_state *before = trainer_save(trainer);
	struct trainer_state *changed = changed_state(trainer, param, value);
	enum status status = before && changed ? STATUS_OK : error_no_memory(err);
	if (!status) {
		trainer_restore(trainer, changed, trainer->n_updates);
		stepper_end_pass(stepper);
		stepper->index = stepper_n_steps(stepper) - 1; /* all known, nothing replaced */
		look(ctx);
		trainer_restore(trainer, before, trainer->n_updates);
		stepper->index = index;
		stepper_end_pass(stepper);
	}
	free(before);
	free(changed);
	return status;
}

bool stepper_was_set(const struct stepper *stepper)
{
	return stepper->history.n_set > 0;
}
