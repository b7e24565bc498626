/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_start.h -- puts what an update starts from into a replay. */
#ifndef BACKSTEP_TRACE_REPLAY_START_H
#define BACKSTEP_TRACE_REPLAY_START_H

#include "backstep/trace/replay.h"

/* Puts data, masks, parameters, slots and running statistics; state (may be NULL) as in
 * replay_update. Returns false on lack of memory. */
bool replay_give_start(struct replay *replay, const struct trainer *trainer,
		       const struct replay_state *state);

#endif
