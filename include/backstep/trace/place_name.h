/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_name.h -- what a step is called for good: by what it is of, never by its number in the
 * walk.
 *
 *   1.backward.w5.p1.f2   update 1, the second factor of the first path of w5
 *   1.backward.w5.p1      the product along it
 *   1.backward.w5         the gradient
 *   1.row3.forward.y      of row 3, where the update has several
 *   1.update.w5           the new weight; 1.update.w5.v a slot; 1.update.w5.l1.dR1 of a stage
 *   1.update.commit
 *
 * The same in every language. */
#ifndef BACKSTEP_TRACE_PLACE_NAME_H
#define BACKSTEP_TRACE_PLACE_NAME_H

#include "backstep/trace/stepper.h"

/* Appends the name of step index (from 1) of the current update. */
void place_name_print(const struct stepper *stepper, uint64_t index, struct strbuf *out);
/* The update (from 1) that a name is about; 0: it is no name of a step. */
uint64_t place_name_update(const char *name);
/* The step (from 1) of the current update that the name names; 0: it has none. */
uint64_t place_name_find(const struct stepper *stepper, const char *name);

#endif
