/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk_private.h -- laying out an update of a network and an optimizer. Private to trace/. */
#ifndef BACKSTEP_TRACE_WALK_PRIVATE_H
#define BACKSTEP_TRACE_WALK_PRIVATE_H

#include "backstep/trace/walk.h"

/* Another optimizer for the same network. Returns whether its updates have other steps. */
bool plan_set_optimizer(struct plan *plan, const struct optimizer *optimizer);

/* Errors: STATUS_NO_MEMORY. */
enum status walk_init(struct walk *walk, const struct plan *plan, size_t n_examples,
		      struct error *err);
void walk_free(struct walk *walk);
/* Lays out again what depends on the plan's optimizer, after that was changed. */
void walk_follow(struct walk *walk);

/* The same step after the plan was another one, before, for as many examples; where there is none
 * any more, the first about the same parameter, or an end of the phase. */
uint64_t walk_nearest(const struct walk *walk, const struct plan *before,
		      const struct place *place);

#endif
