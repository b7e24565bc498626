/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_answers.c -- what is asked of a position beside numbers: which update it is in, of what
 * it consists, what is in force there. */
#include "backstep/trace/stepper.h"

const struct optimizer *stepper_optimizer(const struct stepper *stepper)
{
	return &stepper->trainer.optimizer;
}

enum chain_form stepper_chain(const struct stepper *stepper)
{
	return stepper->plan.form;
}

const double *stepper_theta(const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	return stepper_at_commit(stepper) ? trainer->next : trainer->theta;
}

const double *stepper_state(const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	return stepper_at_commit(stepper) ? trainer->next_state : trainer->model->graph.state;
}

double stepper_change(const struct stepper *stepper, size_t param)
{
	const struct trainer *trainer = &stepper->trainer;
	return trainer->prepared ? trainer->next[param] - trainer->theta[param] : 0.0;
}

enum fate stepper_fate(const struct stepper *stepper, size_t param)
{
	const struct trainer *trainer = &stepper->trainer;
	if (stepper->plan.rank[param] == SIZE_MAX)
		return FATE_NOT_TRAINED;
	return optimizer_changes(&trainer->optimizer, trainer->model, param) ? FATE_CHANGES
									     : FATE_KEPT;
}

uint64_t stepper_paths(const struct stepper *stepper, size_t param)
{
	const struct plan *plan = &stepper->plan;
	bool are_told = plan->has_backward && !plan_is_coupled(plan);
	return are_told && plan->rank[param] != SIZE_MAX ? plan->paths[plan->rank[param]] : 0;
}

bool stepper_path(const struct stepper *stepper, size_t param, size_t n, uint64_t path,
		  struct arena *arena, struct chain *chain)
{
	return chain_make(&stepper->plan, stepper->plan.rank[param], n, path, arena, chain);
}

uint64_t stepper_updates_of_rule(const struct stepper *stepper)
{
	return stepper->trainer.t + stepper_at_commit(stepper);
}

uint64_t stepper_updates(const struct stepper *stepper)
{
	return stepper->trainer.n_updates;
}

uint64_t stepper_epoch(const struct stepper *stepper)
{
	return trainer_batches(&stepper->trainer);
}

const size_t *stepper_rows(const struct stepper *stepper, size_t *n)
{
	*n = stepper->trainer.n_examples;
	return stepper->trainer.rows;
}

uint64_t stepper_phase_steps(const struct stepper *stepper, enum phase phase)
{
	return stepper_walk(stepper)->phases[phase].steps;
}

bool stepper_has_many_paths(const struct stepper *stepper)
{
	const struct plan *plan = &stepper->plan;
	return plan->form == CHAIN_PATHS && plan->max_paths > PLAN_PATHS_DEFAULT;
}
