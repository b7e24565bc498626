/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stop_advice.h -- what to do where a walk stops. Between stop_advice.c and stepper.c. */
#ifndef BACKSTEP_TRACE_STOP_ADVICE_H
#define BACKSTEP_TRACE_STOP_ADVICE_H

#include "backstep/trace/stepper.h"

/* Adds to err, of the step that the stepper is at, what to do instead. */
void stop_advise(const struct stepper *stepper, struct error *err);

#endif
