/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_set.c -- settings: what each does, which values it takes, and that a bad value
 * changes nothing. */
#include "sitting.h"
#include "temporary.h"

static void settings_are_listed(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	type_good(&sitting, "set");
	assert_contains(answer(&sitting), "  chain     auto           how a gradient");
	assert_null(strstr(answer(&sitting), "rate"));
	type_good(&sitting, "lesson sigmoid-2-2-2");
	type_good(&sitting, "set");
	assert_contains(answer(&sitting), "  chain     auto (paths)   how a gradient");
	assert_contains(answer(&sitting), "  digits    6              significant");
	assert_contains(answer(&sitting), "  rate      0.6");
	assert_contains(answer(&sitting), "gd: w - rate*g, ");
	type_good(&sitting, "set rate");
	assert_string_equal(answer(&sitting), "rate 0.6\n");
	type_good(&sitting, "poner digits");
	assert_string_equal(answer(&sitting), "digits 6\n");
	type_good(&sitting, "poner digitos 4"); /* every setting has a Spanish name */
	type_good(&sitting, "set digits");
	assert_string_equal(answer(&sitting), "digits 4\n");
	sitting_end(&sitting);
}

static void bad_values_change_nothing(void **state)
{
	static const char *const rows[][2] = {
	    {"set chain path", "chain cannot be 'path'; choose one of: auto, paths, deltas"},
	    {"set chain paths deltas", "chain cannot be 'paths deltas'"},
	    {"set digits 0", "digits: expected a whole number from 1 to 17, found '0'"},
	    {"set digits 0,5", "digits: expected a whole number from 1 to 17, found '0,5'"},
	    {"set digits 18", "expected a whole number"},
	    {"set digits six", "expected a whole number"},
	    {"set glyphs utf8", "choose one of: unicode, ascii, words"},
	    {"set glyphs latex", "choose one of: unicode, ascii, words"},
	    {"set language fr", "choose one of: en, es"},
	    {"set optimizer perceptron", "the perceptron rule needs one layer"},
	    {"set optimizer adma", "optimizer cannot be 'adma'; choose one of: gd, "},
	    {"set rule momentum", "choose one of: descent"},
	    {"set rate 0,5", "expected a number, found '0,5'"},
	    {"set rate fast", "expected a number, found 'fast'"},
	    {"set rate -1", "rate"},
	    {"set rate nan", "expected a number"},
	    {"set rate inf", "expected a number"},
	    {"set rate 1e999", "is too large"},
	    {"set rate 0x1p3", "expected a number"},
	    {"set digts 4", "there is no setting 'digts'; did you mean 'digits'?"},
	    {"set momentum 0.9", "there is no setting 'momentum'; show settings lists them"},
	    {"set momentum", "there is no setting 'momentum'"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 150");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i][0], rows[i][1]);
	/* at a commit too, where setting a rate would begin the next update */
	type_good(&sitting, "goto commit");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i][0], rows[i][1]);
	sitting_end(&sitting);

	sitting_begin(&sitting);
	assert_refused(&sitting, "set rate 0.5", "there is no setting 'rate'; open a lesson first");
	assert_refused(&sitting, "set rule descent", "open a lesson first");
	assert_refused(&sitting, "set digts 4", "did you mean 'digits'?");
	sitting_end(&sitting);
}

static void digits_and_glyphs_change_what_is_shown(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 13");
	type_good(&sitting, "set digits 3");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "so far 0.685 · 0.195 · 0.601 = 0.0802");
	type_good(&sitting, "set digits 17");
	type_good(&sitting, "back");
	assert_contains(answer(&sitting), "= 0.19480854692685917");
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "set digits 6");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "[14] backward - w5 - factor 3 of 3\n"
					  "     dsum_y1/dw5 = n1 = 0.601088\n");
	sitting_end(&sitting);
}

enum { N_SEEN = 8 };

/* The rows of two epochs of four updates each, from the start on, to which it goes back. */
static void see_rows(struct sitting *sitting, size_t rows[N_SEEN])
{
	const struct trainer *trainer = &sitting->session->stepper.trainer;
	for (size_t k = 0; k < N_SEEN; k++) {
		type_good(sitting, "next");
		rows[k] = trainer->rows[0] + 1;
		type_good(sitting, "update");
	}
	type_good(sitting, "restart");
}

static void assert_each_once(const size_t rows[4])
{
	size_t seen = 0;
	for (size_t k = 0; k < 4; k++)
		seen += (size_t)1 << (4 * (rows[k] - 1));
	assert_int_equal(seen, 0x1111);
}

/* What was set before stays, and so does the example by hand. */
static void shuffle_is_set_at_the_start(void **state)
{
	struct sitting sitting, other;
	static const size_t as_they_stand[N_SEEN] = {1, 2, 3, 4, 1, 2, 3, 4};
	size_t rows[N_SEEN];
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "set rate 0.25");
	type_good(&sitting, "set rounding 3");
	type_good(&sitting, "break w1");
	see_rows(&sitting, rows);
	assert_memory_equal(rows, as_they_stand, sizeof rows);
	type_good(&sitting, "next");
	assert_refused(&sitting, "set shuffle true",
		       "shuffle can be set at the start only; go there with: restart");
	type_good(&sitting, "back");
	assert_refused(&sitting, "set shuffle yes", "choose one of: true, false");
	type_good(&sitting, "set shuffle true");
	see_rows(&sitting, rows);
	assert_each_once(rows);
	assert_each_once(rows + 4);
	assert_memory_not_equal(rows, as_they_stand, sizeof rows);
	type_good(&sitting, "set");
	assert_contains(answer(&sitting), "  rate      0.25");
	assert_contains(answer(&sitting), "  rounding  3 half-up");
	assert_contains(answer(&sitting), "  shuffle   true ");
	assert_int_equal(sitting.session->n_breaks, 1);
	type_good(&sitting, "show lesson");
	assert_contains(answer(&sitting), "every epoch takes the rows in another order");
	type_good(&sitting, "set shuffle false");
	see_rows(&sitting, rows);
	assert_memory_equal(rows, as_they_stand, sizeof rows);
	/* the commands that led here lead there again */
	sitting_open(&other, "or-perceptron");
	struct strbuf done = {0}, again = {0};
	journal_script(&sitting.session->journal, &done);
	char *record = strdup(strbuf_str(&done));
	for (char *rest = record, *line; (line = strsep(&rest, "\n")) && *line;)
		type_good(&other, line);
	journal_script(&other.session->journal, &again);
	assert_string_equal(strbuf_str(&again), strbuf_str(&done));
	strbuf_free(&done);
	strbuf_free(&again);
	free(record);
	sitting_end(&other);
	sitting_end(&sitting);
}

/* The position stays with what the step is about. */
static void the_form_of_the_chain_keeps_the_place(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 40");
	type_good(&sitting, "set chain deltas");
	assert_string_equal(sitting.session->step.param, "w1");
	/* and it is the step of the new form that is shown */
	assert_string_equal(sitting.session->step.place.class->name, "gradient");
	assert_int_equal(sitting.session->step.number, stepper_number(&sitting.session->stepper));
	type_good(&sitting, "expect dE/dw5 = 0.0802031");
	type_good(&sitting, "set chain paths");
	assert_string_equal(sitting.session->step.param, "w1");
	type_good(&sitting, "goto n2");
	type_good(&sitting, "set chain deltas");
	assert_string_equal(sitting.session->step.name, "n2");
	type_good(&sitting, "set chain auto");
	type_good(&sitting, "set chain");
	assert_string_equal(answer(&sitting), "chain auto (paths)\n");
	/* by deltas an update takes 40 steps */
	type_good(&sitting, "set chain deltas");
	type_good(&sitting, "update 2");
	assert_int_equal(stepper_number(&sitting.session->stepper), 80);
	sitting_end(&sitting);
}

static void paths_are_refused_where_there_are_too_many(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	(void)state;
	temporary_deep_lesson(path);
	sitting_open(&sitting, path);
	type_good(&sitting, "set chain");
	assert_string_equal(answer(&sitting), "chain auto (deltas)\n");
	type_good(&sitting, "goto w5");
	assert_refused(&sitting, "set chain paths", "paths");
	type_good(&sitting, "set chain deltas");
	sitting_end(&sitting);
}

static void the_language_is_that_of_every_answer(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set language es");
	type_good(&sitting, "next");
	assert_null(strstr(answer(&sitting), "forward"));
	assert_contains(answer(&sitting), "     > Atención a los índices");
	type(&sitting, "nxet");
	assert_null(strstr(complaint(&sitting), "unknown"));
	type_good(&sitting, "set language en");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "[2] forward · n1\n");
	sitting_end(&sitting);
}

static void rules_are_switched(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "goto 12");
	assert_contains(answer(&sitting), "w₂ ← w₂ + η · ε");
	type_good(&sitting, "set rule rosenblatt");
	type_good(&sitting, "back");
	type_good(&sitting, "next");
	/* x1 is 0 in the second row, x2 is 1; the rate is 0.5 */
	type_good(&sitting, "goto w1");
	assert_contains(answer(&sitting), "w₁ ← w₁ + η · ε · x₁ = 0.5 + 0.5 · 1 · 0 = 0.5\n");
	type_good(&sitting, "set rate 0.25");
	type_good(&sitting, "goto w2");
	assert_contains(answer(&sitting), "= 0.5 + 0.25 · 1 · 1 = 0.75\n");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(settings_are_listed),
	    cmocka_unit_test(bad_values_change_nothing),
	    cmocka_unit_test(digits_and_glyphs_change_what_is_shown),
	    cmocka_unit_test(shuffle_is_set_at_the_start),
	    cmocka_unit_test(the_form_of_the_chain_keeps_the_place),
	    cmocka_unit_test(paths_are_refused_where_there_are_too_many),
	    cmocka_unit_test(the_language_is_that_of_every_answer),
	    cmocka_unit_test(rules_are_switched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
