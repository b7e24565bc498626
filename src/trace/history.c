/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c -- a sorted list of kept states with a budget. */
#include "history_private.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/work.h"
#include "backstep/trace/stepper.h"
#include "edit_private.h"

enum {
	HISTORY_BYTES = 24 << 20, /* of all states */
	HISTORY_ENTRIES = 1024,
	HISTORY_RECENT = 16, /* of the latest ones so many are never dropped, if there is room */
	HISTORY_SHARE = 64,  /* of more entries than that one in so many is dropped at once */
	HISTORY_STRIDE =
	    64, /* a power of 2: in a run of updates a state is kept at least so often ... */
	HISTORY_WORK = 1 << 28, /* ... and before so many rows times parameters were learnt from */
};

static size_t clamp(size_t n, size_t least, size_t most)
{
	return n < least ? least : n > most ? most : n;
}

enum status history_init(struct history *history, struct trainer *trainer, struct error *err)
{
	size_t work = trainer->model->graph.n_params * trainer->batches.size;
	*history = (struct history){
	    .trainer = trainer, .max_bytes = HISTORY_BYTES, .stride = HISTORY_STRIDE};
	while (history->stride > 1 && history->stride * (work + 1) > HISTORY_WORK)
		history->stride /= 2;
	curve_start(&history->curve, trainer->n_updates);
	track_start(&history->track, trainer->model->graph.n_params, trainer->n_updates);
	return history_pin(history, err);
}

void history_free(struct history *history)
{
	for (size_t k = 0; k < history->n_entries; k++)
		free(history->entries[k].state);
	free(history->entries);
	edits_free(&history->edits);
	track_free(&history->track);
	*history = (struct history){0};
}

static void forget(struct history *history, size_t k)
{
	history->n_bytes -= trainer_state_bytes(history->entries[k].state);
	free(history->entries[k].state);
}

/* How far the neighbours of entry k lie apart, of which that before it is entry before; where there
 * is none after it, one for the trainer's present state will come. Those where settings changed
 * stay, for without them training again would give other numbers. */
static uint64_t find_gap(const struct history *history, size_t before, size_t k)
{
	const struct history_entry *entries = history->entries;
	const uint64_t after =
	    k + 1 < history->n_entries ? entries[k + 1].update : history->trainer->n_updates;
	return entries[k].pinned ? UINT64_MAX : after - entries[before].update;
}

/* Drops entries whose neighbours lie closest together, but none of the latest: one, or of a long
 * list some at once, so that it is gone through seldom. false: there is none to drop. */
static bool drop_some(struct history *history, size_t latest)
{
	struct history_entry *entries = history->entries;
	const size_t n = history->n_entries, end = n > latest ? n - latest : 0;
	size_t left = 1 + n / HISTORY_SHARE, kept = 1;
	uint64_t least = UINT64_MAX;
	for (size_t k = 1; k < end; k++)
		least = find_gap(history, k - 1, k) < least ? find_gap(history, k - 1, k) : least;
	if (least == UINT64_MAX)
		return false;
	for (size_t k = 1; k < n; k++) {
		if (left > 0 && k < end && find_gap(history, kept - 1, k) == least) {
			forget(history, k);
			left--;
		} else {
			entries[kept++] = entries[k];
		}
	}
	history->n_entries = kept;
	return true;
}

/* Drops states until one of the trainer's has room, as the latest; false: it has none. */
static bool make_room(struct history *history)
{
	const size_t size = trainer_state_size(history->trainer);
	const size_t latest = clamp(history->max_bytes / size / 2, 1, HISTORY_RECENT) - 1;
	while (history->n_entries >= HISTORY_ENTRIES ||
	       history->n_bytes + size > history->max_bytes)
		if (!drop_some(history, latest))
			return false;
	return true;
}

/* The last entry at or before update whose state is known: those that wait lie after all others. */
static size_t find_entry(const struct history *history, uint64_t update)
{
	size_t low = 0, high = history->n_entries; /* it is one of these, high left out */
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		const struct history_entry *entry = &history->entries[middle];
		if (entry->update > update || entry->waits)
			high = middle;
		else
			low = middle;
	}
	return low;
}

/* Makes the list long enough for one more entry. */
static bool reserve(struct history *history)
{
	if (history->n_entries < history->capacity)
		return true;
	size_t capacity = history->capacity ? 2 * history->capacity : HISTORY_RECENT;
	struct history_entry *entries = realloc(history->entries, capacity * sizeof *entries);
	if (!entries)
		return false;
	history->entries = entries;
	history->capacity = capacity;
	return true;
}

/* Inserts the trainer's present state at its place, one that is not pinned only if it has room.
 * false: lack of memory. */
static bool insert(struct history *history, bool pinned)
{
	uint64_t update = history->trainer->n_updates;
	if (!make_room(history) && !pinned)
		return true;
	if (!reserve(history))
		return false;
	struct trainer_state *state = trainer_keep(history->trainer);
	if (!state)
		return false;
	size_t k = history->n_entries ? find_entry(history, update) + 1 : 0;
	memmove(history->entries + k + 1, history->entries + k,
		(history->n_entries - k) * sizeof *history->entries);
	history->entries[k] =
	    (struct history_entry){.update = update, .pinned = pinned, .state = state};
	history->n_entries++;
	history->n_bytes += trainer_state_bytes(state);
	return true;
}

/* Puts the settings in force that waited for this update. */
static void wake(struct history *history, struct history_entry *entry)
{
	CONTRACT(entry->waits);
	trainer_set_optimizer(history->trainer, &entry->state->optimizer, NULL);
	edits_put_params(&history->edits, entry->update, history->trainer);
	struct trainer_state *state = trainer_keep(history->trainer);
	if (!state) /* it waits for the next time that the walk comes by */
		return;
	history->n_bytes += trainer_state_bytes(state) - trainer_state_bytes(entry->state);
	free(entry->state);
	entry->state = state;
	entry->waits = false;
}

void history_settle(struct history *history)
{
	if (history->edits.n > 0 && edits_settle(&history->edits, history->trainer->n_updates))
		history->trainer->loaded = 0;
}

/* After a commit: where no state is kept after it, keeps the state if keep says so. */
static void follow(struct history *history, bool keep)
{
	struct trainer *trainer = history->trainer;
	struct history_entry *entry = &history->entries[find_entry(history, trainer->n_updates)];
	struct history_entry *next = entry + 1, *end = history->entries + history->n_entries;
	if (next != end && next->update == trainer->n_updates)
		wake(history, next);
	else if (entry->update == trainer->n_updates)
		trainer_restore(trainer, entry->state, entry->update);
	else if (keep && !insert(history, false))
		drop_some(history, HISTORY_RECENT);
	history_settle(history);
}

void history_advance(struct history *history)
{
	struct trainer *trainer = history->trainer;
	trainer_commit(trainer);
	curve_add(&history->curve, trainer->n_updates - 1, &trainer->model->loss, 1);
	track_add(&history->track, trainer->n_updates, trainer_theta(trainer));
	follow(history, true);
}

enum status history_run(struct history *history, uint64_t n, struct burst *burst, struct error *err)
{
	struct trainer *trainer = history->trainer;
	const uint64_t update = trainer->n_updates, last = history->stride - 1;
	const size_t next = find_entry(history, update) + 1;
	if (n > history->stride - (update & last))
		n = history->stride - (update & last);
	if (next < history->n_entries && n > history->entries[next].update - update)
		n = history->entries[next].update - update;
	enum status status = burst_make(burst, trainer, n, &history->curve, &history->track, err);
	if (burst->n)
		follow(history, (trainer->n_updates & last) == 0);
	return status;
}

enum status history_pin(struct history *history, struct error *err)
{
	uint64_t update = history->trainer->n_updates;
	edits_cut(&history->edits, update);
	curve_cut(&history->curve, update);
	track_cut(&history->track, update);
	track_add(&history->track, update, trainer_theta(history->trainer));
	while (history->n_entries && history->entries[history->n_entries - 1].update >= update)
		forget(history, --history->n_entries);
	return insert(history, true) ? STATUS_OK : error_no_memory(err);
}

uint64_t history_distance(const struct history *history, uint64_t update)
{
	return update - history->entries[find_entry(history, update)].update;
}

/* Goes to the kept state from which it is not far. */
static void go_near(struct history *history, uint64_t update)
{
	const struct history_entry *entry = &history->entries[find_entry(history, update)];
	struct trainer *trainer = history->trainer;
	/* training on from here is shorter than from a kept state, unless that is nearer or a
	 * setting was changed in between */
	if (update < trainer->n_updates || entry->update > trainer->n_updates)
		trainer_restore(trainer, entry->state, entry->update);
	history_settle(history);
}

void history_go(struct history *history, uint64_t update)
{
	go_near(history, update);
	while (history->trainer->n_updates < update)
		history_advance(history);
}

enum status history_travel(struct history *history, uint64_t update, struct error *err)
{
	struct trainer *trainer = history->trainer;
	struct burst burst;
	enum status status = STATUS_OK;
	go_near(history, update);
	const uint64_t first = trainer->n_updates;
	while (!status && trainer->n_updates < update) {
		status =
		    work_tell(N_("going there"), trainer->n_updates - first, update - first, err);
		if (!status)
			status =
			    burst_make(&burst, trainer, 1, &history->curve, &history->track, err);
		if (!status)
			follow(history, true);
	}
	return status;
}

enum status history_restart(struct history *history, const struct stepper_save *save,
			    struct error *err)
{
	const size_t n = save->n_entries, size = n * sizeof *save->entries;
	CONTRACT(n > 0 && !save->entries[0].waits);
	struct history_entry *own = malloc(size);
	if (!own || !edits_renew(&history->edits, &history->trainer->data, save->edits.items,
				 save->edits.n)) {
		free(own);
		return error_no_memory(err);
	}
	memcpy(own, save->entries, size);
	const struct history rest = *history;
	history->edits = (struct edits){0};
	history_free(history);
	*history = (struct history){.trainer = rest.trainer,
				    .entries = own,
				    .n_entries = n,
				    .capacity = n,
				    .max_bytes = rest.max_bytes,
				    .stride = rest.stride,
				    .n_restarts = rest.n_restarts + 1,
				    .edits = rest.edits,
				    .n_set = rest.n_set};
	for (size_t k = 0; k < n; k++)
		history->n_bytes += trainer_state_bytes(own[k].state);
	curve_start(&history->curve, own[0].update);
	trainer_restore(history->trainer, own[0].state, own[0].update);
	history_settle(history);
	track_start(&history->track, rest.trainer->model->graph.n_params, own[0].update);
	track_add(&history->track, own[0].update, trainer_theta(rest.trainer));
	return STATUS_OK;
}
