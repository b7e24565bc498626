/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_plan.h -- what a backward pass has to do besides calling the ops. */
#ifndef BACKSTEP_ENGINE_GRAPH_PLAN_H
#define BACKSTEP_ENGINE_GRAPH_PLAN_H

#include "backstep/engine/graph.h"

/* Finds out which gradients have to be 0 before the pass, which are set by the op that writes
 * them first, which nobody asks for, and which numbers show whether all are finite. */
void graph_plan_backward(struct graph *graph, struct node *root, double scale);

/* Lists what the passes call and which numbers they leave to be looked at, for the number of
 * examples in the batch; writes the root's gradient. */
void graph_plan_batch(struct graph *graph);

#endif
