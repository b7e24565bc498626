/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_run.c -- scripts, the line console from a pipe, and `backstep check`: transcripts,
 * exit codes, lessons found from anywhere. */
#include "program.h"
#include "temporary.h"

#include <sys/stat.h>

static struct program run_input(const char *args, const char *input)
{
	return program_run(&(struct program_options){.args = args, .input = input});
}

static void a_script_is_replayed(void **state)
{
	struct program program = run_input("run -", "# first\n\nlesson or-perceptron\n"
						    "next 2\r\n  expect z = -0.5\nback");
	(void)state;
	assert_program(&program, 0, NULL, "");
	/* each line is echoed, blank ones are not, and the last one needs no end */
	assert_ptr_equal(strstr(program_out(&program), "> # first\n> lesson or-perceptron\n"
						       "or-perceptron: A perceptron learns"),
			 program_out(&program));
	assert_program(&program, 0,
		       "> next 2\n[1] forward · row 1 · z\n"
		       "     z = x₁ · w₁ + x₂ · w₂ + b = 0 · 0.5 + 0 · 0.5 + (−0.5) = −0.5\n",
		       NULL);
	assert_program(&program, 0, ">   expect z = -0.5\nok: z = -0.5\n> back\n[1] forward", NULL);
	assert_program(&program, 0, "\n1 expectation, 0 failed\n", NULL);
	program_free(&program);
}

static void a_script_may_be_a_file(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH], wanted[3 * TEMPORARY_PATH];
	(void)state;
	temporary_write(path, ".script",
			"lesson sigmoid-2-2-2\nupdate\nexpect w5 = 0.451878\n"
			"expect w5 = 0.50\nexpect w6 = 0.60\n");
	snprintf(args, sizeof args, "run %s", path);
	snprintf(wanted, sizeof wanted, "%s:4: error: w5: got 0.4518781254241036, wanted 0.5",
		 path);
	/* the first failure does not end the run */
	assert_run(args, 1, "> expect w6 = 0.60\n3 expectations, 2 failed\n", wanted);
}

static void what_cannot_be_carried_out_ends_the_run(void **state)
{
	static const char *const rows[][2] = {
	    {"lesson or-perceptron\nnxet\nnext\n", "-:2: error: unknown command 'nxet'; did you"},
	    {"next\n", "-:1: error: no lesson is open; open one with: lesson NAME\n"},
	    {"lesson nosuch\nnext\n", "-:1: error: there is no lesson 'nosuch'"},
	    {"lesson or-perceptron\nnext 0\nnext\n",
	     "-:2: error: expected a whole number from 1 to 1000000, found '0'\n"},
	    {"\n\n# x\nlesson or-perceptron\nexpect w1 = 0,5\nnext\n",
	     "-:5: error: expected a number, found '0,5'"},
	    {"lesson or-perceptron\nexpect w1 = 3\nfoo\nnext\n", "-:3: error: unknown command"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program program = run_input("run -", rows[i][0]);
		assert_program(&program, 2, NULL, rows[i][1]);
		assert_null(strstr(program_out(&program), "forward"));
		program_free(&program);
	}
}

/* A number that is not there is a failed expectation of its line; the script goes on. */
static void what_cannot_be_expected_fails_its_line(void **state)
{
	struct program program = run_input("run -", "lesson or-perceptron\nexpect q = 1\n"
						    "expect y = 1\nnext\n");
	(void)state;
	assert_program(&program, 1, "\n2 expectations, 2 failed\n",
		       "-:2: error: there is no number called 'q'");
	assert_program(&program, 1, "> next\n[1] ", "-:3: error: y has not been computed yet");
	program_free(&program);
}

/* A walk that stops at a number that is not finite is a failure, as in `trace`, and goes on. */
static void overflow_is_a_failure(void **state)
{
	struct program program = run_input(
	    "run -", "lesson xor-relu-learn\nset rate 2\nepoch 1000000\nback\nshow loss\n");
	(void)state;
	assert_program(&program, 1, "> back\n[", "-:3: error: step ");
	program_free(&program);
}

static void quit_ends_a_script(void **state)
{
	struct program program = run_input("run -", "lesson or-perceptron\nquit\nnext\n");
	(void)state;
	assert_program(&program, 0, "> quit\n", "");
	assert_null(strstr(program_out(&program), "> next"));
	program_free(&program);
}

static void a_sitting_is_saved_and_replayed(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct strbuf script = {0};
	struct program program;
	(void)state;
	temporary_name(path, ".script");
	strbuf_addf(&script, "lesson sigmoid-2-2-2\nupdate 3\nnext 20\nsave %s\nsave %s\n", path,
		    path);
	program = run_input("run -", strbuf_str(&script));
	assert_program(&program, 2, "saved; replay it with: backstep run ", "exists already");
	program_free(&program);
	snprintf(args, sizeof args, "run %s", path);
	assert_run(args, 0, "> next 20\n[385] ", "");
	strbuf_free(&script);
}

/* The console from a pipe: the same answers, no echo, the worst outcome as exit code. */
static void the_console_reads_lines(void **state)
{
	static const struct {
		const char *input;
		int status;
	} rows[] = {
	    {"next\nback\n", 0},
	    {"", 0},
	    {"next\nexpect sum_n1 = 0.41\nquit\nnonsense\n", 0},
	    {"next\nexpect sum_n1 = 0.42\nnext\n", 1},
	    {"expect w1 = 3\nnonsense\nexpect w1 = 3\n", 2},
	    {"nonsense\nexpect w1 = 3\n", 2},
	};
	struct program program;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		program = run_input("--console sigmoid-2-2-2", rows[i].input);
		assert_program(&program, rows[i].status, "sigmoid-2-2-2: Backpropagation", NULL);
		program_free(&program);
	}
	program = run_input("--console sigmoid-2-2-2", "next\nnxet\nnext");
	assert_program(&program, 2, "\n[1] forward · sum_n1\n", "error: unknown command 'nxet'");
	assert_program(&program, 2, "\n[2] forward · n1\n", NULL);
	assert_null(strstr(program_out(&program), "nxet"));
	assert_null(strstr(program_out(&program), "backstep>"));
	program_free(&program);
	/* without a lesson it lists them */
	program = run_input("--console", "lesson or-perceptron\nnext\n");
	assert_program(&program, 0, "  XOR learned", "");
	assert_program(&program, 0, "[1] forward · row 1 · z", "");
	program_free(&program);
}

static void no_terminal_means_the_console(void **state)
{
	struct program program = run_input("sigmoid-2-2-2", "next\n");
	(void)state;
	assert_program(&program, 0, "[1] forward · sum_n1\n", "is not a terminal");
	program_free(&program);
	program = program_run(&(struct program_options){
	    .args = "sigmoid-2-2-2", .input = "next\n", .variables = {"BACKSTEP_LANG=es"}});
	assert_program(&program, 0, "[1] ", "no es una terminal");
	program_free(&program);
}

/* TAP: the version, numbered lines, the plan at the end. Returns the number of failures. */
static size_t check_tap(const char *text)
{
	size_t number = 0, failures = 0, n;
	char *copy = strdup(text), *rest = copy, *line;
	bool plan = false;
	assert_non_null(copy);
	assert_string_equal(strsep(&rest, "\n"), "TAP version 13");
	while ((line = strsep(&rest, "\n")) && *line) {
		bool bad = strncmp(line, "not ok ", 7) == 0;
		assert_false(plan);
		if (*line == '#')
			continue;
		if (sscanf(line, "1..%zu", &n) == 1) {
			assert_int_equal(n, number);
			plan = true;
			continue;
		}
		assert_int_equal(sscanf(line, bad ? "not ok %zu - " : "ok %zu - ", &n), 1);
		assert_int_equal(n, ++number);
		failures += bad;
	}
	assert_true(plan);
	free(copy);
	return failures;
}

static void lessons_are_proved(void **state)
{
	static const char *const wanted[] = {
	    "- xor-relu: reads\n",
	    "- xor-relu: the gradient is the slope of the loss, 5 checked",
	    "- sigmoid-2-2-2: the steps by paths are facts, 128 steps\n",
	    "- sigmoid-2-2-2: the steps by deltas are facts, 40 steps\n",
	    "- or-perceptron: going back is exact, 100 steps\n",
	    "\n1..23\n",
	};
	struct program program =
	    program_args("check or-perceptron sigmoid-2-2-2 xor-relu xor-relu-learn");
	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_program(&program, 0, wanted[i], "");
	assert_int_equal(check_tap(program_out(&program)), 0);
	program_free(&program);
	program = program_args("check --lang es sigmoid-2-2-2");
	assert_program(&program, 0, NULL, "");
	assert_int_equal(check_tap(program_out(&program)), 0);
	program_free(&program);
}

static void a_bad_lesson_is_reported_and_the_rest_is_proved(void **state)
{
	char path[TEMPORARY_PATH], args[3 * TEMPORARY_PATH];
	struct program program;
	(void)state;
	temporary_lesson(path, "network: {inputs: [x], layers: []}\n");
	snprintf(args, sizeof args, "check nosuch %s sigmoid-2-2-2", path);
	program = program_args(args);
	assert_program(&program, 2, "not ok 1 - nosuch: reads\nnot ok 2 - /tmp", "the key 'loss'");
	assert_program(&program, 2, "ok 7 - sigmoid-2-2-2: going back is exact", "'nosuch'");
	assert_int_equal(check_tap(program_out(&program)), 2);
	program_free(&program);
}

/* A good file whose numbers overflow: its checks fail. */
static void a_failing_lesson_exits_with_1(void **state)
{
	char path[TEMPORARY_PATH], args[3 * TEMPORARY_PATH];
	struct program program;
	(void)state;
	temporary_lesson(path, lesson_overflow);
	snprintf(args, sizeof args, "check sigmoid-2-2-2 %s", path);
	program = program_args(args);
	assert_program(&program, 1, "\n# error: ", "");
	assert_true(check_tap(program_out(&program)) > 0);
	program_free(&program);
}

static void paths_that_cannot_be_walked_are_skipped(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct program program;
	(void)state;
	temporary_deep_lesson(path);
	snprintf(args, sizeof args, "check %s", path);
	program = program_args(args);
	assert_program(&program, 0, "the steps by paths are facts # SKIP ", "");
	assert_int_equal(check_tap(program_out(&program)), 0);
	program_free(&program);
}

/* From another folder, by the path of the source tree that was compiled in, by a relative path, by
 * XDG_DATA_HOME. */
static void lessons_are_found_from_anywhere(void **state)
{
	char folder[TEMPORARY_PATH], file[128], variable[128];
	char lesson[TEMPORARY_PATH];
	struct program program;
	(void)state;
	program = program_run(&(struct program_options){
	    .args = "trace sigmoid-2-2-2", .folder = "/", .no_lessons = true});
	assert_program(&program, 0, "[128]", "");
	program_free(&program);
	program =
	    program_run(&(struct program_options){.args = "trace lessons/18-sigmoid-2-2-2.yaml",
						  .folder = BACKSTEP_SOURCE_DIR,
						  .no_lessons = true});
	assert_program(&program, 0, "[128]", "");
	program_free(&program);
	temporary_folder(folder);
	snprintf(file, sizeof file, "%s/backstep", folder);
	assert_int_equal(mkdir(file, 0700), 0);
	snprintf(file, sizeof file, "%s/backstep/lessons", folder);
	assert_int_equal(mkdir(file, 0700), 0);
	snprintf(file, sizeof file, "%s/backstep/lessons/90-mine.yaml", folder);
	temporary_lesson(lesson, lesson_line);
	assert_int_equal(rename(lesson, file), 0);
	snprintf(variable, sizeof variable, "XDG_DATA_HOME=%s", folder);
	program = program_run(&(struct program_options){
	    .args = "trace temporary", .variables = {variable}, .no_lessons = true});
	assert_program(&program, 0, "E = ½ (t − y)² = ½ · (5 − 7)² = 2", "");
	program_free(&program);
	program = program_run(
	    &(struct program_options){.args = "list", .variables = {variable}, .no_lessons = true});
	assert_program(&program, 0, "\n  temporary ", "");
	assert_program(&program, 0, "  Test\n", "");
	assert_program(&program, 0, "sigmoid-2-2-2 ", "");
	program_free(&program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_script_is_replayed),
	    cmocka_unit_test(a_script_may_be_a_file),
	    cmocka_unit_test(what_cannot_be_carried_out_ends_the_run),
	    cmocka_unit_test(what_cannot_be_expected_fails_its_line),
	    cmocka_unit_test(overflow_is_a_failure),
	    cmocka_unit_test(quit_ends_a_script),
	    cmocka_unit_test(a_sitting_is_saved_and_replayed),
	    cmocka_unit_test(the_console_reads_lines),
	    cmocka_unit_test(no_terminal_means_the_console),
	    cmocka_unit_test(lessons_are_proved),
	    cmocka_unit_test(a_bad_lesson_is_reported_and_the_rest_is_proved),
	    cmocka_unit_test(a_failing_lesson_exits_with_1),
	    cmocka_unit_test(paths_that_cannot_be_walked_are_skipped),
	    cmocka_unit_test(lessons_are_found_from_anywhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
