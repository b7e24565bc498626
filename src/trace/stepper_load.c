/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_load.c -- taking up a walk where it was saved. */
#include <stdlib.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "stepper_layout.h"

void stepper_save_free(struct stepper_save *save)
{
	for (size_t k = 0; k < save->n_entries; k++)
		free(save->entries[k].state);
	free(save->entries);
	numbering_free(&save->numbering);
	*save = (struct stepper_save){0};
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
		status = history_restart(&stepper->history, save->entries, save->n_entries, err);
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
	trainer_prepare(trainer);
	stepper->index = save->index;
	free(save->entries); /* the states in it belong to the history */
	*save = (struct stepper_save){0};
	return STATUS_OK;
}
