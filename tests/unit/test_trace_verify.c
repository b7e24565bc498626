/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_verify.c -- the check of steps notices numbers that are no facts, and says which step:
 * each number is made wrong by a little more than is allowed, and by a little less. */
#include "check.h"

#include <string.h>

#include "../../src/trace/steps.h"
#include "../../src/engine/trainer_run.h"
#include "backstep/trace/verify.h"
#include "support/networks.h"

static struct network net;
static struct stepper stepper;

static void start(enum status (*make)(struct network *net), enum chain_form form)
{
	assert_int_equal(make(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, form), STATUS_OK);
}

static void stop(void)
{
	stepper_free(&stepper);
	network_free(&net);
}

static uint64_t verified(void)
{
	uint64_t n = 0;
	assert_int_equal(verify_update(&stepper, &n, NULL), STATUS_OK);
	return n;
}

/* The step that the check says is no fact, and what of it is not. */
static uint64_t refused(enum status wanted, const char *what)
{
	struct error err = {0};
	unsigned long long step = 0;
	uint64_t n = 0;
	assert_int_equal(verify_update(&stepper, &n, &err), wanted);
	if (!strstr(err.message, what))
		fail_msg("'%s' does not say '%s'", err.message, what);
	assert_int_equal(sscanf(err.message, "step %llu", &step), 1);
	assert_int_equal(n, step);
	return step;
}

/* The number (from 1) of the step that computes this kind of number. */
static uint64_t step_of(enum ref_kind kind, struct place place)
{
	place.class = step_class_of(kind);
	return 1 + walk_index(stepper_walk(&stepper), &place);
}

/* A number that is wrong by so much is found at its step; one that is wrong by rounding is not. */
static void check_number(double *number, double error, uint64_t step, const char *what)
{
	double right = *number;
	*number = right + error;
	assert_int_equal(refused(STATUS_FAILED, what), step);
	*number = right * (1.0 + 1e-15);
	verified();
	*number = right;
}

static void test_all_steps(void **state)
{
	(void)state;
	for (enum chain_form form = CHAIN_PATHS; form <= CHAIN_DELTAS; form++) {
		start(network_222, form);
		assert_int_equal(verified(), stepper_n_steps(&stepper));
		stop();
		start(network_xor, form);
		assert_int_equal(verified(), stepper_n_steps(&stepper));
		stop();
	}
}

static void test_wrong_numbers(void **state)
{
	(void)state;
	start(network_222, CHAIN_PATHS);
	struct model *model = net.model;
	const struct node *sum = model->output->inputs[0];
	check_number(sum->value, 3e-12, step_of(REF_UNIT, (struct place){.node = sum}),
		     "the formula's value");
	/* a single row: the gradient is the engine's, its paths are the steps'. Its formula may be
	 * off by 1e-12 of its terms, of 0.0055 together */
	size_t k = stepper.plan.rank[W3];
	check_number(&model->graph.grad[W3], 3e-14, step_of(REF_GRADIENT, (struct place){.k = k}),
		     "the formula's value");
	check_number(&stepper.trainer.own->next[W3], 3e-12,
		     step_of(REF_NEW, (struct place){.k = k}), "the formula's value");
	stop();
}

/* Of a batch the engine has the mean only; each row's gradient is added up from its paths. */
static void test_wrong_batch(void **state)
{
	(void)state;
	for (enum chain_form form = CHAIN_PATHS; form <= CHAIN_DELTAS; form++) {
		start(network_xor, form);
		size_t k = stepper.plan.n_order - 1;
		const struct walk *walk = stepper_walk(&stepper);
		check_number(&net.model->graph.grad[stepper.plan.order[k]], 1e-9,
			     walk_param(walk, PHASE_BACKWARD, k + 1), "");
		stop();
	}
}

static void test_not_finite(void **state)
{
	(void)state;
	start(network_222, CHAIN_PATHS);
	size_t k = stepper.plan.rank[W8];
	stepper.trainer.own->next[W8] = INFINITY;
	assert_int_equal(refused(STATUS_NUMERIC, "is not a finite number"),
			 step_of(REF_NEW, (struct place){.k = k}));
	stop();
}

/* Of too many steps some of each phase are looked at, and of parameters all steps. */
static void test_sample(void **state)
{
	(void)state;
	start(network_784_128_10, CHAIN_PATHS);
	assert_true(stepper_n_steps(&stepper) > VERIFY_MAX_STEPS);
	uint64_t n = verified();
	assert_in_range(n, VERIFY_MAX_STEPS / 4, VERIFY_MAX_STEPS * 5 / 4);
	struct model *model = net.model;
	const struct walk *walk = stepper_walk(&stepper);
	/* the first parameter, and some between it and the last */
	double right = model->graph.grad[stepper.plan.order[0]];
	struct error err = {0};
	model->graph.grad[stepper.plan.order[0]] = right + 1.0;
	assert_int_equal(verify_update(&stepper, &n, &err), STATUS_FAILED);
	unsigned long long step;
	assert_int_equal(sscanf(err.message, "step %llu", &step), 1);
	assert_int_equal(step, walk_param(walk, PHASE_BACKWARD, 1));
	model->graph.grad[stepper.plan.order[0]] = right;
	for (size_t p = model->graph.n_params / 2; p < model->graph.n_params; p++)
		stepper.trainer.own->next[p] += 1.0;
	err = (struct error){0};
	assert_int_equal(verify_update(&stepper, &n, &err), STATUS_FAILED);
	assert_int_equal(sscanf(err.message, "step %llu", &step), 1);
	assert_true(step > walk_phase(walk, PHASE_UPDATE));
	stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_steps),   cmocka_unit_test(test_wrong_numbers),
	    cmocka_unit_test(test_wrong_batch), cmocka_unit_test(test_not_finite),
	    cmocka_unit_test(test_sample),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
