/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_moves.c -- moving never changes a number: random walks forwards and back, over
 * updates and epochs, and jumps, give the bits that plain walking gives. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/random.h"
#include "support/networks.h"
#include "support/snapshot.h"

enum {
	N_NETWORKS = 200,
	N_UPDATES = 7,    /* more than an epoch of most networks */
	MAX_STEPS = 1500, /* of those updates: longer walks are skipped */
	N_MOVES = 25,
};

/* A network's walk, with what every position of it looks like. */
struct trip {
	struct network net;
	struct stepper stepper;
	struct snapshot *shots; /* [n_steps + 1], by step number */
	uint64_t n_steps;
};

static void assert_here(const struct trip *trip, uint64_t number)
{
	struct snapshot now;
	assert_int_equal(stepper_number(&trip->stepper), number);
	assert_true(snapshot_take(&now, &trip->stepper));
	assert_true(snapshot_equal(&now, &trip->shots[number]));
	snapshot_free(&now);
}

/* Walks forwards once, step by step, and keeps every position. */
static void record(struct trip *trip)
{
	trip->shots = calloc(trip->n_steps + 1, sizeof *trip->shots);
	assert_non_null(trip->shots);
	for (uint64_t number = 0; number <= trip->n_steps; number++) {
		assert_int_equal(stepper_number(&trip->stepper), number);
		assert_true(snapshot_take(&trip->shots[number], &trip->stepper));
		if (number < trip->n_steps)
			assert_int_equal(stepper_next(&trip->stepper, NULL), STATUS_OK);
	}
}

/* Steps in N_UPDATES updates, whose batches may differ in size. */
static uint64_t count_steps(const struct stepper *stepper)
{
	uint64_t n = 0;
	for (uint64_t update = 0; update < N_UPDATES; update++) {
		size_t batch = trainer_batch_size(&stepper->trainer, update);
		n +=
		    walk_steps(batch == stepper->full.n_examples ? &stepper->full : &stepper->last);
	}
	return n;
}

static void walk_to(struct trip *trip, uint64_t number)
{
	while (stepper_number(&trip->stepper) < number)
		assert_int_equal(stepper_next(&trip->stepper, NULL), STATUS_OK);
	while (stepper_number(&trip->stepper) > number)
		assert_int_equal(stepper_back(&trip->stepper, NULL), STATUS_OK);
}

/* n forwards and n back, then a walk and a jump to random places. */
static void move_about(struct trip *trip, struct random *random)
{
	for (size_t k = 0; k < N_MOVES; k++) {
		uint64_t here = stepper_number(&trip->stepper);
		uint64_t there = random_below(random, trip->n_steps + 1);
		walk_to(trip, there);
		assert_here(trip, there);
		walk_to(trip, here);
		assert_here(trip, here);
		uint64_t away = random_below(random, trip->n_steps + 1);
		assert_int_equal(stepper_go(&trip->stepper, away, NULL), STATUS_OK);
		assert_here(trip, away);
	}
}

static bool move_in_network(uint64_t seed, enum chain_form form)
{
	struct trip trip = {0};
	struct random random;
	bool walked = false;
	random_seed(&random, seed);
	assert_int_equal(network_random(&trip.net, seed), STATUS_OK);
	if (network_walk(&trip.net, &trip.stepper, form) == STATUS_OK) {
		trip.n_steps = count_steps(&trip.stepper);
		walked = trip.n_steps <= MAX_STEPS;
		if (walked) {
			record(&trip);
			move_about(&trip, &random);
		}
		for (uint64_t number = 0; trip.shots && number <= trip.n_steps; number++)
			snapshot_free(&trip.shots[number]);
		free(trip.shots);
		stepper_free(&trip.stepper);
	}
	network_free(&trip.net);
	return walked;
}

static void test_random_moves(void **state)
{
	(void)state;
	static const enum chain_form forms[] = {CHAIN_PATHS, CHAIN_DELTAS, CHAIN_AUTO};
	size_t n_walked = 0;
	for (uint64_t seed = 1; n_walked < N_NETWORKS; seed++)
		n_walked += move_in_network(seed, forms[seed % 3]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_random_moves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
