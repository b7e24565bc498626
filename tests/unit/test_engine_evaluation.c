/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_evaluation.c -- metrics are the numbers that one computes by hand, on any rows, and
 * taking them leaves a walk as it was. */
#include "check.h"

#include <string.h>

#include "backstep/engine/metric.h"
#include "support/networks.h"
#include "support/snapshot.h"

/* A network, a walk through it, and its evaluation. */
struct trial {
	struct network net;
	struct stepper stepper;
	struct evaluation evaluation;
};

static void begin_made(struct trial *trial)
{
	assert_int_equal(network_walk(&trial->net, &trial->stepper, CHAIN_AUTO), STATUS_OK);
	assert_int_equal(evaluation_init(&trial->evaluation, &trial->stepper.trainer, NULL),
			 STATUS_OK);
}

static void end(struct trial *trial)
{
	evaluation_free(&trial->evaluation);
	stepper_free(&trial->stepper);
	network_free(&trial->net);
}

static void run(struct trial *trial, size_t first, size_t n)
{
	evaluation_run(&trial->evaluation, stepper_theta(&trial->stepper), first, n, true, NULL);
}

static double metric(const struct trial *trial, const char *name, size_t k)
{
	double value;
	assert_non_null(metric_find(name));
	assert_true(metric_find(name)->value(&trial->evaluation, k, &value));
	return value;
}

static bool has_metric(const struct trial *trial, const char *name, size_t k)
{
	double value;
	return metric_find(name)->value(&trial->evaluation, k, &value);
}

/* n_rows rows of n numbers that a layer of this activation copies: weights 1 on the diagonal. */
static void begin_copy(struct trial *trial, size_t n, const struct op *activation, size_t n_rows,
		       const double *x, const double *t)
{
	const size_t sizes[] = {n, n};
	assert_int_equal(network_dense(&trial->net, sizes, 2, activation, n_rows, n_rows),
			 STATUS_OK);
	double *theta = trial->net.model->graph.theta;
	for (size_t p = 0; p < trial->net.model->graph.n_params; p++)
		theta[p] = p < n * n && p / n == p % n;
	memcpy(trial->net.x, x, n_rows * n * sizeof *x);
	memcpy(trial->net.t, t, n_rows * n * sizeof *t);
	begin_made(trial);
	run(trial, 0, n_rows);
}

/* y = x for x = 1, 2, 3 and t = 0: E = t^2 / 2 are 0.5, 2, 4.5, mean 7/3. dE/dw = y x, dE/db = y:
 * their means are 14/3 and 2, the length of (14/3, 2) is sqrt(196/9 + 4) = 5.0771820705759...
 * A batch of two and one of one give the same. */
static void numbers_made_by_hand(void **state)
{
	static const double x[] = {1, 2, 3}, t[] = {0, 0, 0};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 1, &op_identity, 3, x, t);
	assert_near(metric(&trial, "loss", 0), 7.0 / 3.0, 1e-15);
	assert_near(metric(&trial, "gradient_norm", 0), sqrt(196.0 / 9.0 + 4.0), 1e-15);
	assert_false(has_metric(&trial, "gradient_norm", 1));
	assert_false(has_metric(&trial, "dead_relu", 0));
	assert_false(has_metric(&trial, "saturated", 0));
	/* the last two rows alone */
	run(&trial, 1, 2);
	assert_near(metric(&trial, "loss", 0), 3.25, 1e-15);
	assert_near(metric(&trial, "gradient_norm", 0), sqrt(42.25 + 6.25), 1e-15);
	/* row by row */
	trial.net.model->graph.max_examples = 1;
	run(&trial, 0, 3);
	assert_near(metric(&trial, "loss", 0), 7.0 / 3.0, 1e-15);
	assert_near(metric(&trial, "gradient_norm", 0), sqrt(196.0 / 9.0 + 4.0), 1e-15);
	trial.net.model->graph.max_examples = 3;
	end(&trial);
}

static void one_output_says_yes_from_a_half_on(void **state)
{
	static const double x[] = {0.5, 0.49, 0.9, 0.1}, t[] = {1, 1, 1, 0};
	static const size_t confusion[] = {1, 0, 1, 2};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 1, &op_identity, 4, x, t);
	assert_near(metric(&trial, "accuracy", 0), 0.75, 0.0);
	for (size_t k = 0; k < 4; k++)
		assert_near(metric(&trial, "confusion", k), (double)confusion[k], 0.0);
	assert_false(has_metric(&trial, "confusion", 4));
	end(&trial);
}

static void signs_are_classes_too(void **state)
{
	static const double x[] = {0.2, -0.2, 0.6, -3}, t[] = {1, 1, -1, -1};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 1, &op_identity, 4, x, t);
	assert_int_equal(trial.evaluation.classes, CLASSES_SIGN);
	assert_near(metric(&trial, "accuracy", 0), 0.5, 0.0);
	end(&trial);
}

/* Softened targets say their class as well; of equal outputs the first counts. */
static void of_several_outputs_the_largest(void **state)
{
	static const double x[] = {0.1, 0.7, 0.2, 0.4, 0.4, 0.2, -1, -2, -3},
			    t[] = {0, 1, 0, 0.1, 0.8, 0.1, 0, 0, 1};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 3, &op_identity, 3, x, t);
	assert_int_equal(trial.evaluation.n_classes, 3);
	assert_near(metric(&trial, "accuracy", 0), 1.0 / 3.0, 0.0);
	assert_near(metric(&trial, "confusion", 1 * 3 + 0), 1.0, 0.0);
	assert_near(metric(&trial, "confusion", 2 * 3 + 0), 1.0, 0.0);
	end(&trial);
}

static void other_targets_are_no_classes(void **state)
{
	static const double x[] = {1, 2}, numbers[] = {0, 0.5}, many[] = {1, 1};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 1, &op_identity, 2, x, numbers);
	assert_false(has_metric(&trial, "accuracy", 0));
	assert_false(has_metric(&trial, "confusion", 0));
	end(&trial);
	begin_copy(&trial, 2, &op_identity, 1, x, many);
	assert_false(has_metric(&trial, "accuracy", 0));
	end(&trial);
}

/* Of three ReLUs one is 0 in both rows. */
static void dead_units_are_those_that_no_row_wakes(void **state)
{
	static const double x[] = {1, -1, -1, -1, 1, 0}, t[6] = {0};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 3, &op_relu, 2, x, t);
	assert_near(metric(&trial, "dead_relu", 0), 1.0 / 3.0, 0.0);
	run(&trial, 0, 1);
	assert_near(metric(&trial, "dead_relu", 0), 2.0 / 3.0, 0.0);
	end(&trial);
}

/* Slopes of the sigmoid at 4.3 and 4.4 are 0.0132 and 0.0119, and a twentieth of 1/4 is 0.0125.
 * Slopes of tanh at 2.1 and 2.2 are 0.0581 and 0.0476. */
static void saturated_units_have_no_slope_left(void **state)
{
	static const double x[] = {4.3, 4.4, 0, -4.4}, y[] = {2.1, 2.2, -2.2, -2.1, 0, -9},
			    t[6] = {0};
	struct trial trial;
	(void)state;
	begin_copy(&trial, 2, &op_sigmoid, 2, x, t);
	assert_near(metric(&trial, "saturated", 0), 0.5, 0.0);
	end(&trial);
	begin_copy(&trial, 2, &op_tanh, 3, y, t);
	assert_near(metric(&trial, "saturated", 0), 0.5, 0.0);
	end(&trial);
}

/* In 20 layers of sigmoids the gradient vanishes on its way back. */
static void a_vanishing_gradient_shows(void **state)
{
	struct trial trial;
	(void)state;
	assert_int_equal(network_deep(&trial.net), STATUS_OK);
	begin_made(&trial);
	run(&trial, 0, trial.net.data.n_rows);
	size_t n = trial.net.model->n_layers;
	assert_true(metric(&trial, "gradient_norm", 0) > 0.0);
	assert_true(metric(&trial, "gradient_norm", 0) <
		    1e-3 * metric(&trial, "gradient_norm", n - 1));
	end(&trial);
}

/* Wherever a walk is, with whatever optimizer: evaluating changes no bit of it. */
static void a_walk_does_not_notice(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct trial trial;
		struct snapshot before, after;
		assert_int_equal(network_random(&trial.net, seed), STATUS_OK);
		if (seed % 3 == 0)
			optimizer_init(&trial.net.optimizer, optimizer_find("nesterov"));
		begin_made(&trial);
		for (size_t k = 0; k < 3; k++) {
			stepper_update(&trial.stepper, NULL);
			if (seed % 2)
				stepper_leave_commit(&trial.stepper);
			assert_true(snapshot_take(&before, &trial.stepper));
			run(&trial, 0, trial.net.data.n_rows);
			assert_true(snapshot_take(&after, &trial.stepper));
			assert_true(snapshot_equal(&before, &after));
			snapshot_free(&before);
			snapshot_free(&after);
		}
		end(&trial);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_made_by_hand),
	    cmocka_unit_test(one_output_says_yes_from_a_half_on),
	    cmocka_unit_test(signs_are_classes_too),
	    cmocka_unit_test(of_several_outputs_the_largest),
	    cmocka_unit_test(other_targets_are_no_classes),
	    cmocka_unit_test(dead_units_are_those_that_no_row_wakes),
	    cmocka_unit_test(saturated_units_have_no_slope_left),
	    cmocka_unit_test(a_vanishing_gradient_shows),
	    cmocka_unit_test(a_walk_does_not_notice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
