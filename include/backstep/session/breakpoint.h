/* SPDX-License-Identifier: GPL-3.0-or-later */
/* breakpoint.h -- where `continue` stops: at a place of every update, where a condition comes to
 * hold, where a number changes, at the first number that is not finite.
 *
 * A condition holds where all of its numbers are known; it is looked at wherever one of them may
 * become known or change. What stops the walk is read off the update alone and off what a number
 * was before, so the way back finds the same steps. */
#ifndef BACKSTEP_SESSION_BREAKPOINT_H
#define BACKSTEP_SESSION_BREAKPOINT_H

#include "backstep/session/session.h"

/* As it can be typed, in the language in force. */
const char *breakpoint_print(const struct breakpoint *at, char text[BREAKPOINT_TEXT]);
/* Sets a breakpoint, as it is typed: w5, backward, if E < 0.2, E < 0.2, change w1, change w1 >
 * 0.01, nan; or takes it away where it is set. Returns whether it is set now, and its number (from
 * 1) then. Errors (err->code): STATUS_BAD_INPUT, STATUS_NO_MEMORY. */
enum status breakpoint_toggle(struct session *session, const char *text, bool *set, size_t *number,
			      struct error *err);
/* Takes breakpoint number away (from 1). Errors: STATUS_BAD_INPUT. */
enum status breakpoint_remove(struct session *session, size_t number, struct error *err);

/* On to the next step at which one stops; *number gets which does (from 1). Errors:
 * STATUS_BAD_INPUT, there are none, or no update comes by them; STATUS_FAILED, where none was met
 * in BREAKPOINT_UPDATES updates, which were made; as stepper_go. */
enum { BREAKPOINT_UPDATES = 100000 };
enum status breakpoint_next(struct session *session, size_t *number, struct error *err);
/* The next step of the current update at which one stops (its index, from 1), and which does; 0:
 * there is none. The position stays. */
uint64_t breakpoint_ahead(struct session *session, size_t *number);
/* Back to the one before. Errors: STATUS_BAD_INPUT, there is none; as stepper_go. */
enum status breakpoint_back(struct session *session, size_t *number, struct error *err);

#endif
