/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.h -- where in an update a step is: from a step's number to what it is about. */
#ifndef BACKSTEP_TRACE_PLACE_H
#define BACKSTEP_TRACE_PLACE_H

#include "backstep/trace/phase.h"
#include "backstep/trace/plan.h"
#include "backstep/trace/step_class.h"

/* Fields that do not apply are 0. Everything counts from 0. */
struct place {
	enum phase phase;
	const struct step_class *class;
	bool whole_batch;        /* about all examples together */
	size_t example;          /* column in the batch */
	const struct node *node; /* what has the number, where it is an element of a node */
	size_t element;
	bool has_param; /* about parameter order[k] */
	size_t k, param;
	size_t slot;              /* of the rule */
	size_t stage, unit;       /* entry of plan->stages; for each unit: which */
	uint64_t path, n_paths;   /* of the parameter */
	size_t factor, n_factors; /* on the path; equal: their product. 0: not on a path */
};

/* The place of step index (from 0) of an update with n_examples. */
void place_find(const struct plan *plan, size_t n_examples, uint64_t index, struct place *place);

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
