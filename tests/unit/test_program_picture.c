/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_picture.c -- README's picture is the program's screen: taken from a terminal, after
 * the keys that README tells, and compared line by line. With BACKSTEP_UPDATE_GOLDEN=1 the one in
 * README.md is drawn anew: look at it before it is committed. */
#include "start.h"
#include "screen.h"

#include "backstep/base/file.h"

enum { ROWS = 24, COLUMNS = 80, README_MOST = 1 << 20 };

static const char readme_file[] = BACKSTEP_SOURCE_DIR "/README.md";
static const char heading[] = "## What you see\n\n```\n", end_mark[] = "```\n";

static void take_screen(const struct screen *screen, struct strbuf *picture)
{
	for (int row = 0; row < ROWS; row++) {
		struct strbuf line = {0};
		screen_row(screen, row, &line);
		strbuf_addf(picture, "%s\n", strbuf_str(&line));
		strbuf_free(&line);
	}
}

/* w5's second factor, as the lesson in ten key presses comes to it. */
static void draw_picture(struct strbuf *picture)
{
	struct start start = {.args = {"sigmoid-2-2-2"}, .rows = ROWS, .columns = COLUMNS};
	struct pty pty;
	struct screen screen;
	text_locale_init();
	pty_start(&pty, ROWS, COLUMNS, start_child, &start);
	screen_start(&screen, &pty, ROWS, COLUMNS);
	screen_wait(&screen, "? keys");
	pty_send(&pty, ":goto w5\r");
	screen_wait(&screen, "step 12/128");
	pty_send(&pty, "\033OC");
	screen_wait(&screen, "step 13/128");
	screen_wait(&screen, "q quit   → next"); /* the last line, drawn last */
	take_screen(&screen, picture);
	pty_send(&pty, "q");
	assert_true(WIFEXITED(pty_end(&pty)));
	pty_free(&pty);
}

static void the_picture_is_the_programs(void **state)
{
	struct strbuf readme = {0}, picture = {0}, whole = {0};
	(void)state;
	draw_picture(&picture);
	assert_int_equal(file_read(readme_file, README_MOST, &readme, NULL), STATUS_OK);
	const char *start = strstr(strbuf_str(&readme), heading);
	assert_non_null(start);
	start += strlen(heading);
	const char *end = strstr(start, end_mark);
	assert_non_null(end);
	strbuf_add_len(&whole, readme.data, (size_t)(start - readme.data));
	strbuf_add(&whole, strbuf_str(&picture));
	strbuf_add(&whole, end);
	if (getenv("BACKSTEP_UPDATE_GOLDEN"))
		assert_int_equal(file_replace(readme_file, whole.data, whole.len, NULL), STATUS_OK);
	else
		assert_string_equal(strbuf_str(&whole), strbuf_str(&readme));
	strbuf_free(&readme);
	strbuf_free(&picture);
	strbuf_free(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_picture_is_the_programs)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
