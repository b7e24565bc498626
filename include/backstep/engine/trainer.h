/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer.h -- updates, one after another: which rows, which gradient, which new parameters.
 *
 * An update is prepared (its passes are computed and the new parameters stand in next, while
 * theta keeps the old ones) and then committed. Stepping looks at a prepared update; training
 * prepares and commits in a loop. Both are the same numbers. */
#ifndef BACKSTEP_ENGINE_TRAINER_H
#define BACKSTEP_ENGINE_TRAINER_H

#include <stdint.h>

#include "backstep/engine/optimizer.h"

/* Rows to learn from. Shapes: x [n_rows][n_inputs], t [n_rows][n_targets]. */
struct dataset {
	const double *x, *t;
	size_t n_rows, n_inputs, n_targets;
};

/* Owns: its arena, in which its arrays lie; the model and the data belong to the caller. */
struct trainer {
	struct arena *arena;
	struct model *model;
	struct optimizer optimizer;
	struct dataset data;
	size_t batch;           /* rows in a batch; the last one of an epoch may be smaller */
	uint64_t n_updates;     /* committed so far */
	size_t *rows;           /* [batch] row numbers of the current batch */
	size_t n_examples;      /* in the current batch */
	double *next;           /* [n_params] theta after the prepared update */
	double *signal;         /* [n_params] where the rule learns from the error, else NULL */
	bool prepared;
	bool finite;            /* every number of the prepared update is */
};

/* Errors: STATUS_BAD_INPUT where the optimizer does not fit the model; STATUS_NO_MEMORY. */
enum status trainer_init(struct trainer *trainer, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, struct error *err);
void trainer_free(struct trainer *trainer);

/* Computes the next update, if it is not computed yet. */
void trainer_prepare(struct trainer *trainer);
/* Puts the new parameters in force. */
void trainer_commit(struct trainer *trainer);
/* Forgets the prepared update, after a setting or theta has changed. */
void trainer_invalidate(struct trainer *trainer);

/* Batches in an epoch, and examples in the batch of update u (from 0). */
size_t trainer_batches(const struct trainer *trainer);
size_t trainer_batch_size(const struct trainer *trainer, uint64_t update);

/* What has to be kept to come back to the state between two updates.
 * Shapes: state [trainer_state_size]. */
size_t trainer_state_size(const struct trainer *trainer);
void trainer_save(const struct trainer *trainer, double *state);
void trainer_restore(struct trainer *trainer, const double *state, uint64_t n_updates);

#endif
