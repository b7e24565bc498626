/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_layout.h -- the steps that a stepper's updates have, by its plan and the optimizer in
 * force. Private to trace/. */
#ifndef BACKSTEP_TRACE_STEPPER_LAYOUT_H
#define BACKSTEP_TRACE_STEPPER_LAYOUT_H

#include "backstep/trace/stepper.h"
#include "history_private.h"
#include "numbering_private.h"
#include "walk_private.h"

/* The walks of the stepper's plan, in place of those of the plan before. Errors: STATUS_NO_MEMORY,
 * with nothing changed. */
enum status stepper_make_walks(struct stepper *stepper, struct error *err);
/* Lays out the steps of an optimizer. The position is the caller's to set. */
void stepper_lay_out(struct stepper *stepper, const struct optimizer *optimizer);
/* Says how many steps the updates of each part of the numbering have; those of the trainer's
 * optimizer are laid out afterwards. */
void stepper_count_parts(struct stepper *stepper);
/* The walk of an update (from 0) of the optimizer that is laid out. */
const struct walk *stepper_walk_of(const struct stepper *stepper, uint64_t update);

#endif
