/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer_run.h -- what the files that a trainer is made of share. */
#ifndef BACKSTEP_ENGINE_TRAINER_RUN_H
#define BACKSTEP_ENGINE_TRAINER_RUN_H

#include "backstep/engine/trainer.h"
#include "batches.h"
#include "stages/stage_run.h"

/* The numbers that an update leaves to the next, and those of the prepared one. */
struct trainer_numbers {
	/* The parameters in force, [n_params]: the graph's theta, or where the form looks ahead, an
	 * array apart, for the graph's then holds the point ahead. */
	double *theta, *apart; /* apart: that array, once there was such a form; else NULL */
	double *next;          /* [n_params] theta after the prepared update */
	double *next_state;    /* [n_state] what the graph's ops carry after it */
	double *slots[OPTIMIZER_MAX_SLOTS];      /* [n_params] kept from the last update, or NULL */
	double *next_slots[OPTIMIZER_MAX_SLOTS]; /* [n_params] of the prepared one */
};

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
