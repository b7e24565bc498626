/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_pager.c -- a text to read, in place of the panes. */
#include <string.h>

#include "pane.h"

enum { MARGIN = 1 }; /* on the left alone: command_add_text fills 79 columns */

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)d, (void)columns;
	*least = 1;
	*most = GRID_SIZE_MAX;
}

/* Where line n (from 1) of the text begins, and how long it is. */
static const char *find_line(const char *text, size_t n, int *len)
{
	for (; n > 1 && strchr(text, '\n'); n--)
		text = strchr(text, '\n') + 1;
	*len = (int)strcspn(text, "\n");
	return text;
}

/* Draws the line that is chosen over itself; one above or below the page brings the page to it. */
static void draw_link(struct drawing *d, struct rect where, size_t first, size_t visible)
{
	int len;
	const char *text = d->state->pager, *line = find_line(text, d->state->pager_link, &len);
	struct rect before = {0, MARGIN, 0, where.columns};
	const char *head = pane_printf(d, "%.*s", (int)(line - text), text);
	size_t row = *head ? (size_t)pane_wrap(d, before, style_plain, head) : 0;
	if (row < first)
		d->state->pager_line = row;
	if (row >= first + visible)
		d->state->pager_line = row + 1 - visible;
	where.row = (int)row - (int)d->state->pager_line;
	where.rows = 1;
	pane_wrap(d, where, style_current, pane_printf(d, "%.*s", len, line));
}

/* The text moves up by the lines that are left out above: drawing clips them. */
static void draw(struct drawing *d)
{
	const struct rect clip = d->grid->clip;
	struct rect where = {0, MARGIN, 0, clip.columns - MARGIN};
	size_t n_lines = (size_t)pane_wrap(d, where, style_plain, d->state->pager);
	size_t visible = (size_t)clip.rows - 1;
	size_t last = n_lines > visible ? n_lines - visible : 0;
	if (d->state->pager_line > last)
		d->state->pager_line = last;
	size_t first = d->state->pager_line;
	size_t end = first + visible < n_lines ? first + visible : n_lines;
	grid_clip(d->grid, (struct rect){clip.row, clip.column, (int)visible, clip.columns});
	where = (struct rect){-(int)first, MARGIN, (int)n_lines, clip.columns - MARGIN};
	pane_wrap(d, where, style_plain, d->state->pager);
	if (d->state->pager_link)
		draw_link(d, where, first, visible);
	grid_clip(d->grid, (struct rect){clip.row + (int)visible, clip.column, 1, clip.columns});
	pane_rule(d, d->state->is_error ? NULL : d->state->message,
		  pane_printf(d, _("lines %zu%s%zu of %zu"), first + (n_lines > 0),
			      sign_text(d, SIGN_TO), end, n_lines));
}

const struct view view_pager = {
    .screens = SCREEN_PAGER,
    .place = VIEW_LEFT,
    .priority = 2,
    .want = want,
    .draw = draw,
};
