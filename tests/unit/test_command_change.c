/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_change.c -- other numbers: set NAME = NUMBER, what-if, diff; and that all that only
 * looks leaves every bit as it was. */
#include "sitting.h"

#include <stdio.h>
#include <unistd.h>

#include "temporary.h"

static double number(struct sitting *sitting, const char *name)
{
	struct ref ref;
	struct value value;
	assert_int_equal(value_find(&sitting->session->stepper, session_here(sitting->session),
				    name, &ref, &value, NULL),
			 STATUS_OK);
	return value.value;
}

/* A moment without the journal. */
static void take(const struct sitting *sitting, struct moment *moment)
{
	journal_free(&sitting->session->journal);
	moment_take(sitting, moment);
}

static void a_parameter_gets_another_number(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update");
	type_good(&sitting, "next 20");
	uint64_t place = stepper_number(&sitting.session->stepper);
	type_good(&sitting, "goto 100");
	take(&sitting, &before);
	type_good(&sitting, "goto 148");
	assert_int_equal(place, 148);
	double old = number(&sitting, "y1");
	type_good(&sitting, "set w5 = 0.75");
	assert_contains(answer(&sitting), "w5 0.451878 → 0.75\n");
	assert_int_equal(stepper_number(&sitting.session->stepper), place);
	assert_true(number(&sitting, "w5") == 0.75 && number(&sitting, "y1") > old);
	/* y1 is that of a network that has the number */
	double y1 = number(&sitting, "y1");
	type_good(&sitting, "goto 100");
	take(&sitting, &after);
	assert_same_moment(&after, &before); /* the bits before are the old ones */
	type_good(&sitting, "goto 148");
	assert_same_bits(number(&sitting, "y1"), y1);
	type_good(&sitting, "restart");
	assert_true(number(&sitting, "w5") == 0.5);
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

static void it_can_be_undone(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update 2");
	type_good(&sitting, "goto 300");
	double y1 = number(&sitting, "y1");
	type_good(&sitting, "set w5 = 0.8");
	assert_true(number(&sitting, "w5") == 0.8 && number(&sitting, "y1") != y1);
	type_good(&sitting, "undo");
	assert_same_bits(number(&sitting, "y1"), y1);
	type_good(&sitting, "redo");
	assert_true(number(&sitting, "w5") == 0.8);
	sitting_end(&sitting);
}

/* At the start too, where the first numbers of all are replaced. */
static void restart_drops_it(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set w5 = 0.75");
	type_good(&sitting, "update 3");
	type_good(&sitting, "goto 0");
	assert_true(number(&sitting, "w5") == 0.75);
	type_good(&sitting, "restart");
	assert_true(number(&sitting, "w5") == 0.5);
	sitting_end(&sitting);
}

/* An input and a target likewise: the rows follow the walk, forwards and back, and what is drawn of
 * them too. */
static void a_row_gets_other_numbers(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	double y, E;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "update 2");
	type_good(&sitting, "back");
	take(&sitting, &before);
	type_good(&sitting, "goto 500");
	uint64_t place = stepper_number(&sitting.session->stepper);
	type_good(&sitting, "set x1(3) = 0.5");
	assert_string_equal(answer(&sitting), "x1(3) 1 → 0.5\n");
	type_good(&sitting, "set t(1) += 0.25");
	assert_string_equal(answer(&sitting), "t(1) 0 → 0.25\n");
	assert_int_equal(stepper_number(&sitting.session->stepper), place);
	type_good(&sitting, "goto J");
	y = number(&sitting, "y(3)");
	E = number(&sitting, "E(1)");
	assert_same_bits(E, pow(number(&sitting, "y(1)") - 0.25, 2));
	type_good(&sitting, "goto 471");
	take(&sitting, &after);
	assert_same_moment(&after, &before); /* before it are the old numbers */
	assert_true(number(&sitting, "x1(3)") == 1.0 && number(&sitting, "t(1)") == 0.0);
	type_good(&sitting, "train 3");
	assert_true(number(&sitting, "x1(3)") == 0.5);
	type_good(&sitting, "goto 471");
	type_good(&sitting, "goto 500");
	type_good(&sitting, "goto J");
	assert_same_bits(number(&sitting, "y(3)"), y);
	assert_same_bits(number(&sitting, "E(1)"), E);
	type_good(&sitting, "view data");
	assert_contains(answer(&sitting), "0.5  0");
	type_good(&sitting, "from x1(3)");
	assert_contains(answer(&sitting), "it was given");
	type_good(&sitting, "goto xor-relu-learn@1.row3.forward.y?"); /* the lesson's own */
	assert_true(number(&sitting, "x1(3)") == 1.0);
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

/* A script and a state hold it. */
static void it_is_saved(void **state)
{
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 32];
	struct sitting sitting, other;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update 2");
	type_good(&sitting, "set w5 = 0.75");
	type_good(&sitting, "update");
	temporary_name(path, ".state");
	snprintf(line, sizeof line, "save-state %s", path);
	type_good(&sitting, line);
	sitting_open(&other, "sigmoid-2-2-2");
	snprintf(line, sizeof line, "load-state %s", path);
	type_good(&other, line);
	assert_same_bits(number(&other, "w5"), number(&sitting, "w5"));
	unlink(path);
	struct strbuf script = {0};
	journal_script(&sitting.session->journal, &script);
	assert_contains(strbuf_str(&script), "set w5 = 0.75\n");
	strbuf_free(&script);
	sitting_end(&sitting);
	sitting_end(&other);
}

/* What looks changes nothing, wherever it looks from. */
static void looking_changes_nothing(void **state)
{
	static const char *const lessons[] = {"sigmoid-2-2-2", "xor-relu-learn", "dropout",
					      "batch-normalisation", "optimizer-tour"};
	static const char *const places[] = {"goto 0",   "next 7",  "goto update",
					     "update 3", "next 11", "update 2"};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting;
		sitting_open(&sitting, lessons[i]);
		sitting.context.reports_steps = false;
		for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
			char param[LABEL_TEXT], line[2 * LABEL_TEXT];
			static const char *const looks[][2] = {
			    {"print", ""},       {"from", ""},           {"to", ""},
			    {"show", ""},        {"what-if", " += 0.1"}, {"history", ""},
			    {"history", " step"}};
			struct moment before, after;
			type_good(&sitting, places[k]);
			const struct model *model = stepper_model(&sitting.session->stepper);
			model_param_name(model, model->order[0], param);
			take(&sitting, &before);
			for (size_t n = 0; n < sizeof looks / sizeof *looks; n++) {
				snprintf(line, sizeof line, "%s %s%s", looks[n][0], param,
					 looks[n][1]);
				type(&sitting, line);
				take(&sitting, &after);
				assert_same_moment(&after, &before);
				moment_free(&after);
			}
			type(&sitting, "what-if x1 += 0.5"); /* not every lesson has one */
			type(&sitting, "what-if x1(2) += 0.5");
			type_good(&sitting, "diff 0 3");
			take(&sitting, &after);
			assert_same_moment(&after, &before);
			moment_free(&after);
			moment_free(&before);
		}
		sitting_end(&sitting);
	}
}

/* The slope of the loss that what-if tells is near its derivative, and is the difference of two
 * networks: (E(w5 + 0.001) - E(w5)) / 0.001. */
static void what_if_tells_the_slope(void **state)
{
	struct sitting sitting;
	double wanted, delta = 0.001;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto E");
	double before = number(&sitting, "E");
	type_good(&sitting, "what-if w5 += 0.001");
	assert_contains(answer(&sitting), "∂E/∂w5 = 0.0802031\n"); /* as the lecture's */
	const char *slope = strstr(answer(&sitting), "ΔE/Δw5 = ");
	assert_non_null(slope);
	double told = strtod(slope + strlen("ΔE/Δw5 = "), NULL);
	type_good(&sitting, "set w5 = 0.501");
	wanted = (number(&sitting, "E") - before) / delta;
	assert_near(told, wanted, 1e-6);
	assert_refused(&sitting, "what-if y1 = 3", "y1 is worked out, or fixed");
	assert_refused(&sitting, "what-if w5 = x", "expected");
	assert_refused(&sitting, "what-if", "which number is to be another one");
	assert_refused(&sitting, "set E = 3", "E is worked out, or fixed");
	assert_refused(&sitting, "set w99 = 3", "no number called 'w99'");
	assert_refused(&sitting, "diff 1", "between which two places");
	assert_refused(&sitting, "diff 1 nowhere", "no step called 'nowhere'");
	sitting_end(&sitting);
}

static void places_have_names(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 35");
	type_good(&sitting, "bookmark slope-of-n1");
	type_good(&sitting, "update 2");
	type_good(&sitting, "goto slope-of-n1");
	assert_int_equal(stepper_number(&sitting.session->stepper), 35);
	type_good(&sitting, "bookmark");
	assert_string_equal(answer(&sitting), "slope-of-n1  35\n");
	assert_refused(&sitting, "bookmark w5", "name of a place already");
	assert_refused(&sitting, "bookmark 12", "a word of letters");
	assert_refused(&sitting, "bookmark two words", "a word of letters");
	sitting_end(&sitting);
}

/* from and diff take every place that goto takes: number, address, bookmark, name, phase; what they
 * say of one place is the same, however it is called. */
static void every_command_takes_every_place(void **state)
{
	static const char *const same[] = {"13", "sigmoid-2-2-2@1.backward.w5.p1.f2", "slope"};
	struct sitting sitting;
	char line[ADDRESS_TEXT], wanted[2][1024] = {"", ""};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 13");
	type_good(&sitting, "bookmark slope");
	type_good(&sitting, "update 2");
	type_good(&sitting, "goto w8");
	for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
		struct moment before, after;
		take(&sitting, &before);
		snprintf(line, sizeof line, "from %s", same[k]);
		type_good(&sitting, line);
		assert_contains(answer(&sitting), "0.194809"); /* 0.734929 (1 - 0.734929) */
		assert_string_equal(*wanted[0] ? wanted[0] : answer(&sitting), answer(&sitting));
		snprintf(wanted[0], sizeof wanted[0], "%s", answer(&sitting));
		snprintf(line, sizeof line, "diff %s sigmoid-2-2-2@1.backward.w5.p1.f3", same[k]);
		type_good(&sitting, line);
		assert_string_equal(*wanted[1] ? wanted[1] : answer(&sitting), answer(&sitting));
		snprintf(wanted[1], sizeof wanted[1], "%s", answer(&sitting));
		take(&sitting, &after);
		assert_same_moment(&after, &before);
		moment_free(&before);
		moment_free(&after);
	}
	type_good(&sitting, "from forward");
	assert_contains(answer(&sitting), "sum_n₁ = x₁ · w₁");
	assert_refused(&sitting, "from commit", "step 256 is not done yet");
	assert_refused(&sitting, "from sigmoid-2-2-2@9.forward.y1", "is not done yet");
	assert_refused(&sitting, "from 0", "at the start nothing has been computed");
	assert_refused(&sitting, "from xor-relu@1.forward.y", "a place in another lesson");
	assert_refused(&sitting, "diff 1 sigmoid-2-2-2@1.forward.y1?rate=7", "others than those");
	sitting_end(&sitting);
}

/* A row of history leads to its step. */
static void rows_of_history_lead_on(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update 3");
	type_good(&sitting, "history w5");
	const struct command_context *context = &sitting.context;
	assert_int_equal(context->n_links, 4);
	for (size_t k = 0; k < context->n_links; k++) {
		char wanted[LABEL_TEXT];
		snprintf(wanted, sizeof wanted, "goto %zu", 128 * k);
		assert_string_equal(context->links[k].command, wanted);
		assert_int_equal(context->links[k].line, k + 1);
	}
	sitting_end(&sitting);
}

static void watches_tell_what_changes(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "watch y1");
	assert_string_equal(answer(&sitting), "y1 = ·\n");
	type_good(&sitting, "goto y1");
	assert_contains(answer(&sitting), "\ny1 = 0.734929\n");
	type_good(&sitting, "next");
	assert_null(strstr(answer(&sitting), "y1 = 0.734929\n"));
	type_good(&sitting, "watch off 1");
	type_good(&sitting, "watch");
	assert_string_equal(answer(&sitting), "nothing is watched\n");
	assert_refused(&sitting, "watch off 1", "there is no watch 1");
	assert_refused(&sitting, "watch zz", "no number called 'zz'");
	sitting_end(&sitting);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_parameter_gets_another_number),
	    cmocka_unit_test(it_can_be_undone),
	    cmocka_unit_test(restart_drops_it),
	    cmocka_unit_test(a_row_gets_other_numbers),
	    cmocka_unit_test(it_is_saved),
	    cmocka_unit_test(looking_changes_nothing),
	    cmocka_unit_test(what_if_tells_the_slope),
	    cmocka_unit_test(places_have_names),
	    cmocka_unit_test(every_command_takes_every_place),
	    cmocka_unit_test(rows_of_history_lead_on),
	    cmocka_unit_test(watches_tell_what_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
