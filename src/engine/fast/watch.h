/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.h -- which numbers have to be looked at to know that all of a pass are finite. */
#ifndef BACKSTEP_ENGINE_FAST_WATCH_H
#define BACKSTEP_ENGINE_FAST_WATCH_H

#include "plan.h"

/* Whether the batch fills every row of numbers, so that the passes of small ops serve. */
bool watch_batch_is_full(const struct graph *graph);
/* Lists what is watched, for the number of examples in the batch. */
void watch_plan(struct graph *graph);

#endif
