/* SPDX-License-Identifier: GPL-3.0-or-later */
/* burst.c -- the loop in which a training spends its time. Who asks whether to go on, keeps states
 * and reports does so between two bursts. */
#include "backstep/trace/burst.h"

#include "backstep/base/contract.h"

enum status burst_make(struct burst *burst, struct trainer *trainer, uint64_t n,
		       struct curve *curve, struct track *track, struct error *err)
{
	CONTRACT(n > 0);
	const uint64_t first = trainer->n_updates;
	const size_t most = n < trainer->at_once ? (size_t)n : trainer->at_once;
	enum status status = STATUS_OK;
	burst->n = 0;
	do {
		status = trainer_try_commit(trainer, err);
		if (status)
			break;
		burst->losses[burst->n++] = trainer->model->loss;
		if (trainer->n_updates == track->next)
			track_add(track, trainer->n_updates, trainer_theta(trainer));
	} while (burst->n < most && trainer->finite);
	curve_add(curve, first, burst->losses, burst->n);
	return status;
}
