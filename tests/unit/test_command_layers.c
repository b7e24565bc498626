/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_layers.c -- what a person can ask of networks in which rows act on one another, of
 * running statistics, and of masks. */
#include "sitting.h"

static void test_paths_are_refused(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "batch-normalisation");
	assert_refused(&sitting, "set chain paths", "cannot be told apart");
	type_good(&sitting, "set chain deltas");
	type_good(&sitting, "set chain auto");
	sitting_end(&sitting);
}

/* Chosen before, paths stand in the way of opening such a lesson: the one before stays open. */
static void test_paths_chosen_before(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "residual-block");
	type_good(&sitting, "set chain paths");
	assert_refused(&sitting, "lesson batch-normalisation", "use set chain deltas");
	assert_string_equal(sitting.session->lesson_name, "residual-block");
	sitting_end(&sitting);
}

/* What is about the batch has no row. */
static void test_numbers_of_the_batch(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "batch-normalisation");
	assert_refused(&sitting, "expect mu_z = 6", "has not been computed yet");
	type_good(&sitting, "goto b");
	type_good(&sitting, "expect mu_z = 6");
	type_good(&sitting, "expect dJ/dmu_z = -0.125000");
	type_good(&sitting, "expect dJ/dz(4) = -0.0520833");
	type_good(&sitting, "expect dmu_z/dz(3) = 0.25");
	type_good(&sitting, "expect dvar_z/dz(4) = 1.5");
	assert_refused(&sitting, "expect dJ/dz = 0", "say of which row");
	assert_refused(&sitting, "expect dE/dgamma = 0", "say of which row");
	assert_refused(&sitting, "expect run_z = 0", "no number called");
	type_good(&sitting, "show formula");
	assert_non_null(strstr(answer(&sitting), "gradient of the batch"));
	sitting_end(&sitting);
}

/* They come into force with the commit; another optimizer leaves the walk at them. */
static void test_running_statistics(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "batch-normalisation");
	type_good(&sitting, "goto run_var_z");
	assert_string_equal(sitting.session->step.name, "run_var_z");
	assert_near(sitting.session->step.value, 2.1, 1e-15);
	type_good(&sitting, "expect run_var_z = 1");
	type_good(&sitting, "set optimizer adam");
	assert_string_equal(sitting.session->step.name, "run_var_z");
	type_good(&sitting, "next");
	type_good(&sitting, "expect run_var_z = 2.1");
	type_good(&sitting, "next");
	type_good(&sitting, "expect run_var_z = 2.1");
	type_good(&sitting, "back 2");
	type_good(&sitting, "expect run_var_z = 1");
	sitting_end(&sitting);
}

/* The mask is there before the first step, and the same again after a way round. */
static void test_masks(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "dropout");
	type_good(&sitting, "expect m1 = 0");
	type_good(&sitting, "expect m2 = 1");
	type_good(&sitting, "update 2");
	type_good(&sitting, "expect m2 = 1");
	type_good(&sitting, "expect m3 = 0");
	type_good(&sitting, "update 30");
	type_good(&sitting, "restart");
	type_good(&sitting, "expect m3 = 1");
	sitting_end(&sitting);
}

/* Metrics are of the network in use, which is another one than the steps'. */
static void test_metrics_say_what_they_measure(void **state)
{
	static const char *const lessons[] = {"batch-normalisation", "dropout", "sigmoid-2-2-2"};
	(void)state;
	for (size_t k = 0; k < sizeof lessons / sizeof *lessons; k++) {
		struct sitting sitting;
		sitting_open(&sitting, lessons[k]);
		type_good(&sitting, "show metrics");
		assert_true((strstr(answer(&sitting), "as the network is used") != NULL) ==
			    (k < 2));
		sitting_end(&sitting);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_paths_are_refused),
	    cmocka_unit_test(test_paths_chosen_before),
	    cmocka_unit_test(test_numbers_of_the_batch),
	    cmocka_unit_test(test_running_statistics),
	    cmocka_unit_test(test_masks),
	    cmocka_unit_test(test_metrics_say_what_they_measure),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
