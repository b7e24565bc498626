/* SPDX-License-Identifier: GPL-3.0-or-later */
/* training_bar.c -- drawing the line of progress. */
#include "console_private.h"
#include "training_bar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "backstep/base/text.h"

enum { DEFAULT_COLUMNS = 80, MOST_COLUMNS = 120 };

bool training_bar_is_possible(void)
{
	const char *term = getenv("TERM");
	return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

/* Columns that a line may have without wrapping: it is resized while training goes on. */
static size_t terminal_columns(void)
{
	struct winsize size;
	size_t columns = DEFAULT_COLUMNS;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
		columns = size.ws_col;
	return (columns < MOST_COLUMNS ? columns : MOST_COLUMNS) - 1;
}

/* Draws text over what stands on the line. */
static void draw(struct training_bar *bar, const char *text)
{
	struct strbuf line = {0};
	size_t columns = text_columns(text);
	strbuf_add_char(&line, '\r');
	text_pad(&line, text, bar->columns);
	strbuf_repeat(&line, "\b", bar->columns > columns ? bar->columns - columns : 0);
	options_print(bar->options, strbuf_str(&line));
	fflush(stdout);
	strbuf_free(&line);
	bar->columns = columns;
}

void training_bar_update(void *ctx, const struct training_progress *at)
{
	struct training_bar *bar = ctx;
	struct strbuf text = {0};
	if (!progress_is_due(&bar->progress))
		return;
	progress_print(&bar->progress, at, terminal_columns(), &(*bar->session)->style, &text);
	draw(bar, strbuf_str(&text));
	strbuf_free(&text);
}

void training_bar_clear(struct training_bar *bar)
{
	if (bar->columns) {
		draw(bar, "");
		options_print(bar->options, "\r");
	}
	bar->columns = 0;
	bar->progress = (struct progress){0};
}
