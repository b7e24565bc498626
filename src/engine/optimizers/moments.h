/* SPDX-License-Identifier: GPL-3.0-or-later */
/* moments.h -- what the rules of the Adam family share: running means of the gradient (m) and of
 * its square (v), and the corrections of their bias towards 0. What they make of m and v is their
 * own.
 *
 * Their numbers begin with those of HYPERS_OF_MOMENTS, their slots with SLOTS_OF_MOMENTS.
 * Source: D. Kingma, J. Ba, ICLR 2015, algorithm 1. */
#ifndef BACKSTEP_ENGINE_MOMENTS_H
#define BACKSTEP_ENGINE_MOMENTS_H

#include "backstep/base/real.h"
#include "optimizer_rows.h"

enum { RATE, BETA1, BETA2, EPSILON, N_OF_MOMENTS };
enum { M, V };

#define HYPERS_OF_MOMENTS(rate)                                                  \
	[RATE] = HYPER_RATE(rate), [BETA1] = HYPER_BETA1, [BETA2] = HYPER_BETA2, \
	[EPSILON] = HYPER_EPSILON(1e-8)

#define SLOTS_OF_MOMENTS [M] = SLOT_MEAN, [V] = SLOT_MEAN_SQUARE

/* The numbers of an update: bias1 is 1 - beta1^t, bias2 is 1 - beta2^t. */
struct moments {
	double rate, beta1, beta2, epsilon, bias1, bias2;
};

static inline struct moments moments_of(const struct optimizer *optimizer, const struct update *u)
{
	const double *hypers = optimizer->hypers;
	return (struct moments){
	    .rate = hypers[RATE],
	    .beta1 = hypers[BETA1],
	    .beta2 = hypers[BETA2],
	    .epsilon = hypers[EPSILON],
	    .bias1 = 1.0 - real_whole_power(hypers[BETA1], u->t),
	    .bias2 = 1.0 - real_whole_power(hypers[BETA2], u->t),
	};
}

/* A running mean that forgets the more, the smaller beta is. */
static inline double moment_next(double beta, double mean, double value)
{
	return beta * mean + (1.0 - beta) * value;
}

#endif
