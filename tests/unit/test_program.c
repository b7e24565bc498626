/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program.c -- the program as a person has it: started on a terminal, stepped with keys,
 * spoken to at the prompt, resized, stopped, left. */
#include "start.h"

#include <sys/stat.h>
#include "screen.h"
#include "temporary.h"

#include <sched.h>

struct session {
	struct pty pty;
	struct screen screen;
};

static void begin_with(struct session *session, const struct start *start)
{
	int rows = start->rows ? start->rows : 24, columns = start->columns ? start->columns : 80;
	text_locale_init();
	pty_start(&session->pty, rows, columns, start_child, start);
	screen_start(&session->screen, &session->pty, rows, columns);
}

static void begin(struct session *session, const char *lesson)
{
	begin_with(session, &(struct start){.args = {lesson}});
	screen_wait(&session->screen, lesson);
	screen_wait(&session->screen, "? keys");
}

/* Presses keys and waits for what they show. */
static void press(struct session *session, const char *keys, const char *wanted)
{
	pty_send(&session->pty, keys);
	screen_wait(&session->screen, wanted);
}

#define RIGHT "\033OC"
#define LEFT "\033OD"
#define DOWN "\033OB"
#define UP "\033OA"
#define PAGE_DOWN "\033[6~"
#define PAGE_UP "\033[5~"
#define HOME "\033OH"

/* Types a command at the prompt. */
static void type(struct session *session, const char *command, const char *wanted)
{
	pty_send(&session->pty, ":");
	pty_send(&session->pty, command);
	press(session, "\r", wanted);
}

/* It is gone, and the terminal is as it was. */
static void assert_left(struct session *session, int status)
{
	int got = pty_end(&session->pty);
	assert_true(WIFEXITED(got));
	assert_int_equal(WEXITSTATUS(got), status);
	assert_true(pty_is_restored(&session->pty));
	pty_free(&session->pty);
}

static void leave(struct session *session)
{
	pty_send(&session->pty, "q");
	assert_left(session, 0);
}

static void the_first_screen_is_the_lesson(void **state)
{
	static const char *const wanted[] = {
	    "Backpropagation step", "step 0/128", "x₁ 0.1",   "w₅ 0.5",  "w₈ 0.8",
	    "One whole update",     "B₂ 0.35",    "update 1", "forward",
	};
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		screen_wait(&session.screen, wanted[i]);
	leave(&session);
}

static void arrows_step(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, RIGHT, "step 1/128");
	screen_wait(&session.screen, "0.1 · 0.1 + 0.5 · 0.3 + 0.25");
	press(&session, " ", "step 2/128");
	press(&session, "\r", "step 3/128");
	press(&session, LEFT, "step 2/128");
	press(&session, "n", "step 3/128");
	press(&session, "b", "step 2/128");
	press(&session, PAGE_DOWN, "step 8/128");
	press(&session, PAGE_DOWN, "step 11/128");
	press(&session, RIGHT RIGHT, "step 13/128");
	/* the factor in symbols, as numbers, as a value; and the product so far */
	screen_wait(&session.screen, "[∂ŷ₁/∂sum_ŷ₁]");
	screen_wait(&session.screen, "0.734929 · (1 − 0.734929)");
	screen_wait(&session.screen, "0.684929 · 0.194809 = 0.13343");
	press(&session, DOWN, "step 16/128");
	screen_wait(&session.screen, "0.0802031");
	press(&session, UP, "step 11/128");
	press(&session, PAGE_UP, "step 8/128");
	press(&session, "u", "step 128/128");
	screen_wait(&session.screen, "0.451878");
	/* steps are counted through all updates, as goto counts them */
	press(&session, RIGHT, "step 129/256");
	screen_wait(&session.screen, "update 2");
	type(&session, "goto 129", "step 129/256");
	press(&session, LEFT LEFT, "step 127/128");
	press(&session, HOME, "step 0/128");
	press(&session, "e", "step 128/128");
	leave(&session);
}

static void lines_are_commands(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	type(&session, "goto w1", "step 32/128");
	type(&session, "next 3", "step 35/128");
	/* the answer of a command that shows one line, or many */
	type(&session, "set digits", "digits 6");
	type(&session, "show weights", "  B2        0.35");
	press(&session, "x", "x does nothing here");
	press(&session, "q", "step 35/128");
	screen_wait_gone(&session.screen, "  B2        0.35");
	type(&session, "expect n1 = 0.7", "n1: got 0.6010878788483698, wanted 0.7");
	type(&session, "nxet", "did you mean 'next'?");
	/* one that is too long for a line has more of them, to its last word; the step stays */
	type(&session, "show nothing", "settings, stages, verdict");
	screen_wait(&session.screen, "step 35/128");
	type(&session, "set language es", "paso 35/128");
	type(&session, "set language en", "step 35/128");
	type(&session, "break w3", "breakpoint 1: w3");
	press(&session, "c", "step 58/128");
	/* Escape gives up a line */
	pty_send(&session.pty, ":goto 3");
	screen_wait(&session.screen, ":goto 3");
	pty_send(&session.pty, "\003");
	screen_wait_gone(&session.screen, ":goto 3");
	screen_wait(&session.screen, "step 58/128");
	type(&session, "quit", "");
	assert_left(&session, 0);
}

/* What is said of an answer stands below the question while it is open, and on the message line or
 * on a page when it is over. ŷ₁ (1 − ŷ₁) = 0.734929 · 0.265071 = 0.194809. */
static void answers_are_told_when_the_question_is_over(void **state)
{
	char folder[TEMPORARY_PATH], variable[96], file[96];
	struct session session;
	(void)state;
	temporary_folder(folder); /* for the progress */
	snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s", folder);
	begin_with(&session, &(struct start){.args = {"sigmoid-2-2-2"}, .variables = {variable}});
	screen_wait(&session.screen, "? keys");
	type(&session, "predict slope", "step 0/128");
	type(&session, "goto w5", "step 12/128");
	press(&session, RIGHT, "question 1 of 4");
	press(&session, "0.3\r", "Try 1 of 3.");
	press(&session, "0.194809\r", "Skill slope: trying.");
	screen_wait(&session.screen, "step 13/128");
	type(&session, "answer 0.5", "Not yet. It is not this number.");
	type(&session, "next 10", "question 2 of 4");
	screen_wait_gone(&session.screen, "Not yet.");
	/* at the third miss there are more lines than one */
	press(&session, "1.30\r", "Try 1 of 3.");
	press(&session, "1.30\r", "first a part of it");
	press(&session, "0.2204\r", "question 2 of 4");
	press(&session, "1.30\r", "Try 3 of 3.");
	screen_wait(&session.screen, "∂ŷ₂/∂sum_ŷ₂ = 0.17185.");
	type(&session, "quit", "");
	assert_left(&session, 0);
	snprintf(file, sizeof file, "%s/backstep/progress.bsp", folder);
	assert_int_equal(access(file, F_OK), 0);
}

/* Lines pasted at the prompt are commands, one after the other, up to one that fails; without a
 * prompt they are shown, and wait for Enter. Before, the letters of the second line were keys. */
static void pasted_lines_are_run_or_asked_about(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, ":\033[200~goto w5\rnext\033[201~", ":next");
	press(&session, "\r", "step 13/128");
	press(&session, ":\033[200~goto w5\rnext\rnext\r\033[201~", "lines that were run: 3");
	screen_wait(&session.screen, "step 14/128");
	press(&session, ":\033[200~next\rexpect n1 = 7\rgoto w8\r\033[201~",
	      "lines that were not run: 1");
	screen_wait(&session.screen, "n1: got 0.6010878788483698, wanted 7");
	press(&session, "\033", "step 15/128");
	press(&session, "\033[200~goto w8\rb\r\033[201~", "Lines that were pasted: 2.");
	screen_wait(&session.screen, "goto w8");
	press(&session, "q", "step 15/128");
	press(&session, "\033[200~goto w8\rback\r\033[201~", "Lines that were pasted: 2.");
	press(&session, "\r", "step 26/128");
	press(&session, "\033[200~goto w5\033[201~", ":goto w5");
	press(&session, "\r", "step 12/128");
	leave(&session);
}

/* Rows of the table and of a view are chosen; the view is there the next time; what is cut can be
 * read. */
static void rows_are_chosen_and_views_remembered(void **state)
{
	char folder[TEMPORARY_PATH], variable[96];
	const struct start start = {.args = {"sigmoid-2-2-2"}, .variables = {variable}};
	struct session session;
	(void)state;
	temporary_folder(folder);
	snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s", folder);
	begin_with(&session, &start);
	screen_wait(&session.screen, "? keys");
	press(&session, "s", "Enter its chain");
	press(&session, "o", "sorted: the largest amount first");
	press(&session, "f", ":filter");
	press(&session, "b\r", "parameters: 2");
	/* w5 to w8 take 5 steps each from step 12 on, w1 to w4 with their two paths 13: 12 + 20 +
	 * 52 */
	press(&session, DOWN "\r", "step 84/128");
	type(&session, "view steps", "the steps of this update");
	press(&session, "s", "rows of a view");
	press(&session, "/E = E", ":find E = E");
	press(&session, "\r", "11  E = E₁");
	press(&session, "\r", "step 11/128");
	press(&session, "x", "Backpropagation step by step: a 2-2-2 network");
	press(&session, "q", "x …");
	leave(&session);
	begin_with(&session, &start);
	screen_wait(&session.screen, "the steps of this update");
	press(&session, "z", "16  backward");
	type(&session, "view off", "x₁ 0.1");
	leave(&session);
}

static void the_prompt_completes_and_remembers(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, ":up\t", ":update");
	press(&session, "3", ":update 3");
	press(&session, "\r", "update 3");
	screen_wait(&session.screen, "step 384/384");
	press(&session, ":set ch\tdel\t", ":set chain deltas");
	press(&session, "\r", "step 120/120");
	/* all that is possible is listed */
	press(&session, ":lesson x\t", "xor-relu-learn");
	pty_send(&session.pty, "\003");
	screen_wait_gone(&session.screen, ":lesson");
	press(&session, ":" UP, ":set chain deltas");
	press(&session, UP, ":update 3");
	press(&session, "\r", "update 6");
	leave(&session);
}

/* Two keys lead from a number to one of those that it comes from, and Esc the way back. */
static void a_number_leads_to_its_origin(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, "6" RIGHT, "step 6/128");
	press(&session, "a", "[6] forward");
	screen_wait(&session.screen, "lines that lead on");
	press(&session, "\r", "[5] forward"); /* y1 of its sum */
	press(&session, "jj", "from 4");
	press(&session, "\r", "[4] forward"); /* that of n2, after w5 which was given */
	press(&session, "\033", "[5] forward");
	press(&session, "\033", "[6] forward");
	press(&session, "\033", "step 6/128");
	screen_wait_gone(&session.screen, "lines that lead on");
	leave(&session);
}

/* Two keys lead from a number to its origin, and arrows to every other one on the screen first. */
static void any_number_on_the_screen_is_asked(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, "35" RIGHT, "step 35/128");
	press(&session, "i", "numbers on the screen");
	press(&session, "\r", "[35] backward"); /* that of the step */
	screen_wait_gone(&session.screen, "numbers on the screen");
	press(&session, "\033", "numbers on the screen");
	press(&session, "gjjjjl", "numbers on the screen");
	press(&session, "\r", "[11] loss"); /* of the network's E, after w₇ five rows down */
	screen_wait_gone(&session.screen, "numbers on the screen");
	press(&session, "\033", "numbers on the screen");
	press(&session, "q", "whole chain");
	screen_wait_gone(&session.screen, "numbers on the screen");
	leave(&session);
}

/* Steps go by themselves until a key, which does nothing else, or until the update is done. */
static void steps_are_played(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	type(&session, "play 0.05", "any key stops"); /* the next step would be in 20 s */
	screen_wait(&session.screen, "step 1/128");
	press(&session, RIGHT, "stopped at step 1");
	screen_wait(&session.screen, "step 1/128");
	press(&session, "p", "any key stops");
	press(&session, "q", "stopped at step");
	press(&session, "999p", "stopped at step 128: the update is done");
	screen_wait(&session.screen, "step 128/128");
	leave(&session);
}

static void keys_are_explained_on_a_page(void **state)
{
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, RIGHT, "step 1/128");
	press(&session, "?", "on to the next breakpoint");
	screen_wait(&session.screen, "q close");
	press(&session, "q", "step 1/128");
	screen_wait_gone(&session.screen, "on to the next breakpoint");
	press(&session, "\033OP", "on to the next breakpoint");
	press(&session, ":", ":");
	press(&session, "next\r", "step 2/128");
	/* a long page is scrolled */
	type(&session, "help", "next [N]");
	press(&session,
	      PAGE_DOWN PAGE_DOWN PAGE_DOWN PAGE_DOWN PAGE_DOWN PAGE_DOWN PAGE_DOWN PAGE_DOWN,
	      "quit  ");
	press(&session, PAGE_UP PAGE_UP PAGE_UP PAGE_UP PAGE_UP PAGE_UP PAGE_UP PAGE_UP,
	      "next [N]");
	/* an unknown key does nothing, and says so; G goes to the end, a text is found both ways */
	press(&session, RIGHT, "right does nothing here");
	press(&session, "G", "quit  ");
	press(&session, "g", "next [N]");
	press(&session, "/restart\r", "with the same initial weights");
	press(&session, "/nowhere\r", "not found: nowhere");
	press(&session, "\033", "step 2/128");
	/* a count before a key; and what the key typed */
	press(&session, "3" RIGHT, "step 5/128");
	screen_wait(&session.screen, "next 3");
	press(&session, "X", "X does nothing here");
	/* Ctrl-C while nothing runs says how to leave */
	press(&session, "\003", "q leaves");
	leave(&session);
}

static void a_lesson_is_chosen(void **state)
{
	struct session session;
	(void)state;
	begin_with(&session, &(struct start){0});
	screen_wait(&session.screen, "or-perceptron");
	screen_wait(&session.screen, "graph-examples");
	screen_wait(&session.screen, "Enter open the lesson");
	/* keys that step have nothing to step here */
	screen_wait(&session.screen, "a file of your choice");
	press(&session, "uvy" LEFT, "left does nothing here");
	press(&session, "/sum of squ\r", "not found: sum of squ");
	press(&session, "/PERCEPTRON\r", "▸  2   or-perceptron");
	press(&session, "n", "▸  3   perceptron-conv");
	press(&session, "Ng", "▸  1 ");
	press(&session, DOWN DOWN DOWN UP, "▸  3   perceptron-conv");
	press(&session, "\r", "step 0/14");
	press(&session, RIGHT, "step 1/14");
	/* another one; and back to this one, as it was */
	press(&session, "o", "Choose a lesson");
	press(&session, "\033", "step 1/14");
	press(&session, "o", "Choose a lesson");
	press(&session, "\033OB\r", "step 0/64");
	type(&session, "lesson ", "Choose a lesson");
	type(&session, "lesson or-perceptron", "step 0/7");
	type(&session, "lesson nosuch", "there is no lesson 'nosuch'");
	screen_wait(&session.screen, "step 0/7");
	leave(&session);
}

static void a_resize_keeps_the_place(void **state)
{
	static const int sizes[][2] = {{45, 140}, {24, 80}, {50, 100}, {30, 90}, {24, 80}};
	struct session session;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	type(&session, "goto 34", "step 34/128");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		/* what stands there is from the new size: it was wiped before */
		screen_clear_rows(&session.screen, 0, SCREEN_ROWS);
		screen_resize(&session.screen, sizes[i][0], sizes[i][1]);
		screen_wait(&session.screen, "step 34/128");
		screen_wait(&session.screen, "? keys");
	}
	/* too small for all but the step itself, and up again */
	screen_resize(&session.screen, 5, 30);
	screen_wait(&session.screen, "the window is too small");
	screen_resize(&session.screen, 24, 80);
	screen_wait(&session.screen, "step 34/128");
	press(&session, RIGHT, "step 35/128");
	leave(&session);
}

/* With a lesson of which a million updates take ten seconds and more. */
static void begin_long(struct session *session)
{
	begin(session, "spirals");
	type(session, "set batch 280", "280 rows");
}

/* Work that cannot draw the walk anew keeps what stood there, and its bar fits the new size. */
static void a_resize_during_work_keeps_the_screen(void **state)
{
	struct session session;
	(void)state;
	begin_long(&session);
	press(&session, ":compare gd adam --updates 1000000\r", "/2000000 [");
	screen_clear_rows(&session.screen, 0, SCREEN_ROWS);
	screen_resize(&session.screen, 30, 100);
	screen_wait(&session.screen, "spirals");
	screen_wait(&session.screen, "parameter");
	screen_wait(&session.screen, "/2000000 [");
	press(&session, "q", "interrupted");
	leave(&session);
}

/* A file of answers that is damaged, under a name that fills the row: the message takes the rows
 * that it needs, up to its cure, on every screen that one may begin with. */
static void an_error_at_the_start_is_told_whole(void **state)
{
	static const char *const rows[][2] = {{NULL, "list of lessons"},
					      {"sigmoid-2-2-2", "next factor"},
					      {"sigmoid-2-2-2@1.w5", "lines "}};
	char folder[TEMPORARY_PATH], name[160], variable[192], file[256];
	(void)state;
	temporary_folder(folder);
	snprintf(name, sizeof name, "%s/a-folder-whose-name-is-longer-than-most-people-would-like",
		 folder);
	snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s", name);
	assert_int_equal(mkdir(name, 0700), 0);
	snprintf(file, sizeof file, "%s/backstep", name);
	assert_int_equal(mkdir(file, 0700), 0);
	snprintf(file, sizeof file, "%s/backstep/progress.bsp", name);
	FILE *damaged = fopen(file, "w");
	assert_non_null(damaged);
	fputs("no answer\n", damaged);
	fclose(damaged);
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct session session;
		begin_with(&session,
			   &(struct start){.args = {rows[k][0]}, .variables = {variable}});
		screen_wait(&session.screen, rows[k][1]);
		screen_wait(&session.screen, "progress.bsp:1: error:");
		screen_wait(&session.screen, "another, or damaged");
		pty_send(&session.pty, "\003:quit\r");
		assert_left(&session, 0);
	}
	/* with nothing to tell, whoever has answered nothing yet hears where to begin */
	struct session session;
	assert_int_equal(unlink(file), 0);
	begin_with(&session, &(struct start){.variables = {variable}});
	screen_wait(&session.screen, "it teaches the keys");
	leave(&session);
}

static void signals_that_end_it_give_the_terminal_back(void **state)
{
	static const int numbers[] = {SIGTERM, SIGHUP};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct session session;
		int status;
		begin(&session, "sigmoid-2-2-2");
		press(&session, RIGHT, "step 1/128");
		kill(session.pty.pid, numbers[i]);
		status = pty_end(&session.pty);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), numbers[i]);
		assert_true(pty_is_restored(&session.pty));
		pty_free(&session.pty);
	}
}

/* Long work shows how far it is in the meantime, and stops at Ctrl-C and at q, which then does not
 * leave. */
static void long_work_is_interrupted(void **state)
{
	static const struct {
		const char *line, *shown;
	} rows[] = {
	    {":update 1000000", "/1000000 ["},
	    {":goto 50000000000", "/766953 ["},
	    {":compare gd adam --updates 1000000", "/2000000 ["},
	    {":train 1000000", "/1000000 ["},
	};
	static const char *const keys[] = {"\003", "q"};
	struct session session;
	(void)state;
	begin_long(&session);
	for (size_t k = 0; k < 2 * sizeof rows / sizeof *rows; k++) {
		press(&session, rows[k / 2].line, rows[k / 2].line);
		pty_send(&session.pty, "\r");
		screen_wait(&session.screen, rows[k / 2].shown);
		press(&session, keys[k % 2], "interrupted");
		press(&session, HOME, "step 0/65193");
	}
	leave(&session);
}

/* A shell-like parent: the program stops itself, gives the terminal back, and comes back. */
static void it_is_stopped_and_goes_on(void **state)
{
	struct session session;
	int status;
	(void)state;
	begin(&session, "sigmoid-2-2-2");
	press(&session, RIGHT, "step 1/128");
	pty_send(&session.pty, "\032");
	/* a session's leader cannot be stopped from its own terminal; SIGSTOP does the same here */
	kill(session.pty.pid, SIGSTOP);
	assert_int_equal(waitpid(session.pty.pid, &status, WUNTRACED), session.pty.pid);
	assert_true(WIFSTOPPED(status));
	kill(session.pty.pid, SIGCONT);
	press(&session, RIGHT, "step 2/128");
	leave(&session);
}

static void a_dumb_terminal_gets_the_console(void **state)
{
	struct session session;
	(void)state;
	begin_with(&session, &(struct start){.args = {"sigmoid-2-2-2"}, .term = "dumb"});
	pty_wait(&session.pty,
		 "backstep: TERM=dumb has no cursor addressing: this is the line console");
	pty_wait(&session.pty, "sigmoid-2-2-2: Backpropagation");
	pty_wait(&session.pty, "backstep> ");
	assert_false(pty_showed(&session.pty, "\033["));
	pty_send(&session.pty, "next\r");
	pty_wait(&session.pty, "[1] forward · sum_n1");
	pty_wait(&session.pty, "backstep> ");
	pty_send(&session.pty, "quit\r");
	assert_left(&session, 0);
}

static void a_bad_lesson_leaves_the_screen_alone(void **state)
{
	char path[TEMPORARY_PATH];
	const char *lessons[] = {"nosuch", path};
	(void)state;
	temporary_lesson(path, "network: {inputs: [x], layers: []}\n");
	for (size_t i = 0; i < 2; i++) {
		struct session session;
		begin_with(&session, &(struct start){.args = {lessons[i]}});
		pty_wait(&session.pty, i ? "the key 'loss' is missing" : "no lesson 'nosuch'");
		assert_false(pty_showed(&session.pty, "\033["));
		assert_left(&session, 2);
	}
}

/* Whether an SGR sequence with one of the colours of text or ground was sent. */
static bool showed_colour(const struct pty *pty)
{
	const char *at = strbuf_str(&pty->output);
	while ((at = strstr(at, "\033["))) {
		size_t len = strspn(at + 2, "0123456789;");
		char sequence[64];
		snprintf(sequence, sizeof sequence, "%.*s", (int)len, at + 2);
		at += 2;
		if (at[len] != 'm')
			continue;
		for (char *rest = sequence, *number; (number = strsep(&rest, ";"));) {
			int n = atoi(number);
			if ((n >= 30 && n <= 38) || (n >= 40 && n <= 48) || (n >= 90 && n <= 107))
				return true;
		}
	}
	return false;
}

static void colours_can_be_switched_off(void **state)
{
	static const struct {
		struct start start;
		bool colour;
	} rows[] = {
	    {{.args = {"sigmoid-2-2-2"}}, true},
	    {{.args = {"sigmoid-2-2-2"}, .variables = {"NO_COLOR=1"}}, false},
	    {{.args = {"sigmoid-2-2-2"}, .variables = {"NO_COLOR="}}, true},
	    {{.args = {"--color", "never", "sigmoid-2-2-2"}}, false},
	    {{.args = {"--color=always", "sigmoid-2-2-2"}, .variables = {"NO_COLOR=1"}}, true},
	    {{.args = {"--color=auto", "sigmoid-2-2-2"}, .variables = {"NO_COLOR=1"}}, false},
	    {{.args = {"sigmoid-2-2-2"}, .term = "vt100"}, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct session session;
		begin_with(&session, &rows[i].start);
		screen_wait(&session.screen, "step 0/128");
		type(&session, "goto 34", "step 34/128");
		type(&session, "nxet", "unknown command");
		assert_int_equal(showed_colour(&session.pty), rows[i].colour);
		/* what matters is marked without colour too */
		assert_true(pty_showed(&session.pty, "\033[7m") ||
			    pty_showed(&session.pty, ";7m") ||
			    pty_showed(&session.pty, "\033[7;") || pty_showed(&session.pty, ";7;"));
		leave(&session);
	}
}

static void an_ascii_terminal_gets_ascii(void **state)
{
	struct session session;
	(void)state;
	begin_with(&session, &(struct start){.args = {"sigmoid-2-2-2", "--lang", "es"},
					     .variables = {"LC_ALL=C"}});
	screen_wait(&session.screen, "sigmoid-2-2-2");
	type(&session, "goto 13", "[dy1/dsum_y1]");
	type(&session, "help", "next");
	pty_send(&session.pty, "qq");
	assert_int_equal(pty_end(&session.pty), 0);
	while (session.screen.n_read < session.pty.output.len)
		screen_read(&session.screen);
	for (size_t i = 0; i < session.pty.output.len; i++)
		assert_true((unsigned char)session.pty.output.data[i] < 0x80);
	pty_free(&session.pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_screen_is_the_lesson),
	    cmocka_unit_test(arrows_step),
	    cmocka_unit_test(lines_are_commands),
	    cmocka_unit_test(answers_are_told_when_the_question_is_over),
	    cmocka_unit_test(pasted_lines_are_run_or_asked_about),
	    cmocka_unit_test(rows_are_chosen_and_views_remembered),
	    cmocka_unit_test(the_prompt_completes_and_remembers),
	    cmocka_unit_test(a_number_leads_to_its_origin),
	    cmocka_unit_test(any_number_on_the_screen_is_asked),
	    cmocka_unit_test(steps_are_played),
	    cmocka_unit_test(keys_are_explained_on_a_page),
	    cmocka_unit_test(a_lesson_is_chosen),
	    cmocka_unit_test(a_resize_keeps_the_place),
	    cmocka_unit_test(a_resize_during_work_keeps_the_screen),
	    cmocka_unit_test(an_error_at_the_start_is_told_whole),
	    cmocka_unit_test(signals_that_end_it_give_the_terminal_back),
	    cmocka_unit_test(long_work_is_interrupted),
	    cmocka_unit_test(it_is_stopped_and_goes_on),
	    cmocka_unit_test(a_dumb_terminal_gets_the_console),
	    cmocka_unit_test(a_bad_lesson_leaves_the_screen_alone),
	    cmocka_unit_test(colours_can_be_switched_off),
	    cmocka_unit_test(an_ascii_terminal_gets_ascii),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
