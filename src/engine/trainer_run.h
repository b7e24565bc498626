/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer_run.h -- what the files that a trainer is made of share. */
#ifndef BACKSTEP_ENGINE_TRAINER_RUN_H
#define BACKSTEP_ENGINE_TRAINER_RUN_H

#include "backstep/engine/trainer.h"
#include "batches.h"
#include "stages/stage_run.h"

/* Points the updates that are made in place and in next at their arrays, and finds out what one
 * needs besides passes and rule. Call when the optimizer or its arrays have changed. */
void trainer_bind(struct trainer *trainer);

/* Of theta, and of what the graph's ops carry. */
static inline size_t trainer_bytes_of_params(const struct trainer *trainer)
{
	return trainer->model->graph.n_params * sizeof(double);
}
static inline size_t trainer_bytes_of_state(const struct trainer *trainer)
{
	return trainer->model->graph.n_state * sizeof(double);
}

#endif
