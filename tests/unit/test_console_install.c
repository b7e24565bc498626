/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_install.c -- what `cmake --install` leaves in a prefix runs from there, with its own
 * lessons, and wherever the prefix is moved to. Skipped where the program stands in no build tree.
 */
#include "program.h"
#include "temporary.h"

#include <libgen.h>

/* Runs a shell command that must succeed. */
static void shell(const char *format, ...) PRINTF_LIKE(1, 2);
static void shell(const char *format, ...)
{
	char line[1024];
	va_list args;
	va_start(args, format);
	assert_true((size_t)vsnprintf(line, sizeof line, format, args) < sizeof line);
	va_end(args);
	assert_int_equal(system(line), 0);
}

static void assert_runs_in(const char *prefix)
{
	struct program program;
	char path[256];
	snprintf(path, sizeof path, "%s/bin/backstep", prefix);
	program = program_run(&(struct program_options){
	    .program = path, .args = "list", .folder = "/", .no_lessons = true});
	/* the last one is in the prefix alone */
	assert_program(&program, 0, "or-perceptron ", "");
	assert_program(&program, 0, "  Test\n", "");
	program_free(&program);
	program = program_run(&(struct program_options){
	    .program = path, .args = "trace temporary", .folder = "/", .no_lessons = true});
	assert_program(&program, 0, "E = ½ (t − y)² = ½ · (5 − 7)² = 2\n", "");
	program_free(&program);
	program = program_run(&(struct program_options){
	    .program = path, .args = "check sigmoid-2-2-2", .folder = "/", .no_lessons = true});
	assert_program(&program, 0, "1..6\n", "");
	program_free(&program);
}

static void an_installed_program_finds_its_lessons(void **state)
{
	char build[] = BACKSTEP_PROGRAM, prefix[TEMPORARY_PATH], moved[128];
	char script[4096], lesson[TEMPORARY_PATH];
	(void)state;
	dirname(build);
	snprintf(script, sizeof script, "%s/cmake_install.cmake", build);
	if (access(script, R_OK) != 0)
		skip();
	temporary_folder(prefix);
	shell("cmake --install '%s' --prefix %s/here >/dev/null", build, prefix);
	temporary_lesson(lesson, lesson_line);
	shell("mv %s %s/here/share/backstep/lessons/90-temporary.yaml", lesson, prefix);
	snprintf(moved, sizeof moved, "%s/here", prefix);
	assert_runs_in(moved);
	/* the licence comes with it, and no path of the source tree */
	shell("grep -q 'GNU GENERAL PUBLIC LICENSE' %s/here/share/doc/backstep/COPYING", prefix);
	shell("! grep -q '%s' %s/here/bin/backstep", BACKSTEP_SOURCE_DIR "/lessons", prefix);
	shell("mv %s/here %s/there", prefix, prefix);
	snprintf(moved, sizeof moved, "%s/there", prefix);
	assert_runs_in(moved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_installed_program_finds_its_lessons),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
