/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_edit.c -- edit at a terminal: the editor gets it as programs find it, and the
 * sitting goes on where it was, in the console and on the full screen.
 *
 * The editors here say what they found, and change w = 2 to w = 4: see test_command_edit.c. */
#include "screen.h"
#include "start.h"
#include "temporary.h"

#include <sys/stat.h>

#include "backstep/base/text.h"

/* A terminal that is a line editor's, or the screen's, does not echo. */
#define EDITOR "stty -a | grep -o '[-]*echo ' && sed -i s/w=2/w=4/"

static void write_lesson(char path[TEMPORARY_PATH])
{
	struct strbuf text = {0};
	strbuf_addf(&text, "format: 2\nid: edited\nlanguage: en\ntitle: T\ntext: T.\n%s...\n",
		    lesson_line);
	temporary_write(path, ".yaml", strbuf_str(&text));
	strbuf_free(&text);
}

static void it_goes_on_in_the_console(void **state)
{
	char path[TEMPORARY_PATH];
	struct pty pty;
	(void)state;
	write_lesson(path);
	const struct start start = {.args = {"--console", path},
				    .variables = {"VISUAL=" EDITOR, "EDITOR=false"}};
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "goto w\r");
	pty_wait(&pty, "= 7 − 5 = 2");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "edit\r");
	pty_wait(&pty, "\r\necho ");
	pty_wait(&pty, "= 13 − 5 = 8");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "quit\r");
	assert_int_equal(pty_end(&pty), 0);
	assert_true(pty_is_restored(&pty));
	pty_free(&pty);
}

static void an_editor_that_fails_is_named(void **state)
{
	char path[TEMPORARY_PATH];
	struct pty pty;
	(void)state;
	write_lesson(path);
	const struct start start = {.args = {"--console", path}, .variables = {"EDITOR=false"}};
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "edit\r");
	pty_wait(&pty, "the editor false did not end well");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "quit\r");
	assert_int_equal(pty_end(&pty), 0);
	pty_free(&pty);
}

/* After a mistake the editor is told its line; one that mends it is answered at the same step. A
 * script called vi says what it was told. */
static void it_opens_at_the_mistake(void **state)
{
	char path[TEMPORARY_PATH], folder[TEMPORARY_PATH], editor[TEMPORARY_PATH + 8],
	    variable[TEMPORARY_PATH + 32];
	struct pty pty;
	(void)state;
	write_lesson(path);
	temporary_name(folder, ".d");
	assert_int_equal(mkdir(folder, 0700), 0);
	snprintf(editor, sizeof editor, "%s/vi", folder);
	FILE *file = fopen(editor, "w");
	assert_non_null(file);
	assert_true(fputs("#!/bin/sh\necho \"args $# $1\"\nfor last; do :; done\n"
			  "if grep -q w=2 \"$last\"; then sed -i s/w=2/w=/ \"$last\"\n"
			  "else sed -i s/w=/w=4/ \"$last\"; fi\n",
			  file) >= 0);
	assert_int_equal(fchmod(fileno(file), 0700), 0);
	assert_int_equal(fclose(file), 0);
	snprintf(variable, sizeof variable, "VISUAL=%s", editor);
	const struct start start = {.args = {"--console", path}, .variables = {variable}};
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "goto w\r");
	pty_wait(&pty, "= 7 − 5 = 2");
	pty_send(&pty, "edit\r");
	pty_wait(&pty, "args 1 ");
	pty_wait(&pty, ".yaml:6:");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "edit\r");
	pty_wait(&pty, "args 2 +6");
	pty_wait(&pty, "= 13 − 5 = 8");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "quit\r");
	assert_int_equal(pty_end(&pty), 0);
	pty_free(&pty);
	unlink(editor);
	rmdir(folder);
	unlink(path);
}

static void it_goes_on_on_the_screen(void **state)
{
	char path[TEMPORARY_PATH];
	struct pty pty;
	struct screen screen;
	(void)state;
	write_lesson(path);
	text_locale_init();
	const struct start start = {.args = {path}, .variables = {"EDITOR=" EDITOR}};
	pty_start(&pty, 24, 80, start_child, &start);
	screen_start(&screen, &pty, 24, 80);
	screen_wait(&screen, "? keys");
	pty_send(&pty, ":goto w\r");
	screen_wait(&screen, "= 7 − 5");
	pty_send(&pty, ":edit\r");
	screen_wait(&screen, "= 13 − 5");
	assert_true(pty_showed(&pty, "echo ") && !pty_showed(&pty, "-echo "));
	pty_send(&pty, "q");
	assert_int_equal(pty_end(&pty), 0);
	assert_true(pty_is_restored(&pty));
	pty_free(&pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_goes_on_in_the_console),
	    cmocka_unit_test(an_editor_that_fails_is_named),
	    cmocka_unit_test(it_opens_at_the_mistake),
	    cmocka_unit_test(it_goes_on_on_the_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
