/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random.c -- xoshiro256** and its seeding. Not for secrets.
 *
 * Source: D. Blackman, S. Vigna, ACM TOMS 47 (2021), https://prng.di.unimi.it; splitmix64 after
 * G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
#include "backstep/base/random.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/hash.h"

static uint64_t rotate_left(uint64_t x, unsigned k)
{
	return (x << k) | (x >> (64 - k));
}

static uint64_t splitmix64(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

void random_seed(struct random *r, uint64_t seed)
{
	/* splitmix64 is a bijection of its counter, so the four words are never all 0, the one
	 * state that xoshiro256** cannot leave. */
	for (int i = 0; i < 4; i++)
		r->s[i] = splitmix64(&seed);
}

uint64_t random_next(struct random *r)
{
	uint64_t result = rotate_left(r->s[1] * 5, 7) * 9;
	uint64_t t = r->s[1] << 17;
	r->s[2] ^= r->s[0];
	r->s[3] ^= r->s[1];
	r->s[1] ^= r->s[2];
	r->s[0] ^= r->s[3];
	r->s[2] ^= t;
	r->s[3] = rotate_left(r->s[3], 45);
	return result;
}

double random_uniform(struct random *r)
{
	return (double)(random_next(r) >> 11) * 0x1.0p-53;
}

size_t random_below(struct random *r, size_t n)
{
	CONTRACT(n > 0);
	/* The 2^64 mod n lowest outputs are thrown away: the rest divide evenly by n. */
	uint64_t bound = n, x;

	do
		x = random_next(r);
	while (x < -bound % bound);
	return (size_t)(x % bound);
}

void random_shuffle(struct random *r, size_t *items, size_t n)
{
	/* Fisher and Yates: the last place first. */
	for (size_t left = n; left > 1; left--) {
		size_t at = random_below(r, left), item = items[at];

		items[at] = items[left - 1];
		items[left - 1] = item;
	}
}

void random_stream(struct random *r, uint64_t seed, const char *purpose, uint64_t number)
{
	uint64_t hash = hash_bytes(HASH_START, purpose, strlen(purpose));
	hash ^= splitmix64(&seed);
	number ^= splitmix64(&hash);
	random_seed(r, splitmix64(&number));
}
