/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trial.h -- one op alone in a graph, on inputs whose shapes were found by trying.
 *
 * Which inputs of an op are data, data about the whole batch and parameters, and what shapes fit,
 * is asked of the op's own infer; so a new op is tried without a line written for it. */
#ifndef BACKSTEP_TESTS_TRIAL_H
#define BACKSTEP_TESTS_TRIAL_H

#include "backstep/base/random.h"
#include "backstep/engine/graph.h"

enum {
	TRIAL_MAX_EXAMPLES = 5, /* columns of data nodes; no parameter has as many */
	TRIAL_EXAMPLES = 3,     /* of which these are in use */
	TRIAL_MAX_ROWS = 4,
};
#define TRIAL_WIDTH 4.0      /* of a domain that has no end */
#define TRIAL_UNUSED 12345.0 /* what stands where a batch does not reach */

struct trial {
	struct arena *arena;
	struct graph graph;
	struct node *node;
	struct random random;
};

/* Calls visit with a trial of every combination of shapes that op accepts, with random numbers
 * out of seed (some of them exactly 0) and the forward pass done. Returns how many there were, 0
 * also on lack of memory. */
size_t trial_each(const struct op *op, uint64_t seed, void (*visit)(struct trial *trial));

/* A random number in (-2, 2), now and then exactly 0. */
double trial_number(struct trial *trial);

#endif
