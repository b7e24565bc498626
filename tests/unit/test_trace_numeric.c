/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_numeric.c -- the first number that is NaN or infinite stops the walk at its step. */
#include "check.h"

#include <string.h>

#include "support/networks.h"
#include "support/snapshot.h"

/* A linear network whose loss grows without bound at rate 1e6. */
static void start_overflow(struct network *net, struct stepper *stepper)
{
	static const size_t sizes[] = {2, 3, 2};
	assert_int_equal(network_dense(net, sizes, 3, NULL, 3, 1), STATUS_OK);
	assert_int_equal(optimizer_set(&net->optimizer, "rate", 1e6, NULL), STATUS_OK);
	assert_int_equal(network_walk(net, stepper, CHAIN_PATHS), STATUS_OK);
}

static double current_value(struct stepper *stepper)
{
	struct step_source source = stepper_source(stepper);
	struct place place;
	stepper_place(stepper, stepper->index, &place);
	return step_value(&source, &place);
}

/* Steps on until an error; returns how many steps were done. */
static uint64_t walk_on(struct stepper *stepper, struct error *err)
{
	enum status status;
	do {
		status = stepper_next(stepper, err);
		bool finite = isfinite(current_value(stepper));
		assert_true(finite == (status == STATUS_OK));
		assert_true(stepper_number(stepper) < 100000);
	} while (status == STATUS_OK);
	assert_int_equal(status, STATUS_NUMERIC);
	return stepper_number(stepper);
}

static void assert_stopped(struct stepper *stepper, uint64_t number, enum status status)
{
	assert_int_equal(status, STATUS_NUMERIC);
	assert_int_equal(stepper_number(stepper), number);
}

static void test_overflow_stops(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct error err = {0};
	char wanted[80];
	start_overflow(&net, &stepper);
	uint64_t guilty = walk_on(&stepper, &err);
	assert_true(stepper.trainer.n_updates >= 2); /* not at once */
	assert_true(isinf(current_value(&stepper)));
	snprintf(wanted, sizeof wanted, "step %llu is infinite: the walk stops here",
		 (unsigned long long)guilty);
	assert_string_equal(err.message, wanted);
	assert_true(*err.hint != '\0');
	/* no way on, by any of the ways that there are */
	assert_stopped(&stepper, guilty, stepper_next(&stepper, NULL));
	assert_stopped(&stepper, guilty, stepper_update(&stepper, NULL));
	assert_stopped(&stepper, guilty, stepper_go(&stepper, guilty + 1, NULL));
	assert_stopped(&stepper, guilty, stepper_go(&stepper, guilty + 1000, NULL));
	assert_stopped(&stepper, guilty,
		       stepper_go_index(&stepper, stepper_n_steps(&stepper), NULL));
	/* and from further back every way leads to the same step */
	assert_int_equal(stepper_go(&stepper, 0, NULL), STATUS_OK);
	assert_stopped(&stepper, guilty, stepper_go(&stepper, guilty + 1000, NULL));
	assert_int_equal(stepper_go(&stepper, guilty - 1, NULL), STATUS_OK);
	assert_stopped(&stepper, guilty, stepper_next(&stepper, NULL));
	assert_int_equal(stepper_go(&stepper, 5, NULL), STATUS_OK);
	enum status status = STATUS_OK;
	while (!status)
		status = stepper_update(&stepper, NULL);
	assert_stopped(&stepper, guilty, status);
	stepper_free(&stepper);
	network_free(&net);
}

static void test_the_guilty_step_is_shown(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct arena *arena = arena_new();
	struct step step;
	struct strbuf line = {0};
	struct formula_style style = {GLYPHS_ASCII, false, 6};
	start_overflow(&net, &stepper);
	walk_on(&stepper, NULL);
	assert_int_equal(stepper_current(&stepper, arena, &step, NULL), STATUS_OK);
	assert_false(step.finite);
	step_print(&step, &style, &line);
	assert_non_null(strstr(line.data, "inf"));
	assert_int_equal(stepper_back(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_current(&stepper, arena, &step, NULL), STATUS_OK);
	assert_true(step.finite);
	strbuf_free(&line);
	arena_free(arena);
	stepper_free(&stepper);
	network_free(&net);
}

/* The way back from there is as exact as from anywhere, and leads to a walk that goes on. */
static void test_back_from_overflow(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct snapshot before, after;
	start_overflow(&net, &stepper);
	uint64_t guilty = walk_on(&stepper, NULL);
	uint64_t there = guilty - stepper_n_steps(&stepper) - 3;
	assert_int_equal(stepper_go(&stepper, 0, NULL), STATUS_OK);
	assert_int_equal(stepper_go(&stepper, there, NULL), STATUS_OK);
	assert_true(snapshot_take(&before, &stepper));
	assert_int_equal(walk_on(&stepper, NULL), guilty);
	for (uint64_t k = there; k < guilty; k++)
		assert_int_equal(stepper_back(&stepper, NULL), STATUS_OK);
	assert_true(snapshot_take(&after, &stepper));
	assert_true(snapshot_equal(&before, &after));
	snapshot_free(&before);
	snapshot_free(&after);
	assert_int_equal(stepper_go(&stepper, 1, NULL), STATUS_OK);
	struct optimizer optimizer = stepper.trainer.optimizer;
	assert_int_equal(optimizer_set(&optimizer, "rate", 0.01, NULL), STATUS_OK);
	assert_int_equal(stepper_set_optimizer(&stepper, &optimizer, NULL), STATUS_OK);
	assert_int_equal(stepper_go(&stepper, guilty + 1000, NULL), STATUS_OK);
	stepper_free(&stepper);
	network_free(&net);
}

/* inf - inf: the very first sum is not a number. */
static void test_nan_stops(void **state)
{
	(void)state;
	static const size_t sizes[] = {2, 1};
	struct network net;
	struct stepper stepper;
	struct error err = {0};
	assert_int_equal(network_dense(&net, sizes, 2, &op_relu, 1, 1), STATUS_OK);
	net.x[0] = net.x[1] = 1e200;
	net.model->graph.theta[0] = 1e200;
	net.model->graph.theta[1] = -1e200;
	assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
	assert_int_equal(stepper_next(&stepper, &err), STATUS_NUMERIC);
	assert_string_equal(err.message, "step 1 is not a number: the walk stops here");
	assert_int_equal(stepper_number(&stepper), 1);
	assert_int_equal(stepper_back(&stepper, NULL), STATUS_OK);
	assert_true(stepper_at_start(&stepper));
	/* the activation and the loss of it are not numbers either */
	assert_true(isnan(net.model->output->value[0]));
	assert_true(isnan(net.model->loss));
	stepper_free(&stepper);
	network_free(&net);
}

/* A setting that makes the numbers of the position itself infinite: the walk stays there. */
static void test_setting_overflows(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 1};
	struct network net;
	struct stepper stepper;
	assert_int_equal(network_dense(&net, sizes, 2, NULL, 1, 1), STATUS_OK);
	net.x[0] = 1e150;
	net.t[0] = -1.0;
	net.model->graph.theta[0] = 1e-150;
	assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
	assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_go_index(&stepper, stepper_n_steps(&stepper) - 2, NULL),
			 STATUS_OK); /* the new weight */
	struct optimizer optimizer = stepper.trainer.optimizer;
	optimizer.hypers[0] = 1e200;
	assert_int_equal(stepper_set_optimizer(&stepper, &optimizer, NULL), STATUS_OK);
	uint64_t number = stepper_number(&stepper);
	assert_stopped(&stepper, number, stepper_next(&stepper, NULL));
	stepper_free(&stepper);
	network_free(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_overflow_stops),
	    cmocka_unit_test(test_the_guilty_step_is_shown),
	    cmocka_unit_test(test_back_from_overflow),
	    cmocka_unit_test(test_nan_stops),
	    cmocka_unit_test(test_setting_overflows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
