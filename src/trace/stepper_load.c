/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_load.c -- saving where a walk is, and taking it up there. */
#include <stdlib.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "edit_private.h"
#include "stepper_layout.h"

void stepper_save_free(struct stepper_save *save)
{
	for (size_t k = 0; k < save->n_entries; k++)
		free(save->entries[k].state);
	free(save->entries);
	numbering_free(&save->numbering);
	edits_free(&save->edits);
	*save = (struct stepper_save){0};
}

/* Makes room for one more entry, and takes the state over. */
static enum status add_entry(struct stepper_save *save, uint64_t update,
			     struct trainer_state *state, struct error *err)
{
	struct history_entry *entries =
	    realloc(save->entries, (save->n_entries + 1) * sizeof *entries);
	if (entries)
		save->entries = entries;
	if (!state || !entries) {
		free(state);
		return error_no_memory(err);
	}
	entries[save->n_entries] = (struct history_entry){
	    .update = update, .pinned = true, .waits = save->n_entries > 0, .state = state};
	save->n_entries++;
	return STATUS_OK;
}

enum status stepper_save_add(const struct stepper *stepper, struct stepper_save *save,
			     uint64_t update, const struct optimizer *optimizer, struct error *err)
{
	return add_entry(save, update, trainer_state_new(&stepper->trainer, optimizer), err);
}

bool stepper_save_edit(struct stepper_save *save, const struct edit *edit)
{
	struct edits *edits = &save->edits;
	struct edit *items = realloc(edits->items, (edits->n + 1) * sizeof *items);
	if (!items)
		return false;
	edits->items = items;
	items[edits->n++] = *edit;
	return true;
}

/* The settings that come into force when the walk goes on from here. */
static enum status save_later(const struct stepper *stepper, struct stepper_save *save,
			      struct error *err)
{
	const struct history *history = &stepper->history;
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < history->n_entries; k++) {
		const struct history_entry *entry = &history->entries[k];
		if (entry->pinned && entry->update > stepper->trainer.n_updates)
			status = stepper_save_add(stepper, save, entry->update,
						  &entry->state->optimizer, err);
	}
	return status;
}

static enum status save_edits(const struct stepper *stepper, struct stepper_save *save,
			      struct error *err)
{
	const struct edits *edits = &stepper->history.edits;
	for (size_t k = 0; k < edits->n; k++)
		if (!stepper_save_edit(save, &edits->items[k]))
			return error_no_memory(err);
	return STATUS_OK;
}

enum status stepper_save(const struct stepper *stepper, struct stepper_save *save,
			 struct error *err)
{
	const struct trainer *trainer = &stepper->trainer;
	*save = (struct stepper_save){.index = stepper->index};
	enum status status = add_entry(save, trainer->n_updates, trainer_save(trainer), err);
	if (!status)
		status = save_later(stepper, save, err);
	if (!status)
		status = numbering_copy(&stepper->numbering, &save->numbering, err);
	if (!status)
		status = save_edits(stepper, save, err);
	if (status)
		stepper_save_free(save);
	return status;
}

/* Has every optimizer of the save in force once, the present one last: later none is refused.
 * Errors: as trainer_set_optimizer. */
static enum status try_optimizers(struct trainer *trainer, const struct stepper_save *save,
				  struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t k = save->n_entries; !status && k > 0; k--)
		status =
		    trainer_set_optimizer(trainer, &save->entries[k - 1].state->optimizer, err);
	return status;
}

/* Whether the trainer is in a state, to the bit; also where memory is lacking to see it. */
static bool is_in_state(const struct trainer *trainer, const struct trainer_state *wanted)
{
	struct trainer_state *state = trainer_save(trainer);
	bool is = !state || trainer_state_equal(state, wanted);
	free(state);
	return is;
}

/* The history and the trainer become those of the save, or stay. */
static enum status load_states(struct stepper *stepper, struct stepper_save *save,
			       struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct trainer_state *before = trainer_save(trainer);
	if (!before)
		return error_no_memory(err);
	enum status status = try_optimizers(trainer, save, err);
	if (!status)
		status = history_restart(&stepper->history, save, err);
	if (status)
		trainer_restore(trainer, before, trainer->n_updates);
	CONTRACT(is_in_state(trainer, status ? before : save->entries[0].state));
	free(before);
	return status;
}

enum status stepper_load(struct stepper *stepper, struct stepper_save *save, struct error *err)
{
	CONTRACT(save->n_entries > 0);
	struct trainer *trainer = &stepper->trainer;
	stepper_lay_out(stepper, &save->entries[0].state->optimizer);
	bool is_there =
	    save->index <= walk_steps(stepper_walk_of(stepper, save->entries[0].update));
	enum status status =
	    is_there ? load_states(stepper, save, err)
		     : error_set(err, STATUS_BAD_INPUT, _("an update has no step %llu here"),
				 (unsigned long long)save->index);
	if (status) {
		stepper_lay_out(stepper, &trainer->optimizer);
		return status;
	}
	numbering_free(&stepper->numbering);
	stepper->numbering = save->numbering;
	stepper_count_parts(stepper);
	stepper->index = save->index;
	if (trainer_try_prepare(trainer, NULL))
		stepper_be_whole(stepper);
	free(save->entries); /* the states in it belong to the history */
	edits_free(&save->edits);
	*save = (struct stepper_save){0};
	return STATUS_OK;
}
