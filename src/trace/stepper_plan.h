/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_plan.h -- from the steps of one plan to those of another. Private to trace/. */
#ifndef BACKSTEP_TRACE_STEPPER_PLAN_H
#define BACKSTEP_TRACE_STEPPER_PLAN_H

#include "backstep/trace/stepper.h"

/* Where place, the position's in the stepper's plan, is in another plan for a batch of n examples,
 * as an index from 1: at the same number, or at the first step about the same parameter. */
uint64_t stepper_index_in(const struct stepper *stepper, const struct plan *plan, size_t n,
			  const struct place *place);

#endif
