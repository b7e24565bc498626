/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batches.h -- which rows of the data make the batch of which update.
 *
 * Shuffled or not, the rows of an update follow from its number alone: so going back to it finds
 * the same rows, and nothing about the order has to be kept. */
#ifndef BACKSTEP_ENGINE_BATCHES_H
#define BACKSTEP_ENGINE_BATCHES_H

#include <stdbool.h>
#include <stdint.h>

#include "backstep/base/arena.h"

/* Whether, and out of which seed, every epoch has an order of its own. */
struct shuffling {
	bool on;
	uint64_t seed;
};

/* Owns: nothing; order lies in the arena. */
struct batches {
	size_t n_rows, size; /* rows in a batch; the last one of an epoch may have fewer */
	uint64_t seed;
	size_t *order;  /* [n_rows] the rows in the order of epoch; NULL: as they stand */
	uint64_t epoch; /* UINT64_MAX: order is not filled yet */
};

#endif
