/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_break.c -- conditions that stop the walk: continue and back break find the very
 * steps that a walk step by step finds, and nothing else. */
#include "sitting.h"

#include <math.h>
#include <stdio.h>

#include "backstep/trace/expression.h"

enum { MOST_STOPS = 400 };

/* What is seen of a condition, or of a number that may change, at the position. */
static struct value look(struct sitting *sitting, const char *text)
{
	struct expression expression;
	struct arena *arena = arena_new();
	assert_int_equal(
	    expression_read(&expression, &sitting->session->stepper, NULL, text, arena, NULL),
	    STATUS_OK);
	const struct value value = expression_value(&expression, &sitting->session->stepper);
	arena_free(arena);
	return value;
}

/* Where the walk has to stop on its first n_steps, by stepping; more < 0: where it comes to hold.
 */
static size_t walk(struct sitting *sitting, const char *text, double more, uint64_t n_steps,
		   uint64_t stops[MOST_STOPS])
{
	struct value last = look(sitting, text), before = last;
	size_t n = 0;
	for (uint64_t step = 1; step <= n_steps; step++) {
		/* at a commit the values before are still there; the next step begins anew */
		if (sitting->session->stepper.index ==
		    stepper_n_steps(&sitting->session->stepper)) {
			stepper_leave_commit(&sitting->session->stepper);
			before = look(sitting, text);
		}
		type_good(sitting, "next");
		const struct value now = look(sitting, text);
		bool comes =
		    now.known && now.value != 0.0 && !(before.known && before.value != 0.0);
		bool changes = now.known && last.known && fabs(now.value - last.value) > more;
		if (more < 0.0 ? comes : changes)
			stops[n++] = step;
		before = now;
		last = now.known ? now : last;
		assert_true(n < MOST_STOPS);
	}
	return n;
}

static void check_stops(const char *lesson, const char *text, double more, const char *breakpoint,
			uint64_t n_steps)
{
	uint64_t stops[MOST_STOPS];
	struct sitting sitting;
	sitting_open(&sitting, lesson);
	sitting.context.reports_steps = false;
	size_t n = walk(&sitting, text, more, n_steps, stops);
	assert_true(n >= 3);
	type_good(&sitting, "goto 0");
	type_good(&sitting, breakpoint);
	for (size_t k = 0; k < n; k++) {
		type_good(&sitting, "continue");
		if (stepper_number(&sitting.session->stepper) != stops[k])
			fail_msg("%s: stop %zu is at %llu, not at %llu", breakpoint, k + 1,
				 (unsigned long long)stops[k],
				 (unsigned long long)stepper_number(&sitting.session->stepper));
	}
	for (size_t k = n - 1; k-- > 0;) {
		type_good(&sitting, "back break");
		assert_int_equal(stepper_number(&sitting.session->stepper), stops[k]);
	}
	assert_refused(&sitting, "back break", "no breakpoint lies before this step");
	sitting_end(&sitting);
}

static void conditions_stop_where_they_come_to_hold(void **state)
{
	(void)state;
	check_stops("sigmoid-2-2-2", "E < 0.24", -1.0, "break if E < 0.24", 900);
	check_stops("sigmoid-2-2-2", "dE/dw5 > 0.0805", -1.0, "break dE/dw5 > 0.0805", 900);
	check_stops("xor-relu-learn", "y(2) > 0.06", -1.0, "break y(2) > 0.06", 2000);
	check_stops("sigmoid-2-2-2", "y1 - w5 > 0.25", -1.0, "break if y1 - w5 > 0.25", 900);
}

static void changes_stop_where_they_are_seen(void **state)
{
	(void)state;
	check_stops("sigmoid-2-2-2", "w5", 0.0, "break change w5", 600);
	check_stops("sigmoid-2-2-2", "E", 0.0, "break change E", 600);
	check_stops("sigmoid-2-2-2", "w5", 0.048, "break change w5 > 0.048", 1500);
	check_stops("perceptron-convergence", "w1", 0.0, "break change w1", 600);
}

static void several_are_told_apart(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "break w6");
	type_good(&sitting, "break if E < 0.23");
	type_good(&sitting, "break change w5 > 0.01");
	type_good(&sitting, "break");
	assert_string_equal(answer(&sitting), "1  w6\n2  if E < 0.23\n3  change w5 > 0.01\n");
	type_good(&sitting, "continue"); /* 17: the first step about w6 */
	assert_int_equal(stepper_number(&sitting.session->stepper), 17);
	type_good(&sitting, "continue"); /* the commit: 128 steps */
	assert_contains(answer(&sitting), "breakpoint 3: change w5 > 0.01\n[128]");
	type_good(&sitting, "break off 1");
	type_good(&sitting, "break off 2");
	assert_string_equal(answer(&sitting), "1  if E < 0.23\n");
	type_good(&sitting, "continue");
	assert_contains(answer(&sitting), "breakpoint 1: if E < 0.23\n");
	assert_true(look(&sitting, "E").value < 0.23);
	type_good(&sitting, "break off");
	assert_string_equal(answer(&sitting), "no breakpoints\n");
	assert_refused(&sitting, "break off 1", "there is no breakpoint 1");
	assert_refused(&sitting, "break if E", "compares nothing");
	assert_refused(&sitting, "break if 1 < 2", "no number of the walk");
	assert_refused(&sitting, "break if zz < 2", "no number called 'zz'");
	assert_refused(&sitting, "break change", "expected");
	assert_refused(&sitting, "break nan w5", "nan takes no more");
	sitting_end(&sitting);
}

static void nan_is_met(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "set rate 1000000");
	type_good(&sitting, "break nan");
	type_good(&sitting, "continue");
	assert_contains(answer(&sitting), "breakpoint 1: nan\n");
	assert_false(sitting.session->step.finite);
	sitting_end(&sitting);
}

static void training_ends_where_it_holds(void **state)
{
	struct sitting sitting;
	uint64_t update;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "train until E < 0.2");
	assert_contains(answer(&sitting), "updates: E < 0.2\n");
	update = stepper_updates(&sitting.session->stepper);
	assert_true(stepper_at_commit(&sitting.session->stepper));
	assert_true(look(&sitting, "E").value < 0.2);
	type_good(&sitting, "undo");
	type_good(&sitting, "break E < 0.2");
	type_good(&sitting, "continue");
	assert_int_equal(stepper_updates(&sitting.session->stepper), update);
	/* one that is not reached fails, and is where it has come to */
	assert_int_equal(type(&sitting, "train until E < 0 within 10"), STATUS_FAILED);
	assert_contains(complaint(&sitting), "E < 0 was not reached in 10 updates");
	assert_int_equal(stepper_updates(&sitting.session->stepper), update + 9);
	assert_refused(&sitting, "train until", "expected");
	assert_refused(&sitting, "train until w5", "compares nothing");
	assert_refused(&sitting, "train until E < 1 within 0", "from 1");
	sitting_end(&sitting);
}

/* y of the same inputs is the walk's own; of others that of a network where they are the row. */
static void a_new_row_is_answered(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto E");
	moment_take(&sitting, &before);
	type_good(&sitting, "evaluate 0.1 0.5");
	assert_contains(answer(&sitting), "0.734929\n");
	assert_contains(answer(&sitting), "0.779554\n");
	type_good(&sitting, "evaluate 0.3 0.4");
	/* sum_n1 = 0.03 + 0.12 + 0.25 = 0.4, n1 = 0.598688; sum_n2 = 0.06 + 0.16 + 0.25 = 0.47,
	 * n2 = 0.615384; sum_y1 = 0.299344 + 0.369230 + 0.35 = 1.018574, y1 = 0.734695 */
	assert_contains(answer(&sitting), "0.734695\n");
	moment_take(&sitting, &after);
	assert_same_moment(&after, &before);
	moment_free(&before);
	moment_free(&after);
	assert_refused(&sitting, "evaluate 1", "2 inputs, not 1");
	assert_refused(&sitting, "evaluate 1 2 3", "2 inputs, not 3");
	assert_refused(&sitting, "evaluate 1 x", "expected");
	sitting_end(&sitting);
}

/* A keyboard at which somebody presses a key in pause number stops_at (from 1); 0: nobody does. */
struct keyboard {
	size_t n_pauses, stops_at;
	double seconds;
};

static bool pause_at(void *ctx, double seconds)
{
	struct keyboard *keyboard = ctx;
	keyboard->seconds = seconds;
	return ++keyboard->n_pauses != keyboard->stops_at;
}

/* Steps go by themselves until a key, the update's end, a breakpoint or a question; what was played
 * can be undone, and is in the script as one move. */
static void play_stops_where_it_says(void **state)
{
	struct keyboard keyboard = {.stops_at = 5};
	const struct command_front front = {.ctx = &keyboard, .pause = pause_at};
	struct sitting sitting;
	struct strbuf script = {0};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	sitting.context.front = &front;
	struct stepper *stepper = &sitting.session->stepper;
	type_good(&sitting, "play");
	assert_int_equal(stepper_number(stepper), 5);
	assert_true(keyboard.seconds == 0.5);
	assert_contains(answer(&sitting), "\nstopped at step 5\n");
	keyboard.stops_at = 0;
	type_good(&sitting, "reproducir 8");
	assert_int_equal(stepper_number(stepper), 128);
	assert_true(keyboard.seconds == 0.125);
	assert_int_equal(keyboard.n_pauses, 5 + 122); /* none after the last step */
	assert_contains(answer(&sitting), "stopped at step 128: the update is done");
	type_good(&sitting, "break w6");
	type_good(&sitting, "play 1000");
	assert_int_equal(stepper_number(stepper), 128 + 17);
	assert_contains(answer(&sitting), ": breakpoint w6");
	type_good(&sitting, "undo 2");
	assert_int_equal(stepper_number(&sitting.session->stepper), 128);
	journal_script(&sitting.session->journal, &script);
	assert_string_equal(strbuf_str(&script), "goto 5\ngoto 128\n");
	assert_refused(&sitting, "play 0", "steps in a second: from 0.05 to 1000");
	type_good(&sitting, "predict product");
	type_good(&sitting, "play 20");
	assert_int_equal(stepper_number(&sitting.session->stepper), 128 + 14);
	assert_refused(&sitting, "play", "question");
	strbuf_free(&script);
	sitting_end(&sitting);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(conditions_stop_where_they_come_to_hold),
	    cmocka_unit_test(changes_stop_where_they_are_seen),
	    cmocka_unit_test(several_are_told_apart),
	    cmocka_unit_test(nan_is_met),
	    cmocka_unit_test(training_ends_where_it_holds),
	    cmocka_unit_test(a_new_row_is_answered),
	    cmocka_unit_test(play_stops_where_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
