/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_load.c -- taking up a walk where it was saved. */
#include "backstep/base/i18n.h"
#include "backstep/trace/stepper.h"

enum status stepper_load(struct stepper *stepper, struct stepper_save *save, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct plan plan = stepper->plan;
	plan_set_optimizer(&plan, &save->state->optimizer);
	if (save->index > plan_steps(&plan, trainer_batch_size(trainer, save->n_updates)))
		return error_set(err, STATUS_BAD_INPUT, _("an update has no step %llu here"),
				 (unsigned long long)save->index);
	enum status status = trainer_set_optimizer(trainer, &save->state->optimizer, err);
	if (status)
		return status;
	history_restart(&stepper->history, save->state, save->n_updates);
	numbering_free(&stepper->numbering);
	stepper->numbering = save->numbering;
	*save = (struct stepper_save){.n_updates = save->n_updates, .index = save->index};
	stepper->plan = plan;
	trainer_prepare(trainer);
	stepper->index = save->index;
	return STATUS_OK;
}
