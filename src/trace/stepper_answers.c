/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_answers.c -- what is asked of a position beside numbers: which update it is in, of what
 * it consists, what is in force there. */
#include "backstep/trace/stepper.h"

#include <stdlib.h>

#include "backstep/base/contract.h"
#include "backstep/base/hash.h"

const struct model *stepper_model(const struct stepper *stepper)
{
	return stepper->plan.model;
}

const struct optimizer *stepper_optimizer(const struct stepper *stepper)
{
	return &stepper->trainer.optimizer;
}

bool stepper_has_stages(const struct stepper *stepper)
{
	return stepper->plan.stages.n > 0;
}

enum chain_form stepper_chain(const struct stepper *stepper)
{
	return stepper->plan.form;
}

const double *stepper_theta(const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	return stepper_at_commit(stepper) ? trainer_next(trainer) : trainer_theta(trainer);
}

const double *stepper_state(const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	return stepper_at_commit(stepper) ? trainer_next_state(trainer)
					  : trainer->model->graph.state;
}

double stepper_param_before(const struct stepper *stepper, size_t param)
{
	return trainer_theta(&stepper->trainer)[param];
}

double stepper_param_after(const struct stepper *stepper, size_t param)
{
	CONTRACT(stepper->trainer.prepared);
	return trainer_next(&stepper->trainer)[param];
}

double stepper_change(const struct stepper *stepper, size_t param)
{
	const struct trainer *trainer = &stepper->trainer;
	return trainer->prepared ? trainer_next(trainer)[param] - trainer_theta(trainer)[param]
				 : 0.0;
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

static uint64_t hash_optimizer(uint64_t hash, const struct optimizer *optimizer)
{
	hash = hash_bytes(hash, &optimizer->class, sizeof optimizer->class);
	hash = hash_bytes(hash, &optimizer->form, sizeof optimizer->form);
	hash = hash_bytes(hash, optimizer->hypers, sizeof optimizer->hypers);
	return hash_bytes(hash, &optimizer->stages, sizeof optimizer->stages);
}

uint64_t stepper_settings(const struct stepper *stepper)
{
	const struct history *history = &stepper->history;
	uint64_t hash = hash_number(HASH_START, stepper->plan.form);
	hash = hash_number(hash, history->n_restarts);
	hash = hash_number(hash, history->n_set);
	for (size_t k = 0; k < history->n_entries; k++) {
		const struct history_entry *entry = &history->entries[k];
		if (entry->pinned)
			hash = hash_optimizer(hash_number(hash, entry->update),
					      &entry->state->optimizer);
	}
	return hash;
}

const struct edits *stepper_edits(const struct stepper *stepper)
{
	return &stepper->history.edits;
}

const struct dataset *stepper_data(const struct stepper *stepper)
{
	return &stepper->trainer.data;
}

uint64_t stepper_first(const struct stepper *stepper)
{
	return history_first(&stepper->history);
}

const struct curve *stepper_curve(const struct stepper *stepper)
{
	return &stepper->history.curve;
}

bool stepper_passed(const struct stepper *stepper, size_t k, uint64_t *update, const double **theta)
{
	return track_at(&stepper->history.track, k, update, theta) &&
	       *update <= stepper->trainer.n_updates;
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

enum status stepper_evaluation(struct stepper *stepper, struct evaluation *evaluation,
			       struct error *err)
{
	return evaluation_init(evaluation, &stepper->trainer, err);
}

/* Parameters times rows, in the forward passes of a gradient check. */
enum { MAX_PRODUCTS = 1 << 28 };

enum status stepper_check_gradient(struct stepper *stepper, struct gradcheck *result,
				   void (*each)(void *ctx, const struct gradcheck_param *param),
				   void *ctx, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	enum status status = trainer_try_prepare(trainer, err);
	if (status)
		return status;
	const double loss = trainer->model->loss;
	struct model thin = *trainer->model; /* with fewer parameters to look at */
	size_t cost = thin.graph.n_params * trainer->n_examples + 1;
	size_t stride = 1 + thin.n_order / (1 + MAX_PRODUCTS / cost), n = 0;
	size_t *order = malloc((thin.n_order / stride + 1) * sizeof *order);
	if (!order)
		return error_no_memory(err);
	for (size_t k = 0; k < thin.n_order; k += stride)
		order[n++] = thin.order[k];
	thin.order = order;
	thin.n_order = n;
	status = gradcheck_run(&thin, &trainer->optimizer.stages,
			       stages_penalised_gradient(&trainer->stages), result, each, ctx, err);
	free(order);
	if (status == STATUS_INTERRUPTED && trainer->is_long) {
		trainer->prepared = false; /* its passes were overwritten */
		trainer->model->loss = loss;
		stepper_be_whole(stepper);
	}
	return status;
}
