/* SPDX-License-Identifier: GPL-3.0-or-later */
/* track.h -- the parameters of the updates so far, in little memory: of a long training those of so
 * few updates that all of them fit. Of a network with many parameters there are none. */
#ifndef BACKSTEP_TRACE_TRACK_H
#define BACKSTEP_TRACE_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TRACK_STATES = 128 /* even: when they are full every second one goes */ };

/* State k is that before update first + k * stride. Owns: states. */
struct track {
	uint64_t first, next; /* the next state that is wanted is that before update next */
	uint64_t stride;      /* a power of 2 */
	size_t n_params, n_states;
	double *states; /* [TRACK_STATES][n_params]; NULL: too many parameters, or no memory */
};

/* Forgets all; the first state is that before update first. */
void track_start(struct track *track, size_t n_params, uint64_t first);
void track_free(struct track *track);
/* The state before an update; one that is not the next is passed over.
 * Shapes: theta [n_params]. */
void track_add(struct track *track, uint64_t update, const double *theta);
/* Forgets the states from the one before update on: they will be others. */
void track_cut(struct track *track, uint64_t update);
/* State k: before which update it was, and its parameters; false: there is none. */
bool track_at(const struct track *track, size_t k, uint64_t *update, const double **theta);

#endif
