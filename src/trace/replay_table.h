/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_table.h -- the numbers of a replay by name. Private to trace/. */
#ifndef BACKSTEP_TRACE_REPLAY_TABLE_H
#define BACKSTEP_TRACE_REPLAY_TABLE_H

#include "backstep/trace/replay.h"

/* Forgets all numbers, and keeps their memory. */
void replay_table_clear(struct replay *replay);
/* The number of exactly this name, or NULL; until the next put. */
const struct replay_number *replay_table_find(const struct replay *replay, const char *name);
/* Files a copy of number, in place of the one of the same name. false on lack of memory. */
bool replay_table_put(struct replay *replay, const struct replay_number *number);

#endif
