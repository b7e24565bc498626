/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_history.c -- the way back over many updates: states that were dropped come back bit
 * for bit, and settings count from where they were made. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/random.h"
#include "support/networks.h"

enum { N_PARAMS = 10, RATE = 0 };

static struct network net;
static struct stepper stepper;
/* theta before each update, as walking forwards has it. */
static double (*thetas)[N_PARAMS];

static void start(size_t n_updates)
{
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
	thetas = calloc(n_updates + 1, sizeof *thetas);
	assert_non_null(thetas);
}

static void stop(void)
{
	free(thetas);
	stepper_free(&stepper);
	network_free(&net);
}

static double rate(void)
{
	return stepper.trainer.optimizer.hypers[RATE];
}

static void set_rate(double value)
{
	struct optimizer optimizer = stepper.trainer.optimizer;
	assert_int_equal(optimizer_set(&optimizer, "rate", value, NULL), STATUS_OK);
	assert_int_equal(stepper_set_optimizer(&stepper, &optimizer, NULL), STATUS_OK);
}

/* Into the middle of update number update (from 0). */
static void go_to_update(uint64_t update)
{
	uint64_t number = update * stepper_n_steps(&stepper) + 60;
	assert_int_equal(stepper_go(&stepper, number, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), number);
	assert_int_equal(stepper.trainer.n_updates, update);
}

static void assert_update(uint64_t update)
{
	const struct trainer *trainer = &stepper.trainer;
	const double *theta = trainer->model->graph.theta;
	assert_memory_equal(theta, thetas[update], sizeof thetas[update]);
	assert_memory_equal(trainer_next(trainer), thetas[update + 1], sizeof thetas[update]);
}

/* Walks forwards to update n, keeping theta. */
static void record(uint64_t n)
{
	while (stepper.trainer.n_updates <= n) {
		uint64_t update = stepper.trainer.n_updates;
		memcpy(thetas[update], net.model->graph.theta, sizeof thetas[update]);
		memcpy(thetas[update + 1], trainer_next(&stepper.trainer), sizeof thetas[update]);
		assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
		assert_int_equal(stepper_next(&stepper, NULL), STATUS_OK);
	}
}

/* The list is sorted, begins at the start, and is no longer than its budget. */
static void assert_list(size_t max)
{
	const struct history *history = &stepper.history;
	assert_in_range(history->n_entries, 1, max);
	assert_int_equal(history->entries[0].update, 0);
	for (size_t k = 1; k < history->n_entries; k++)
		assert_true(history->entries[k - 1].update < history->entries[k].update);
}

/* Beyond 1024 updates states are dropped, and are reached all the same. */
static void test_thinning(void **state)
{
	(void)state;
	enum { N = 2500 };
	struct random random;
	random_seed(&random, 7);
	start(N + 2);
	record(N);
	assert_list(1024);
	assert_true(stepper.history.n_entries > 512); /* the budget is used */
	for (size_t k = 0; k < 60; k++) {
		uint64_t update = random_below(&random, N + 1);
		go_to_update(update);
		assert_update(update);
	}
	assert_list(1024);
	stop();
}

/* Back over commit after commit, where most states have been dropped. */
static void test_back_over_dropped(void **state)
{
	(void)state;
	enum { N = 300 };
	start(N + 2);
	stepper.history.max_bytes = 40 * trainer_state_size(&stepper.trainer);
	record(N);
	assert_list(40);
	/* the latest ones are kept, for the way back begins there */
	const struct history *history = &stepper.history;
	for (size_t k = 1; k <= 16; k++)
		assert_int_equal(history->entries[history->n_entries - k].update, N + 2 - k);
	for (uint64_t update = N; update > 0; update--) {
		go_to_update(update);
		assert_update(update);
	}
	assert_int_equal(stepper_go(&stepper, 0, NULL), STATUS_OK);
	assert_update(0);
	go_to_update(N);
	assert_update(N);
	stop();
}

static size_t count_bytes(void)
{
	size_t n = 0;
	for (size_t k = 0; k < stepper.history.n_entries; k++)
		n += trainer_state_bytes(stepper.history.entries[k].state);
	return n;
}

/* The budget holds in bytes, also where Adam's states are three times as large as those before. Of
 * a network that it has no room for, the start alone is kept, with its empty slots left out. */
static void test_budget(void **state)
{
	(void)state;
	enum { N = 60 };
	start(N + 2);
	struct optimizer adam;
	optimizer_init(&adam, &optimizer_adam);
	const size_t small = trainer_state_size(&stepper.trainer);
	stepper.history.max_bytes = 20 * small;
	go_to_update(N);
	assert_in_range(count_bytes(), 19 * small, 20 * small);
	assert_int_equal(stepper_set_optimizer(&stepper, &adam, NULL), STATUS_OK);
	for (size_t k = 0; k < N; k++)
		assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
	const size_t large = trainer_state_size(&stepper.trainer);
	assert_int_equal(large - small, 2 * N_PARAMS * sizeof(double));
	assert_in_range(count_bytes(), 20 * small - large, 20 * small);
	stepper_free(&stepper);
	net.optimizer = adam;
	assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
	stepper.history.max_bytes = large;
	record(N);
	assert_int_equal(count_bytes(), small);
	for (uint64_t update = N; update > 0; update -= 10) {
		go_to_update(update);
		assert_update(update);
	}
	stop();
}

/* A rate set at update 5 and another at 9 hold from there on, whatever way one comes. */
static void test_settings_keep_their_place(void **state)
{
	(void)state;
	enum { N = 20 };
	static const double wanted[] = {0.6,  0.6,  0.6, 0.6, 0.6, 0.25, 0.25,
					0.25, 0.25, 1.0, 1.0, 1.0, 1.0,  1.0};
	struct random random;
	random_seed(&random, 3);
	start(N + 2);
	go_to_update(5);
	set_rate(0.25);
	go_to_update(9);
	set_rate(1.0);
	assert_int_equal(stepper_go(&stepper, 0, NULL), STATUS_OK);
	record(N);
	for (size_t k = 0; k < 200; k++) {
		uint64_t update = random_below(&random, sizeof wanted / sizeof *wanted);
		go_to_update(update);
		assert_same_bits(rate(), wanted[update]);
		assert_update(update);
		assert_same_bits(trainer_next(&stepper.trainer)[W5],
				 net.model->graph.theta[W5] - rate() * net.model->graph.grad[W5]);
	}
	go_to_update(3); /* the old rate, and the way forward again */
	assert_same_bits(rate(), 0.6);
	go_to_update(7);
	assert_same_bits(rate(), 0.25);
	go_to_update(12);
	assert_same_bits(rate(), 1.0);
	stop();
}

/* What was kept of later updates no longer holds once a setting changes before them. */
static void test_setting_replaces_the_future(void **state)
{
	(void)state;
	start(1);
	go_to_update(5);
	set_rate(0.25);
	go_to_update(9);
	set_rate(1.0);
	go_to_update(12);
	double once = net.model->graph.theta[W5];
	go_to_update(7);
	set_rate(0.125);
	go_to_update(12);
	assert_same_bits(rate(), 0.125);
	assert_true(net.model->graph.theta[W5] != once);
	go_to_update(6);
	assert_same_bits(rate(), 0.25);
	go_to_update(2);
	assert_same_bits(rate(), 0.6);
	set_rate(0.6); /* the same number, but from here on once more */
	go_to_update(12);
	assert_same_bits(rate(), 0.6);
	stop();
}

/* As many settings as updates: more than the budget, and not one of them is lost. */
static void test_many_settings(void **state)
{
	(void)state;
	enum { N = 100 };
	start(N + 2);
	stepper.history.max_bytes = 40 * trainer_state_size(&stepper.trainer);
	for (uint64_t update = 0; update <= N; update++) {
		go_to_update(update);
		set_rate(0.5 + (double)update / 256.0);
	}
	assert_int_equal(stepper_go(&stepper, 0, NULL), STATUS_OK);
	record(N - 1);
	assert_list(N + 1);
	for (uint64_t update = N; update-- > 0;) {
		go_to_update(update);
		assert_same_bits(rate(), 0.5 + (double)update / 256.0);
		assert_update(update);
	}
	stop();
}

/* With another form of the rule in force at other updates, each update's steps are those of its
 * own form. */
static void test_forms_keep_their_place(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_int_equal(network_or(&net, "lecture"), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
	uint64_t n = stepper_n_steps(&stepper);
	assert_int_equal(stepper_go(&stepper, n + 3, NULL), STATUS_OK);
	struct optimizer optimizer = stepper.trainer.optimizer;
	assert_int_equal(optimizer_set_form(&optimizer, "rosenblatt", NULL), STATUS_OK);
	assert_int_equal(stepper_set_optimizer(&stepper, &optimizer, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), n + 3);
	for (uint64_t number = 3 * n; number > 0; number--) {
		struct step step;
		assert_int_equal(stepper_go(&stepper, number, NULL), STATUS_OK);
		assert_int_equal(stepper_number(&stepper), number);
		arena_reset(arena);
		assert_int_equal(stepper_current(&stepper, arena, &step, NULL), STATUS_OK);
		if (place_is(&step.place, "weight"))
			assert_near(formula_eval(step.rule), step.value, 1e-15);
		if (place_is(&step.place, "weight") && net.model->is_bias[step.place.param])
			assert_int_equal(step.rule->kind,
					 number > n ? FORMULA_SUM : FORMULA_SYMBOL);
	}
	arena_free(arena);
	stepper_free(&stepper);
	network_free(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_thinning),
	    cmocka_unit_test(test_back_over_dropped),
	    cmocka_unit_test(test_budget),
	    cmocka_unit_test(test_settings_keep_their_place),
	    cmocka_unit_test(test_setting_replaces_the_future),
	    cmocka_unit_test(test_many_settings),
	    cmocka_unit_test(test_forms_keep_their_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
