/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h -- the way back: the trainer's state between updates, kept or computed again.
 *
 * Kept states are flat copies. Beyond a budget the states that lie closest together are dropped,
 * never the first, nor those where a setting changed, nor the latest few as long as they have room;
 * a dropped state is reached by training again from the kept one before it, which gives the same
 * bits. */
#ifndef BACKSTEP_TRACE_HISTORY_H
#define BACKSTEP_TRACE_HISTORY_H

#include "backstep/trace/burst.h"
#include "backstep/trace/edit.h"

/* One kept state: before update number update (from 0). pinned: a setting changed there. waits: the
 * walk has not come there yet, and of state only the settings are known. */
struct history_entry {
	uint64_t update;
	bool pinned, waits;
	struct trainer_state *state;
};

/* Owns: the entries, sorted by update; edits; track. */
struct history {
	struct trainer *trainer;
	struct history_entry *entries;
	size_t n_entries, capacity;
	size_t n_bytes;   /* of the states */
	size_t max_bytes; /* of the states; more only where settings changed at all of them */
	uint64_t
	    stride; /* a power of 2: updates from one kept state to the next in a run of many */
	uint64_t n_restarts;
	struct edits edits; /* numbers that were set by hand */
	uint64_t n_set;     /* how often that was done */
	struct curve curve; /* of the updates that were committed */
	struct track track; /* the parameters before them */
};

/* The update that the way back ends at. */
static inline uint64_t history_first(const struct history *history)
{
	return history->entries[0].update;
}

#endif
