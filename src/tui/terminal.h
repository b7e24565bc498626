/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal.h -- a full-screen program: a grid on the screen, key presses by name, and a prompt
 * with history and completion on the last row.
 *
 * It knows no networks, sessions or commands: the program on the screen is a terminal_app. There
 * is one terminal, and so one terminal_run at a time. */
#ifndef BACKSTEP_TUI_TERMINAL_H
#define BACKSTEP_TUI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"
#include "backstep/base/theme.h"
#include "backstep/view/grid.h"

/* The program on the screen. All of it is called from within terminal_run, one at a time. */
struct terminal_app {
	void *ctx;

	/* Draws the whole screen into a cleared grid of its size. Called once after any number of
	 * events. The open prompt is drawn over the last row. */
	void (*draw)(void *ctx, struct grid *grid);

	/* A key press while the prompt is closed, or one that the open prompt has no use for (f1,
	 * pagedown). A character is its own name ("a", "?", "ŷ"); the others are space, enter, tab,
	 * backtab, backspace, delete, insert, escape, left, right, up, down, shift-left ...,
	 * pageup, pagedown, home, end, f1 ... f24, ctrl-a ..., and alt- before any of these.
	 * "ctrl-c" comes from SIGINT. The screen is repainted on "ctrl-l" without the app's help.
	 */
	void (*key)(void *ctx, const char *key);

	/* A line that is not blank was entered; the prompt is closed. */
	void (*line)(void *ctx, const char *line);

	/* A text was pasted, its lines end in '\n'. is_at_prompt: it holds at least one whole line,
	 * which was entered at the prompt, with the line that stood there; what follows the last
	 * '\n' is a line that was not. Else nobody said yet that it is to be run. */
	void (*paste)(void *ctx, const char *text, bool is_at_prompt);

	/* Completion: candidate number state (0 starts anew) for word, which starts at byte start
	 * of line and is delimited by blanks; NULL where there are no more. No blank follows a
	 * single candidate that ends in '/'. The caller frees the candidate. */
	char *(*complete)(void *ctx, const char *line, size_t start, const char *word, int state);

	/* Everything is drawn, and nothing waits. NULL: nothing is to be done then. */
	void (*idle)(void *ctx);

	/* Whether to leave; asked after every event. */
	bool (*done)(void *ctx);

	/* Whether drawing again would show more: asked after each drawing, and done while no event
	 * waits. NULL: never. */
	bool (*more)(void *ctx);
};

struct terminal_options {
	bool colour;              /* else attributes alone */
	bool ascii;               /* the grid is drawn in ASCII */
	const char *history_file; /* created with its folders, for the user alone; NULL: none */
};

/* Runs app on the terminal of standard input and output until done() says so, and leaves the
 * terminal as it was. Where SIGTERM or SIGHUP ended it, that signal is raised again after it,
 * with the process's own disposition: as a rule it does not return then.
 * Errors: STATUS_IO where the terminal cannot be used or goes away; STATUS_NO_MEMORY. */
enum status terminal_run(const struct terminal_app *app, const struct terminal_options *options,
			 struct error *err);

/* Whether terminal_run can work here: err says why not, and hints at the line console. */
bool terminal_is_usable(struct error *err);

/* Opens the prompt, with prefill on it. Called by the app from key() or line(). */
void terminal_prompt_open(const char *prefill);

/* The next line of a pasted text that ends, without the blanks before it; *rest is after it then.
 * NULL: there is none. Owns: the caller (free). */
char *terminal_paste_line(const char **rest);

/* The colours of what is drawn from now on. Called by the app from draw(). */
void terminal_set_theme(enum theme theme);

/* Draws the screen at once: long work shows how far it is. Called by the app from key() or line().
 */
void terminal_redraw(void);
/* The same where the app cannot be drawn now: text takes the place of the last row. */
void terminal_show_line(const char *text);

/* Draws the screen and waits; false: a key was pressed, which does nothing else, or a signal came
 * that ends or stops. Called by the app from key() or line(). */
bool terminal_pause(double seconds);

/* Gives the terminal back as it was while work goes on, then draws everything anew. Called by the
 * app from key() or line(). */
void terminal_leave_for(void (*work)(void *ctx), void *ctx);

/* Whether Ctrl-C or a signal to end waits to be handled: long work asks this all the time, and
 * stops. The signal kills work that goes on for another second. */
bool terminal_interrupted(void);
/* Whether long work may go on, asked some times a second and where it is interrupted: takes in what
 * came while it worked. A q stops it, as Ctrl-C does; Ctrl-Z and a change of size have their
 * effect; other keys wait. */
bool terminal_work_goes_on(void);

#endif
