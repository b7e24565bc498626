/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_exam.c -- an exam: numbers by a code, nothing told before its time, answers that can
 * be changed, the hand-in. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/text.h"
#include "backstep/command/exam_line.h"
#include "backstep/teach/report.h"
#include "program.h"
#include "temporary.h"

/* Owns: all of it. */
struct taking {
	struct session *session;
	struct exam exam;
	struct exam_sitting sitting;
};

static void take(struct taking *taking, const char *lesson, const char *code)
{
	struct error_list errors = {0};
	struct error err = {0};
	text_locale_init();
	language_set(LANGUAGE_EN);
	*taking = (struct taking){.sitting.shown = 1};
	assert_int_equal(session_new(&taking->session, NULL), STATUS_OK);
	if (session_open(taking->session, lesson, &errors))
		fail_msg("%s", errors.items[0].message);
	if (exam_open(&taking->exam, taking->session, code, &err))
		fail_msg("%s", err.message);
	taking->sitting.exam = &taking->exam;
}

static void leave(struct taking *taking)
{
	strbuf_free(&taking->sitting.out);
	exam_close(&taking->exam);
	session_free(taking->session);
}

static enum status say(struct taking *taking, const char *line, struct error *err)
{
	strbuf_clear(&taking->sitting.out);
	*err = (struct error){0};
	return exam_line_run(&taking->sitting, line, err);
}

static const char *answer(struct taking *taking, const char *line)
{
	struct error err;
	if (say(taking, line, &err))
		fail_msg("%s: %s", line, err.message);
	return strbuf_str(&taking->sitting.out);
}

static double value_of(const struct taking *taking, size_t n)
{
	return taking->exam.questions[n - 1].a->board.question.value;
}

static void answer_with(struct taking *taking, size_t n, double value)
{
	char line[64];
	snprintf(line, sizeof line, "%zu: %.6g", n, value);
	answer(taking, line);
}

/* y = w x + b = 2 * 3 + 1 = 7, E = (7 - 5)^2 / 2 = 2, dE/dw = 2 * 3 = 6, w' = 2 - 0.5 * 6 = -1. */
static void write_lesson(char path[TEMPORARY_PATH], const char *more)
{
	struct strbuf text = {0};
	strbuf_addf(&text, "%squiz: {kinds: [sum, loss, product, new-weight], reveal: end}\n%s",
		    lesson_line, more);
	temporary_lesson(path, strbuf_str(&text));
	strbuf_free(&text);
}

static void test_a_code_is_its_numbers(void **state)
{
	(void)state;
	struct taking ana, again, ben, none;
	take(&ana, "sigmoid-2-2-2", "ana");
	take(&again, "sigmoid-2-2-2", "ana");
	take(&ben, "sigmoid-2-2-2", "ben");
	take(&none, "sigmoid-2-2-2", NULL);
	size_t n_same = 0;
	assert_int_equal(ana.exam.n_questions, again.exam.n_questions);
	for (size_t n = 1; n <= ana.exam.n_questions; n++) {
		assert_same_bits(value_of(&ana, n), value_of(&again, n));
		for (size_t k = 1; k <= ben.exam.n_questions; k++)
			n_same += value_of(&ana, n) == value_of(&ben, k);
	}
	assert_int_equal(n_same, 0);
	/* without one the lesson's own: 0.734929 (1 - 0.734929), by hand 0.1948 */
	assert_near(value_of(&none, 1), 0.734929 * (1.0 - 0.734929), 1e-6);
	leave(&ana);
	leave(&again);
	leave(&ben);
	leave(&none);
}

/* Whether text has the number in it, with four digits or more. */
static bool tells(const char *text, double value)
{
	for (int digits = 4; digits <= 6; digits++) {
		char number[32];
		snprintf(number, sizeof number, "%.*g", digits, value < 0.0 ? -value : value);
		if (strlen(number) >= 5 && strstr(text, number))
			return true;
	}
	return false;
}

/* The text of any question has the number of none, not even under another name: the gradient of a
 * weight with one path is that path's product. */
static void test_no_question_tells_another(void **state)
{
	static const char *const lessons[] = {"sigmoid-2-2-2",         "xor-relu",
					      "softmax-cross-entropy", "two-tanh",
					      "linear-2-2-1",          "delta-rule"};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct taking taking;
		take(&taking, lessons[i], "carla");
		struct strbuf all = {0};
		strbuf_add(&all, answer(&taking, "list"));
		for (size_t n = 1; n <= taking.exam.n_questions; n++) {
			char line[16];
			snprintf(line, sizeof line, "%zu", n);
			strbuf_add(&all, answer(&taking, line));
		}
		for (size_t n = 1; n <= taking.exam.n_questions; n++)
			if (tells(strbuf_str(&all), value_of(&taking, n)))
				fail_msg("%s tells question %zu", lessons[i], n);
		strbuf_free(&all);
		leave(&taking);
	}
}

/* What other programs of the shell say of the exam's lesson, and of the file that it is handed in
 * as: no number that the exam asks. They draw no numbers: a code is the exam's alone. */
static void test_no_subcommand_tells_a_number(void **state)
{
	static const char *const lines[] = {
	    "trace sigmoid-2-2-2",
	    "trace --format jsonl --updates 2 sigmoid-2-2-2",
	    "check --quiz sigmoid-2-2-2",
	    "check sigmoid-2-2-2",
	    "train --epochs 3 sigmoid-2-2-2",
	    "list --lang es",
	    "help exam",
	};
	static const char *const with_code[] = {
	    "trace --code ana sigmoid-2-2-2", "check --quiz --code ana sigmoid-2-2-2",
	    "train --code ana sigmoid-2-2-2", "--console --code ana sigmoid-2-2-2"};
	(void)state;
	struct taking taking;
	struct strbuf all = {0};
	take(&taking, "sigmoid-2-2-2", "ana");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct program program = program_args(lines[i]);
		strbuf_addf(&all, "%s%s", program_out(&program), program_err(&program));
		program_free(&program);
	}
	assert_non_null(strstr(strbuf_str(&all), "0.194809"));
	for (size_t n = 1; n <= taking.exam.n_questions; n++)
		if (tells(strbuf_str(&all), value_of(&taking, n)))
			fail_msg("question %zu is told", n);
	for (size_t i = 0; i < sizeof with_code / sizeof *with_code; i++)
		assert_run(with_code[i], 2, "", "--code");
	strbuf_free(&all);
	leave(&taking);
}

static void test_lines_that_are_refused(void **state)
{
	static const struct {
		const char *line, *complaint;
	} rows[] = {
	    {"0: 1", "expected a whole number"},
	    {"99: 1", "the questions are 1 to 10"},
	    {"99", "the questions are 1 to 10"},
	    {"1: 0.1@", "unexpected '@'"},
	    {"1:", ""},
	    {"goto w5", "nothing that an exam knows"},
	    {"show values", "nothing that an exam knows"},
	    {"hand-in", "which file?"},
	};
	(void)state;
	struct taking taking;
	struct error err;
	take(&taking, "sigmoid-2-2-2", "ana");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(say(&taking, rows[i].line, &err), STATUS_BAD_INPUT);
		if (!strstr(err.message, rows[i].complaint))
			fail_msg("%s: %s", rows[i].line, err.message);
	}
	assert_int_equal(taking.exam.tutor.learner.n_events, 0);
	leave(&taking);
}

/* Told at once: right closes a question, and so does the last try. */
static void test_verdicts_at_once(void **state)
{
	(void)state;
	struct taking taking;
	struct error err;
	take(&taking, "sigmoid-2-2-2", "ana");
	answer_with(&taking, 4, value_of(&taking, 4));
	assert_non_null(strstr(strbuf_str(&taking.sitting.out), "4: Right"));
	assert_int_equal(say(&taking, "4: 0.5", &err), STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, "question 4 is over"));
	for (size_t i = 0; i < 3; i++)
		answer(&taking, "1: 0.987");
	assert_int_equal(say(&taking, "1: 0.988", &err), STATUS_BAD_INPUT);
	leave(&taking);
}

/* The product of a path is worked out from a slope that was wrong: it counts, once. */
static void test_who_goes_on_from_a_wrong_number_is_right(void **state)
{
	(void)state;
	struct taking taking;
	take(&taking, "sigmoid-2-2-2", "ana");
	double wrong = 1.5 * value_of(&taking, 1); /* dy1/dsum_y1 */
	answer_with(&taking, 1, wrong);
	answer_with(&taking, 2, 1.5 * value_of(&taking, 2)); /* dE1/dw5, which has it as a factor */
	answer_with(&taking, 5, 1.5 * value_of(&taking, 5)); /* dE1/dw1 has it too */
	assert_int_equal(exam_grade(&taking.exam), 1);
	assert_true(taking.exam.questions[1].a->verdict.is_carried);
	leave(&taking);
}

/* Right from a wrong number is what was typed after it, in whatever order the questions stand, and
 * a report of the file says so of the same answers. */
static void test_a_report_carries_as_the_exam_does(void **state)
{
	enum { N_ORDERS = 3, N_ASKED = 3 };
	static const size_t orders[N_ORDERS][N_ASKED] = {{1, 2, 5}, {2, 1, 5}, {5, 2, 1}};
	static const size_t n_right[N_ORDERS] = {1, 1, 0};
	(void)state;
	for (size_t k = 0; k < N_ORDERS; k++) {
		struct taking taking;
		struct class_report report = {0};
		char file[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
		take(&taking, "sigmoid-2-2-2", "ana");
		for (size_t i = 0; i < N_ASKED; i++) {
			size_t n = orders[k][i];
			answer_with(&taking, n, 1.5 * value_of(&taking, n));
		}
		temporary_name(file, ".bsp");
		snprintf(line, sizeof line, "hand-in %s", file);
		answer(&taking, line);
		assert_int_equal(exam_grade(&taking.exam), n_right[k]);
		assert_int_equal(report_add(&report, file, NULL), STATUS_OK);
		assert_int_equal(report_regrade(&report, NULL), STATUS_OK);
		assert_int_equal(report.n_lost, 0);
		assert_int_equal(report.tallies[0][N_SKILLS].n_right, n_right[k]);
		const struct learner *learner = &taking.exam.tutor.learner;
		for (size_t i = 0; i < N_ASKED; i++)
			assert_int_equal(report.students[0].learner.events[i].verdict,
					 learner->events[i].verdict);
		report_free(&report);
		leave(&taking);
		unlink(file);
	}
}

/* Kept back until the hand-in, in what is said and in what is kept; the last answer counts. */
static void test_verdicts_at_the_end(void **state)
{
	(void)state;
	struct taking taking;
	struct error err;
	struct student student;
	char lesson[TEMPORARY_PATH], file[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
	write_lesson(lesson, "");
	take(&taking, lesson, NULL);
	assert_int_equal(taking.exam.n_questions, 4);
	assert_string_equal(answer(&taking, "1: 7.00"), "1: noted.\n");
	assert_string_equal(answer(&taking, "2: 4.00"), "2: noted.\n"); /* without the half */
	assert_string_equal(answer(&taking, "4: -1.000"), "4: noted.\n");
	assert_string_equal(answer(&taking, "3: 5.000"), "3: noted.\n");
	assert_string_equal(answer(&taking, "3: 6.000"), "3: noted.\n");
	const struct learner *learner = &taking.exam.tutor.learner;
	for (size_t i = 0; i < learner->n_events; i++) {
		assert_int_equal(learner->events[i].verdict, N_VERDICT_KINDS);
		assert_string_equal(learner->events[i].slip, "");
	}
	temporary_name(file, ".bsp");
	snprintf(line, sizeof line, "hand-in %s", file);
	assert_non_null(strstr(answer(&taking, line), "3 of 4 right."));
	assert_int_equal(say(&taking, "1: 8", &err), STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, "was handed in"));
	assert_int_equal(student_read(&student, file, NULL), STATUS_OK);
	assert_int_equal(student.learner.n_events, 6);
	assert_int_equal(student.learner.events[1].verdict, VERDICT_NAMED);
	assert_string_equal(student.learner.events[1].slip, "half-two");
	assert_int_equal(student.learner.events[4].verdict, VERDICT_RIGHT);
	assert_int_equal(student.learner.events[5].kind, EVENT_HAND_IN);
	student_free(&student);
	leave(&taking);
}

/* What was answered is taken up; that the lesson is another one since then is said. */
static void test_an_exam_goes_on(void **state)
{
	(void)state;
	struct taking first, second;
	char lesson[TEMPORARY_PATH], changed[TEMPORARY_PATH];
	write_lesson(lesson, "");
	write_lesson(changed, "# another\n");
	take(&first, lesson, NULL);
	answer(&first, "1: 7.00");
	answer(&first, "3: 5.000");
	answer(&first, "3: 6.000");
	for (size_t i = 0; i < 2; i++) {
		struct learner kept = {0};
		const struct learner *learner = &first.exam.tutor.learner;
		for (size_t e = 0; e < learner->n_events; e++)
			assert_int_equal(learner_note(&kept, &learner->events[e], NULL), STATUS_OK);
		take(&second, i == 0 ? lesson : changed, NULL);
		exam_resume(&second.exam, &kept);
		assert_string_equal(second.exam.questions[2].typed, "6.000");
		assert_null(second.exam.questions[1].typed);
		assert_int_equal(second.exam.tutor.learner.n_events, 3);
		exam_line_begin(&second.sitting);
		const char *said = strbuf_str(&second.sitting.out);
		assert_int_equal(strstr(said, "The lesson has changed since 3 of the") != NULL, i);
		leave(&second);
	}
	leave(&first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_code_is_its_numbers),
	    cmocka_unit_test(test_no_question_tells_another),
	    cmocka_unit_test(test_no_subcommand_tells_a_number),
	    cmocka_unit_test(test_lines_that_are_refused),
	    cmocka_unit_test(test_verdicts_at_once),
	    cmocka_unit_test(test_who_goes_on_from_a_wrong_number_is_right),
	    cmocka_unit_test(test_a_report_carries_as_the_exam_does),
	    cmocka_unit_test(test_verdicts_at_the_end),
	    cmocka_unit_test(test_an_exam_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
