/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curve.h -- the losses of the updates so far, in little memory: of a long training each point is
 * the mean of as many updates as are needed for all of them to fit. */
#ifndef BACKSTEP_TRACE_CURVE_H
#define BACKSTEP_TRACE_CURVE_H

#include <stddef.h>
#include <stdint.h>

enum { CURVE_POINTS = 1024 }; /* even: two become one when it is full */

/* Point k is the mean of updates first + k * stride on, stride of them. */
struct curve {
	uint64_t first, next; /* the next update's loss is waited for */
	uint64_t stride;      /* a power of 2 */
	double points[CURVE_POINTS];
	size_t n_points; /* that are complete */
	double sum;      /* of those of the point at hand that were seen */
	uint64_t n_summed;
};

/* Forgets all; the next loss is that of update first. */
void curve_start(struct curve *curve, uint64_t first);
/* The losses of n updates, from update on; those that the curve has already are passed over. */
void curve_add(struct curve *curve, uint64_t update, const double *losses, size_t n);
/* Forgets the losses from update on: another update will stand there. */
void curve_cut(struct curve *curve, uint64_t update);

/* How many points there are, the last one perhaps not of stride updates yet. */
size_t curve_count(const struct curve *curve);
double curve_at(const struct curve *curve, size_t k);

#endif
