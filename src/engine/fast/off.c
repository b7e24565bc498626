/* SPDX-License-Identifier: GPL-3.0-or-later */
/* off.c -- what stands in for this folder in a build without it: no plan, so that everything runs
 * as it is written. */
#include "plan.h"

enum status fast_make(struct graph *graph, struct error *err)
{
	(void)err;
	graph->fast = NULL;
	return STATUS_OK;
}

fast_update *fast_find_update(const struct optimizer *optimizer)
{
	return optimizer->class->update;
}

fast_checked_update *fast_find_checked_update(const struct optimizer *optimizer)
{
	(void)optimizer;
	return NULL;
}
