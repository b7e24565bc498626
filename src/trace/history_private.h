/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history_private.h -- keeping states and going back to them. Private to trace/. */
#ifndef BACKSTEP_TRACE_HISTORY_PRIVATE_H
#define BACKSTEP_TRACE_HISTORY_PRIVATE_H

#include "backstep/trace/history.h"

/* Starts with the trainer's present state. Errors: STATUS_NO_MEMORY. */
enum status history_init(struct history *history, struct trainer *trainer, struct error *err);
void history_free(struct history *history);

/* Commits the prepared update and keeps the state; where a state is kept already, with a setting
 * changed there, that setting comes into force. Where memory is short fewer states are kept. */
void history_advance(struct history *history);
/* Makes up to n updates at once, from 1 on: as burst_make, as far as the next state that is to be
 * kept, which is only now and then. Errors: as burst_make. */
enum status history_run(struct history *history, uint64_t n, struct burst *burst,
			struct error *err);
/* Keeps the present state, after a setting or theta was changed by hand: what was kept of later
 * updates no longer holds and is dropped, and this state stays. Errors: STATUS_NO_MEMORY. */
enum status history_pin(struct history *history, struct error *err);
/* How many updates have to be made again to go back to update. */
uint64_t history_distance(const struct history *history, uint64_t update);
/* After the trainer came to another update: its rows are those of that one. */
void history_settle(struct history *history);
/* Brings the trainer to its state before update, which is not before the first. */
void history_go(struct history *history, uint64_t update);
/* The same as work that may be interrupted. Errors: STATUS_INTERRUPTED, with the trainer on its
 * way.
 */
enum status history_travel(struct history *history, uint64_t update, struct error *err);
/* Starts again with the entries of a save, sorted by update, and its edits: the trainer goes to the
 * first, the others wait. Their optimizers have been in force before. Errors: STATUS_NO_MEMORY,
 * with nothing changed. Owns: on success the history, the states. */
struct stepper_save;
enum status history_restart(struct history *history, const struct stepper_save *save,
			    struct error *err);

#endif
