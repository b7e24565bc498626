/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_plan.h -- what a backward pass has to do besides calling the ops. */
#ifndef BACKSTEP_ENGINE_GRAPH_PLAN_H
#define BACKSTEP_ENGINE_GRAPH_PLAN_H

#include "backstep/engine/graph.h"

/* Finds out which gradients have to be 0 before the pass, which are set by the op that writes
 * them first, which nobody asks for, and which numbers show whether all are finite. */
void graph_plan_backward(struct graph *graph, const struct node *root);

#endif
