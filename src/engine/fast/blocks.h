/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.h -- both passes over a large batch, some examples at a time: what one op leaves, the next
 * finds in the cache. Sums over examples go on from block to block, in the order that they have in
 * one piece, so the bits are the same. */
#ifndef BACKSTEP_ENGINE_FAST_BLOCKS_H
#define BACKSTEP_ENGINE_FAST_BLOCKS_H

#include "plan.h"

/* How many examples make a block; 0 where the batch is small, or has to be worked on as a whole. */
size_t blocks_size(const struct graph *graph);
/* Makes calls of the plan in blocks of plan->block; after each call it asks, if asks is true.
 * Errors: STATUS_INTERRUPTED. */
enum status blocks_run(struct graph *graph, const struct fast_call *first,
		       const struct fast_call *end, bool asks, struct error *err);

#endif
