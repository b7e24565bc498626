/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batches.c -- rows as they stand, or shuffled: the order of one epoch is kept until another is
 * asked for, and making it takes no memory. */
#include "batches.h"

#include "backstep/base/random.h"

enum status batches_init(struct batches *batches, struct arena *arena, size_t n_rows, size_t size,
			 struct shuffling shuffling, struct error *err)
{
	*batches = (struct batches){
	    .n_rows = n_rows, .size = size, .seed = shuffling.seed, .epoch = UINT64_MAX};
	if (!shuffling.on)
		return STATUS_OK;
	batches->order = ARENA_ARRAY(arena, size_t, n_rows);
	return batches->order ? STATUS_OK : error_no_memory(err);
}

/* Dividing costs as much as training a unit: where one batch holds all rows there is nothing to
 * divide. */
size_t batches_per_epoch(const struct batches *batches)
{
	if (batches->size >= batches->n_rows)
		return 1;
	return (batches->n_rows + batches->size - 1) / batches->size;
}

/* The first row of the batch, counted in the order of its epoch. */
static size_t first_of(const struct batches *batches, uint64_t update)
{
	size_t n = batches_per_epoch(batches);
	return n > 1 ? (size_t)(update % n) * batches->size : 0;
}

size_t batches_size(const struct batches *batches, uint64_t update)
{
	size_t left = batches->n_rows - first_of(batches, update);
	return left < batches->size ? left : batches->size;
}

/* Each epoch starts from the rows as they stand, so that its order does not depend on how one came
 * to it. */
static void order_epoch(struct batches *batches, uint64_t epoch)
{
	struct random random;
	if (batches->epoch == epoch)
		return;
	for (size_t k = 0; k < batches->n_rows; k++)
		batches->order[k] = k;
	random_stream(&random, batches->seed, "shuffle", epoch);
	random_shuffle(&random, batches->order, batches->n_rows);
	batches->epoch = epoch;
}

size_t batches_rows(struct batches *batches, uint64_t update, size_t *rows)
{
	size_t first = first_of(batches, update), n = batches_size(batches, update);
	if (batches->order)
		order_epoch(batches, update / batches_per_epoch(batches));
	for (size_t k = 0; k < n; k++)
		rows[k] = batches->order ? batches->order[first + k] : first + k;
	return n;
}
