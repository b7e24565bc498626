/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random.h -- the one generator: the same stream on every machine.
 *
 * Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47
 * (2021): xoshiro256**, seeded with splitmix64. */
#ifndef BACKSTEP_BASE_RANDOM_H
#define BACKSTEP_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
	uint64_t s[4];
};

void random_seed(struct random *r, uint64_t seed);
uint64_t random_next(struct random *r);
/* Uniform in [0, 1), 53 bits. */
double random_uniform(struct random *r);
/* Uniform whole number in [0, n), n > 0. */
size_t random_below(struct random *r, size_t n);

#endif
