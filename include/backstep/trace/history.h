/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h -- the way back: the trainer's state between updates, kept or computed again.
 *
 * Kept states are flat copies. Beyond a budget the states that lie closest together are dropped,
 * never the first, the latest few, nor those where a setting changed; a dropped state is reached
 * by training again from the kept one before it, which gives the same bits. */
#ifndef BACKSTEP_TRACE_HISTORY_H
#define BACKSTEP_TRACE_HISTORY_H

#include "backstep/engine/trainer.h"

/* One kept state: before update number update (from 0). pinned: a setting changed there. waits: the
 * walk has not come there yet, and of state only the settings are known. */
struct history_entry {
	uint64_t update;
	bool pinned, waits;
	struct trainer_state *state;
};

/* Owns: the entries, sorted by update. */
struct history {
	struct trainer *trainer;
	struct history_entry *entries;
	size_t n_entries, capacity;
	size_t max_entries; /* more are kept only where settings changed at all of them */
	uint64_t stride;    /* updates from one kept state to the next in a run of many */
	uint64_t n_restarts;
};

/* Starts with the trainer's present state. Errors: STATUS_NO_MEMORY. */
enum status history_init(struct history *history, struct trainer *trainer, struct error *err);
void history_free(struct history *history);

/* Commits the prepared update and keeps the state; where a state is kept already, with a setting
 * changed there, that setting comes into force. Where memory is short fewer states are kept. */
void history_advance(struct history *history);
/* As history_advance, in a run of many updates: where keeping a state would cost more than an
 * update it is done only now and then. */
void history_pass(struct history *history);
/* Keeps the present state, after a setting or theta was changed by hand: what was kept of later
 * updates no longer holds and is dropped, and this state stays. Errors: STATUS_NO_MEMORY. */
enum status history_pin(struct history *history, struct error *err);
/* Brings the trainer to its state before update, which is not before the first. */
void history_go(struct history *history, uint64_t update);
/* The update that the way back ends at. */
static inline uint64_t history_first(const struct history *history)
{
	return history->entries[0].update;
}
/* Starts again with these entries, sorted by update: the trainer goes to the first, the others
 * wait. Their optimizers have been in force before. Errors: STATUS_NO_MEMORY, with nothing changed.
 * Owns: on success the history, the states. */
enum status history_restart(struct history *history, const struct history_entry *entries, size_t n,
			    struct error *err);

#endif
