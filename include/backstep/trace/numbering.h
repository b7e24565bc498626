/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbering.h -- which step number belongs to which update, also where the optimizer was changed on
 * the way and the updates before and after have different numbers of steps. */
#ifndef BACKSTEP_TRACE_NUMBERING_H
#define BACKSTEP_TRACE_NUMBERING_H

#include "backstep/engine/trainer.h"

/* From this update on, until the next part, updates have the steps of this optimizer. */
struct numbering_part {
	uint64_t update;
	struct optimizer optimizer;
	uint64_t full, last; /* steps of an update with a full batch, with an epoch's last batch */
};

/* Owns: the parts, sorted by update; the first starts at update 0. */
struct numbering {
	struct numbering_part *parts;
	size_t n_parts;
};

/* Another optimizer from update on; what was said of later updates is forgotten. Where it makes
 * other steps, a part is added, of which full and last are still to be set.
 * Errors: STATUS_NO_MEMORY, with nothing changed. */
enum status numbering_set(struct numbering *numbering, uint64_t update,
			  const struct optimizer *optimizer, struct error *err);

#endif
