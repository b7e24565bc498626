/* SPDX-License-Identifier: GPL-3.0-or-later */
/* by_hand.h -- the trainings W1 to W7, each written out for its one network: sizes are constants,
 * numbers lie as that network wants them, and nothing is kept that nobody asks for. What such loops
 * reach is the limit that the engine is held against.
 *
 * They compute what the engine computes, in double and with the same exp and tanh, but add in
 * whatever order is quickest: their losses agree to some 1e-12, not to the bit. */
#ifndef BACKSTEP_TESTS_BY_HAND_H
#define BACKSTEP_TESTS_BY_HAND_H

#include "backstep/base/real.h"
#include "support/workloads.h"

/* A training in numbers of its own, one at a time: start puts those of the workload in their
 * places, train makes n updates and returns the mean of their losses. */
struct by_hand {
	const char *workload;
	void (*start)(const struct workload *workload);
	double (*train)(size_t n);
};

extern const struct by_hand by_hand_w1, by_hand_w2, by_hand_w3, by_hand_w4, by_hand_w5, by_hand_w6,
    by_hand_w7;

#endif
