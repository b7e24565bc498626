/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_terminal.c -- keys, prompt, drawing and sizes of the full screen, on a real terminal.
 * test_terminal_signals.c has what ends or stops it. */
#include "test_terminal.h"
#include "temporary.h"

#include <sys/stat.h>

static const char repaint[] = "\014"; /* Ctrl-L: all of the screen is sent, so it can be read */

static void keys_arrive_by_name(void **state)
{
	static const char *const keys[][2] = {
	    {"a", "a"},
	    {"?", "?"},
	    {"ŷ", "ŷ"},
	    {"漢", "漢"},
	    {"𝔼", "𝔼"},
	    {" ", "space"},
	    {"\r", "enter"},
	    {"\n", "enter"},
	    {"\t", "tab"},
	    {"\033[Z", "backtab"},
	    {"\177", "backspace"},
	    {"\b", "backspace"},
	    {"\033[3~", "delete"},
	    {"\033OD", "left"},
	    {"\033OC", "right"},
	    {"\033OA", "up"},
	    {"\033OB", "down"},
	    {"\033[5~", "pageup"},
	    {"\033[6~", "pagedown"},
	    {"\033OH", "home"},
	    {"\033OF", "end"},
	    {"\033OP", "f1"},
	    {"\033[24~", "f12"},
	    {"\033[1;2D", "shift-left"},
	    {"\001", "ctrl-a"},
	    {"\014", "ctrl-l"},
	    {"\037", "ctrl-_"},
	    {"\003", "ctrl-c"},
	    {"\033", "escape"},
	    {"\033b", "alt-b"},
	    {"\033ŷ", "alt-ŷ"},
	    {"\033\033OA", "alt-up"},
	};
	struct pty pty = demo_start(&demo_usual);
	char report[64];
	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		pty_send(&pty, keys[i][0]);
		snprintf(report, sizeof report, "key %s", keys[i][1]);
		pty_expect(&pty, report);
	}
	demo_quit(&pty);
}

/* The terminal is asked to mark pastes, and told not to on the way out. In a paste keys are text:
 * q does not leave, Tab is a blank, cursor keys are nothing; \r\n is one end of a line. */
static void what_is_pasted_is_text(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	assert_true(pty_showed(&pty, "\033[?2004h"));
	pty_send(&pty, "\033[200~next q\033[201~");
	pty_expect(&pty, "paste next q");
	pty_send(&pty, "\033[200~one\r\n  two\ttabs\033OA\001ŷ\nthree\r\033[201~");
	pty_expect(&pty, "paste one/two tabsŷ/three/");
	pty_send(&pty, "\033[200~half");
	pty_send(&pty, " and half\033[201~");
	pty_expect(&pty, "paste half and half");
	/* at the prompt it goes to the cursor; lines that end are entered with what stood there */
	pty_send(&pty, ":");
	pty_expect(&pty, "key :");
	pty_send(&pty, "ab\001\033[200~x y\033[201~z\r");
	pty_expect(&pty, "line x yzab");
	pty_send(&pty, ":");
	pty_expect(&pty, "key :");
	pty_send(&pty, "go \033[200~1\rgo 2\rgo 3\033[201~");
	pty_expect(&pty, "entered go 1/go 2/go 3");
	/* a paste that does not end is left with Ctrl-C */
	pty_send(&pty, "\033[200~lost");
	pty_send(&pty, "\003");
	pty_expect(&pty, "key ctrl-c");
	pty_send(&pty, "a");
	pty_expect(&pty, "key a");
	assert_false(pty_showed(&pty, "\033[?2004l"));
	demo_quit(&pty);
}

static void what_is_no_character_is_dropped(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, "\xff\xc3(\xe2\x82z\xc0\xaf\xed\xa0\x80\x80");
	pty_expect(&pty, "key (");
	pty_expect(&pty, "key z");
	/* A character may arrive in pieces. */
	pty_send(&pty, "\xe2\x88");
	pty_resize(&pty, 20, 70);
	pty_expect(&pty, "size 20x70");
	pty_send(&pty, "\x82");
	pty_expect(&pty, "key ∂");
	demo_quit(&pty);
}

static void keys_that_wait_are_drawn_once(void **state)
{
	char keys[DEMO_KEYS_AT_ONCE + 3] = {0};
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	memset(keys, 'x', sizeof keys - 1);
	keys[0] = 'c';
	keys[sizeof keys - 2] = 'd';
	pty_send(&pty, keys);
	pty_expect(&pty, "key c");
	for (int i = 0; i < DEMO_KEYS_AT_ONCE; i++)
		pty_expect(&pty, "key x");
	pty_expect(&pty, "key d");
	pty_expect(&pty, "draws 0");
	demo_quit(&pty);
}

/* Types a line at the prompt and expects what is entered. */
static void enter(struct pty *pty, const char *typed, const char *report)
{
	pty_send(pty, ":");
	pty_expect(pty, "key :");
	pty_send(pty, typed);
	pty_send(pty, "\r");
	pty_expect(pty, report);
}

static void the_prompt_edits_characters_not_bytes(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	enter(&pty, "next 3", "line next 3");
	enter(&pty, "ŷ₁x\177\177z", "line ŷz");
	enter(&pty, "漢字\033OD∂\177\177語", "line 語字");
	enter(&pty, "y\u0302\177set", "line set");
	enter(&pty, "ab\001ŷ\005c\033[Hx", "line xŷabc");
	enter(&pty, "one two\027three\033bvery ", "line one very three");
	demo_quit(&pty);
}

static void what_crashes_readline_is_kept_from_it(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	enter(&pty, "abc", "line abc");
	enter(&pty, "x\0333y", "line xyyy");
	enter(&pty, "z\0335", "line z");       /* a count, and nothing that it counts */
	enter(&pty, "z\030", "line z");        /* the start of a sequence */
	enter(&pty, "\022b\030c", "line abc"); /* the same in a search */
	enter(&pty, "x\017\033p\033ny", "line xy");
	enter(&pty, "\033OA\033n\177z", "line xz");
	enter(&pty, "\030(a\030)\030e", "line a");
	demo_quit(&pty);
}

static void the_prompt_shows_the_line_and_the_cursor(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, ":ŷ₁漢d\033OD");
	pty_send(&pty, repaint);
	pty_expect(&pty, "key :");
	pty_wait(&pty, "ŷ₁漢d\b");
	pty_send(&pty, "\001\033[3~\033[3~\033[3~\033[3~");
	for (int i = 0; i < 40; i++)
		pty_send(&pty, "Σw·");
	pty_send(&pty, "end");
	pty_send(&pty, repaint);
	pty_wait(&pty, "…");
	pty_wait(&pty, "·Σw·end");
	pty_send(&pty, "\003");
	demo_quit(&pty);
}

static void a_long_paste_arrives_whole(void **state)
{
	static char line[1501], report[1510];
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	for (size_t i = 0; i + 3 < sizeof line; i += 3)
		memcpy(line + i, "∂", 4);
	snprintf(report, sizeof report, "line %s", line);
	enter(&pty, line, report);
	demo_quit(&pty);
}

static void the_prompt_closes(void **state)
{
	/* Each of these closes it: the cursor goes, and "x" comes as a key. */
	static const char *const closing[] = {
	    "\033", "\177", "\004", "\r", "abc\003", "a\177\b", "\022ab\003", "  \r", "a\033\003"};
	struct pty pty = demo_start(&demo_usual);

	(void)state;
	for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
		pty_send(&pty, ":");
		pty_expect(&pty, "key :");
		pty_wait(&pty, "\033[?25h");
		pty_send(&pty, closing[i]);
		pty_wait(&pty, "\033[?25l");
		pty_send(&pty, "x");
		pty_expect(&pty, "key x");
	}
	demo_quit(&pty);
}

static void the_prompt_is_opened_by_the_app(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, "p₁\r");
	pty_expect(&pty, "key p");
	pty_expect(&pty, "line pre ŷ₁");
	enter(&pty, "again", "line again");
	pty_send(&pty, "!\r");
	pty_expect(&pty, "line once more!");
	/* What the open prompt has no use for goes to the app. */
	pty_send(&pty, ":ab\033OP\033[6~c\r");
	pty_expect(&pty, "key :");
	pty_expect(&pty, "key f1");
	pty_expect(&pty, "key pagedown");
	pty_expect(&pty, "line abc");
	demo_quit(&pty);
}

static void tab_completes(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, ":set s\t");
	pty_expect(&pty, "key :");
	pty_expect(&pty, "complete 4 s");
	pty_wait(&pty, "señal");
	pty_wait(&pty, "señor");
	pty_send(&pty, "o\t\r");
	pty_expect(&pty, "complete 4 seño");
	pty_expect(&pty, "line set señor ");
	pty_send(&pty, ":le\t2-2-2\r");
	pty_expect(&pty, "key :");
	pty_expect(&pty, "complete 0 le");
	pty_expect(&pty, "line lessons/2-2-2");
	demo_quit(&pty);
}

static void the_history_is_kept(void **state)
{
	char folder[TEMPORARY_PATH], file[96];
	struct demo_options options = demo_usual;
	struct stat status;
	struct pty pty;
	(void)state;
	temporary_folder(folder);
	snprintf(file, sizeof file, "%s/state/backstep/history", folder);
	options.terminal.history_file = file;
	pty = demo_start(&options);
	enter(&pty, "goto w₅", "line goto w₅");
	enter(&pty, "next", "line next");
	enter(&pty, "next", "line next");
	enter(&pty, "\033OA\033OA", "line goto w₅"); /* up, up: "next" is there once */
	assert_int_equal(stat(file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	demo_quit(&pty);
	pty = demo_start(&options);
	enter(&pty, "\033OA\033OA!", "line next!");
	enter(&pty, "\022₅", "line goto w₅"); /* Ctrl-R */
	demo_quit(&pty);
}

static void sizes_are_followed(void **state)
{
	static const int sizes[][2] = {{10, 40}, {1, 1},  {2, 2},    {1, 200}, {200, 1},
				       {7, 80},  {60, 3}, {25, 132}, {24, 80}};
	struct pty pty = demo_start(&demo_usual);
	char report[40];
	(void)state;
	for (int open = 0; open < 2; open++) {
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			pty_resize(&pty, sizes[i][0], sizes[i][1]);
			snprintf(report, sizeof report, "size %dx%d", sizes[i][0], sizes[i][1]);
			pty_expect(&pty, report);
		}
		if (open)
			break;
		pty_send(&pty, ":漢字 for\t");
		pty_expect(&pty, "key :");
		pty_expect(&pty, "complete 7 for");
	}
	pty_send(&pty, "\r");
	pty_expect(&pty, "line 漢字 for");
	demo_quit(&pty);
}

static void refusals_say_why(void **state)
{
	static const struct {
		const char *term, *report;
	} rows[] = {
	    {"dumb", "end 3 error: TERM=dumb has no cursor addressing; use --console"},
	    {"no-such\033term",
	     "end 3 error: TERM=no-such\\u{001B}term is not a terminal known here; use --console"},
	    {"", "end 3 error: TERM is not set; use --console"},
	    {NULL, "end 3 error: TERM is not set; use --console"},
	};
	struct demo_options options = demo_usual;
	struct pty pty;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		options.term = rows[i].term;
		pty_start(&pty, 24, 80, demo_run, &options);
		pty_expect(&pty, rows[i].report);
		assert_int_equal(WEXITSTATUS(pty_end(&pty)), STATUS_IO);
		assert_true(pty_is_restored(&pty));
		assert_int_equal(pty.output.len, 0);
		pty_free(&pty);
	}
}

static void without_a_terminal(int fd)
{
	int null = open("/dev/null", O_RDWR);
	dup2(null, fd);
	close(null);
}

static void no_input(void)
{
	without_a_terminal(STDIN_FILENO);
}

static void no_output(void)
{
	without_a_terminal(STDOUT_FILENO);
}

static void a_terminal_is_needed_on_both_sides(void **state)
{
	struct demo_options options = demo_usual;
	struct pty pty;
	(void)state;
	options.prepare = no_input;
	pty_start(&pty, 24, 80, demo_run, &options);
	pty_expect(&pty, "end 3 error: the input is not a terminal; use --console");
	pty_end(&pty);
	pty_free(&pty);
	options.prepare = no_output;
	pty_start(&pty, 24, 80, demo_run, &options);
	pty_expect(&pty, "end 3 error: the output is not a terminal; use --console");
	pty_end(&pty);
	pty_free(&pty);
}

static void colours_and_ascii_are_options(void **state)
{
	static const struct {
		const char *term;
		struct terminal_options options;
		const char *there, *not_there;
	} rows[] = {
	    {"xterm-256color", {true, false, NULL}, "\033[38;5;163m", NULL},
	    {"xterm", {true, false, NULL}, "\033[35m", "\033[38;5;"},
	    {"xterm-256color", {false, false, NULL}, "\033[0;4m", "\033[3"},
	    {"vt100", {true, false, NULL}, "\033[0;4m", "\033[3"},
	    {"xterm-256color", {true, true, NULL}, "drawnd24x80", "drawn∂"},
	};
	struct demo_options options = demo_usual;
	struct pty pty;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		options.term = rows[i].term;
		options.terminal = rows[i].options;
		pty_start(&pty, 24, 80, demo_run, &options);
		pty_wait(&pty, rows[i].there);
		pty_send(&pty, "q");
		assert_int_equal(pty_end(&pty), 0);
		assert_true(!rows[i].not_there || !pty_showed(&pty, rows[i].not_there));
		assert_true(pty_is_restored(&pty));
		pty_free(&pty);
	}
}

/* Magenta is 176 on a dark ground, 90 on a light one, 163 where it is not known. */
static void colours_follow_theme_and_ground(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	assert_true(pty_showed(&pty, "\033]11;?\033\\"));
	assert_true(pty_showed(&pty, "\033[38;5;163m"));
	pty_send(&pty, "\033]11;rgb:ffff/fafa/f0f0\033\\x");
	pty_expect(&pty, "key x"); /* the answer is no key */
	pty_wait(&pty, "\033[38;5;90m");
	pty_send(&pty, "\033]11;rgba:1e/1e/2e/ff\ax");
	pty_expect(&pty, "key x");
	pty_wait(&pty, "\033[38;5;176m");
	pty_send(&pty, "\033]11;what it may be\ax"); /* changes nothing */
	pty_expect(&pty, "key x");
	pty_send(&pty, "tt"); /* dark: as it is; light */
	pty_expect(&pty, "key t");
	pty_expect(&pty, "key t");
	pty_send(&pty, repaint);
	pty_expect(&pty, "key ctrl-l");
	pty_wait(&pty, "\033[38;5;90m");
	pty_send(&pty, "t"); /* contrast: no colour, but bold */
	pty_expect(&pty, "key t");
	pty_wait(&pty, "\033[0;1;4m");
	demo_quit(&pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_arrive_by_name),
	    cmocka_unit_test(what_is_pasted_is_text),
	    cmocka_unit_test(what_is_no_character_is_dropped),
	    cmocka_unit_test(keys_that_wait_are_drawn_once),
	    cmocka_unit_test(the_prompt_edits_characters_not_bytes),
	    cmocka_unit_test(what_crashes_readline_is_kept_from_it),
	    cmocka_unit_test(the_prompt_shows_the_line_and_the_cursor),
	    cmocka_unit_test(a_long_paste_arrives_whole),
	    cmocka_unit_test(the_prompt_closes),
	    cmocka_unit_test(the_prompt_is_opened_by_the_app),
	    cmocka_unit_test(tab_completes),
	    cmocka_unit_test(the_history_is_kept),
	    cmocka_unit_test(sizes_are_followed),
	    cmocka_unit_test(refusals_say_why),
	    cmocka_unit_test(a_terminal_is_needed_on_both_sides),
	    cmocka_unit_test(colours_and_ascii_are_options),
	    cmocka_unit_test(colours_follow_theme_and_ground),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
