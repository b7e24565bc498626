/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer.c -- preparing and committing updates. */
#include "backstep/engine/trainer.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"

enum status trainer_init(struct trainer *trainer, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, struct error *err)
{
	*trainer = (struct trainer){.model = model, .optimizer = *optimizer, .data = *data,
				    .batch = batch, .finite = true};
	if (optimizer->class->fits) {
		enum status status = optimizer->class->fits(model, err);
		if (status)
			return status;
	}
	if (optimizer->class->signal && batch != 1)
		return error_set(err, STATUS_BAD_INPUT,
				 _("the rule %s learns from one row at a time: use batch: 1"),
				 optimizer->class->name);
	trainer->arena = arena_new();
	if (!trainer->arena)
		return error_no_memory(err);
	size_t n_params = model->graph.n_params;
	trainer->rows = ARENA_ARRAY(trainer->arena, size_t, batch);
	trainer->next = ARENA_ARRAY(trainer->arena, double, n_params);
	if (optimizer->class->signal)
		trainer->signal = ARENA_ARRAY(trainer->arena, double, n_params);
	if (trainer->rows && trainer->next && (trainer->signal || !optimizer->class->signal))
		return STATUS_OK;
	trainer_free(trainer);
	return error_no_memory(err);
}

void trainer_free(struct trainer *trainer)
{
	arena_free(trainer->arena);
	trainer->arena = NULL;
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

void trainer_prepare(struct trainer *trainer)
{
	if (trainer->prepared)
		return;
	struct model *model = trainer->model;
	const struct optimizer *optimizer = &trainer->optimizer;
	load_batch(trainer);
	model_forward(model);
	model_backward(model);
	const double *signal = model->graph.grad;
	if (trainer->signal) {
		optimizer->class->signal(optimizer, model, trainer->signal);
		signal = trainer->signal;
	}
	memcpy(trainer->next, model->graph.theta, model->graph.n_params * sizeof *trainer->next);
	trainer->finite = model_is_finite(model);
	for (size_t k = 0; k < model->n_order; k++) {
		size_t p = model->order[k];
		if (optimizer_changes(optimizer, model, p))
			optimizer->class->update(optimizer, trainer->next, signal, p, p + 1);
		trainer->finite = trainer->finite && isfinite(trainer->next[p]);
	}
	trainer->prepared = true;
}

void trainer_commit(struct trainer *trainer)
{
	trainer_prepare(trainer);
	struct graph *graph = &trainer->model->graph;
	memcpy(graph->theta, trainer->next, graph->n_params * sizeof *graph->theta);
	trainer->n_updates++;
	trainer->prepared = false;
}

void trainer_invalidate(struct trainer *trainer)
{
	trainer->prepared = false;
}

/* theta, then the optimizer's settings. */
size_t trainer_state_size(const struct trainer *trainer)
{
	return trainer->model->graph.n_params + OPTIMIZER_MAX_HYPERS + 1;
}

void trainer_save(const struct trainer *trainer, double *state)
{
	const struct graph *graph = &trainer->model->graph;
	memcpy(state, graph->theta, graph->n_params * sizeof *state);
	memcpy(state + graph->n_params, trainer->optimizer.hypers,
	       sizeof trainer->optimizer.hypers);
	state[graph->n_params + OPTIMIZER_MAX_HYPERS] = (double)trainer->optimizer.form;
}

void trainer_restore(struct trainer *trainer, const double *state, uint64_t n_updates)
{
	struct graph *graph = &trainer->model->graph;
	memcpy(graph->theta, state, graph->n_params * sizeof *state);
	memcpy(trainer->optimizer.hypers, state + graph->n_params,
	       sizeof trainer->optimizer.hypers);
	trainer->optimizer.form = (size_t)state[graph->n_params + OPTIMIZER_MAX_HYPERS];
	trainer->n_updates = n_updates;
	trainer->prepared = false;
}
