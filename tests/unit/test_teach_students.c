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

/* To the byte: who changes a line raises FILE_VERSION. Each h is the SHA-256 of the h before and
 * the line without its h, worked out with Python's hashlib. */
static void test_the_bytes_of_a_file(void **state)
{
	static const char wanted[] =
	    "{\"backstep-student\":3,\"program\":\"backstep\",\"code\":\"ana\",\"h\":"
	    "\"a38a22fc7f64ca6a46ebb28ee6d96ad0cf4e4dd2a512a37dd82ca12f2419ece7\"}\n"
	    "{\"t\":\"2026-11-30T10:14:07Z\",\"do\":\"answer\",\"lesson\":\"sigmoid-2-2-2\",\"q\":"
	    "\"update=1 row=1 backward factor w5 "
	    "y1/"
	    "sum_y1\",\"skill\":\"slope\",\"typed\":\"0,2703\",\"verdict\":\"named\",\"try\":1,"
	    "\"hints\":0,\"s\":12,\"h\":"
	    "\"0ecf94d0690ddcb117533f1090a67fbf07c3faeb2a71e68598af1d2144c07e6e\",\"at\":\"sigmoid-"
	    "2-2-2@1.backward.w5.p1.f2\"}\n"
	    "{\"t\":\"2026-11-30T10:14:07Z\",\"do\":\"answer\",\"lesson\":\"sigmoid-2-2-2\",\"q\":"
	    "\"update=1 row=1 backward factor w5 "
	    "y1/"
	    "sum_y1\",\"skill\":\"slope\",\"part\":true,\"typed\":\"0,2703\",\"verdict\":\"named\","
	    "\"try\":1,\"hints\":0,\"s\":12,\"h\":"
	    "\"e44ee75555a518d03d8a303241de1a311e7f5322dc03dfb0abcaabed09330c92\",\"at\":\"sigmoid-"
	    "2-2-2@1.backward.w5.p1.f2\"}\n"
	    "{\"t\":\"2026-11-30T10:14:07Z\",\"do\":\"rule\",\"lesson\":\"sigmoid-2-2-2\",\"q\":"
	    "\"update=1 row=1 backward factor w5 "
	    "y1/"
	    "sum_y1\",\"skill\":\"slope\",\"typed\":\"loss-slope\",\"verdict\":\"none\",\"try\":1,"
	    "\"hints\":0,\"s\":12,\"h\":"
	    "\"23f0310b49482c27fe726a4b2cf041e74763e95438c2531a8f39360cba85c8a6\",\"at\":\"sigmoid-"
	    "2-2-2@1.backward.w5.p1.f2\"}\n"
	    "{\"t\":\"2026-11-30T10:15:00Z\",\"do\":\"hand-in\",\"lesson\":\"sigmoid-2-2-2\",\"q\":"
	    "\"exam\",\"try\":0,\"hints\":0,\"s\":0,\"seed\":7,\"h\":"
	    "\"8842e22dc661ab0d6d4a685adf4926ff5006ddda8cc17cc222c556bedf187195\",\"at\":\"sigmoid-"
	    "2-2-2\"}\n";
	(void)state;
	char path[TEMPORARY_PATH], name[] = "ana", exam[] = "exam";
	struct strbuf text = {0};
	struct learner learner = {.code = name};
	struct event event = make_event(1796033647, "0,2703", VERDICT_NAMED);
	struct event end = {.kind = EVENT_HAND_IN,
			    .time = 1796033700,
			    .lesson = event.lesson,
			    .place = exam,
			    .at = event.lesson,
			    .skill = SKILL_NONE,
			    .has_seed = true,
			    .seed = 7};
	temporary_name(path, ".bsp");
	learner_note(&learner, &event, NULL);
	event.is_part = true;
	learner_note(&learner, &event, NULL);
	event = make_event(1796033647, "loss-slope", VERDICT_NONE);
	event.kind = EVENT_RULE;
	learner_note(&learner, &event, NULL);
	assert_int_equal(student_write(path, &learner, &end, NULL), STATUS_OK);
	learner_forget(&learner);
	read_text(path, &text);
	assert_string_equal(strbuf_str(&text), wanted);
	strbuf_free(&text);
}

/* Files of the versions before are read, one of a version to come is not. */
static void test_versions(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum status status;
	} rows[] = {
	    {"{\"backstep-student\":1,\"program\":\"backstep\",\"code\":\"ana\",", STATUS_OK},
	    {"{\"backstep-student\":2,\"program\":\"backstep\",\"code\":\"ana\",", STATUS_OK},
	    {"{\"backstep-student\":4,\"program\":\"backstep\",\"code\":\"ana\",",
	     STATUS_BAD_INPUT},
	    {"{\"backstep-student\":0,\"program\":\"backstep\",\"code\":\"ana\",",
	     STATUS_BAD_INPUT},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char path[TEMPORARY_PATH];
		struct student student;
		struct strbuf text = {0};
		strbuf_addf(&text, "%s\"h\":\"%064d\"}\n", rows[i].line, 0);
		temporary_write(path, ".bsp", strbuf_str(&text));
		assert_int_equal(student_read(&student, path, NULL), rows[i].status);
		if (!rows[i].status)
			student_free(&student);
		strbuf_free(&text);
		unlink(path);
	}
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
}

/* The stored verdicts are wrong on purpose: the report has those of the lesson. */
/* Names that begin alike are shown as far as they differ. */
static void test_names_are_told_apart(void **state)
{
	(void)state;
	char paths[3][TEMPORARY_PATH];
	static const char *const codes[] = {"maria", "marta", "ben"};
	struct class_report report = {0};
	struct strbuf out = {0};
	text_locale_init();
	for (size_t i = 0; i < 3; i++) {
		struct event event = make_event((int64_t)i + 1, "0.5", VERDICT_NONE);
		temporary_name(paths[i], ".bsp");
		assert_int_equal(student_append(paths[i], codes[i], &event, NULL, NULL), STATUS_OK);
		assert_int_equal(report_add(&report, paths[i], NULL), STATUS_OK);
		unlink(paths[i]);
	}
	assert_int_equal(report_regrade(&report, NULL), STATUS_OK);
	report_print(&report, REPORT_TEXT, &out);
	assert_non_null(strstr(strbuf_str(&out), " ben  mari mart\n"));
	strbuf_free(&out);
	report_free(&report);
}

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
	assert_non_null(
	    strstr(strbuf_str(&out), "\"ana\",slope,once,2,1,1,1,0,0,1,24,0,0,0,0,0\n"));
	strbuf_free(&out);
	report_free(&report);
}

static void read_report(struct class_report *report, char paths[][TEMPORARY_PATH], size_t n,
			struct strbuf *out)
{
	text_locale_init();
	*report = (struct class_report){0};
	for (size_t i = 0; i < n; i++)
		assert_int_equal(report_add(report, paths[i], NULL), STATUS_OK);
	assert_int_equal(report_regrade(report, NULL), STATUS_OK);
	strbuf_clear(out);
	report_print(report, REPORT_TEXT, out);
}

/* A file of a code, with events. */
static void write_file(char path[TEMPORARY_PATH], const char *code, const struct event *events,
		       size_t n)
{
	char name[32];
	struct learner learner = {.code = name};
	snprintf(name, sizeof name, "%s", code);
	temporary_name(path, ".bsp");
	for (size_t i = 0; i < n; i++)
		learner_note(&learner, &events[i], NULL);
	assert_int_equal(student_write(path, &learner, NULL, NULL), STATUS_OK);
	learner_forget(&learner);
}

/* 0.31415 is no slip's number: two do not come to it each alone. 0.2703 is one, and 0.1948 is right
 * with the lesson's own numbers. */
static void test_what_is_odd_is_told(void **state)
{
	(void)state;
	enum { N = 4 };
	char paths[N][TEMPORARY_PATH];
	struct class_report report;
	struct strbuf out = {0};
	struct event odd[2] = {make_event(100, "0.31415", VERDICT_NONE),
			       make_event(50, "0.31415", VERDICT_NONE)}; /* one static text */
	struct event slip = make_event(100, "0.2703", VERDICT_NAMED);
	struct event end = {.kind = EVENT_HAND_IN,
			    .time = 200,
			    .lesson = slip.lesson,
			    .place = slip.place,
			    .at = slip.at,
			    .skill = SKILL_NONE,
			    .has_seed = true,
			    .seed = 7};
	char number[] = "0.31415";
	odd[0].typed = odd[1].typed = number;
	const struct event ana[] = {odd[0], slip, odd[1]}, ber[] = {odd[0], slip, end},
			   car[] = {slip, end};
	write_file(paths[0], "ana", ana, 3);
	write_file(paths[1], "ber", ber, 3);
	write_file(paths[2], "car", car, 2);
	write_file(paths[3], "dan", NULL, 0);
	read_report(&report, paths, N, &out);
	const char *text = strbuf_str(&out);
	assert_non_null(strstr(text, "Not begun: dan."));
	assert_non_null(strstr(text, "ana: the clock runs back at line 4\n"));
	assert_non_null(strstr(text, "ana, ber: the same wrong number 0.31415, at sigmoid-2-2-2@"));
	assert_non_null(strstr(text, "ber, car: the same numbers in the exam sigmoid-2-2-2\n"));
	assert_null(strstr(text, "the same wrong number 0.2703"));
	/* student, right of questions, slips, hints, tried before revealed */
	assert_non_null(strstr(text, "ber                      0  1         1       0"));
	report_free(&report);
	strbuf_free(&out);
	for (size_t i = 0; i < N; i++)
		unlink(paths[i]);
}

static void test_one_is_told_what_to_do_next(void **state)
{
	(void)state;
	char path[1][TEMPORARY_PATH];
	struct class_report report;
	struct strbuf out = {0};
	const struct event slip = make_event(100, "0.2703", VERDICT_NAMED);
	write_file(path[0], "ana", &slip, 1);
	read_report(&report, path, 1, &out);
	assert_non_null(strstr(strbuf_str(&out), "with backstep sigmoid-2-2-2 and quiz slope.\n"));
	report_free(&report);
	unlink(path[0]);
	write_file(path[0], "ana", NULL, 0);
	read_report(&report, path, 1, &out);
	assert_non_null(strstr(strbuf_str(&out), "Next: the lesson first-steps.\n"));
	report_free(&report);
	strbuf_free(&out);
}

/* Whatever the order of the files, and however often each is given, the report is the same. */
static void test_merging_has_no_order(void **state)
{
	(void)state;
	static const int orders[][6] = {
	    {0, 1, 2, 0, 1, 2}, {2, 1, 0, 0, 0, 0}, {1, 2, 0, 1, 2, 2}, {1, 0, 2, 2, 0, 1}};
	char paths[3][TEMPORARY_PATH], given[6][TEMPORARY_PATH];
	struct event events[6];
	struct strbuf first = {0}, out = {0};
	for (int i = 0; i < 6; i++) {
		events[i] = make_event(100 + i / 2, "0.2703", VERDICT_NAMED);
		events[i].tries = (size_t)i + 1;
	}
	write_file(paths[0], "ana", events, 3); /* they share some */
	write_file(paths[1], "ana", events + 2, 3);
	write_file(paths[2], "ana", events + 3, 3);
	for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
		struct class_report report;
		for (size_t i = 0; i < 6; i++)
			memcpy(given[i], paths[orders[k][i]], TEMPORARY_PATH);
		read_report(&report, given, 6, &out);
		assert_int_equal(report.n_students, 1);
		assert_int_equal(report.students[0].learner.n_events, 6);
		if (k == 0)
			strbuf_add(&first, strbuf_str(&out));
		assert_string_equal(strbuf_str(&out), strbuf_str(&first));
		report_free(&report);
	}
	strbuf_free(&first);
	strbuf_free(&out);
	for (size_t i = 0; i < 3; i++)
		unlink(paths[i]);
}

/* A file with every seventh byte wrong in turn: read, or refused with its line; never more than
 * that, and an edit that is read is told. */
static void test_every_byte_damaged(void **state)
{
	(void)state;
	char path[TEMPORARY_PATH], damaged[TEMPORARY_PATH];
	struct strbuf text = {0};
	const struct event events[2] = {make_event(1, "0.2703", VERDICT_NAMED),
					make_event(2, "0.2703", VERDICT_NAMED)};
	write_file(path, "ana", events, 2);
	read_text(path, &text);
	temporary_name(damaged, ".bsp");
	for (size_t i = 0; i < text.len; i += 7) {
		struct student student;
		struct error err = {0};
		char kept = text.data[i];
		text.data[i] = kept == '7' ? '3' : '7';
		assert_int_equal(file_create(damaged, text.data, text.len, NULL), STATUS_OK);
		enum status status = student_read(&student, damaged, &err);
		if (status) {
			assert_int_equal(status, STATUS_BAD_INPUT);
			assert_true(err.line >= 1 && err.line <= 3);
		} else {
			assert_true(student.n_edited > 0 || student.is_cut);
			student_free(&student);
		}
		text.data[i] = kept;
		unlink(damaged);
	}
	strbuf_free(&text);
}

/* What is no text where one belongs is refused with its line; a line without an address is read. */
static void test_values_of_another_kind(void **state)
{
	static const struct {
		const char *key, *value;
		enum status status;
	} rows[] = {
	    {"\"lesson\":\"", "\"lesson\":7,\"x\":\"", STATUS_BAD_INPUT},
	    {"\"q\":\"", "\"q\":null,\"x\":\"", STATUS_BAD_INPUT},
	    {"\"do\":\"", "\"do\":[],\"x\":\"", STATUS_BAD_INPUT},
	    {"\"t\":\"", "\"t\":0,\"x\":\"", STATUS_BAD_INPUT},
	    {"\"skill\":\"", "\"skill\":{},\"x\":\"", STATUS_BAD_INPUT},
	    {"\"at\":\"", "\"at\":null,\"x\":\"", STATUS_OK},
	    {"\"typed\":\"", "\"typed\":1e999,\"x\":\"", STATUS_BAD_INPUT},
	    {"\"try\":1", "\"try\":-5", STATUS_OK},
	};
	(void)state;
	char path[TEMPORARY_PATH];
	struct strbuf whole = {0};
	temporary_name(path, ".bsp");
	append(path, 1, "0.2703", VERDICT_NAMED);
	read_text(path, &whole);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strbuf text = {0};
		struct class_report report = {0};
		struct error err = {0};
		const char *at = strstr(strchr(whole.data, '\n'), rows[i].key);
		assert_non_null(at);
		strbuf_add_len(&text, whole.data, (size_t)(at - whole.data));
		strbuf_add(&text, rows[i].value);
		strbuf_add(&text, at + strlen(rows[i].key));
		assert_int_equal(file_replace(path, text.data, text.len, NULL), STATUS_OK);
		assert_int_equal(report_add(&report, path, &err), rows[i].status);
		if (rows[i].status) {
			assert_int_equal(err.line, 2);
		} else {
			assert_int_equal(report_regrade(&report, NULL), STATUS_OK);
			assert_int_equal(report.students[0].n_edited, 1);
		}
		report_free(&report);
		strbuf_free(&text);
	}
	strbuf_free(&whole);
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
	    cmocka_unit_test(test_the_bytes_of_a_file),
	    cmocka_unit_test(test_versions),
	    cmocka_unit_test(test_what_is_appended_reads_back),
	    cmocka_unit_test(test_an_edited_line_is_noticed),
	    cmocka_unit_test(test_an_edited_line_stays_one),
	    cmocka_unit_test(test_lines_of_two_programs),
	    cmocka_unit_test(test_a_damaged_file_is_left_alone),
	    cmocka_unit_test(test_a_line_cut_off_loses_only_itself),
	    cmocka_unit_test(test_a_killed_program_loses_no_answer),
	    cmocka_unit_test(test_two_files_of_one_student_merge),
	    cmocka_unit_test(test_names_are_told_apart),
	    cmocka_unit_test(test_verdicts_are_computed_again),
	    cmocka_unit_test(test_states_of_a_skill),
	    cmocka_unit_test(test_what_is_odd_is_told),
	    cmocka_unit_test(test_one_is_told_what_to_do_next),
	    cmocka_unit_test(test_merging_has_no_order),
	    cmocka_unit_test(test_every_byte_damaged),
	    cmocka_unit_test(test_values_of_another_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
