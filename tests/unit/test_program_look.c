/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_look.c -- the full screen shows a lesson as the lesson likes: `show: {view, digits,
 * notation}`; another one as usual. */
#include "screen.h"
#include "start.h"
#include "temporary.h"

#include "backstep/base/text.h"

enum { ROWS = 32, COLUMNS = 100 };

/* h = tanh(0.5) = 0.46212 and its slope 0.78645, to three digits. */
static void the_screen_has_the_lessons_look(void **state)
{
	char path[TEMPORARY_PATH];
	struct strbuf text = {0};
	struct pty pty;
	struct screen screen;
	(void)state;
	strbuf_add(&text, "format: 2\nid: shown\nlanguage: en\ntitle: T\ntext: T.\n"
			  "network: {inputs: [x], layers: [{units: [h], activation: tanh, "
			  "weights: [[w=0.5]]}, {units: [y], weights: [[u=2]]}]}\n"
			  "loss: {kind: half-squared-error}\ndata: [{x: [1], target: [5]}]\n"
			  "training: {optimizer: gd, rate: 0.5}\n"
			  "show: {view: slope, digits: 3, notation: matrix}\n...\n");
	temporary_write(path, ".yaml", strbuf_str(&text));
	strbuf_free(&text);
	text_locale_init();
	const struct start start = {.args = {path}, .rows = ROWS, .columns = COLUMNS};
	pty_start(&pty, ROWS, COLUMNS, start_child, &start);
	screen_start(&screen, &pty, ROWS, COLUMNS);
	screen_wait(&screen, "as matrices");
	pty_send(&pty, ":next 2\r");
	screen_wait(&screen, "tanh and its slope: h of sum_h");
	screen_wait(&screen, "● 0.786");
	screen_wait(&screen, "= 0.462");
	pty_send(&pty, ":lesson two-tanh\r");
	screen_wait(&screen, "step 0/");
	screen_wait_gone(&screen, "as matrices");
	pty_send(&pty, "q");
	assert_int_equal(pty_end(&pty), 0);
	pty_free(&pty);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_screen_has_the_lessons_look),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
