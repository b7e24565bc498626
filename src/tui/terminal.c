/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal.c -- the loop: waits, hands events to the app, and draws once when none is left.
 *
 * It calls neither curses nor readline; the terminal_*.c beside it do. To treat another signal as
 * an event: a row in event_rows, and one in terminal_signals.c. */
#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/clock.h"
#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "terminal_keys.h"
#include "terminal_prompt.h"
#include "terminal_screen.h"
#include "terminal_signals.h"
#include "terminal_terminfo.h"

enum {
	KEYS_PER_DRAWING = 1000, /* a flood of keys shows, too */
	KEYS_AHEAD = 64,         /* that are kept while work goes on */
	DORMANT_POLL = 250,      /* milliseconds; a shell may bring a job back without a signal */
};

/* Owns: grid. */
struct terminal {
	const struct terminal_app *app;
	struct grid grid;
	bool ascii;
	bool dormant; /* in the background: the terminal is not ours to read or to draw on */
	bool leave;
	bool drawing;
	bool more_keys; /* keys wait that were read from the terminal already */
	struct terminal_key ahead[KEYS_AHEAD]; /* typed while work went on */
	size_t n_ahead, next_ahead;
	enum status status;
	struct error *err;
};

/* The one that runs, for whoever draws in the middle of a command; NULL: none. */
static struct terminal *running;

static void terminal_fail(struct terminal *t, enum status status)
{
	t->status = status;
	t->leave = true;
}

/* What stood there stands until it is drawn anew, which in the middle of work it is not. */
static void keep_cells(struct grid *to, struct grid *from)
{
	for (int row = 0; row < to->rows && row < from->rows; row++)
		for (int column = 0; column < to->columns && column < from->columns; column++)
			*grid_at(to, row, column) = *grid_at(from, row, column);
}

/* Makes the grid as large as the terminal is now. */
static void terminal_resize(struct terminal *t)
{
	int rows, columns;
	enum status status;
	terminal_screen_measure(&rows, &columns);
	rows = rows < GRID_SIZE_MAX ? rows : GRID_SIZE_MAX;
	columns = columns < GRID_SIZE_MAX ? columns : GRID_SIZE_MAX;
	if (t->grid.rows == rows && t->grid.columns == columns)
		return;
	terminal_prompt_resize(rows, columns);
	struct grid before = t->grid;
	status = grid_init(&t->grid, rows, columns, t->ascii, t->err);
	if (status != STATUS_OK)
		terminal_fail(t, status);
	else
		keep_cells(&t->grid, &before);
	grid_free(&before);
}

/* After the process has been stopped, whoever had the terminal may have changed all of it. */
static void terminal_resume(struct terminal *t)
{
	t->dormant = !terminal_signals_foreground();
	if (t->dormant)
		return;
	terminal_screen_suspend();
	terminal_resize(t);
}

void terminal_leave_for(void (*work)(void *ctx), void *ctx)
{
	CONTRACT(running);
	terminal_screen_suspend();
	work(ctx);
	terminal_resume(running);
}

static void terminal_suspend(struct terminal *t)
{
	if (!t->dormant)
		terminal_screen_suspend();
	terminal_signals_stop();
	terminal_resume(t);
}

/* Ctrl-C makes the terminal drop what it was about to show. */
static void terminal_interrupt(struct terminal *t)
{
	terminal_screen_repaint();
	terminal_keys_drop_paste();
	if (terminal_prompt_is_open())
		terminal_prompt_close();
	else
		t->app->key(t->app->ctx, "ctrl-c");
}

static void terminal_leave(struct terminal *t)
{
	t->leave = true;
}

static const struct event_row {
	int signal;
	void (*handle)(struct terminal *t);
} event_rows[] = {
    {SIGINT, terminal_interrupt}, {SIGWINCH, terminal_resize}, {SIGTSTP, terminal_suspend},
    {SIGCONT, terminal_resume},   {SIGTERM, terminal_leave},   {SIGHUP, terminal_leave},
};

static void event_end(struct terminal *t)
{
	t->leave = t->leave || t->app->done(t->app->ctx);
}

static void signal_handle(struct terminal *t, int number)
{
	for (size_t i = 0; i < sizeof event_rows / sizeof *event_rows; i++)
		if (event_rows[i].signal == number)
			event_rows[i].handle(t);
}

static void signals_handle(struct terminal *t)
{
	int number;
	while (!t->leave && (number = terminal_signals_next()) != 0) {
		signal_handle(t, number);
		event_end(t);
	}
}

/* The next key that waits; returns whether there is one. */
static bool key_next(struct terminal *t, struct terminal_key *key)
{
	if (t->next_ahead == t->n_ahead) {
		t->next_ahead = t->n_ahead = 0;
		return terminal_keys_read(key);
	}
	*key = t->ahead[t->next_ahead++];
	return true;
}

char *terminal_paste_line(const char **rest)
{
	const char *start = *rest + strspn(*rest, " "), *end = strchr(start, '\n');
	if (!end)
		return NULL;
	*rest = end + 1;
	return strndup(start, (size_t)(end - start));
}

/* What is pasted at the prompt belongs to its line; of several lines each is one to be run. */
static void paste_handle(struct terminal *t)
{
	struct strbuf text = {0};
	bool is_at_prompt = terminal_prompt_is_open();
	terminal_keys_take_paste(&text);
	if (text.len && (!is_at_prompt || terminal_prompt_paste(&text)))
		t->app->paste(t->app->ctx, strbuf_str(&text), is_at_prompt);
	strbuf_free(&text);
}

/* Handles the keys that wait; returns whether there were any. */
static bool keys_handle(struct terminal *t)
{
	struct terminal_key key;
	int n = 0;
	while (!t->leave && n < KEYS_PER_DRAWING && key_next(t, &key)) {
		n++;
		if (strcmp(key.name, "ctrl-l") == 0)
			terminal_screen_repaint();
		if (strcmp(key.name, TERMINAL_PASTE) == 0)
			paste_handle(t);
		else if (!terminal_prompt_key(&key) && key.name[0])
			t->app->key(t->app->ctx, key.name);
		event_end(t);
	}
	t->more_keys = n == KEYS_PER_DRAWING;
	return n > 0;
}

static void terminal_draw(struct terminal *t)
{
	if (t->dormant)
		return;
	t->drawing = true;
	grid_clear(&t->grid);
	t->app->draw(t->app->ctx, &t->grid);
	terminal_prompt_draw(&t->grid);
	terminal_screen_show(&t->grid);
	t->drawing = false;
}

void terminal_set_theme(enum theme theme)
{
	terminal_screen_set_theme(theme);
}

void terminal_redraw(void)
{
	if (running && terminal_signals_foreground())
		terminal_draw(running);
}

void terminal_show_line(const char *text)
{
	if (!running || running->drawing || !terminal_signals_foreground())
		return;
	struct grid *grid = &running->grid;
	const struct style plain = {0};
	for (int column = 0; column < grid->columns; column++)
		grid_text(grid, grid->rows - 1, column, plain, " ");
	grid_text(grid, grid->rows - 1, 1, plain, text);
	terminal_screen_show(grid);
}

bool terminal_work_goes_on(void)
{
	struct terminal *t = running;
	struct terminal_key key;
	bool is_stopped = false;
	int number;
	if (!t || t->drawing)
		return true;
	while ((number = terminal_signals_next()) != 0) {
		is_stopped |= number == SIGINT;
		if (number == SIGINT) /* with what it was about to show */
			terminal_screen_repaint();
		else
			signal_handle(t, number);
	}
	while (!t->dormant && t->n_ahead < KEYS_AHEAD && terminal_keys_read(&key)) {
		is_stopped |= strcmp(key.name, "q") == 0;
		if (strcmp(key.name, "q") != 0)
			t->ahead[t->n_ahead++] = key;
	}
	return !is_stopped && !t->leave;
}

static bool has_more(const struct terminal *t)
{
	return t->app->more && t->app->more(t->app->ctx);
}

/* Whether a key was pressed, or a signal came that is about more than the size. Keys after the one
 * that disturbs are for what follows. */
static bool is_disturbed(struct terminal *t)
{
	struct terminal_key key;
	bool is = false;
	int number;
	while ((number = terminal_signals_next()) != 0) {
		is |= number != SIGWINCH;
		if (number != SIGINT)
			signal_handle(t, number);
	}
	is |= !t->dormant && terminal_keys_read(&key);
	return is || t->leave || t->dormant;
}

bool terminal_pause(double seconds)
{
	struct terminal *t = running;
	CONTRACT(t && !t->drawing);
	struct pollfd fds[] = {{.fd = terminal_signals_fd(), .events = POLLIN},
			       {.fd = STDIN_FILENO, .events = POLLIN}};
	const double end = clock_seconds() + seconds;
	bool is_stopped = t->next_ahead < t->n_ahead;
	t->next_ahead += is_stopped;
	while (!is_stopped) {
		terminal_draw(t);
		const double left = end - clock_seconds();
		if (left <= 0.0)
			return true;
		poll(fds, 2, has_more(t) ? 0 : (int)(1000.0 * left) + 1);
		is_stopped = is_disturbed(t);
	}
	return false;
}

/* Waits for events and handles all that are there. */
static void events_handle(struct terminal *t)
{
	enum { SIGNALS, KEYS, N_FDS };
	struct pollfd fds[N_FDS] = {
	    [SIGNALS] = {.fd = terminal_signals_fd(), .events = POLLIN},
	    [KEYS] = {.fd = t->dormant ? -1 : STDIN_FILENO, .events = POLLIN},
	};
	t->more_keys |= t->next_ahead < t->n_ahead;
	int timeout = t->dormant ? DORMANT_POLL : t->more_keys || has_more(t) ? 0 : -1;
	int n = poll(fds, N_FDS, timeout);
	if (n < 0 && errno != EINTR) {
		terminal_fail(t, error_set(t->err, STATUS_IO, "%s", error_reason(errno)));
		return;
	}
	if (n <= 0)
		fds[SIGNALS].revents = fds[KEYS].revents = 0;
	signals_handle(t);
	if (t->dormant) {
		if (terminal_signals_foreground())
			terminal_resume(t);
		return;
	}
	if (!t->leave && (fds[KEYS].revents || t->more_keys) && !keys_handle(t)) {
		/* How a terminal says that it is gone where SIGHUP is ignored. */
		if (fds[KEYS].revents & (POLLHUP | POLLERR | POLLNVAL))
			terminal_fail(t, error_set(t->err, STATUS_IO, _("the terminal is gone")));
		t->dormant = !terminal_signals_foreground();
	}
}

/* What is said after it is to be read: the terminal is given back, and no handler of a signal
 * writes to it again. */
static void terminal_abandon(void)
{
	terminal_screen_close();
	terminal_signals_release();
}

static enum status terminal_open(struct terminal *t, const struct terminal_options *options)
{
	struct terminal_farewell farewell;
	enum status status = terminal_terminfo_read(&farewell, t->err);
	if (status == STATUS_OK)
		status = terminal_prompt_start(t->app, options->history_file, t->err);
	if (status == STATUS_OK)
		status = terminal_signals_catch(&farewell, t->err);
	if (status == STATUS_OK)
		status = terminal_screen_open(options->colour, t->err);
	if (status == STATUS_OK)
		status = terminal_keys_open(t->err);
	if (status == STATUS_OK && terminal_screen_asks_ground())
		terminal_keys_ask_ground();
	return status;
}

static void terminal_close(struct terminal *t)
{
	terminal_keys_close();
	terminal_screen_close();
	terminal_prompt_stop();
	grid_free(&t->grid);
}

bool terminal_is_usable(struct error *err)
{
	struct terminal_farewell farewell;
	return terminal_terminfo_read(&farewell, err) == STATUS_OK;
}

enum status terminal_run(const struct terminal_app *app, const struct terminal_options *options,
			 struct error *err)
{
	CONTRACT(app->draw && app->key && app->line && app->paste);
	CONTRACT(app->complete && app->done);
	CONTRACT(!running);
	struct terminal t = {.app = app, .ascii = options->ascii, .err = err};
	int end_signal;
	/* Started in the background: wait until the terminal is ours, as reading from it would. */
	if (!terminal_signals_foreground())
		raise(SIGTTOU);
	t.status = terminal_open(&t, options);
	if (t.status == STATUS_OK)
		terminal_resize(&t);
	running = &t;
	contract_on_broken(terminal_abandon);
	while (t.status == STATUS_OK && !t.leave) {
		terminal_draw(&t);
		if (!t.more_keys && t.app->idle)
			t.app->idle(t.app->ctx);
		events_handle(&t);
	}
	contract_on_broken(NULL);
	running = NULL;
	terminal_close(&t);
	end_signal = terminal_signals_release();
	if (end_signal)
		raise(end_signal);
	return t.status;
}
