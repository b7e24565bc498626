/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbering.c -- counting steps part by part; within a part, epoch by epoch. */
#include "backstep/trace/numbering.h"

#include <stdlib.h>

#include "backstep/base/i18n.h"

/* Steps of a full batch's update, and of an epoch, of one part. */
struct pace {
	uint64_t full, epoch, batches;
};

static struct pace pace_of(const struct numbering_part *part, const struct plan *plan,
			   const struct trainer *trainer)
{
	struct plan own = *plan;
	plan_set_optimizer(&own, &part->optimizer);
	struct pace pace = {.batches = trainer_batches(trainer)};
	pace.full = plan_steps(&own, trainer_batch_size(trainer, 0));
	pace.epoch = (pace.batches - 1) * pace.full +
		     plan_steps(&own, trainer_batch_size(trainer, pace.batches - 1));
	return pace;
}

/* Steps before update if all updates were of this pace. */
static uint64_t steps_at_pace(const struct pace *pace, uint64_t update)
{
	return update / pace->batches * pace->epoch + update % pace->batches * pace->full;
}

void numbering_free(struct numbering *numbering)
{
	free(numbering->parts);
	*numbering = (struct numbering){0};
}

enum status numbering_set(struct numbering *numbering, uint64_t update,
			  const struct optimizer *optimizer, struct error *err)
{
	size_t n = numbering->n_parts;
	struct numbering_part *parts = realloc(numbering->parts, (n + 1) * sizeof *parts);
	if (!parts)
		return error_no_memory(err);
	while (n > 0 && parts[n - 1].update >= update)
		n--;
	bool same = n > 0 && optimizer_same_steps(&parts[n - 1].optimizer, optimizer);
	if (!same)
		parts[n++] = (struct numbering_part){update, *optimizer};
	numbering->parts = parts;
	numbering->n_parts = n;
	return STATUS_OK;
}

uint64_t numbering_before(const struct numbering *numbering, const struct plan *plan,
			  const struct trainer *trainer, uint64_t update)
{
	uint64_t steps = 0;
	for (size_t k = 0; k < numbering->n_parts; k++) {
		const struct numbering_part *part = &numbering->parts[k];
		bool last = k + 1 == numbering->n_parts || part[1].update > update;
		struct pace pace = pace_of(part, plan, trainer);
		steps += steps_at_pace(&pace, last ? update : part[1].update) -
			 steps_at_pace(&pace, part->update);
		if (last)
			break;
	}
	return steps;
}

uint64_t numbering_update(const struct numbering *numbering, const struct plan *plan,
			  const struct trainer *trainer, uint64_t number)
{
	uint64_t index = number ? number - 1 : 0, before = 0;
	size_t k = 0;
	for (; k + 1 < numbering->n_parts; k++) {
		uint64_t next =
		    numbering_before(numbering, plan, trainer, numbering->parts[k + 1].update);
		if (index < next)
			break;
		before = next;
	}
	struct pace pace = pace_of(&numbering->parts[k], plan, trainer);
	index += steps_at_pace(&pace, numbering->parts[k].update) - before;
	uint64_t batch = index % pace.epoch / pace.full;
	if (batch >= pace.batches)
		batch = pace.batches - 1;
	return index / pace.epoch * pace.batches + batch;
}
