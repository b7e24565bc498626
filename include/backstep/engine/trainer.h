/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trainer.h -- updates, one after another: which rows, which gradient, which new parameters.
 *
 * An update is prepared (its passes are computed and the new parameters stand in next, while
 * theta keeps the old ones) and then committed. Stepping looks at a prepared update; training
 * commits in a loop, without preparing, which spares what nobody looks at: the old parameters, the
 * gradients of inputs and targets, slots that are not kept. Both are the same numbers. */
#ifndef BACKSTEP_ENGINE_TRAINER_H
#define BACKSTEP_ENGINE_TRAINER_H

#include <stdint.h>

#include "backstep/engine/batches.h"
#include "backstep/engine/optimizer.h"

/* Rows to learn from, followed in the same arrays by those to validate and to test with.
 * Shapes: x [rows of all three][n_inputs], t [rows of all three][n_targets]. */
struct dataset {
	const double *x, *t;
	size_t n_rows, n_inputs, n_targets;
	size_t n_validation, n_test;
	struct shuffling shuffling; /* of the rows to learn from */
};

/* Parameters lo to hi, all of which the form in force changes. */
struct trainer_range {
	size_t lo, hi;
};

/* Some of the parameters, all of which the form in force changes, or none. */
struct trainer_part {
	size_t lo, hi;
	bool changes;
};

/* The work of an update, and those of its arrays [n_params] that have to be looked at to know
 * whether all of it is finite. */
struct trainer_work {
	struct update update;
	/* Does the update. checked also returns whether all of it is finite; NULL: there is none.
	 */
	void (*run)(const struct optimizer *optimizer, const struct update *update);
	bool (*checked)(const struct optimizer *optimizer, const struct update *update);
	const double *shown[OPTIMIZER_MAX_SLOTS + 2];
	size_t n_shown;
};

enum { TRAINER_AT_ONCE = 64 };

/* Owns: its arena, in which its arrays lie; the model and the data belong to the caller, who leaves
 * the rows as they are. */
struct trainer {
	struct arena *arena;
	struct model *model;
	struct optimizer optimizer;
	struct dataset data;
	struct batches batches;
	uint64_t n_updates;           /* committed so far */
	uint64_t t;                   /* of them, those of the optimizer's form in force */
	size_t *rows;                 /* [batches.size] row numbers of the current batch */
	size_t n_examples;            /* in the current batch */
	uint64_t loaded;              /* model->n_loads when it was loaded; 0: none is */
	struct trainer_numbers *own;  /* what the functions below read */
	struct trainer_work in_place; /* on theta and the kept slots themselves */
	struct trainer_work in_next;  /* the same for the new values of a prepared update */
	bool has_extras; /* an update is more than passes and rule: stages, a point ahead, ... */
	double *signal;  /* [n_params] where the rule learns from the error, else NULL */
	struct optimizer now; /* the optimizer with the rate of the prepared update */
	struct stage_run stages;
	bool *changes;                /* [n_params] which parameters the form in force changes */
	struct trainer_range *ranges; /* the same, joined */
	size_t n_ranges;
	struct trainer_part *parts; /* all parameters, in the pieces in which they are updated */
	size_t n_parts;
	bool is_long;   /* the passes of an update take so long that they ask whether to go on */
	size_t at_once; /* of other updates so many may be made between two questions, at most
			 * TRAINER_AT_ONCE */
	bool prepared;
	bool finite; /* every number computed for the last update is */
};

/* Errors: STATUS_BAD_INPUT where the optimizer does not fit the model; STATUS_NO_MEMORY. */
enum status trainer_init(struct trainer *trainer, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, struct error *err);
void trainer_free(struct trainer *trainer);

/* Whether a model can be trained with batches of this size: no batch of one row where statistics of
 * the batch are needed. Errors: STATUS_BAD_INPUT. */
enum status trainer_check_batch(const struct model *model, size_t n_rows, size_t batch,
				struct error *err);

/* Puts an optimizer in force from the next update on. Another class or form starts with empty
 * slots and t = 0, or where it says. Errors: as trainer_init, with the optimizer before still in
 * force. */
enum status trainer_set_optimizer(struct trainer *trainer, const struct optimizer *optimizer,
				  struct error *err);

/* Computes the next update, if it is not computed yet. */
void trainer_prepare(struct trainer *trainer);
/* Puts the new parameters in force; computes them first, if the update is not prepared. */
void trainer_commit(struct trainer *trainer);
/* The same, asking on the way whether to go on, where it takes long. Errors: STATUS_INTERRUPTED:
 * nothing is prepared, and nothing committed. */
enum status trainer_try_prepare(struct trainer *trainer, struct error *err);
enum status trainer_try_commit(struct trainer *trainer, struct error *err);
/* Puts the rows of the next update into the model, without passes. */
void trainer_load(struct trainer *trainer);

/* The parameters in force, and as the prepared update makes them. Shapes: [n_params]. */
const double *trainer_theta(const struct trainer *trainer);
const double *trainer_next(const struct trainer *trainer);
/* Gives a parameter another value between two updates. */
void trainer_put_param(struct trainer *trainer, size_t param, double value);
/* The optimizer's slot k of each parameter, before the prepared update and after it. */
const double *trainer_slot(const struct trainer *trainer, size_t k);
const double *trainer_next_slot(const struct trainer *trainer, size_t k);
/* What the graph's ops carry after the prepared update. Shapes: [n_state]. */
const double *trainer_next_state(const struct trainer *trainer);

/* Batches in an epoch, and examples in the batch of update u (from 0). */
size_t trainer_batches(const struct trainer *trainer);
size_t trainer_batch_size(const struct trainer *trainer, uint64_t update);

/* What has to be kept to come back to the state between two updates: parameters, settings, slots.
 * Owns: the caller (free). */
struct trainer_state {
	struct optimizer optimizer;
	uint64_t t;
	size_t n_values;
	double values[]; /* theta, then the kept slots, then what the graph's ops carry */
};
static inline size_t trainer_state_bytes(const struct trainer_state *state)
{
	return sizeof *state + state->n_values * sizeof *state->values;
}

/* An empty state of a trainer with this optimizer, for values from elsewhere: t is 0, values
 * [n_values] are 0. NULL on lack of memory. Owns: the caller (free). */
struct trainer_state *trainer_state_new(const struct trainer *trainer,
					const struct optimizer *optimizer);
/* Bytes of the state that trainer_save makes. */
size_t trainer_state_size(const struct trainer *trainer);
/* NULL on lack of memory. */
struct trainer_state *trainer_save(const struct trainer *trainer);
/* The same, but only to be brought back: slots that are still empty are left out. */
struct trainer_state *trainer_keep(const struct trainer *trainer);
/* Brings back a state of this trainer. */
void trainer_restore(struct trainer *trainer, const struct trainer_state *state,
		     uint64_t n_updates);
/* Whether two states are the same to the bit. */
bool trainer_state_equal(const struct trainer_state *a, const struct trainer_state *b);

#endif
