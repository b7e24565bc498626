/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.h -- an update's steps once more, with other numbers put in.
 *
 * The rule of each step is evaluated, in the order of the walk, with the numbers that the steps
 * before it came to; whoever replays says what each number is then used as: rounded, or as a
 * lecture printed it. What the engine computed stands beside it. A replay is no second engine: it
 * knows steps and their formulas only. Given are data, parameters, the masks that were drawn and
 * running statistics; where a rule has another number that no step computed, the replay has a gap.
 *
 * Numbers are filed by their references (value.h): what a step computes under what its left side
 * names, and a rule's symbols are looked up under what they name. */
#ifndef BACKSTEP_TRACE_REPLAY_H
#define BACKSTEP_TRACE_REPLAY_H

#include "backstep/trace/value.h"

enum {
	REPLAY_MAX_NUMBERS = 5000, /* of an update: its steps, its parameters and its data */
};

/* A number in the replay. source is what use has set on a number that this one comes from: of
 * several, on the one that makes the most difference; 0: on none. */
struct replay_value {
	double value;
	size_t source;
};

struct replay_number {
	struct ref ref; /* of a slot, the last update's until this one computes it */
	double exact;   /* the engine's */
	struct replay_value other;
	uint64_t index; /* of the step that computes it, from 1; 0: it was given */
	uint64_t used;  /* of the first step whose rule has it; 0: none */
};

/* What the next update starts from: parameters, running statistics, the slots of form. Owns: itself
 * (free). */
struct replay_state {
	const struct optimizer_form *form;
	struct replay_value values[];
};

/* Owns: its arena and arrays. Set use and ctx after replay_init. */
struct replay {
	const struct stepper *stepper; /* whose current update is replayed */
	/* Decides what a number is used as from here on. */
	void (*use)(void *ctx, struct replay_number *number);
	void *ctx;
	struct arena *scratch;         /* of a step */
	struct replay_number *numbers; /* [n_numbers] in the order in which they came */
	size_t n_numbers, capacity;
	size_t *slots;  /* [2 * capacity] number + 1, hashed by reference; 0: free */
	double *values; /* [n_values] of each step, in the replay */
	size_t n_values, values_capacity;
	bool failed;  /* memory was lacking */
	bool has_gap; /* a sum was too long to be evaluated, or a number is not known */
};

/* Errors: STATUS_NO_MEMORY. */
enum status replay_init(struct replay *replay, struct error *err);
void replay_free(struct replay *replay);

/* How many numbers a replay of the current update holds. */
uint64_t replay_count(const struct stepper *stepper);
/* Replays the stepper's current update from state (NULL: from the engine's numbers); the stepper
 * stays where it is. Errors: STATUS_BAD_INPUT for more than
 * REPLAY_MAX_NUMBERS; STATUS_NO_MEMORY. */
enum status replay_update(struct replay *replay, const struct stepper *stepper,
			  const struct replay_state *state, struct error *err);
/* What the update after the replayed one starts from. NULL on lack of memory. */
struct replay_state *replay_save(const struct replay *replay, const struct stepper *stepper);
/* Trains n updates on from state, which becomes what they leave, as the engine does: a number that
 * no printed one went into has their first source then. The stepper, which is where state is,
 * stays there. Errors: STATUS_NO_MEMORY. */
enum status replay_train(struct replay_state *state, struct stepper *stepper, uint64_t n,
			 struct error *err);

/* The number that a replay of the current update files under ref; NULL: none is. */
const struct replay_number *replay_find(const struct replay *replay, const struct ref *ref);
/* The number that step index computes, or NULL. */
const struct replay_number *replay_of_step(const struct replay *replay, uint64_t index);

/* What the number of a step of the current update is filed under. Errors: STATUS_BAD_INPUT, it is
 * not; STATUS_NO_MEMORY. */
enum status replay_step_ref(const struct stepper *stepper, const struct step *step,
			    struct ref *ref);

#endif
