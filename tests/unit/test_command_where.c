/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_where.c -- an address leads to the step that it was printed at, with its numbers, in
 * any sitting with its lesson. */
#include "sitting.h"

#include <stdio.h>
#include <stdlib.h>

#include "backstep/session/figure_text.h"

enum { MOST_STEPS = 150 }; /* of a lesson are gone to, evenly, over two updates */

static void place_of(struct sitting *sitting, char place[256])
{
	type_good(sitting, "where");
	assert_int_equal(sscanf(answer(sitting), "place: %255[^\n]", place), 1);
}

static void go(struct sitting *sitting, const char *place)
{
	char line[300];
	snprintf(line, sizeof line, "goto %s", place);
	type_good(sitting, line);
}

/* From a step to its address, elsewhere, and back by the address: the same step and number. */
static void test_addresses_lead_back(void **state)
{
	static const char *const lessons[] = {
	    "sigmoid-2-2-2",  "xor-relu",       "softmax-cross-entropy", "rmsprop-and-adam",
	    "mini-batches",   "or-perceptron",  "batch-normalisation",   "chain-rule-f-u-v",
	    "residual-block", "regularisation", "old-or-new-weights",
	};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting;
		char place[256];
		sitting_open(&sitting, lessons[i]);
		uint64_t n = 2 * stepper_n_steps(&sitting.session->stepper);
		for (uint64_t number = 1; number <= n; number += n / MOST_STEPS + 1) {
			char line[32];
			snprintf(line, sizeof line, "goto %llu", (unsigned long long)number);
			type_good(&sitting, line);
			double value = sitting.session->step.value;
			place_of(&sitting, place);
			type_good(&sitting, "goto 1");
			go(&sitting, place);
			if (stepper_number(&sitting.session->stepper) != number)
				fail_msg(
				    "%s leads to %llu, from %llu", place,
				    (unsigned long long)stepper_number(&sitting.session->stepper),
				    (unsigned long long)number);
			assert_same_bits(sitting.session->step.value, value);
		}
		sitting_end(&sitting);
	}
}

/* Settings and numbers of a seed are in it; another sitting gets the same number by it. */
static void test_an_address_brings_its_numbers(void **state)
{
	static const char *const lines[][4] = {
	    {"set optimizer adam", "set rate 0.02", "set l2 0.1", "goto v_w1"},
	    {"set chain deltas", "set schedule step", "update 2", "goto w5"},
	    {"goto sigmoid-2-2-2@1.loss.E?fresh=5&draw=1", "set rate 0.5", "next", "goto w1"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct sitting here, there;
		char place[256], again[256];
		sitting_open(&here, "sigmoid-2-2-2");
		for (size_t k = 0; k < 4; k++)
			type_good(&here, lines[i][k]);
		place_of(&here, place);
		sitting_open(&there, "sigmoid-2-2-2");
		type_good(&there, "set optimizer momentum");
		type_good(&there, "goto w8");
		go(&there, place);
		place_of(&there, again);
		assert_string_equal(again, place);
		assert_same_bits(there.session->step.value, here.session->step.value);
		sitting_end(&here);
		sitting_end(&there);
	}
}

/* y1 (1 - y1) with the numbers of seed 7, draw 2: 0.255793 (1 - 0.255793) = 0.190363. */
static void test_an_address_asks_its_question(void **state)
{
	(void)state;
	struct sitting sitting;
	char place[256];
	sitting_open(&sitting, "sigmoid-2-2-2");
	go(&sitting, "sigmoid-2-2-2@1.backward.w5.p1.f2?fresh=7&draw=2&ask");
	assert_non_null(sitting.context.tutor->open);
	assert_null(strstr(answer(&sitting), "0.19036"));
	place_of(&sitting, place);
	assert_string_equal(place, "sigmoid-2-2-2@1.backward.w5.p1.f2?fresh=7&draw=2&ask");
	type_good(&sitting, "answer 0.1904");
	assert_contains(answer(&sitting), "Right: 0.190363.");
	const struct learner *learner = &sitting.context.tutor->learner;
	assert_string_equal(learner->events[0].at, place);
	sitting_end(&sitting);
}

static void test_bad_addresses_change_nothing(void **state)
{
	static const struct {
		const char *line, *complaint;
	} rows[] = {
	    {"goto xor@1.forward.y", "first: lesson xor"},
	    {"goto sigmoid-2-2-2@1.backward.w9", "there is no step called '1.backward.w9'"},
	    {"goto sigmoid-2-2-2@1.backward.w9?fresh=7", "there is no step called"},
	    {"goto sigmoid-2-2-2@1.backward.w5?rate=hello", "expected a number"},
	    {"goto sigmoid-2-2-2@1.backward.w5?speed=3", "there is no setting 'speed'"},
	    {"goto sigmoid-2-2-2@1.backward.w5?rate", "'rate' is no address"},
	    {"goto sigmoid-2-2-2@1.backward.w5?draw=-1", "expected a whole number"},
	    {"goto sigmoid-2-2-2@9999999999.forward.y1", "updates away"},
	};
	(void)state;
	struct sitting sitting;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rate 0.3");
	type_good(&sitting, "goto w7");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i].line, rows[i].complaint);
	sitting_end(&sitting);
}

/* An expectation that fails ends in the address of the step that computes the number. */
static void test_what_fails_says_where(void **state)
{
	static const char *const names[] = {"n1", "dE/dw1", "dy1/dsum_y1", "E"};
	(void)state;
	struct sitting sitting;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rate 0.3");
	type_good(&sitting, "update 2");
	type_good(&sitting, "goto w4");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char line[300], value[64];
		snprintf(line, sizeof line, "expect %s = 7", names[i]);
		assert_int_equal(type(&sitting, line), STATUS_FAILED);
		const char *at = strstr(complaint(&sitting), ", at ");
		assert_non_null(at);
		assert_int_equal(sscanf(complaint(&sitting), "error: %*[^:]: got %63[^,]", value),
				 1);
		snprintf(line, sizeof line, "goto %.*s", (int)strcspn(at + 5, "\n"), at + 5);
		assert_non_null(strstr(line, "?rate=0.3"));
		type_good(&sitting, line);
		assert_near(sitting.session->step.value, strtod(value, NULL), 1e-15);
		type_good(&sitting, "goto w4");
	}
	sitting_end(&sitting);
}

/* Without ? an address is about the settings in force, and that is said where they are not the
 * lesson's own; a ? alone has those. w5' is 0.451878, with the rate 0.3 it is 0.475939: w5 - 0.3 *
 * 0.0802031. */
static void test_an_address_without_settings(void **state)
{
	static const struct {
		const char *line, *value, *says;
	} rows[] = {
	    {"goto sigmoid-2-2-2@1.update.w5", "0.475939",
	     "With the settings in force; with the lesson's own: goto "
	     "sigmoid-2-2-2@1.update.w5?\n"},
	    {"goto sigmoid-2-2-2@1.update.w5?rate=0.3", "0.475939", NULL},
	    {"goto sigmoid-2-2-2@1.update.w5?", "0.451878", NULL},
	    {"goto sigmoid-2-2-2@1.update.w5", "0.451878", NULL},
	};
	(void)state;
	struct sitting sitting;
	sitting_open(&sitting, "sigmoid-2-2-2");
	sitting.context.reports_steps = true;
	type_good(&sitting, "set rate 0.3");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		type_good(&sitting, rows[i].line);
		assert_contains(answer(&sitting), rows[i].value);
		bool says = strstr(answer(&sitting), "in force") != NULL;
		assert_int_equal(says, rows[i].says != NULL);
		if (rows[i].says)
			assert_contains(answer(&sitting), rows[i].says);
	}
	sitting_end(&sitting);
}

/* A setting changed in the second update: its address cannot lead there from the start, and where
 * says so; in the first update it does, and glyphs are no number. */
static void test_settings_changed_on_the_way(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rate 0.4");
	type_good(&sitting, "goto w5");
	type_good(&sitting, "where");
	assert_null(strstr(answer(&sitting), "on the way"));
	type_good(&sitting, "update");
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "next");
	type_good(&sitting, "where");
	assert_null(strstr(answer(&sitting), "on the way"));
	type_good(&sitting, "set rate 0.3");
	type_good(&sitting, "where");
	assert_contains(answer(&sitting), "settings were changed on the way");
	type_good(&sitting, "back 3");
	type_good(&sitting, "where");
	assert_null(strstr(answer(&sitting), "on the way"));
	sitting_end(&sitting);
}

/* Each printed figure of the lessons that a step computes says which, in the lesson's own run, also
 * where a setting has changed the number. */
static void test_figures_say_where(void **state)
{
	static const char *const lessons[] = {"sigmoid-2-2-2", "sigmoid-2-2-1", "linear-2-2-1",
					      "or-perceptron", "activations"};
	size_t n = 0;
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting, there;
		sitting_open(&sitting, lessons[i]);
		sitting_open(&there, lessons[i]);
		type_good(&there, "set rate 0.3");
		const struct figures *figures = &sitting.session->figures;
		for (size_t k = 0; k < figures->n_items; k++) {
			const struct figure *figure = &figures->items[k];
			struct strbuf line = {0};
			strbuf_add(&line, "goto ");
			figure_print_address(there.session, figure, &line);
			if (line.len > 5) {
				type_good(&there, strbuf_str(&line));
				assert_near(there.session->step.value, figure->exact, 1e-12);
				type_good(&there, "set rate 0.3");
				n++;
			}
			strbuf_free(&line);
		}
		sitting_end(&sitting);
		sitting_end(&there);
	}
	assert_true(n > 60);
}

/* To go to an address with other numbers is one command: undo leads back to where one was, with the
 * numbers that one had, and what was done there is undone with the address's settings in force. */
static void an_address_is_taken_back_whole(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rate 0.1");
	type_good(&sitting, "next 5");
	type_good(&sitting, "set w5 = 0.25");
	moment_take(&sitting, &before);
	type_good(&sitting, "goto sigmoid-2-2-2@1.forward.y1?rate=7");
	type_good(&sitting, "update 2");
	type_good(&sitting, "set digits 4");
	type_good(&sitting, "undo");
	type_good(&sitting, "set rate");
	assert_string_equal(answer(&sitting), "rate 7\n");
	type_good(&sitting, "undo 2");
	moment_take(&sitting, &after);
	assert_same_moment(&after, &before);
	type_good(&sitting, "redo");
	type_good(&sitting, "set rate");
	assert_string_equal(answer(&sitting), "rate 7\n");
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_addresses_lead_back),
	    cmocka_unit_test(test_an_address_brings_its_numbers),
	    cmocka_unit_test(test_an_address_asks_its_question),
	    cmocka_unit_test(test_bad_addresses_change_nothing),
	    cmocka_unit_test(test_what_fails_says_where),
	    cmocka_unit_test(test_figures_say_where),
	    cmocka_unit_test(test_an_address_without_settings),
	    cmocka_unit_test(test_settings_changed_on_the_way),
	    cmocka_unit_test(an_address_is_taken_back_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
