/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_students.c -- students' files: appended, chained, merged; and what a report says of
 * them. */
#include "../../src/teach/student_private.h"
#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backstep/base/file.h"
#include "backstep/base/text.h"
#include "backstep/teach/report.h"
#include "backstep/teach/student_file.h"
#include "temporary.h"

static struct event make_event(int64_t time, const char *typed, enum verdict_kind verdict)
{
	/* texts are copied by whoever keeps the event */
	static char lesson[] = "sigmoid-2-2-2";
	static char place[] = "update=1 row=1 backward factor w5 y1/sum_y1";
	static char at[] = "sigmoid-2-2-2@1.backward.w5.p1.f2";
	static char text[32];
	snprintf(text, sizeof text, "%s", typed);
	return (struct event){.kind = EVENT_ANSWER,
			      .time = time,
			      .lesson = lesson,
			      .place = place,
			      .typed = text,
			      .at = at,
			      .skill = SKILL_SLOPE,
			      .verdict = verdict,
			      .tries = 1,
			      .seconds = 12};
}

static void append(const char *path, int64_t time, const char *typed, enum verdict_kind verdict)
{
	struct event event = make_event(time, typed, verdict);
	struct error err = {0};
	if (student_append(path, "ana", &event, NULL, &err))
		fail_msg("%s", err.message);
}

static void read_text(const char *path, struct strbuf *text)
{
	assert_int_equal(file_read(path, 1 << 22, text, NULL), STATUS_OK);
}

/* A known value: of no bytes at all, FIPS 180-4. */
static void test_digest(void **state)
{
	char text[DIGEST_TEXT];
	(void)state;
	digest_bytes("", 0, text);
	assert_string_equal(text,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_what_is_appended_reads_back(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct student student;
	temporary_name(path, ".bsp");
	append(path, 1796033647, "0,2703", VERDICT_NAMED);
	append(path, 1796033660, "0.1948", VERDICT_RIGHT);
	assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
	assert_string_equal(student.code, "ana");
	assert_int_equal(student.learner.n_events, 2);
	assert_int_equal(student.n_edited, 0);
	assert_false(student.is_cut);
	const struct event *first = &student.learner.events[0];
	assert_string_equal(first->typed, "0,2703");
	assert_int_equal(first->time, 1796033647);
	assert_int_equal(first->verdict, VERDICT_NAMED);
	assert_string_equal(first->at, "sigmoid-2-2-2@1.backward.w5.p1.f2");
	student_free(&student);
	unlink(path);
}

/* Who changes a typed number by hand breaks the chain at that line. */
static void test_an_edited_line_is_noticed(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct student student;
	struct strbuf text = {0};
	temporary_name(path, ".bsp");
	append(path, 1, "0.2703", VERDICT_NAMED);
	append(path, 2, "0.1948", VERDICT_RIGHT);
	read_text(path, &text);
	char *digit = strstr(text.data, "0.2703");
	assert_non_null(digit);
	memcpy(digit, "0.1948", 6);
	unlink(path);
	assert_int_equal(file_create(path, text.data, text.len, NULL), STATUS_OK);
	assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
	assert_int_equal(student.n_edited, 1);
	assert_int_equal(student.first_edited, 2);
	student_free(&student);
	strbuf_free(&text);
	unlink(path);
}

/* What is written out of an edited file says so too: a hand-in washes nothing clean. */
static void test_an_edited_line_stays_one(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH], handed[TEMPORARY_PATH];
	struct student student;
	struct strbuf text = {0};
	temporary_name(path, ".bsp");
	temporary_name(handed, ".bsp");
	append(path, 1, "0.2703", VERDICT_NAMED);
	append(path, 2, "0.1948", VERDICT_RIGHT);
	read_text(path, &text);
	memcpy(strstr(text.data, "0.2703"), "0.1948", 6);
	unlink(path);
	assert_int_equal(file_create(path, text.data, text.len, NULL), STATUS_OK);
	assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
	assert_int_equal(student_write(handed, &student.learner, NULL, NULL), STATUS_OK);
	student_free(&student);
	assert_int_equal(student_read(&student, handed, NULL), STATUS_OK);
	assert_int_equal(student.n_edited, 1);
	assert_int_equal(student.first_edited, 2);
	student_free(&student);
	strbuf_free(&text);
	unlink(path);
	unlink(handed);
}

/* A file is not read again before a line of one's own comes after it; that another program wrote
 * into it is seen. */
static void test_lines_of_two_programs(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct student_end here = {0}, there = {0};
	struct student student;
	temporary_name(path, ".bsp");
	for (int64_t k = 1; k <= 6; k++) {
		struct event event = make_event(k, "0.5", VERDICT_NONE);
		assert_int_equal(student_append(path, "ana", &event, k % 3 ? &here : &there, NULL),
				 STATUS_OK);
	}
	assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
	assert_int_equal(student.learner.n_events, 6);
	assert_int_equal(student.n_edited, 0);
	student_free(&student);
	unlink(path);
}

static void test_a_damaged_file_is_left_alone(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct student student;
	struct error err = {0};
	struct strbuf before = {0}, after = {0};
	temporary_name(path, ".bsp");
	append(path, 1, "0.5", VERDICT_NONE);
	read_text(path, &before);
	strbuf_add(&before, "{\"not\": an event}\n");
	unlink(path);
	assert_int_equal(file_create(path, before.data, before.len, NULL), STATUS_OK);
	assert_int_equal(student_read(&student, path, &err), STATUS_BAD_INPUT);
	assert_int_equal(err.line, 3);
	struct event event = make_event(2, "0.6", VERDICT_NONE);
	assert_int_equal(student_append(path, "ana", &event, NULL, &err), STATUS_BAD_INPUT);
	read_text(path, &after);
	assert_string_equal(after.data, before.data);
	strbuf_free(&before);
	strbuf_free(&after);
	unlink(path);
}

/* Killed at any byte of a write: what was whole is there, and the next line begins a line. */
static void test_a_line_cut_off_loses_only_itself(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct strbuf text = {0};
	temporary_name(path, ".bsp");
	append(path, 1, "0.5", VERDICT_NONE);
	append(path, 2, "0.6", VERDICT_NONE);
	read_text(path, &text);
	unlink(path);
	for (size_t cut = 1; cut < 40; cut += 13) {
		struct student student;
		assert_int_equal(file_create(path, text.data, text.len - cut, NULL), STATUS_OK);
		assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
		assert_int_equal(student.learner.n_events, 1);
		assert_true(student.is_cut);
		student_free(&student);
		unlink(path);
	}
	strbuf_free(&text);
}

/* kill -9 right after an answer was appended: it is there, once. */
static void test_a_killed_program_loses_no_answer(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct student student;
	temporary_name(path, ".bsp");
	for (int64_t k = 1; k <= 5; k++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			append(path, k, "0.5", VERDICT_NONE);
			kill(getpid(), SIGKILL);
		}
		waitpid(child, NULL, 0);
		assert_int_equal(student_read(&student, path, NULL), STATUS_OK);
		assert_int_equal(student.learner.n_events, k);
		assert_int_equal(student.n_edited, 0);
		student_free(&student);
	}
	unlink(path);
}

static void test_two_files_of_one_student_merge(void **state)
{
	(void)state;
	char a[TEMPORARY_PATH], b[TEMPORARY_PATH];
	struct class_report report = {0};
	temporary_name(a, ".bsp");
	temporary_name(b, ".bsp");
	append(a, 10, "0.5", VERDICT_NONE);
	append(a, 30, "0.1948", VERDICT_RIGHT);
	append(b, 20, "0.2703", VERDICT_NAMED);
	append(b, 30, "0.1948", VERDICT_RIGHT); /* the same event */
	assert_int_equal(report_add(&report, a, NULL), STATUS_OK);
	assert_int_equal(report_add(&report, b, NULL), STATUS_OK);
	assert_int_equal(report_add(&report, a, NULL), STATUS_OK); /* once more */
	assert_int_equal(report.n_students, 1);
	const struct learner *learner = &report.students[0].learner;
	assert_int_equal(learner->n_events, 3);
	assert_int_equal(learner->events[1].time, 20);
	report_free(&report);
	unlink(a);
	unlink(b);
}

/* The stored verdicts are wrong on purpose: the report has those of the lesson. */
static void test_verdicts_are_computed_again(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH];
	struct class_report report = {0};
	struct strbuf out = {0};
	text_locale_init();
	temporary_name(path, ".bsp");
	append(path, 1, "0.2703", VERDICT_RIGHT);
	append(path, 2, "0.1948", VERDICT_NONE);
	assert_int_equal(report_add(&report, path, NULL), STATUS_OK);
	assert_int_equal(report_regrade(&report, NULL), STATUS_OK);
	const struct event *events = report.students[0].learner.events;
	assert_int_equal(report.n_lost, 0);
	assert_int_equal(events[0].verdict, VERDICT_NAMED);
	assert_string_equal(events[0].slip, "sum-for-unit");
	assert_int_equal(events[1].verdict, VERDICT_RIGHT);
	report_print(&report, REPORT_TEXT, &out);
	assert_non_null(strstr(strbuf_str(&out), "the sum where the unit belongs"));
	assert_non_null(strstr(strbuf_str(&out), "right 1 of 2"));
	strbuf_clear(&out);
	report_print(&report, REPORT_CSV, &out);
	assert_non_null(strstr(strbuf_str(&out), "\"ana\",slope,once,2,1,1,1,0,0,24,0\n"));
	strbuf_free(&out);
	report_free(&report);
	unlink(path);
}

/* Two right in a row with other numbers, and without hints that tell the numbers. */
static void test_states_of_a_skill(void **state)
{
	(void)state;
	struct learner learner = {0};
	struct skill_report report;
	struct event event = make_event(1, "0.2703", VERDICT_NAMED);
	learner_skill(&learner, SKILL_SLOPE, &report);
	assert_int_equal(report.state, STATE_UNSEEN);
	learner_note(&learner, &event, NULL);
	learner_skill(&learner, SKILL_SLOPE, &report);
	assert_int_equal(report.state, STATE_TRYING);
	event.verdict = VERDICT_RIGHT;
	learner_note(&learner, &event, NULL);
	learner_note(&learner, &event, NULL); /* the same numbers */
	learner_skill(&learner, SKILL_SLOPE, &report);
	assert_int_equal(report.state, STATE_ONCE);
	event.has_seed = true;
	event.hints = 3;
	learner_note(&learner, &event, NULL); /* with the numbers told */
	learner_skill(&learner, SKILL_SLOPE, &report);
	assert_int_equal(report.state, STATE_ONCE);
	event.hints = 0;
	event.seed = 9;
	learner_note(&learner, &event, NULL);
	learner_skill(&learner, SKILL_SLOPE, &report);
	assert_int_equal(report.state, STATE_CAN);
	assert_string_equal(report.strip, "x++++");
	event.verdict = VERDICT_NAMED;
	learner_note(&learner, &event, NULL);
	learner_skill(&learner, SKILL_SLOPE, &report);
	assert_int_equal(report.state, STATE_TRYING);
	learner_free(&learner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_digest),
	    cmocka_unit_test(test_what_is_appended_reads_back),
	    cmocka_unit_test(test_an_edited_line_is_noticed),
	    cmocka_unit_test(test_an_edited_line_stays_one),
	    cmocka_unit_test(test_lines_of_two_programs),
	    cmocka_unit_test(test_a_damaged_file_is_left_alone),
	    cmocka_unit_test(test_a_line_cut_off_loses_only_itself),
	    cmocka_unit_test(test_a_killed_program_loses_no_answer),
	    cmocka_unit_test(test_two_files_of_one_student_merge),
	    cmocka_unit_test(test_verdicts_are_computed_again),
	    cmocka_unit_test(test_states_of_a_skill),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
