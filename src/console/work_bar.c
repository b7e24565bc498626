/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work_bar.c -- drawing the line of progress. */
#include "console_private.h"
#include "work_bar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "backstep/base/text.h"

enum { DEFAULT_COLUMNS = 80, MOST_COLUMNS = 120 };

static struct {
	const struct options *options; /* NULL: none is drawn */
	struct progress progress;
	struct formula_style style;
	size_t columns; /* that stand on the line now */
} bar;

bool work_bar_is_possible(void)
{
	const char *term = getenv("TERM");
	return bar.style.glyphs != GLYPHS_WORDS && isatty(STDOUT_FILENO) && term && *term &&
	       strcmp(term, "dumb") != 0;
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
static void draw(const char *text)
{
	struct strbuf line = {0};
	size_t before = bar.columns, columns = text_columns(text);
	strbuf_add_char(&line, '\r');
	text_pad(&line, text, before);
	strbuf_repeat(&line, "\b", before > columns ? before - columns : 0);
	bar.columns = 0; /* what is printed clears what stands there */
	options_print(bar.options, strbuf_str(&line));
	fflush(stdout);
	strbuf_free(&line);
	bar.columns = columns;
}

static bool on_work(void *ctx, const struct work *work)
{
	(void)ctx;
	work_bar_show(work);
	return true;
}

void work_bar_begin(const struct options *options)
{
	static const struct work_watch watch = {NULL, on_work};
	bar.options = !options->quiet && work_bar_is_possible() ? options : NULL;
	work_set_watch(&watch);
}

void work_bar_use(const struct formula_style *style)
{
	bar.style = *style;
}

static bool is_due(void)
{
	return bar.options && bar.style.glyphs != GLYPHS_WORDS && progress_is_due(&bar.progress);
}

void work_bar_show(const struct work *work)
{
	struct strbuf text = {0};
	progress_hear(&bar.progress, work);
	if (!bar.progress.work.what || !is_due())
		return;
	progress_print_work(&bar.progress, terminal_columns(), &bar.style, &text);
	draw(strbuf_str(&text));
	strbuf_free(&text);
}

void work_bar_show_training(void *session, const struct training_progress *progress)
{
	const struct session *of = session;
	struct strbuf text = {0};
	if (!is_due())
		return;
	progress_print(&bar.progress, progress, terminal_columns(), &of->style, &text);
	draw(strbuf_str(&text));
	strbuf_free(&text);
}

void work_bar_clear(void)
{
	if (bar.columns) {
		draw("");
		fputs("\r", stdout);
	}
	bar.columns = 0;
	bar.progress = (struct progress){0};
}
