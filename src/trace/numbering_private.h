/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbering_private.h -- from numbers of steps to updates and back. Private to trace/. */
#ifndef BACKSTEP_TRACE_NUMBERING_PRIVATE_H
#define BACKSTEP_TRACE_NUMBERING_PRIVATE_H

#include "backstep/trace/numbering.h"

void numbering_free(struct numbering *numbering);
/* Errors: STATUS_NO_MEMORY, with an empty copy. */
enum status numbering_copy(const struct numbering *numbering, struct numbering *copy,
			   struct error *err);
/* Steps of all updates before update, where an epoch has so many. */
uint64_t numbering_before(const struct numbering *numbering, uint64_t batches, uint64_t update);
/* The update of which step number (from 1) is one. */
uint64_t numbering_update(const struct numbering *numbering, uint64_t batches, uint64_t number);

#endif
