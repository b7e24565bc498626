/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_private.h -- the numbers of a replay by reference, and those that it starts from. Private
 * to trace/. */
#ifndef BACKSTEP_TRACE_REPLAY_PRIVATE_H
#define BACKSTEP_TRACE_REPLAY_PRIVATE_H

#include "backstep/trace/replay.h"

/* Forgets all numbers, and keeps their memory. */
void replay_clear(struct replay *replay);
/* Files a copy of number, in place of the one of the same reference. false on lack of memory. */
bool replay_put(struct replay *replay, const struct replay_number *number);

/* Puts data, masks, parameters, slots and running statistics; state (may be NULL) as in
 * replay_update. Returns false on lack of memory. */
bool replay_give_start(struct replay *replay, const struct trainer *trainer,
		       const struct replay_state *state);

#endif
