/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_answer.c -- what may be typed for a number: every notation of it, and what is refused.
 *
 * Step 13 of the 2-2-2 example asks dy1/dsum_y1 = y1 (1 - y1), y1 = 0.734929: 0.194809. */
#include "../../src/teach/assess_private.h"
#include "check.h"

#include <math.h>
#include <string.h>

#include "support/exercise.h"

enum { SLOPE = 13, NEW_W5 = 118 };

static void assert_says(struct exercise *exercise, const char *text, const char *wanted)
{
	char buf[128];
	assert_string_equal(exercise_say(exercise, text, buf), wanted);
}

static void test_every_notation_is_right(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "0.194809",        "0.1948",
	    ".1948",           "0,1948",
	    "1.948e-1",        "1,948·10⁻¹",
	    "0.19481",         "0.195",
	    "0.194",           "+0.1948",
	    "0.73*(1-0.73)",   "0,73*(1-0,73)",
	    "0.735·(1−0.735)", "0.734929(1-0.734929)",
	    "1948/10000",      "y1*(1-y1)",
	    "ŷ₁ (1 − ŷ₁)",     "y1 - y1^2",
	    "0.735 - 0.735^2", "2·9.74·10⁻²",
	};
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_non_null(exercise_ask(&exercise, SLOPE));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char buf[128];
		const char *said = exercise_say(&exercise, texts[i], buf);
		if (strcmp(said, "right") != 0)
			print_error("%s: %s\n", texts[i], said);
		assert_string_equal(said, "right");
	}
	exercise_end(&exercise);
}

/* dE2/dy2 = y2 - t2 = -0.170446, and its sign as it is typed. */
static void test_negative_numbers(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_non_null(exercise_ask(&exercise, 22));
	assert_says(&exercise, "-0.1704", "right");
	assert_says(&exercise, "−0,1704", "right");
	assert_says(&exercise, "0.78-0.95", "right");
	assert_says(&exercise, "0.1704", "named sign");
	assert_says(&exercise, "0.95-0.78", "named sign");
	exercise_end(&exercise);
}

/* 0.6 may be w6 = 0.6, or n1 = 0.601088 or n2 = 0.615384 cut: each is tried, and here, where n2
 * belongs, the right one wins. Step 19 is dsum_y1/dw6 = n2, step 20 the product. */
static void test_every_reading_of_a_number_is_tried(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_non_null(exercise_ask(&exercise, 20));
	assert_says(&exercise, "0.68 * 0.19 * 0.6", "right");
	assert_says(&exercise, "0.68 * 0.6", "named no-slope");
	exercise_end(&exercise);
}

/* A formula is judged as a formula: with these numbers w5 * 1.2 is w6, with others it is not. */
static void test_names_are_judged_in_general(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	struct assessment *asked = exercise_ask(&exercise, SLOPE);
	assert_non_null(asked);
	assert_says(&exercise, "sum_y1*(1-sum_y1)", "named sum-for-unit");
	assert_says(&exercise, "y1*(1-y1) + w6 - 0.6", "right"); /* 0.6 is w6 there too */
	assert_says(&exercise, "y1*(1-y1) + 12*w5 - 10*w6", "none");
	assert_true(asked->verdict.is_wrong_form);
	exercise_end(&exercise);
}

static void assert_refused(struct exercise *exercise, const char *text, size_t column)
{
	struct error err = {0};
	assert_int_equal(assess_text(&exercise->assessment, text, &err), STATUS_BAD_INPUT);
	assert_int_equal(err.column, column);
	assert_int_equal(err.line, 0); /* the message itself says where: not 1:6: twice */
	assert_true(err.message[0] != '\0');
}

static void test_what_cannot_be_read_says_where(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_non_null(exercise_ask(&exercise, SLOPE));
	assert_refused(&exercise, "", 0);
	assert_refused(&exercise, "1.234,5", 6);
	assert_refused(&exercise, "0.73*(1-", 9); /* where something is missing */
	assert_refused(&exercise, "0.73*q", 6);
	assert_refused(&exercise, "ŷ₁·q", 4); /* columns are those of what was typed */
	assert_refused(&exercise, "1/0", 0);
	assert_refused(&exercise, "0.5$", 4);
	exercise_end(&exercise);
}

/* The asked number by its name would be right whatever it is, and so would one that is worked out
 * from it; what stands on the board already may be named. */
static void test_what_is_not_known_has_no_name(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_non_null(exercise_ask(&exercise, SLOPE));
	assert_refused(&exercise, "dy1/dsum_y1", 1);
	assert_refused(&exercise, "∂ŷ₁/∂sum_ŷ₁", 1);
	assert_refused(&exercise, "dy1/dsum_y1 * 1", 1);
	assert_refused(&exercise, "0 + dE1/dw5 / dE1/dy1 / n1", 5);
	assert_refused(&exercise, "2*w5'", 5);
	assert_says(&exercise, "dE1/dy1", "named other-number");
	exercise_end(&exercise);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_notation_is_right),
	    cmocka_unit_test(test_negative_numbers),
	    cmocka_unit_test(test_every_reading_of_a_number_is_tried),
	    cmocka_unit_test(test_names_are_judged_in_general),
	    cmocka_unit_test(test_what_cannot_be_read_says_where),
	    cmocka_unit_test(test_what_is_not_known_has_no_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
