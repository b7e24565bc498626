/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_watch.c -- lessons while they are written: checked at each save, in each way in
 * which editors save, and read from standard input. */
#include "program.h"
#include "start.h"
#include "temporary.h"

static const char header[] =
    "format: 2\nid: watched\nlanguage: en\ntitle: Watched\ntext: One neuron.\n";

static void write_lesson(const char *path, const char *network)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fprintf(file, "%s%s...\n", header, network) > 0);
	assert_int_equal(fclose(file), 0);
}

/* Each save is answered: a file written anew, another one that takes its name, and one whose old
 * state is put aside first. While it is away nothing is said. */
static void it_is_checked_at_each_save(void **state)
{
	char path[TEMPORARY_PATH], other[TEMPORARY_PATH + 8], aside[TEMPORARY_PATH + 8];
	struct pty pty;
	(void)state;
	temporary_name(path, ".yaml");
	snprintf(other, sizeof other, "%s.new", path);
	snprintf(aside, sizeof aside, "%s~", path);
	write_lesson(path, lesson_line);
	const struct start start = {.args = {"check", "--watch", path}};
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "ok 5 - ");
	pty_wait(&pty, "1..5");

	write_lesson(path, "networc: {}\n");
	pty_wait(&pty, ".yaml:6:1: error: unknown key 'networc'");
	pty_wait(&pty, "1..1");

	write_lesson(other, lesson_line);
	assert_int_equal(rename(other, path), 0);
	pty_wait(&pty, "ok 5 - ");
	pty_wait(&pty, "1..5");

	size_t before = pty.output.len;
	assert_int_equal(rename(path, aside), 0);
	write_lesson(other, "nobody: {}\n"); /* another file of the folder */
	write_lesson(path, "absent: {}\n");
	pty_wait(&pty, "unknown key 'absent'");
	pty_wait(&pty, "1..1");
	assert_null(strstr(strbuf_str(&pty.output) + before, "cannot be read"));
	assert_null(strstr(strbuf_str(&pty.output) + before, "nobody"));

	pty_send(&pty, "\003");
	int status = pty_end(&pty);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	assert_true(pty_is_restored(&pty));
	pty_free(&pty);
}

/* The rows are saved, then the lesson, which names another file now, then that one. */
static void its_rows_are_looked_at_too(void **state)
{
	char path[TEMPORARY_PATH], rows[TEMPORARY_PATH], tested[TEMPORARY_PATH];
	char network[4 * TEMPORARY_PATH];
	struct pty pty;
	(void)state;
	temporary_write(rows, ".csv", "1,2\n2,4\n");
	temporary_write(tested, ".csv", "3,6\n");
	temporary_name(path, ".yaml");
#define ROWS(more)                                                           \
	"network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\n" \
	"loss: {kind: half-squared-error}\ndata: {file: \"%s\"" more "}\n"   \
	"training: {optimizer: gd, rate: 0.1}\n"
	snprintf(network, sizeof network, ROWS(""), strrchr(rows, '/') + 1);
	write_lesson(path, network);
	const struct start start = {.args = {"check", "--watch", path}};
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "1..5");

	FILE *file = fopen(rows, "w");
	assert_non_null(file);
	assert_true(fputs("1,2\n2\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	pty_wait(&pty, ".csv:2:1: error: 1 columns, where the first line has 2");
	pty_wait(&pty, "1..1");

	snprintf(network, sizeof network, ROWS(", test_file: \"%s\""), strrchr(tested, '/') + 1,
		 strrchr(tested, '/') + 1);
	write_lesson(path, network);
	pty_wait(&pty, "1..5");
	file = fopen(tested, "w");
	assert_non_null(file);
	assert_true(fputs("3,x\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	pty_wait(&pty, ".csv:1:3: error: expected a number, found 'x'");
	pty_wait(&pty, "1..1");

	pty_send(&pty, "\003");
	pty_end(&pty);
	pty_free(&pty);
	unlink(path);
	unlink(rows);
	unlink(tested);
}

/* Wherever a lesson is named, - reads it from standard input. E = (5 - 7)^2 / 2 = 2; the update
 * makes w = 2 - 0.5 * 6 = -1, y = -2 and E = (5 + 2)^2 / 2 = 24.5. */
static void a_lesson_comes_on_standard_input(void **state)
{
	struct strbuf text = {0}, bad = {0};
	(void)state;
	strbuf_addf(&text, "%s%s...\n", header, lesson_line);
	strbuf_addf(&bad, "%snetworc: {}\n...\n", header);
	static const char *const rows[][2] = {
	    {"check -", "ok 5 - -: going back is exact"},
	    {"check - -", "\n1..10\n"},
	    {"trace -", "y = "},
	    {"train --epochs 1 --quiet -", "loss 2 → 24.5"},
	    {"--console -", "watched: Watched\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program program = program_run(
		    &(struct program_options){.args = rows[i][0], .input = strbuf_str(&text)});
		assert_program(&program, 0, rows[i][1], "");
		program_free(&program);
	}
	struct program program =
	    program_run(&(struct program_options){.args = "check -", .input = strbuf_str(&bad)});
	assert_program(&program, 2, "not ok 1 - -: reads", "-:6:1: error: unknown key 'networc'");
	program_free(&program);
	strbuf_free(&text);
	strbuf_free(&bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_is_checked_at_each_save),
	    cmocka_unit_test(its_rows_are_looked_at_too),
	    cmocka_unit_test(a_lesson_comes_on_standard_input),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
