/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curve_private.h -- how the losses get into a curve. Private to trace/. */
#ifndef BACKSTEP_TRACE_CURVE_PRIVATE_H
#define BACKSTEP_TRACE_CURVE_PRIVATE_H

#include "backstep/trace/curve.h"

/* Forgets all; the next loss is that of update first. */
void curve_start(struct curve *curve, uint64_t first);
/* The loss of an update; one that the curve has already is passed over. */
void curve_add(struct curve *curve, uint64_t update, double loss);
/* Forgets the losses from update on: another update will stand there. */
void curve_cut(struct curve *curve, uint64_t update);

#endif
