/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verify.h -- checks that the steps of an update are facts: what `check` and the tests run.
 *
 * Factors multiply to their path's product, products and rows add up to the gradient, the
 * gradient is the one of the engine's backward pass (1e-12 of the sum of the terms' sizes), and
 * every formula evaluates to the step's number. */
#ifndef BACKSTEP_TRACE_VERIFY_H
#define BACKSTEP_TRACE_VERIFY_H

#include "backstep/trace/stepper.h"

#define VERIFY_TOLERANCE 1e-12

/* Updates with more steps are checked in part: single values, and parameters with all their paths,
 * spread evenly. */
enum { VERIFY_MAX_STEPS = 100000 };

/* Walks the steps of the current update (the position does not move) and adds how many were checked
 * to *n_steps.
 * Errors: STATUS_FAILED, which step is no fact and why; STATUS_NUMERIC for a number that is not
 * finite; STATUS_NO_MEMORY. */
enum status verify_update(const struct stepper *stepper, uint64_t *n_steps, struct error *err);

#endif
