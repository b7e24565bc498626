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

/* Errors: STATUS_NO_MEMORY. */
enum status batches_init(struct batches *batches, struct arena *arena, size_t n_rows, size_t size,
			 struct shuffling shuffling, struct error *err);

/* Batches in an epoch, and rows in the batch of an update (from 0). */
size_t batches_per_epoch(const struct batches *batches);
size_t batches_size(const struct batches *batches, uint64_t update);
/* Whether every batch is the same: all rows, as they stand. */
static inline bool batches_repeat(const struct batches *batches)
{
	return batches->size >= batches->n_rows && !batches->order;
}
/* Writes the rows of that batch. Returns how many. Shapes: rows [size]. */
size_t batches_rows(struct batches *batches, uint64_t update, size_t *rows);

#endif
