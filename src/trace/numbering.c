/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbering.c -- counting steps part by part; within a part, epoch by epoch. */
#include "numbering_private.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"

static uint64_t epoch_steps(const struct numbering_part *part, uint64_t batches)
{
	return (batches - 1) * part->full + part->last;
}

/* Steps before update if all updates were of this part. */
static uint64_t steps_in(const struct numbering_part *part, uint64_t batches, uint64_t update)
{
	return update / batches * epoch_steps(part, batches) + update % batches * part->full;
}

void numbering_free(struct numbering *numbering)
{
	free(numbering->parts);
	*numbering = (struct numbering){0};
}

enum status numbering_copy(const struct numbering *numbering, struct numbering *copy,
			   struct error *err)
{
	size_t size = numbering->n_parts * sizeof *numbering->parts;
	*copy = (struct numbering){.parts = malloc(size)};
	if (!copy->parts)
		return error_no_memory(err);
	memcpy(copy->parts, numbering->parts, size);
	copy->n_parts = numbering->n_parts;
	return STATUS_OK;
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
		parts[n++] = (struct numbering_part){.update = update, .optimizer = *optimizer};
	numbering->parts = parts;
	numbering->n_parts = n;
	return STATUS_OK;
}

uint64_t numbering_before(const struct numbering *numbering, uint64_t batches, uint64_t update)
{
	uint64_t steps = 0;
	for (size_t k = 0; k < numbering->n_parts; k++) {
		const struct numbering_part *part = &numbering->parts[k];
		bool last = k + 1 == numbering->n_parts || part[1].update > update;
		steps += steps_in(part, batches, last ? update : part[1].update) -
			 steps_in(part, batches, part->update);
		if (last)
			break;
	}
	return steps;
}

uint64_t numbering_update(const struct numbering *numbering, uint64_t batches, uint64_t number)
{
	uint64_t index = number ? number - 1 : 0, before = 0;
	const struct numbering_part *part = numbering->parts;
	for (; part + 1 < numbering->parts + numbering->n_parts; part++) {
		uint64_t next = numbering_before(numbering, batches, part[1].update);
		if (index < next)
			break;
		before = next;
	}
	index += steps_in(part, batches, part->update) - before;
	uint64_t epoch = epoch_steps(part, batches), batch = index % epoch / part->full;
	if (batch >= batches)
		batch = batches - 1;
	return index / epoch * batches + batch;
}
