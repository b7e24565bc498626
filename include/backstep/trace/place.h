/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.h -- where in an update a step is: from a step's number to what it is about. */
#ifndef BACKSTEP_TRACE_PLACE_H
#define BACKSTEP_TRACE_PLACE_H

#include "backstep/trace/chain.h"

enum phase { PHASE_FORWARD, PHASE_LOSS, PHASE_BACKWARD, PHASE_UPDATE, N_PHASES };
/* What scripts and the machine-readable trace call the phases. */
extern const char *const phase_names[N_PHASES];

enum step_kind {
	STEP_VALUE,    /* a unit's or a loss's number */
	STEP_FACTOR,   /* one local partial of a chain */
	STEP_PRODUCT,  /* the product of a chain */
	STEP_DELTA,    /* the gradient of a unit */
	STEP_GRADIENT, /* of a parameter: the sum over paths, or over the examples of the batch */
	STEP_AHEAD,    /* the point where a parameter's gradient is taken, in the forward phase */
	STEP_STAGE,    /* a number of a schedule, a penalty or another stage around the rule */
	STEP_SLOT,     /* a number that the update rule computes before the new value */
	STEP_WEIGHT,   /* a parameter's new value; the old one stays in force */
	STEP_CARRY,    /* a running statistic: what an op carries into the next update */
	STEP_COMMIT,   /* all new values come into force */
	N_STEP_KINDS,
};
extern const char *const step_kind_names[N_STEP_KINDS];

/* Fields that do not apply to a kind are 0. Everything counts from 0. */
struct place {
	enum phase phase;
	enum step_kind kind;
	bool whole_batch;        /* about all examples together */
	size_t example;          /* column in the batch */
	const struct node *node; /* VALUE, DELTA, CARRY; NULL for the batch's loss */
	size_t element;
	/* FACTOR, PRODUCT, GRADIENT, AHEAD, SLOT, WEIGHT, STAGE for each parameter: order[k] */
	size_t k, param;
	size_t slot;        /* SLOT */
	size_t stage, unit; /* STAGE: entry of plan->stages; for each unit: which */
	uint64_t path, n_paths;
	size_t factor, n_factors;
};

/* Remembers where the path of the last FACTOR or PRODUCT began, so that neighbours are found
 * without walking all paths before them. */
struct place_cache {
	size_t k;
	uint64_t path, start;
};

/* The place of step index (from 0) of an update with n_examples. finder ends at the chain of a
 * FACTOR or PRODUCT. */
void place_find(const struct plan *plan, struct chain_finder *finder, struct place_cache *cache,
		size_t n_examples, uint64_t index, struct place *place);

/* How many steps a phase has. */
uint64_t place_phase_steps(const struct plan *plan, size_t n_examples, enum phase phase);
/* The index of the first step of a phase, of the first step about parameter order[k], and of the
 * step that computes element e of node (UINT64_MAX where none does). */
uint64_t place_of_phase(const struct plan *plan, size_t n_examples, enum phase phase);
uint64_t place_of_param(const struct plan *plan, size_t n_examples, size_t k);
/* The index of the first step about order[k] in the update phase. */
uint64_t place_of_weight(const struct plan *plan, size_t n_examples, size_t k);
/* The index of the step that computes a number of a stage, for parameter order[which] or for a unit
 * (else which is 0). */
uint64_t place_of_stage(const struct plan *plan, size_t n_examples, size_t entry, size_t which);
/* The index of the step that computes a slot or the rule's new value of parameter order[k]; of the
 * last one that changes the new value. */
uint64_t place_of_slot(const struct plan *plan, size_t n_examples, size_t slot, size_t k);
uint64_t place_of_rule(const struct plan *plan, size_t n_examples, size_t k);
uint64_t place_of_new(const struct plan *plan, size_t n_examples, size_t k);
uint64_t place_of_value(const struct plan *plan, size_t n_examples, const struct node *node,
			size_t e);
/* The index of the step about what a node carries of a row. */
uint64_t place_of_carry(const struct plan *plan, size_t n_examples, const struct node *node,
			size_t row);

#endif
