/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batches.h -- finding the rows of a batch (backstep/engine/batches.h). */
#ifndef BACKSTEP_ENGINE_BATCHES_PRIVATE_H
#define BACKSTEP_ENGINE_BATCHES_PRIVATE_H

#include "backstep/engine/batches.h"

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
