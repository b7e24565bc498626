/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_teach.c -- asking before showing: nothing gives an open number away, an answer
 * changes no number, and what was answered can be handed in. */
#include "sitting.h"

#include <stdio.h>
#include <unistd.h>

#include "../../src/command/command_private.h"
#include "backstep/base/file.h"
#include "backstep/teach/student_file.h"
#include "temporary.h"

/* The slope of y1, 0.734929 (1 - 0.734929) = 0.19480857, is step 13. */
static void ask_slope(struct sitting *sitting)
{
	type_good(sitting, "lesson sigmoid-2-2-2");
	type_good(sitting, "goto loss");
	type_good(sitting, "predict slope");
	type_good(sitting, "phase");
	type_good(sitting, "phase");
	assert_non_null(sitting->context.tutor->open);
	assert_int_equal(sitting->context.tutor->number, 13);
}

/* Any rounding of the open value to four digits or more, and its double, to be sure of it. */
static void assert_hides(const char *text, const char *from)
{
	static const char *const digits[] = {"0.1948", "0,1948", "0.19480", ".19481", "0.3896"};
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		if (strstr(text, digits[i]))
			fail_msg("%s gives %s away", from, digits[i]);
}

/* Said once, where it is found out; the verdict of an answer is not hidden by it. */
static void test_a_file_that_cannot_be_written_is_told_once(void **state)
{
	(void)state;
	char path[] = "/dev/null/progress.bsp";
	struct error err = {0};
	struct sitting sitting;
	sitting_begin(&sitting);
	ask_slope(&sitting);
	assert_int_equal(command_keep_progress(&sitting.context, path, &err), STATUS_IO);
	assert_string_equal(err.message, "answers are not kept: the file cannot be written");
	type_good(&sitting, "answer 0.1948");
	assert_non_null(strstr(answer(&sitting), "Right: 0.194809."));
	sitting_end(&sitting);
}

/* What is typed while a question is open. */
static const char *const curious[] = {
    "show network",
    "show formula",
    "show values",
    "show weights",
    "show gradients",
    "show loss",
    "show metrics",
    "show rounding",
    "show optimizer",
    "show boundary",
    "show settings",
    "show stages",
    "show verdict",
    "check",
    "figures",
    "why",
    "progress",
    "compare momentum",
    "hint",
    "next",
    "chain",
    "phase",
    "update",
    "goto 14",
    "continue",
    "figures dy1/dsum_y1",
    "expect dy1/dsum_y1 = 0.5",
    "show lesson",
    "goto w1",
    "epoch",
};

static void assert_curious_learn_nothing(struct sitting *sitting)
{
	for (size_t i = 0; i < sizeof curious / sizeof *curious; i++) {
		type(sitting, curious[i]);
		assert_hides(answer(sitting), curious[i]);
		assert_hides(complaint(sitting), curious[i]);
		assert_non_null(sitting->context.tutor->open);
		assert_int_equal(stepper_number(&sitting->session->stepper), 12);
	}
}

static void test_nothing_gives_an_open_number_away(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	ask_slope(&sitting);
	assert_hides(answer(&sitting), "the question");
	assert_curious_learn_nothing(&sitting);
	/* and after it is answered, it is there */
	type_good(&sitting, "answer 0.1948");
	assert_contains(answer(&sitting), "0.194809");
	sitting_end(&sitting);
}

/* The part is 1 - 0.734929 = 0.265071. */
static void test_nothing_gives_a_part_away(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	ask_slope(&sitting);
	type_good(&sitting, "answer 0.511");
	type_good(&sitting, "answer 0.522");
	assert_true(sitting.context.tutor->part.is_open);
	assert_curious_learn_nothing(&sitting);
	for (size_t i = 0; i < sizeof curious / sizeof *curious; i++) {
		if (strcmp(curious[i], "hint") == 0) /* the second would tell it */
			continue;
		type(&sitting, curious[i]);
		assert_null(strstr(answer(&sitting), "0.2650"));
		assert_null(strstr(answer(&sitting), "0.2651"));
	}
	assert_true(sitting.context.tutor->part.is_open);
	type_good(&sitting, "answer 0.2651");
	assert_hides(answer(&sitting), "the part");
	sitting_end(&sitting);
}

static void test_a_saved_file_gives_nothing_away(void **state)
{
	(void)state;
	struct sitting sitting;
	struct strbuf text = {0};
	char path[TEMPORARY_PATH];
	temporary_name(path, "open.state");
	sitting_begin(&sitting);
	ask_slope(&sitting);
	char line[TEMPORARY_PATH + 32];
	snprintf(line, sizeof line, "save-state %s", path);
	type_good(&sitting, line);
	assert_int_equal(file_read(path, 1 << 20, &text, NULL), STATUS_OK);
	assert_hides(strbuf_str(&text), "save-state");
	assert_null(strstr(strbuf_str(&text), "0.451878")); /* nor w5's new value */
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* A question and back is the same question; a wrong answer changes no number. */
static void test_an_answer_changes_no_number(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	ask_slope(&sitting);
	double before = sitting.session->built.model->graph.grad[0];
	type_good(&sitting, "answer 0.2703");
	type_good(&sitting, "back 3");
	assert_int_equal(stepper_number(&sitting.session->stepper), 9);
	assert_non_null(sitting.context.tutor->open);
	type_good(&sitting, "chain");
	type_good(&sitting, "chain");
	assert_int_equal(sitting.context.tutor->number, 13);
	assert_int_equal(sitting.context.tutor->tries, 1);
	assert_true(before == sitting.session->built.model->graph.grad[0]);
	type_good(&sitting, "answer 0.1948");
	assert_int_equal(stepper_number(&sitting.session->stepper), 13);
	sitting_end(&sitting);
}

/* Who answers the question itself where a part of it is asked has answered it: 0.1948 is
 * y1 (1 - y1), of which 1 - y1 is asked. */
static void test_the_whole_may_be_answered_at_a_part(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	ask_slope(&sitting);
	type_good(&sitting, "answer 0.511");
	type_good(&sitting, "answer 0.522");
	assert_true(sitting.context.tutor->part.is_open);
	type_good(&sitting, "answer 0.533"); /* neither: the part stays */
	assert_true(sitting.context.tutor->part.is_open);
	type_good(&sitting, "answer 0.73*(1-0.73)");
	assert_contains(answer(&sitting), "Right: 0.194809.");
	assert_null(sitting.context.tutor->open);
	sitting_end(&sitting);
}

static void test_attempts_end(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	ask_slope(&sitting);
	type_good(&sitting, "answer 0.5");
	type_good(&sitting, "answer 0.2"); /* too short to judge near the value: no attempt */
	assert_int_equal(sitting.context.tutor->tries, 1);
	type_good(&sitting, "answer 0.511");
	/* of two nothing could be said: 1 - 0.734929 goes first */
	assert_contains(answer(&sitting), "First a part of it");
	type_good(&sitting, "answer 0.2651");
	type_good(&sitting, "answer 0.522");
	assert_contains(answer(&sitting), "0.194809");
	assert_int_equal(stepper_number(&sitting.session->stepper), 13);
	sitting_end(&sitting);
}

/* Two right in a row, each with numbers of its own, and the practice is over. */
static void test_practice_ends_with_two_right(void **state)
{
	(void)state;
	struct sitting sitting;
	char line[64];
	uint64_t seeds[2];
	sitting_begin(&sitting);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	type_good(&sitting, "quiz slope --seed 3");
	for (size_t i = 0; i < 2; i++) {
		const struct tutor *tutor = sitting.context.tutor;
		assert_non_null(tutor->open);
		seeds[i] = tutor->quiz_seed;
		snprintf(line, sizeof line, "answer %.6f", tutor->open->board.question.value);
		type_good(&sitting, line);
		if (i == 0) /* which rule it was goes first */
			type_good(&sitting, "1");
	}
	assert_true(seeds[0] != seeds[1]);
	assert_false(sitting.context.tutor->is_asking);
	/* the lesson's own numbers are back */
	assert_false(sitting.session->has_fresh);
	assert_contains(answer(&sitting),
			"The practice is over: the lesson's own numbers are back");
	type_good(&sitting, "expect w5 = 0.5000");
	sitting_end(&sitting);
}

static size_t count_level_2(struct sitting *sitting)
{
	size_t place;
	type_good(sitting, "predict 2");
	return tutor_count(sitting->context.tutor, &place);
}

/* w5 and w1 meet two slopes, y1's and n1's; who can do them is asked one, and shown the other. */
static void test_what_one_can_do_is_asked_once(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_int_equal(count_level_2(&sitting), 7);
	type_good(&sitting, "set ask-rule off");
	type_good(&sitting, "quiz slope --seed 3");
	for (size_t i = 0; i < 2; i++) {
		const char *unit = sitting.context.tutor->open->board.question.step.of;
		char line[3 * LABEL_TEXT];
		snprintf(line, sizeof line, "answer %s*(1-%s)", unit, unit);
		type_good(&sitting, line);
	}
	assert_false(sitting.context.tutor->is_asking);
	assert_int_equal(count_level_2(&sitting), 6);
	sitting_end(&sitting);
}

/* w5 is 0.5 in the lesson and 0.06 among the numbers of seed 3. */
static void test_practice_that_is_left_gives_the_numbers_back(void **state)
{
	(void)state;
	static const char *const lines[] = {"predict off", "predict 3"};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct sitting sitting;
		sitting_begin(&sitting);
		type_good(&sitting, "lesson sigmoid-2-2-2");
		type_good(&sitting, "quiz slope --seed 3");
		type_good(&sitting, "expect w5 = 0.0600");
		type_good(&sitting, lines[i]);
		assert_contains(answer(&sitting), "own numbers are back");
		type_good(&sitting, "expect w5 = 0.5000");
		type_good(&sitting, lines[i]); /* nothing to leave */
		assert_null(strstr(answer(&sitting), "own numbers"));
		sitting_end(&sitting);
	}
}

/* The thresholds of these units are steps: a slope of 0 is not worth asking, whatever the draw. */
/* The walk goes on where it was, to the bit; where its steps are counted otherwise now, at the
 * start. */
static void test_practice_leads_back_to_where_one_was(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	type_good(&sitting, "update 3");
	type_good(&sitting, "goto w1");
	uint64_t number = stepper_number(&sitting.session->stepper);
	double w5 = sitting.session->built.model->graph.theta[4];
	type_good(&sitting, "quiz slope --seed 3");
	assert_true(w5 != sitting.session->built.model->graph.theta[4]);
	type_good(&sitting, "predict off");
	assert_int_equal(stepper_number(&sitting.session->stepper), number);
	assert_same_bits(sitting.session->built.model->graph.theta[4], w5);
	type_good(&sitting, "back 200");
	type_good(&sitting, "goto w1");
	type_good(&sitting, "quiz slope --seed 3");
	type_good(&sitting, "set chain deltas");
	type_good(&sitting, "predict off");
	assert_int_equal(stepper_number(&sitting.session->stepper), 0);
	type_good(&sitting, "expect w5 = 0.5000");
	sitting_end(&sitting);
}

static void test_practice_that_is_refused_leaves_the_numbers(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson mcculloch-pitts-gates");
	assert_refused(&sitting, "quiz slope --seed 2", "no step that asks it");
	assert_false(sitting.session->has_fresh);
	type_good(&sitting, "expect w32 = -1.000");
	sitting_end(&sitting);
}

/* What the lesson's quiz names goes first: the gates ask sums. */
static void test_practice_alone_picks_what_can_be_asked(void **state)
{
	(void)state;
	static const char *const lessons[] = {"lesson mcculloch-pitts-gates",
					      "lesson xor-from-and-not", "lesson xnor-two-layers",
					      "lesson sigmoid-2-2-2"};
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting;
		sitting_begin(&sitting);
		type_good(&sitting, lessons[i]);
		type_good(&sitting, "quiz --seed 1");
		assert_non_null(sitting.context.tutor->open);
		assert_int_equal(sitting.context.tutor->quiz_skill,
				 i < 3 ? SKILL_SUM : SKILL_SLOPE);
		sitting_end(&sitting);
	}
}

static void test_the_same_seed_is_the_same_question(void **state)
{
	(void)state;
	double values[2];
	for (size_t i = 0; i < 2; i++) {
		struct sitting sitting;
		sitting_begin(&sitting);
		type_good(&sitting, "lesson sigmoid-2-2-2");
		type_good(&sitting, "quiz product --seed 41");
		values[i] = sitting.context.tutor->open->board.question.value;
		sitting_end(&sitting);
	}
	assert_same_bits(values[0], values[1]);
}

static void test_hand_in_writes_what_was_answered(void **state)
{
	(void)state;
	struct sitting sitting;
	struct student student;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 32];
	temporary_name(path, "ana.bsp");
	sitting_begin(&sitting);
	ask_slope(&sitting);
	type_good(&sitting, "answer 0,2703");
	type_good(&sitting, "hint");
	type_good(&sitting, "answer 0.1948");
	snprintf(line, sizeof line, "hand-in %s", path);
	type_good(&sitting, line);
	assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
	assert_int_equal(student.learner.n_events, 3);
	assert_int_equal(student.n_edited, 0);
	assert_string_equal(student.learner.events[0].typed, "0,2703");
	assert_string_equal(student.learner.events[0].slip, "sum-for-unit");
	assert_string_equal(student.learner.events[0].at, "sigmoid-2-2-2@1.backward.w5.p1.f2?ask");
	assert_int_equal(strlen(student.learner.events[0].version), 16);
	assert_int_equal(student.learner.events[2].verdict, VERDICT_RIGHT);
	student_free(&student);
	assert_refused(&sitting, "hand-in", "which file? for example: hand-in");
	assert_refused(&sitting, line, "exists"); /* nothing is overwritten */
	sitting_end(&sitting);
}

/* Who had 0.2703 for the slope of y1 goes on with 0.684929 * 0.2703 * 0.601088 = 0.111283: right
 * from there, once. */
static void test_an_earlier_number_is_carried(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	type_good(&sitting, "predict slope product");
	type_good(&sitting, "goto w5");
	type_good(&sitting, "chain");
	type_good(&sitting, "answer 0.2703");
	type_good(&sitting, "answer 0.2703");
	type_good(&sitting, "answer 0.2703");
	type_good(&sitting, "chain");
	assert_int_equal(sitting.context.tutor->skill, SKILL_PRODUCT);
	type_good(&sitting, "answer 0.1113");
	assert_contains(answer(&sitting),
			"Right from your earlier number; the exact one is 0.0802031");
	assert_null(sitting.context.tutor->open);
	sitting_end(&sitting);
}

/* At a question a line that begins as a number, or whose first word is a formula, is an answer. */
static void test_a_formula_needs_no_command(void **state)
{
	static const char *const right[] = {"y1*(1-y1)", "(1-y1)*y1", "0,734929*(1-0,734929)"};
	(void)state;
	struct sitting sitting;
	for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
		sitting_begin(&sitting);
		type_good(&sitting, "lesson sigmoid-2-2-2");
		type_good(&sitting, "predict slope");
		type_good(&sitting, "goto w5");
		type_good(&sitting, "chain");
		type_good(&sitting, "sum_y1*(1-y1)");
		type_good(&sitting, "show verdict");
		assert_contains(answer(&sitting), "verdict: named sum-for-unit");
		type_good(&sitting, right[i]);
		assert_contains(answer(&sitting), "Right: 0.194809.");
		sitting_end(&sitting);
	}
}

/* E = (t - y)^2 / 2, y = sigmoid(z), z = 0.6 * 0.5 - 0.9 * 0.3 + 0.1 = 0.13: dE/dw2 is
 * 0.332454 * 0.248947 * 0.9; without the slope 0.299209. */
static void test_a_lesson_says_how_it_asks(void **state)
{
	(void)state;
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
	temporary_lesson(path,
			 "network:\n  inputs: [x1, x2]\n  layers:\n    - {units: [y1], activation: "
			 "sigmoid, weights: [[w1=0.5, w2=-0.3]], bias: b1=0.1}\n"
			 "loss: {kind: half-squared-error}\n"
			 "data: [{x: [0.6, 0.9], target: [0.2]}]\n"
			 "training: {optimizer: gd, rate: 0.5}\n"
			 "quiz: {at: [w2], attempts: 2, hints: false, slips: [{class: no-slope, "
			 "es: \"¿y la sigmoide?\", en: \"the sigmoid is forgotten\"}]}\n");
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	type_good(&sitting, "predict product");
	type_good(&sitting, "update");
	assert_contains(answer(&sitting), "w2");
	assert_refused(&sitting, "hint", "no hints");
	type_good(&sitting, "answer 0.2992");
	assert_contains(answer(&sitting), "the sigmoid is forgotten");
	assert_contains(answer(&sitting), "Try 1 of 2");
	type_good(&sitting, "answer 0.777");
	/* two attempts, and the value is told; then the same once more with fresh numbers */
	assert_true(sitting.context.tutor->is_again);
	assert_true(sitting.session->has_fresh);
	type_good(&sitting, "reveal");
	assert_null(sitting.context.tutor->open);
	assert_false(sitting.session->has_fresh);
	sitting_end(&sitting);
}

static void assert_task(struct sitting *sitting, const char *begins)
{
	struct strbuf task = {0};
	command_print_task(&sitting->context, &task);
	assert_string_equal(strbuf_str(&task)[0] ? begins : "", begins);
	assert_memory_equal(strbuf_str(&task), begins, strlen(begins));
	strbuf_free(&task);
}

/* A task is done by its command alone; another is told, and the task stays. */
static void test_tasks_follow_what_was_done(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson first-steps");
	assert_task(&sitting, "next takes a step");
	type_good(&sitting, "update");
	assert_task(&sitting, "update: ");
	type_good(&sitting, "n"); /* the start of its name */
	type_good(&sitting, "siguiente");
	type_good(&sitting, "back");
	type_good(&sitting, "phase");
	type_good(&sitting, "goto 1"); /* not where it says */
	assert_task(&sitting, "goto: ");
	type_good(&sitting, "goto 0");
	type_good(&sitting, "predict slope");
	type_good(&sitting, "chain");
	assert_task(&sitting, "This is a question");
	/* who answers at once needs no hint */
	type_good(&sitting, "answer y*(1-y)");
	assert_task(&sitting, "That is what this is about");
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_task(&sitting, "");
	sitting_end(&sitting);
}

/* The option is read in either language; Spanish offers its own word. */
static void test_a_seed_in_spanish(void **state)
{
	(void)state;
	struct sitting sitting;
	struct words words = {0};
	double value;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "quiz slope --seed 3");
	value = sitting.context.tutor->open->board.question.value;
	type_good(&sitting, "predict off");
	language_set(LANGUAGE_ES);
	type_good(&sitting, "practicar pendiente --semilla 3");
	assert_same_bits(sitting.context.tutor->open->board.question.value, value);
	command_quiz.complete(&sitting.context, "", &words);
	bool is_offered = false;
	for (const char *word = NULL; (word = words_next(&words, word));)
		is_offered |= strcmp(word, "--semilla") == 0;
	assert_true(is_offered);
	words_free(&words);
	language_set(LANGUAGE_EN);
	sitting_end(&sitting);
}

static void test_bad_input(void **state)
{
	(void)state;
	struct sitting sitting;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_refused(&sitting, "answer 1", "no step is shown");
	assert_refused(&sitting, "hint", "no question is open");
	assert_refused(&sitting, "reveal", "no question is open");
	assert_refused(&sitting, "why", "nothing was answered");
	assert_refused(&sitting, "predict slop", "did you mean 'slope'");
	assert_refused(&sitting, "quiz nonesuch", "is no kind of step");
	assert_refused(&sitting, "quiz delta", "no step that asks it");
	assert_refused(&sitting, "quiz slope --seed x", "");
	type_good(&sitting, "goto 13");
	assert_refused(&sitting, "answer 0.19.4", "character 5");
	assert_refused(&sitting, "answer 0.73*(1-", "character 9");
	assert_refused(&sitting, "answer", "there is no number");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_gives_an_open_number_away),
	    cmocka_unit_test(test_a_file_that_cannot_be_written_is_told_once),
	    cmocka_unit_test(test_nothing_gives_a_part_away),
	    cmocka_unit_test(test_a_saved_file_gives_nothing_away),
	    cmocka_unit_test(test_an_answer_changes_no_number),
	    cmocka_unit_test(test_the_whole_may_be_answered_at_a_part),
	    cmocka_unit_test(test_attempts_end),
	    cmocka_unit_test(test_practice_ends_with_two_right),
	    cmocka_unit_test(test_practice_that_is_left_gives_the_numbers_back),
	    cmocka_unit_test(test_what_one_can_do_is_asked_once),
	    cmocka_unit_test(test_practice_leads_back_to_where_one_was),
	    cmocka_unit_test(test_practice_that_is_refused_leaves_the_numbers),
	    cmocka_unit_test(test_practice_alone_picks_what_can_be_asked),
	    cmocka_unit_test(test_the_same_seed_is_the_same_question),
	    cmocka_unit_test(test_hand_in_writes_what_was_answered),
	    cmocka_unit_test(test_an_earlier_number_is_carried),
	    cmocka_unit_test(test_a_formula_needs_no_command),
	    cmocka_unit_test(test_a_lesson_says_how_it_asks),
	    cmocka_unit_test(test_tasks_follow_what_was_done),
	    cmocka_unit_test(test_a_seed_in_spanish),
	    cmocka_unit_test(test_bad_input),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
