/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_update.h -- the places of the update phase. Private to trace/. */
#ifndef BACKSTEP_TRACE_PLACE_UPDATE_H
#define BACKSTEP_TRACE_PLACE_UPDATE_H

#include "backstep/trace/place.h"

/* The place of step r (from 0) of the update phase. */
void place_find_update(const struct plan *plan, uint64_t r, struct place *place);

#endif
