/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_expect.c -- expectations: which numbers can be named, how near is near enough, and
 * that a number is not known before its step. */
#include "sitting.h"
#include "temporary.h"

/* Fails with this complaint, and is counted. */
static void fails(struct sitting *sitting, const char *line, const char *wanted)
{
	size_t failed = sitting->session->n_failed, expected = sitting->session->n_expected;
	assert_int_equal(type(sitting, line), STATUS_FAILED);
	assert_string_equal(complaint(sitting), wanted);
	assert_int_equal(sitting->session->n_failed, failed + 1);
	assert_int_equal(sitting->session->n_expected, expected + 1);
}

/* y1 = 0.73492861271701411 */
static void the_digits_say_how_near(void **state)
{
	static const char *const good[] = {
	    "expect y1 = 0.73492861271701411",
	    "expect y1 = 0.734929",
	    "expect y1 = 0.73493",
	    "expect y1 = 0.7349",
	    "expect y1 = 0.73",
	    "expect y1 = 7.3e-1",
	    "expect y1 = 73e-2",
	    "expect y1=0.735",
	    "expect  y1  =  0.7349 ",
	    "expect y1 = .735",
	    "expect y1 = +0.7349",
	};
	static const char *const bad[][2] = {
	    {"expect y1 = 0.734928", "error: y1: got 0.7349286127170142, wanted 0.734928 (+- "
				     "5e-07), at sigmoid-2-2-2@1.forward.y1\n"},
	    {"expect y1 = 0.7350", "error: y1: got 0.7349286127170142, wanted 0.735 (+- 5e-05), at "
				   "sigmoid-2-2-2@1.forward.y1\n"},
	    {"expect y1 = 0.74", "error: y1: got 0.7349286127170142, wanted 0.74 (+- 0.005), at "
				 "sigmoid-2-2-2@1.forward.y1\n"},
	    {"expect y1 = 0.8", "error: y1: got 0.7349286127170142, wanted 0.8 (+- 0.05), at "
				"sigmoid-2-2-2@1.forward.y1\n"},
	    {"expect y1 = 74e-2", "error: y1: got 0.7349286127170142, wanted 0.74 (+- 0.005), at "
				  "sigmoid-2-2-2@1.forward.y1\n"},
	    /* a whole number is meant as it stands */
	    {"expect y1 = 1", "error: y1: got 0.7349286127170142, wanted 1 (+- 1e-12), at "
			      "sigmoid-2-2-2@1.forward.y1\n"},
	    {"expect y1 = -0.7349", "error: y1: got 0.7349286127170142, wanted -0.7349 (+- 5e-05), "
				    "at sigmoid-2-2-2@1.forward.y1\n"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "phase");
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		type_good(&sitting, good[i]);
	assert_int_equal(sitting.session->n_expected, sizeof good / sizeof *good);
	assert_int_equal(sitting.session->n_failed, 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		fails(&sitting, bad[i][0], bad[i][1]);
	sitting_end(&sitting);
}

/* Fails though the number is near, and says what to type. */
static void is_too_roomy(struct sitting *sitting, const char *line, const char *cure)
{
	size_t failed = sitting->session->n_failed;
	assert_int_equal(type(sitting, line), STATUS_FAILED);
	assert_contains(complaint(sitting), "too far apart to notice a mistake");
	assert_contains(complaint(sitting), cure);
	assert_int_equal(sitting->session->n_failed, failed + 1);
}

/* w5 goes from 0.5 to 0.451878, w1 from 0.1 to 0.0993352, and dE/dw1 is 0.00110806. The limits are
 * 2 % of the number (0.009 for w5) or half of the change (0.00033 for w1). */
static void digits_must_be_enough_to_notice_a_mistake(void **state)
{
	static const char *const good[] = {
	    "expect w5 = 0.45",        "expect w5 = 4.5e-1",      "expect w5 = 0.5 +- 0.05",
	    "expect dE/dw1 = 0.00111", "expect dE/dw1 = 1.11e-3", "expect w1 = 0.0993",
	    "expect x1 = 0.1",         "expect t2 = 0.95",        "expect dE2/dw5 = 0.0",
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "expect w5 = 0.5"); /* what it is exactly needs no more digits */
	type_good(&sitting, "goto commit");
	type_good(&sitting, "back");
	type_good(&sitting, "expect w5 = 0.5");
	is_too_roomy(&sitting, "expect w5' = 0.5", "; type 0.45, or say how near");
	type_good(&sitting, "next");
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		type_good(&sitting, good[i]);
	is_too_roomy(&sitting, "expect w5 = 0.5", "; type 0.45, or");
	is_too_roomy(&sitting, "expect w5 = 0.", "; type 0.45, or");
	is_too_roomy(&sitting, "expect w5 = 5e-1", "; type 0.45, or");
	is_too_roomy(&sitting, "expect dE/dw1 = 0.00", "; type 0.00111, or");
	is_too_roomy(&sitting, "expect dE/dw1 = 0.001", "; type 0.00111, or");
	is_too_roomy(&sitting, "expect w1 = 0.10", "; type 0.0993, or");
	fails(&sitting, "expect dE/dw1 = 0",
	      "error: dE/dw1: got 0.0011080579599813648, wanted 0 (+- 1e-12), at "
	      "sigmoid-2-2-2@1.backward.w1\n");
	sitting_end(&sitting);
}

/* What stays once the update no longer changes anything that can be seen: more digits are asked. */
static void a_weight_at_rest_is_told_from_the_one_before(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "delta-rule");
	type_good(&sitting, "update 100");
	is_too_roomy(&sitting, "expect w1 = 1.99996", "; type 1.999960, or");
	type_good(&sitting, "expect w1 = 1.999960");
	sitting_end(&sitting);
}

/* A name that is not there, a number that is not yet: the line fails, and is counted. */
static void what_is_not_there_is_a_failed_expectation(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	fails(&sitting, "expect y1 = 0.734929",
	      "error: y1 has not been computed yet; step on first: next, phase or update\n");
	fails(&sitting, "expect w9 = 1",
	      "error: there is no number called 'w9'; did you mean 'w5'?\n");
	sitting_end(&sitting);
}

static void a_tolerance_may_be_given(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "phase");
	type_good(&sitting, "expect y1 = 0.735 +- 1e-4");
	type_good(&sitting, "expect y1 = 1 +- 0.5");
	assert_string_equal(answer(&sitting), "ok: y1 = 1\n");
	type_good(&sitting, "expect y1 = 0.73492861271701411 +- 0");
	type_good(&sitting, "expect y1 = 0.735 +-1e-4");
	fails(&sitting, "expect y1 = 0.735 +- 1e-5",
	      "error: y1: got 0.7349286127170142, wanted 0.735 (+- 1e-05), at "
	      "sigmoid-2-2-2@1.forward.y1\n");
	sitting_end(&sitting);
}

/* The last factor of a chain, by its name: what a unit reads itself. q = w w and r = v v read one
 * number in two places each, and change twice as fast: dq/dw = 2 w = 6, dr/dv = 2 v = 8. */
static void partials_by_parameters_have_names(void **state)
{
	char path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "gate-patterns");
	assert_refused(&sitting, "expect dp/dx = -4", "dp/dx has not been computed yet");
	type_good(&sitting, "goto x");
	type_good(&sitting, "expect dp/dx = -4");
	type_good(&sitting, "expect dp/dy = 3");
	type_good(&sitting, "expect dm/dz = 1");
	type_good(&sitting, "expect dm/dw = 0");
	type_good(&sitting, "expect ds/dx = -4"); /* s = p + m: through p */
	sitting_end(&sitting);

	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto w5");
	type_good(&sitting, "expect dsum_y1/dw5 = 0.601088");
	type_good(&sitting, "expect dsum_n1/dw3 = 0.5");
	type_good(&sitting, "expect dsum_n2/dB1 = 1");
	sitting_end(&sitting);

	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "goto backward");
	type_good(&sitting, "expect dz1/dW11(2) = 0");
	type_good(&sitting, "expect dz1/dW11(3) = 1");
	sitting_end(&sitting);

	temporary_lesson(path, "graph:\n  inputs: [v]\n  parameters: [w=3]\n"
			       "  nodes: [\"q = w*w\", \"r = v*v\", \"f = q*r\"]\n"
			       "data: [{x: [4]}]\ntraining: {optimizer: gd, rate: 1}\n");
	snprintf(line, sizeof line, "lesson %s", path);
	sitting_begin(&sitting);
	type_good(&sitting, line);
	type_good(&sitting, "update");
	type_good(&sitting, "expect dq/dw = 6");
	type_good(&sitting, "expect dr/dv = 8");
	type_good(&sitting, "expect df/dw = 96");
	sitting_end(&sitting);
}

static void nonsense_is_no_expectation(void **state)
{
	static const char *const rows[][2] = {
	    {"expect", "expected NAME = NUMBER [+- TOLERANCE]; for example: expect w5"},
	    {"expect y1", "expected NAME = NUMBER"},
	    {"expect y1 =", "expected NAME = NUMBER"},
	    {"expect = 3", "expected NAME = NUMBER"},
	    {"expect y1 0.7", "expected NAME = NUMBER"},
	    {"expect y1 = 0.7 1e-3", "expected NAME = NUMBER"},
	    {"expect y1 = 0.7 +-", "expected NAME = NUMBER"},
	    {"expect y1 = 0.7 +- 1e-3 more", "expected NAME = NUMBER"},
	    {"expect y1 = 0,7", "expected a number, found '0,7'"},
	    {"expect y1 = nan", "expected a number"},
	    {"expect y1 = 0.7 +- small", "expected a number, found 'small'"},
	    {"expect y1 = 0.7 +- -1", "a tolerance is not negative"},
	    {"expect y1 == 0.7", "expected NAME = NUMBER"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "phase");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i][0], rows[i][1]);
	assert_int_equal(sitting.session->n_expected, 0);
	sitting_end(&sitting);
}

static void unknown_names_get_a_suggestion(void **state)
{
	static const char *const rows[][2] = {
	    {"expect w9 = 1", "there is no number called 'w9'; did you mean 'w5'?"},
	    {"expect sum_n3 = 1", "did you mean 'sum_n1'?"},
	    {"expect dE/dw9 = 1", "there is no number called 'dE/dw9'; did you mean 'dE/dw5'?"},
	    {"expect dQ/dw5 = 1", "there is no number called 'dQ/dw5'"},
	    {"expect dE/d = 1", "there is no number called 'dE/d'"},
	    {"expect d/dw5 = 1", "there is no number called 'd/dw5'"},
	    {"expect /dw5 = 1", "there is no number called '/dw5'"},
	    {"expect E/w5 = 1", "there is no number called 'E/w5'"},
	    {"expect dn1/dy1 = 1", "there is no number called 'dn1/dy1'"},
	    {"expect dx1/dE = 1", "there is no number called 'dx1/dE'"},
	    {"expect y9' = 1", "there is no number called 'y9''"},
	    {"expect y1' = 1", "there is no number called 'y1''"},
	    {"expect ' = 1", "there is no number called '''"},
	    {"expect a_name_that_is_longer_than_any_that_a_lesson_could_hold_and_longer_still_"
	     "than_two_of_them_behind_each_other_would_be_altogether_so_it_ends_here = 1",
	     "expected NAME = NUMBER"},
	    {"expect qqqqqq = 1", "show values lists them"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i][0], rows[i][1]);
	sitting_end(&sitting);
}

/* By hand: w5' = 0.5 - 0.6 * 0.0802031243, and E1's part of dE/dw1 is 0.0015997. */
static void every_kind_of_number_has_a_name(void **state)
{
	static const char *const rows[] = {
	    "expect x2 = 0.5",
	    "expect t1 = 0.05",
	    "expect sum_n1 = 0.41",
	    "expect n1 = 0.601087879",
	    "expect E1 = 0.234563602",
	    "expect E = 0.249089541",
	    "expect w5 = 0.5",
	    "expect w5' = 0.451878125",
	    "expect B1' = 0.23531021",
	    "expect dE/dw5 = 0.0802031243",
	    "expect dE1/dw5 = 0.0802031243",
	    "expect dE2/dw5 = 0",
	    "expect dE1/dw1 = 0.00159970",
	    "expect dE2/dw1 = -0.00049164",
	    "expect dE/dw1 = 0.00110806",
	    "expect dE/dB1 = 0.0244830",
	    "expect dE/dB2 = 0.1041388",
	    "expect dE1/dy1 = 0.684928613",
	    "expect dy1/dsum_y1 = 0.194808547",
	    "expect dsum_y1/dn1 = 0.5",
	    "expect dy1/dsum_y2 = 0",
	    "expect dE/dsum_y1 = 0.133429948",
	    "expect dE/dn1 = 0.0462112",
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto B2");
	type_good(&sitting, "goto update");
	type_good(&sitting, "goto commit");
	type_good(&sitting, "back");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		type_good(&sitting, rows[i]);
	sitting_end(&sitting);
}

static void a_number_is_not_known_before_its_step(void **state)
{
	static const struct {
		const char *name;
		uint64_t step; /* that computes it */
	} rows[] = {
	    {"sum_n1", 1},   {"n1", 2},      {"y2", 8},       {"E1", 9},
	    {"E", 11},       {"dE/dw5", 16}, {"dE1/dw5", 15}, {"dE/dw1", 44},
	    {"dE/dB2", 117}, {"w5'", 118},   {"B2'", 127},    {"dE1/dy1", 12},
	};
	struct sitting sitting;
	char line[64];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		snprintf(line, sizeof line, "goto %llu", (unsigned long long)rows[i].step - 1);
		type_good(&sitting, line);
		snprintf(line, sizeof line, "expect %s = 1 +- 1", rows[i].name);
		assert_refused(&sitting, line, "has not been computed yet; step on first");
		type_good(&sitting, "next");
		type_good(&sitting, line);
		type_good(&sitting, "back");
		assert_refused(&sitting, line, "has not been computed yet");
	}
	/* parameters are known from the start, and keep their old value up to the commit */
	type_good(&sitting, "goto 127");
	type_good(&sitting, "expect w5 = 0.5");
	type_good(&sitting, "next");
	type_good(&sitting, "expect w5 = 0.451878");
	type_good(&sitting, "next");
	type_good(&sitting, "expect w5 = 0.451878");
	assert_refused(&sitting, "expect w5' = 0.4", "has not been computed yet");
	assert_refused(&sitting, "expect E = 0.4", "has not been computed yet");
	sitting_end(&sitting);
}

/* Batch of four rows: E of row 2 is (0.06 - 1)^2, J their mean. */
static void rows_of_a_batch_are_named(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "goto backward");
	type_good(&sitting, "expect E(2) = 0.8836");
	type_good(&sitting, "expect E(4) = 0.49");
	type_good(&sitting, "expect x1(3) = 1");
	type_good(&sitting, "expect J = 0.39525");
	type_good(&sitting, "expect y(1) = 0.07");
	assert_refused(&sitting, "expect E(5) = 1", "expected a whole number from 1 to 4");
	assert_refused(&sitting, "expect E(0) = 1",
		       "expected a whole number from 1 to 4, found '0'");
	assert_refused(&sitting, "expect E(x) = 1", "expected a whole number");
	assert_refused(&sitting, "expect E(1 = 1", "a row is written NAME(ROW)");
	assert_refused(&sitting, "expect E(1)x = 1", "a row is written NAME(ROW)");
	/* the step is about row 1, so that is meant; a step about all rows means none of them */
	type_good(&sitting, "expect E = 0.0049");
	type_good(&sitting, "update");
	assert_refused(&sitting, "expect E = 0.0049", "say of which row: E(1)");
	type_good(&sitting, "expect dJ/dw1 = -0.015");
	/* 2 (y - t) h1 of row 2: 2 * -0.94 * 0.8 */
	type_good(&sitting, "expect dE/dw1(2) = -1.504");
	assert_refused(&sitting, "expect dE/dw1 = 1", "say of which row: dE/dw1(1)");
	type_good(&sitting, "expect dE/dy(2) = -1.88");
	assert_refused(&sitting, "expect dE/dy = 1", "say of which row: dE/dy(1)");
	sitting_end(&sitting);

	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "goto 9");
	type_good(&sitting, "expect x2(2) = 1");
	assert_refused(&sitting, "expect x2(1) = 1", "row 1 is not in the current batch");
	sitting_end(&sitting);
}

/* E = (t - y)^2 / 2 with y = 2 * 3 + 1 and t = 5: dE/dw = (7 - 5) * 3. */
static void parameters_that_are_not_trained_have_no_gradient(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	(void)state;
	temporary_lesson(path, lesson_line);
	sitting_open(&sitting, path);
	type_good(&sitting, "update");
	type_good(&sitting, "expect E = 2");
	type_good(&sitting, "expect dE/dw = 6");
	type_good(&sitting, "expect w = -1");
	type_good(&sitting, "expect b = 1");
	assert_refused(&sitting, "expect dE/db = 2", "dE/db");
	assert_refused(&sitting, "expect b' = 1", "b'");
	type_good(&sitting, "show weights");
	assert_string_equal(answer(&sitting),
			    "  w         −1\n  b         1            (not trained)\n");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_digits_say_how_near),
	    cmocka_unit_test(digits_must_be_enough_to_notice_a_mistake),
	    cmocka_unit_test(a_weight_at_rest_is_told_from_the_one_before),
	    cmocka_unit_test(what_is_not_there_is_a_failed_expectation),
	    cmocka_unit_test(a_tolerance_may_be_given),
	    cmocka_unit_test(partials_by_parameters_have_names),
	    cmocka_unit_test(nonsense_is_no_expectation),
	    cmocka_unit_test(unknown_names_get_a_suggestion),
	    cmocka_unit_test(every_kind_of_number_has_a_name),
	    cmocka_unit_test(a_number_is_not_known_before_its_step),
	    cmocka_unit_test(rows_of_a_batch_are_named),
	    cmocka_unit_test(parameters_that_are_not_trained_have_no_gradient),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
