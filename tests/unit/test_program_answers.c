/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_answers.c -- the program is killed after each answer: none is lost, none is there
 * twice, and the next sitting goes on from there. */
#include "check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/teach/student_private.h"
#include "backstep/base/file.h"
#include "backstep/base/text.h"
#include "screen.h"
#include "start.h"
#include "temporary.h"

/* A state folder of its own. */
struct home {
	char folder[64], variable[96], file[160];
};

static void home_make(struct home *home, const char *file)
{
	temporary_folder(home->folder);
	snprintf(home->variable, sizeof home->variable, "XDG_STATE_HOME=%s", home->folder);
	snprintf(home->file, sizeof home->file, "%s/backstep/%s", home->folder, file);
}

static void start(struct pty *pty, const struct start *how, const char *prompt)
{
	pty_start(pty, 24, 80, start_child, how);
	pty_wait(pty, prompt);
}

static void kill_it(struct pty *pty)
{
	assert_int_equal(kill(pty->pid, SIGKILL), 0);
	assert_true(WIFSIGNALED(pty_end(pty)));
	pty_free(pty);
}

static void read_events(const struct home *home, size_t n, struct student *student)
{
	struct error err = {0};
	if (student_read(student, home->file, &err))
		fail_msg("%s", err.message);
	assert_int_equal(student->learner.n_events, n);
	assert_int_equal(student->n_edited, 0);
	assert_false(student->is_cut);
}

/* The answers of a walk, each in a sitting of its own; 0.2703 is the sum for the unit. */
static void test_a_walk_that_is_killed(void **state)
{
	static const char *const typed[] = {"0.2703", "0,1948", "0.73*(1-0.73)", "0.3111",
					    "0.19481"};
	(void)state;
	struct home home;
	struct pty pty;
	struct student student;
	home_make(&home, "progress.bsp");
	const struct start how = {
	    .args = {"--console", "sigmoid-2-2-2@1.backward.w5.p1.f2?ask"},
	    .variables = {home.variable},
	};
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		char line[64];
		start(&pty, &how, "backstep> ");
		snprintf(line, sizeof line, "%s\r", typed[i]);
		pty_send(&pty, line);
		pty_wait(&pty, i == 0 || i == 3 ? "Not yet" : "Right");
		kill_it(&pty);
		read_events(&home, i + 1, &student);
		for (size_t k = 0; k <= i; k++)
			assert_string_equal(student.learner.events[k].typed, typed[k]);
		student_free(&student);
	}
}

/* On the full screen, where no question is open, a number that is typed is no count of steps: it is
 * an answer to the step that is shown, sum_n1 = 0.41. */
static void test_a_number_is_no_count(void **state)
{
	(void)state;
	struct home home;
	struct pty pty;
	home_make(&home, "progress.bsp");
	const struct start how = {
	    .args = {"sigmoid-2-2-2"},
	    .variables = {home.variable},
	};
	start(&pty, &how, "inputs");
	pty_send(&pty, " ");
	pty_wait(&pty, "0.41");
	pty_send(&pty, "0,41\r");
	pty_wait(&pty, "Right");
	pty_send(&pty, "-1\r");
	pty_wait(&pty, "Not yet");
	pty_send(&pty, ".41\r");
	pty_wait(&pty, "Right");
	pty_send(&pty, "q");
	pty_end(&pty);
	pty_free(&pty);
}

/* The last line names the keys of a question also where the screen is narrow and Spanish. What is
 * said of a question that is over stands below its step, which stays in sight: no page covers it.
 */
static void test_a_question_names_its_keys(void **state)
{
	(void)state;
	struct home home;
	struct pty pty;
	struct screen screen;
	home_make(&home, "progress.bsp");
	const struct start how = {
	    .args = {"--lang", "es", "sigmoid-2-2-2@1.backward.w5.p1.f2?ask"},
	    .variables = {home.variable},
	};
	text_locale_init();
	pty_start(&pty, 24, 80, start_child, &how);
	screen_start(&screen, &pty, 24, 80);
	screen_wait(&screen,
		    "0-9 un número  h pista  w por qué  g rendirse  Esc dejarlo  ? teclas");
	pty_send(&pty, "0,194809\r");
	screen_wait(&screen, "Correcto: 0.194809.");
	screen_wait(&screen, "→ avanzar"); /* the last line, drawn last */
	assert_true(screen_has(&screen, "= 0.734929 · (1 − 0.734929)"));
	pty_send(&pty, "q");
	pty_end(&pty);
	pty_free(&pty);
}

/* All questions of a level, 2 of sigmoid-2-2-1, right each; killed after each answer, and taken up
 * again by undo where the walk was. */
static void test_a_lesson_that_is_killed(void **state)
{
	static const char *const typed[] = {"-0.4525", "0.2477", "0.7006", "0.6177",
					    "0.14",    "0.2098", "2",      "0.15"};
	enum { N = sizeof typed / sizeof *typed };
	(void)state;
	struct home home;
	struct pty pty;
	struct student student;
	home_make(&home, "progress.bsp");
	const struct start how = {
	    .args = {"--console", "sigmoid-2-2-1"},
	    .variables = {home.variable},
	};
	for (size_t i = 0; i < N; i++) {
		char line[64];
		start(&pty, &how, "backstep> ");
		pty_send(&pty, i == 0 ? "predict 2\r" : "undo\r");
		pty_wait(&pty, "backstep> ");
		pty_send(&pty, "update\r");
		snprintf(line, sizeof line, "Question %zu of", i + 1);
		pty_wait(&pty, line);
		pty_wait(&pty, "backstep> ");
		snprintf(line, sizeof line, "%s\r", typed[i]);
		pty_send(&pty, line);
		pty_wait(&pty, "Right: ");
		pty_wait(&pty, "backstep> ");
		kill_it(&pty);
		read_events(&home, i + 1, &student);
		for (size_t k = 0; k <= i; k++) {
			assert_string_equal(student.learner.events[k].typed, typed[k]);
			assert_true(event_is_right(&student.learner.events[k]));
		}
		student_free(&student);
	}
}

/* Every answer of an exam, killed after each; the last sitting hands all of them in. */
static void test_an_exam_that_is_killed(void **state)
{
	(void)state;
	struct home home;
	struct pty pty;
	struct student student;
	char name[64], line[256];
	home_make(&home, "exams");
	const struct start how = {
	    .args = {"exam", "--console", "sigmoid-2-2-2", "--code", "ana"},
	    .variables = {home.variable},
	};
	for (size_t i = 1; i <= 10; i++) {
		start(&pty, &how, "exam> ");
		snprintf(line, sizeof line, "%zu: 0.%zu123\r", i, i);
		pty_send(&pty, line);
		snprintf(line, sizeof line, "\n%zu: Not yet", i);
		pty_wait(&pty, line);
		kill_it(&pty);
	}
	start(&pty, &how, "exam> ");
	snprintf(name, sizeof name, "%.40s/ana.bsp", home.folder);
	snprintf(line, sizeof line, "hand-in %s\r", name);
	pty_send(&pty, line);
	pty_wait(&pty, "0 of 10 right.");
	assert_int_equal(pty_end(&pty), 0);
	pty_free(&pty);
	snprintf(home.file, sizeof home.file, "%s", name);
	read_events(&home, 11, &student);
	for (size_t i = 1; i <= 10; i++) {
		snprintf(line, sizeof line, "0.%zu123", i);
		assert_string_equal(student.learner.events[i - 1].typed, line);
	}
	student_free(&student);
}

/* Compares the screen with tests/screens/NAME.txt, or writes it. */
static void check_screen(const struct screen *screen, const char *name)
{
	struct strbuf path = {0}, got = {0}, wanted = {0};
	strbuf_addf(&path, "%s/tests/screens/%s.txt", BACKSTEP_SOURCE_DIR, name);
	for (int row = 0; row < 24; row++) {
		struct strbuf line = {0};
		screen_row(screen, row, &line);
		strbuf_addf(&got, "%s\n", strbuf_str(&line));
		strbuf_free(&line);
	}
	if (getenv("BACKSTEP_UPDATE_GOLDEN"))
		assert_int_equal(file_replace(path.data, got.data, got.len, NULL), STATUS_OK);
	assert_int_equal(file_read(path.data, 1 << 16, &wanted, NULL), STATUS_OK);
	if (strcmp(strbuf_str(&got), strbuf_str(&wanted)) != 0)
		print_error("%s is now:\n%s", path.data, strbuf_str(&got));
	assert_true(strcmp(strbuf_str(&got), strbuf_str(&wanted)) == 0);
	strbuf_free(&path);
	strbuf_free(&got);
	strbuf_free(&wanted);
}

/* On the full screen a digit begins the answer to the question at hand. The program is killed right
 * after; who comes back finds the answer, and is at the first question without one. */
static void test_an_exam_on_the_full_screen(void **state)
{
	(void)state;
	struct home home;
	struct pty pty;
	struct screen screen;
	home_make(&home, "exams");
	const struct start how = {
	    .args = {"exam", "sigmoid-2-2-2", "--code", "ana"},
	    .variables = {home.variable},
	};
	text_locale_init();
	start(&pty, &how, "0 of 10 answered");
	pty_wait(&pty, "q leave, answers are kept");
	pty_send(&pty, "0.555\r");
	pty_wait(&pty, "Not yet");
	kill_it(&pty);
	pty_start(&pty, 24, 80, start_child, &how);
	screen_start(&screen, &pty, 24, 80);
	screen_wait(&screen, "1 of 10 answered");
	screen_wait(&screen, "Question 2 of 10");
	screen_wait(&screen, "q leave, answers are kept");
	check_screen(&screen, "exam-80x24-en");
	pty_send(&pty, "q");
	assert_int_equal(pty_end(&pty), 0);
	assert_true(pty_is_restored(&pty));
	pty_free(&pty);
}

/* A file that is no student's is named with its line, left as it is, and the sitting goes on. */
static void test_a_damaged_file_is_named(void **state)
{
	(void)state;
	struct home home;
	struct pty pty;
	struct student student;
	home_make(&home, "progress.bsp");
	const struct start how = {
	    .args = {"--console", "sigmoid-2-2-2@1.backward.w5.p1.f2?ask"},
	    .variables = {home.variable},
	};
	start(&pty, &how, "backstep> ");
	pty_send(&pty, "0.2703\r");
	pty_wait(&pty, "Not yet");
	kill_it(&pty);
	FILE *file = fopen(home.file, "a");
	assert_non_null(file);
	fputs("{\"not\": \"an event\"}\n", file);
	fclose(file);
	start(&pty, &how, "progress.bsp:3: error: ");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "0.1948\r");
	pty_wait(&pty, "Right: 0.194809.");
	kill_it(&pty);
	assert_int_equal(student_read(&student, home.file, NULL), STATUS_BAD_INPUT);
	struct stat after;
	assert_int_equal(stat(home.file, &after), 0);
	assert_int_equal(after.st_mode & 0777, 0600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_walk_that_is_killed),
	    cmocka_unit_test(test_a_number_is_no_count),
	    cmocka_unit_test(test_a_question_names_its_keys),
	    cmocka_unit_test(test_a_lesson_that_is_killed),
	    cmocka_unit_test(test_an_exam_that_is_killed),
	    cmocka_unit_test(test_an_exam_on_the_full_screen),
	    cmocka_unit_test(test_a_damaged_file_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
