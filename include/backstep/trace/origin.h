/* SPDX-License-Identifier: GPL-3.0-or-later */
/* origin.h -- where a number comes from: the formula that it was worked out by and the numbers in
 * it, each of which can be asked the same. Every way ends in numbers that were given.
 *
 * It is read off the steps, so a new kind of step needs no line here. A derivative that the walk
 * has no step for has its formula all the same. */
#ifndef BACKSTEP_TRACE_ORIGIN_H
#define BACKSTEP_TRACE_ORIGIN_H

#include "backstep/trace/value.h"

enum origin_kind {
	ORIGIN_STEP,    /* a step of this update computes it */
	ORIGIN_FORMULA, /* no step does, but it has a formula */
	ORIGIN_EARLIER, /* the update before left it */
	ORIGIN_GIVEN,   /* data, what the training began with, what was drawn or set */
};

struct origin_part {
	const struct formula *leaf; /* its symbol and its number */
	bool has_ref;               /* else it was set, or drawn */
	struct ref ref;
	uint64_t
	    number; /* of the step that made it; 0: it was given, or has no step. origin_find */
};

/* Owns: nothing; all lies in the arena that it was made in. */
struct origin {
	enum origin_kind kind;
	uint64_t update;            /* from 0: whose numbers these are */
	uint64_t index;             /* ORIGIN_STEP: of the step in the update, from 1 */
	struct step step;           /* as it is shown */
	const struct formula *rule; /* of a step and a formula, with all terms of its sums */
	double value;
	struct origin_part *parts; /* [n_parts] as they come in the rule, each once */
	size_t n_parts;
};

/* Where a number comes from in the current update, be the walk there or not, with parameters as
 * they are before the commit. The position stays. Errors: STATUS_NO_MEMORY. */
enum status origin_make(struct stepper *stepper, const struct ref *ref, struct arena *arena,
			struct origin *origin, struct error *err);
/* The same for a number as it is at the position, and the steps that made its first
 * ORIGIN_MOST_FOLLOWED parts. What an update left, after its commit or in the updates that follow,
 * is followed to the step that made it what it is. Errors: STATUS_NO_MEMORY; STATUS_INTERRUPTED. */
enum { ORIGIN_MOST_FOLLOWED = 64 };
enum status origin_find(struct stepper *stepper, const struct ref *ref, struct arena *arena,
			struct origin *origin, struct error *err);
/* Those of a step by its number, which is no later than the position's. */
enum status origin_find_step(struct stepper *stepper, uint64_t number, struct arena *arena,
			     struct origin *origin, struct error *err);
/* Whether such a number has a formula also where no step computes it: a derivative. */
bool origin_has_formula(const struct ref *ref);
/* Whether step index (from 1) of the current update, which must have been computed, reads the
 * number; value is what it is, step becomes the step. Errors: STATUS_NO_MEMORY. */
enum status origin_reads(struct stepper *stepper, uint64_t index, const struct ref *ref,
			 double value, struct arena *arena, struct step *step, bool *reads,
			 struct error *err);

#endif
