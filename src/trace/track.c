/* SPDX-License-Identifier: GPL-3.0-or-later */
/* track.c -- states that come in one by one. */
#include "backstep/trace/track.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"

enum { MOST_PARAMS = 2048 };

void track_free(struct track *track)
{
	free(track->states);
	*track = (struct track){0};
}

void track_start(struct track *track, size_t n_params, uint64_t first)
{
	if (track->n_params != n_params) {
		track_free(track);
		if (n_params <= MOST_PARAMS)
			track->states = calloc(TRACK_STATES * n_params + 1, sizeof(double));
	}
	track->n_params = n_params;
	track->first = track->next = first;
	track->stride = 1;
	track->n_states = 0;
}

static double *state_of(const struct track *track, size_t k)
{
	return track->states + k * track->n_params;
}

/* Every second state goes. */
static void halve(struct track *track)
{
	for (size_t k = 1; k < TRACK_STATES / 2; k++)
		memcpy(state_of(track, k), state_of(track, 2 * k),
		       track->n_params * sizeof(double));
	track->n_states = TRACK_STATES / 2;
	track->stride *= 2;
}

void track_add(struct track *track, uint64_t update, const double *theta)
{
	if (!track->states || update != track->next)
		return;
	if (track->n_states == TRACK_STATES)
		halve(track); /* update is a multiple of the new stride too */
	memcpy(state_of(track, track->n_states++), theta, track->n_params * sizeof(double));
	track->next = update + track->stride;
}

void track_cut(struct track *track, uint64_t update)
{
	CONTRACT(update >= track->first);
	if (update >= track->next)
		return;
	track->n_states = (size_t)((update - track->first + track->stride - 1) / track->stride);
	track->next = track->first + track->n_states * track->stride;
}

bool track_at(const struct track *track, size_t k, uint64_t *update, const double **theta)
{
	if (k >= track->n_states)
		return false;
	*update = track->first + (uint64_t)k * track->stride;
	*theta = state_of(track, k);
	return true;
}
