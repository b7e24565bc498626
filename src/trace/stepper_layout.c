/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_layout.c -- two walks, for an epoch has at most two sizes of batches, and the counts that
 * all numbers of steps follow from. */
#include "stepper_layout.h"

void stepper_lay_out(struct stepper *stepper, const struct optimizer *optimizer)
{
	if (!plan_set_optimizer(&stepper->plan, optimizer))
		return;
	walk_follow(&stepper->full);
	walk_follow(&stepper->last);
}

enum status stepper_make_walks(struct stepper *stepper, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct walk full, last;
	enum status status = walk_init(&full, &stepper->plan, trainer_batch_size(trainer, 0), err);
	if (status)
		return status;
	status = walk_init(&last, &stepper->plan,
			   trainer_batch_size(trainer, trainer_batches(trainer) - 1), err);
	if (status) {
		walk_free(&full);
		return status;
	}
	walk_free(&stepper->full);
	walk_free(&stepper->last);
	stepper->full = full;
	stepper->last = last;
	return STATUS_OK;
}

void stepper_count_parts(struct stepper *stepper)
{
	for (size_t k = 0; k < stepper->numbering.n_parts; k++) {
		struct numbering_part *part = &stepper->numbering.parts[k];
		stepper_lay_out(stepper, &part->optimizer);
		part->full = walk_steps(&stepper->full);
		part->last = walk_steps(&stepper->last);
	}
	stepper_lay_out(stepper, &stepper->trainer.optimizer);
}

const struct walk *stepper_walk_of(const struct stepper *stepper, uint64_t update)
{
	size_t n = trainer_batch_size(&stepper->trainer, update);
	return n == stepper->full.n_examples ? &stepper->full : &stepper->last;
}

const struct walk *stepper_walk(const struct stepper *stepper)
{
	return stepper_walk_of(stepper, stepper->trainer.n_updates);
}

uint64_t stepper_before(const struct stepper *stepper, uint64_t update)
{
	return numbering_before(&stepper->numbering, trainer_batches(&stepper->trainer), update);
}
