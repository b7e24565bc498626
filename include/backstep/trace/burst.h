/* SPDX-License-Identifier: GPL-3.0-or-later */
/* burst.h -- updates made one after another in one tight loop, without a look at any of them: only
 * their losses and the states on the way are noted. */
#ifndef BACKSTEP_TRACE_BURST_H
#define BACKSTEP_TRACE_BURST_H

#include "backstep/engine/trainer.h"
#include "backstep/trace/curve.h"
#include "backstep/trace/track.h"

struct burst {
	size_t n; /* updates that were made, at most TRAINER_AT_ONCE */
	double losses[TRAINER_AT_ONCE];
};

/* Makes up to n updates, from 1 on: as many as somebody can wait for. The first that has a number
 * that is not finite is the last one. Errors: as trainer_try_commit; burst has those made before.
 */
enum status burst_make(struct burst *burst, struct trainer *trainer, uint64_t n,
		       struct curve *curve, struct track *track, struct error *err);

#endif
