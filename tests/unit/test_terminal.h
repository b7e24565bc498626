/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_terminal.h -- a small program on the screen that reports all that happens to it.
 *
 * Reports: "size ROWSxCOLUMNS" when it draws another size than before, "key NAME", "line TEXT",
 * "complete START WORD", "paste TEXT",
 * "end STATUS MESSAGE". */
#ifndef BACKSTEP_TESTS_TEST_TERMINAL_H
#define BACKSTEP_TESTS_TEST_TERMINAL_H

#include "pty_session.h"

#include <sched.h>

#include "backstep/base/contract.h"
#include "backstep/base/text.h"
#include "../../src/tui/terminal.h"

struct demo_options {
	const char *term; /* NULL: not set */
	struct terminal_options terminal;
	void (*prepare)(void); /* may be NULL */
};

static const struct demo_options demo_usual = {"xterm-256color", {true, false, NULL}, NULL};

enum { DEMO_KEYS_AT_ONCE = 500 };

struct demo {
	int reports;
	int rows, columns, n_draws;
	char letter; /* that fills the screen, or 0 */
	enum theme theme;
	bool done;
};

/* -Winfinite-recursion must not see through it. */
static int demo_recurse(volatile int depth)
{
	volatile char frame[4096];

	frame[0] = (char)depth;
	return depth < 0 ? 0 : demo_recurse(depth + 1) + frame[0];
}

static void demo_draw(void *ctx, struct grid *grid)
{
	static const struct style weight = {GRID_UNDERLINE, GRID_WEIGHT};
	struct demo *demo = ctx;
	const char letter[] = {demo->letter, '\0'};
	demo->n_draws++;
	terminal_set_theme(demo->theme);
	for (int row = 0; demo->letter && row < grid->rows; row++)
		grid_fill(grid, row, 0, grid->columns, (struct style){0, 0}, letter);
	grid_textf(grid, 0, 0, weight, "drawn∂%dx%d", grid->rows, grid->columns);
	if (demo->rows != grid->rows || demo->columns != grid->columns)
		dprintf(demo->reports, "size %dx%d\n", grid->rows, grid->columns);
	demo->rows = grid->rows;
	demo->columns = grid->columns;
}

static void key_prompt(struct demo *demo)
{
	(void)demo;
	terminal_prompt_open("");
}

static void key_prefilled(struct demo *demo)
{
	(void)demo;
	terminal_prompt_open("pre ŷ");
}

static void key_quit(struct demo *demo)
{
	demo->done = true;
}

static void key_work(struct demo *demo)
{
	while (!terminal_interrupted())
		sched_yield();
	dprintf(demo->reports, "interrupted\n");
}

static void key_hang(struct demo *demo)
{
	for (;;)
		demo->n_draws += sched_yield();
}

/* Works until that many keys wait. */
static void key_collect(struct demo *demo)
{
	double deadline = pty_now() + PTY_SECONDS;
	int n = 0;
	while (n < DEMO_KEYS_AT_ONCE && pty_now() < deadline && ioctl(0, FIONREAD, &n) == 0)
		sched_yield();
	demo->n_draws = 0;
}

static void key_draws(struct demo *demo)
{
	dprintf(demo->reports, "draws %d\n", demo->n_draws);
}

static void key_fill(struct demo *demo)
{
	demo->letter = demo->letter == 'm' ? 'n' : 'm';
}

static void key_theme(struct demo *demo)
{
	demo->theme = (demo->theme + 1) % N_THEMES;
}

static void key_overflow(struct demo *demo)
{
	demo->n_draws = demo_recurse(0);
}

static void key_break(struct demo *demo)
{
	demo->done = true;
	contract_broken("demo->n_draws < 0", "demo.c", 12, "key_break");
}

static const struct demo_key {
	const char *name;
	void (*press)(struct demo *demo);
} demo_keys[] = {
    {":", key_prompt},   {"p", key_prefilled}, {"q", key_quit},  {"w", key_work},
    {"h", key_hang},     {"c", key_collect},   {"d", key_draws}, {"f", key_fill},
    {"o", key_overflow}, {"b", key_break},     {"t", key_theme},
};

static void demo_key(void *ctx, const char *key)
{
	struct demo *demo = ctx;
	dprintf(demo->reports, "key %s\n", key);
	for (size_t i = 0; i < sizeof demo_keys / sizeof *demo_keys; i++)
		if (strcmp(demo_keys[i].name, key) == 0)
			demo_keys[i].press(demo);
}

static void demo_line(void *ctx, const char *line)
{
	struct demo *demo = ctx;
	dprintf(demo->reports, "line %s\n", line);
	if (strcmp(line, "again") == 0)
		terminal_prompt_open("once more");
}

/* "paste TEXT" or "entered TEXT", its lines between slashes. */
static void demo_paste(void *ctx, const char *text, bool is_at_prompt)
{
	struct demo *demo = ctx;
	dprintf(demo->reports, "%s ", is_at_prompt ? "entered" : "paste");
	for (char *line; (line = terminal_paste_line(&text)) != NULL; free(line))
		dprintf(demo->reports, "%s/", line);
	dprintf(demo->reports, "%s\n", text);
}

static char *demo_complete(void *ctx, const char *line, size_t start, const char *word, int state)
{
	static const char *const words[] = {"format", "forward", "señal", "señor", "lessons/"};
	static size_t next;
	struct demo *demo = ctx;
	(void)line;
	if (state == 0) {
		next = 0;
		dprintf(demo->reports, "complete %zu %s\n", start, word);
	}
	while (next < sizeof words / sizeof *words)
		if (strncmp(words[next++], word, strlen(word)) == 0)
			return strdup(words[next - 1]);
	return NULL;
}

static bool demo_done(void *ctx)
{
	return ((struct demo *)ctx)->done;
}

static int demo_run(int reports, const void *ctx)
{
	const struct demo_options *options = ctx;
	struct demo demo = {.reports = reports};
	const struct terminal_app app = {.ctx = &demo,
					 .draw = demo_draw,
					 .key = demo_key,
					 .line = demo_line,
					 .paste = demo_paste,
					 .complete = demo_complete,
					 .done = demo_done};
	struct error err = {0};
	struct strbuf message = {0};
	enum status status;
	if (options->term)
		setenv("TERM", options->term, 1);
	else
		unsetenv("TERM");
	setenv("INPUTRC", "/dev/null", 1);
	text_locale_init();
	if (options->prepare)
		options->prepare();
	status = terminal_run(&app, &options->terminal, &err);
	if (status != STATUS_OK)
		error_print(&err, &message);
	dprintf(reports, "end %d %s\n", (int)status, strbuf_str(&message));
	strbuf_free(&message);
	return (int)status;
}

/* Starts the program on 24x80 and waits until its first screen is there: a key is read only when
 * the screen before it has been written. */
static inline struct pty demo_start(const struct demo_options *options)
{
	struct pty pty;
	pty_start(&pty, 24, 80, demo_run, options);
	pty_expect(&pty, "size 24x80");
	pty_wait(&pty, "drawn∂24x80");
	pty_send(&pty, "s");
	pty_expect(&pty, "key s");
	return pty;
}

/* The end of the last needle in the output, 0 where there is none. */
static inline size_t demo_last(const struct pty *pty, const char *needle)
{
	const char *output = strbuf_str(&pty->output), *found = output;
	size_t end = 0;
	while ((found = strstr(found, needle)) != NULL) {
		found += strlen(needle);
		end = (size_t)(found - output);
	}
	return end;
}

/* The screen from before, its cursor and its modes are back, and pastes are not marked. */
static inline void assert_given_back(struct pty *pty)
{
	while (demo_last(pty, "\033[?1049l") <= demo_last(pty, "\033[?1049h"))
		pty_wait(pty, "\033[?1049l");
	assert_true(demo_last(pty, "\033[?25h") >= demo_last(pty, "\033[?25l"));
	assert_true(demo_last(pty, "\033[?2004l") > demo_last(pty, "\033[?2004h"));
	assert_true(pty_is_restored(pty));
}

static inline void demo_quit(struct pty *pty)
{
	pty_send(pty, "q");
	pty_expect(pty, "key q");
	pty_expect(pty, "end 0 ");
	assert_int_equal(pty_end(pty), 0);
	assert_given_back(pty);
	pty_free(pty);
}

#endif
