/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_position.c -- what the position in the walk means: what is known there, which weights
 * are in force, and where it goes when a setting changes. On the 2-2-2 example, whose order of
 * steps test_trace_lesson222.c pins down. */
#include "check.h"

#include <string.h>

#include "support/networks.h"
#include "support/values.h"

/* Step numbers of the walk by paths. */
enum {
	AT_N1 = 2,
	AT_Y2 = 8,
	AT_E1 = 9,
	AT_E = 11,
	AT_W5 = 16,
	AT_W1 = 44,
	AT_B1 = 108,
	AT_NEW_W5 = 118,
	AT_NEW_B2 = 127,
	AT_COMMIT = 128
};

static struct network net;
static struct stepper stepper;

static int start(void **state)
{
	(void)state;
	if (network_222(&net))
		return 1;
	return network_walk(&net, &stepper, CHAIN_PATHS) != STATUS_OK;
}

static int stop(void **state)
{
	(void)state;
	stepper_free(&stepper);
	network_free(&net);
	return 0;
}

static void go(uint64_t number)
{
	assert_int_equal(stepper_go(&stepper, number, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), number);
}

/* The node whose first element is called name. */
static const struct node *find_node(const char *name)
{
	char buf[LABEL_TEXT];
	for (size_t k = 0; k < net.model->graph.n_nodes; k++)
		if (strcmp(node_name(net.model->graph.nodes[k], 0, buf), name) == 0)
			return net.model->graph.nodes[k];
	fail_msg("there is no node %s", name);
	return NULL;
}

/* The first step number at which what is asked becomes known: it stays so until the commit. */
static uint64_t known_from(bool (*is_known)(const void *what), const void *what)
{
	uint64_t from = 0;
	for (uint64_t number = 0; number <= AT_COMMIT; number++) {
		go(number);
		if (is_known(what) && from == 0)
			from = number;
		assert_true(is_known(what) == (from > 0));
	}
	return from;
}

static bool knows_value(const void *name)
{
	return knows(&stepper, ref_unit(find_node(name), 0));
}

static bool knows_second(const void *name)
{
	const struct node *node = find_node(name);
	return knows(&stepper, ref_unit(node, node->stride));
}

static bool knows_gradient(const void *param)
{
	return knows(&stepper, ref_gradient(&stepper, *(const size_t *)param));
}

static bool knows_new(const void *param)
{
	return knows(&stepper, ref_param(REF_NEW, *(const size_t *)param));
}

static bool knows_batch_loss(const void *unused)
{
	(void)unused;
	return knows(&stepper, ref_loss(&stepper));
}

/* Nothing is known before the step that computes it. */
static void test_blanks(void **state)
{
	(void)state;
	static const size_t params[] = {W5, W1, B1, B2};
	assert_int_equal(known_from(knows_value, "sum_n1"), 1);
	assert_int_equal(known_from(knows_value, "n1"), AT_N1);
	assert_int_equal(known_from(knows_second, "y1"), AT_Y2);
	assert_int_equal(known_from(knows_value, "E1"), AT_E1);
	assert_int_equal(known_from(knows_value, "E"), AT_E);
	assert_int_equal(known_from(knows_batch_loss, NULL), AT_E);
	assert_int_equal(known_from(knows_gradient, &params[0]), AT_W5);
	assert_int_equal(known_from(knows_gradient, &params[1]), AT_W1);
	assert_int_equal(known_from(knows_gradient, &params[2]), AT_B1);
	assert_int_equal(known_from(knows_new, &params[0]), AT_NEW_W5);
	assert_int_equal(known_from(knows_new, &params[3]), AT_NEW_B2);
	go(AT_COMMIT + 1); /* the next update: blank again but for its first step */
	assert_true(knows_value("sum_n1"));
	assert_false(knows_value("n1"));
	assert_false(knows_value("E"));
	assert_false(knows_gradient(&params[0]));
	assert_false(knows_new(&params[0]));
}

/* Old weights stay in force, and in theta, until the commit is done. */
static void test_commit(void **state)
{
	(void)state;
	double old[10], next[10];
	const double *theta = net.model->graph.theta;
	memcpy(old, theta, sizeof old);
	memcpy(next, trainer_next(&stepper.trainer), sizeof next);
	for (uint64_t number = 0; number < AT_COMMIT; number++) {
		go(number);
		assert_false(stepper_at_commit(&stepper));
		assert_memory_equal(theta, old, sizeof old);
		for (size_t p = 0; p < 10; p++)
			assert_same_bits(in_force(&stepper, p), old[p]);
	}
	go(AT_COMMIT);
	assert_true(stepper_at_commit(&stepper));
	for (size_t p = 0; p < 10; p++) {
		assert_true(next[p] != old[p]);
		assert_same_bits(in_force(&stepper, p), next[p]);
	}
	assert_int_equal(stepper_next(&stepper, NULL), STATUS_OK);
	assert_memory_equal(theta, next, sizeof next);
	assert_same_bits(find_node("sum_n1")->value[0], .1 * next[W1] + .5 * next[W3] + next[B1]);
	assert_int_equal(stepper_back(&stepper, NULL), STATUS_OK);
	assert_memory_equal(theta, old, sizeof old);
	assert_true(stepper_at_commit(&stepper));
}

static void test_edges(void **state)
{
	(void)state;
	struct error err = {0};
	assert_true(stepper_at_start(&stepper));
	assert_int_equal(stepper_back(&stepper, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "this is the start");
	assert_int_equal(stepper_number(&stepper), 0);
	assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), AT_COMMIT);
	assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), 2 * AT_COMMIT);
	assert_int_equal(stepper_go_index(&stepper, 0, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), AT_COMMIT);
	assert_true(stepper_at_commit(&stepper));
	assert_int_equal(stepper_go_index(&stepper, 3, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), 3);
	go(0);
	assert_true(stepper_at_start(&stepper));
}

static struct step current(struct arena *arena)
{
	struct step step;
	assert_int_equal(stepper_current(&stepper, arena, &step, NULL), STATUS_OK);
	return step;
}

/* What the machine-readable trace writes of a step. */
static void test_fields(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	go(13);
	struct step step = current(arena);
	assert_int_equal(step.number, 13);
	assert_string_equal(phase_names[step.place.phase], "backward");
	assert_string_equal(step.place.class->name, "factor");
	assert_string_equal(step.param, "w5");
	assert_string_equal(step.of, "y1");
	assert_string_equal(step.wrt, "sum_y1");
	assert_string_equal(step.name, "");
	assert_int_equal(step.place.path, 0);
	assert_int_equal(step.place.factor, 1);
	assert_int_equal(step.place.n_factors, 3);
	assert_relative(step.value, 0.19480854692685917, 1e-15);
	go(AT_N1);
	step = current(arena);
	assert_string_equal(step.name, "n1");
	go(AT_COMMIT);
	step = current(arena);
	assert_null(step.left);
	arena_free(arena);
}

/* Another chain form keeps the phase and the parameter. */
static void test_change_of_form(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	go(41); /* in the second path of w1 */
	assert_int_equal(stepper_set_chain(&stepper, CHAIN_DELTAS, NULL), STATUS_OK);
	struct step step = current(arena);
	assert_string_equal(step.place.class->name, "gradient");
	assert_string_equal(step.param, "w1");
	assert_int_equal(stepper_number(&stepper), 24);
	assert_int_equal(stepper_set_chain(&stepper, CHAIN_PATHS, NULL), STATUS_OK);
	step = current(arena);
	assert_string_equal(step.place.class->name, "factor");
	assert_string_equal(step.param, "w1");
	assert_int_equal(stepper_number(&stepper), 32); /* its first factor */
	static const uint64_t fixed[] = {0, 5, AT_E, AT_NEW_W5 + 3, AT_COMMIT};
	for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++) {
		assert_int_equal(stepper_set_chain(&stepper, CHAIN_PATHS, NULL), STATUS_OK);
		go(fixed[k]);
		assert_int_equal(stepper_set_chain(&stepper, CHAIN_DELTAS, NULL), STATUS_OK);
		assert_int_equal(stepper_set_chain(&stepper, CHAIN_PATHS, NULL), STATUS_OK);
		assert_int_equal(stepper_number(&stepper), fixed[k]);
	}
	assert_int_equal(stepper_set_chain(&stepper, CHAIN_DELTAS, NULL), STATUS_OK);
	assert_true(stepper_at_commit(&stepper));
	arena_free(arena);
}

/* A setting changed after a commit counts from the next update on; every step back from there
 * is one number less. */
static void test_setting_behind_commit(void **state)
{
	(void)state;
	struct optimizer optimizer = stepper.trainer.optimizer;
	go(AT_COMMIT);
	assert_int_equal(optimizer_set(&optimizer, "rate", 0.25, NULL), STATUS_OK);
	assert_int_equal(stepper_set_optimizer(&stepper, &optimizer, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), AT_COMMIT);
	assert_int_equal(stepper.trainer.n_updates, 1);
	assert_int_equal(stepper.index, 0);
	assert_int_equal(stepper_back(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), AT_COMMIT - 1);
	assert_same_bits(stepper.trainer.optimizer.hypers[0], 0.6);
	assert_int_equal(stepper_next(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_next(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_number(&stepper), AT_COMMIT + 1);
	assert_same_bits(stepper.trainer.optimizer.hypers[0], 0.25);
	assert_same_bits(trainer_next(&stepper.trainer)[W5],
			 net.model->graph.theta[W5] - 0.25 * net.model->graph.grad[W5]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_blanks, start, stop),
	    cmocka_unit_test_setup_teardown(test_commit, start, stop),
	    cmocka_unit_test_setup_teardown(test_edges, start, stop),
	    cmocka_unit_test_setup_teardown(test_fields, start, stop),
	    cmocka_unit_test_setup_teardown(test_change_of_form, start, stop),
	    cmocka_unit_test_setup_teardown(test_setting_behind_commit, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
