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
/* Normal with mean 0 and deviation 1. No function but comparison makes it, so its bits are those of
 * the stream. */
double random_normal(struct random *r);
/* Puts n items into a random order. */
void random_shuffle(struct random *r, size_t *items, size_t n);

/* Starts one of the many streams that one seed gives: that of a purpose ("shuffle") and a number
 * within it. Streams have nothing to do with one another. */
void random_stream(struct random *r, uint64_t seed, const char *purpose, uint64_t number);

#endif
