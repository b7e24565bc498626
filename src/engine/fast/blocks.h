/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.h -- both passes over a large batch, some examples at a time: what one op leaves, the next
 * finds in the cache, for every block's numbers take the place of those of the block before. Sums
 * over examples go on from block to block, in the order that they have in one piece, so the bits
 * are the same. Only for passes whose nodes nobody looks at, GRAPH_PARAMS. */
#ifndef BACKSTEP_ENGINE_FAST_BLOCKS_H
#define BACKSTEP_ENGINE_FAST_BLOCKS_H

#include "plan.h"

/* How many examples make a block; 0 where the batch is small, or has to be worked on as a whole. */
size_t blocks_size(const struct graph *graph);
/* Whether the blocks share the numbers of node; else each has its own. */
bool blocks_share(const struct fast_plan *plan, const struct node *node);
/* The forward and the backward pass for which the plan was made, in blocks of plan->block. If a
 * number is not finite, again in one piece, so that all are there to be looked at. asks: after each
 * block. Errors: STATUS_INTERRUPTED. */
enum status blocks_run(struct graph *graph, bool asks, struct error *err);
/* Calls of the plan, as if they were made one after another. An op that computes each example by
 * itself goes in portions of examples, and is asked about after each; any other after the whole.
 * Errors: STATUS_INTERRUPTED. */
enum status blocks_run_portions(struct graph *graph, const struct fast_call *first,
				const struct fast_call *end, struct error *err);

#endif
