/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounding.h -- the example done by hand: each number rounded before it is used, beside the exact
 * run.
 *
 * It is a replay of the same steps (trace/replay.h). What is given (data, starting parameters, the
 * optimizer's numbers) is not rounded; the hand-made parameters go on from update to update, from
 * the start of the walk: that of the lesson, or the state that was loaded. */
#ifndef BACKSTEP_SESSION_ROUNDING_H
#define BACKSTEP_SESSION_ROUNDING_H

#include "backstep/session/session.h"

/* After so many updates, or so many numbers, nothing is done by hand any more. */
enum { ROUNDING_MAX_UPDATES = 1000, ROUNDING_MAX_NUMBERS = 1000000 };

/* The first update (from 0) that is not done by hand any more. */
uint64_t rounding_last_update(const struct session *session);
/* How it is rounded; NULL: it is not. */
const struct lesson_rounding *rounding_how(const struct session *session);
/* The current step's number by hand; false where there is none. */
bool rounding_step_value(const struct session *session, double *value);
/* The number called name by hand in the current update; NULL where there is none. */
const struct replay_number *rounding_find(const struct session *session, const struct ref *ref);
/* Appends: by hand with 2 decimals: 0.60. */
void rounding_print_step(const struct session *session, double value, struct strbuf *out);
/* Appends a number with all its places. */
void rounding_print(const struct session *session, double value, struct strbuf *out);

#endif
