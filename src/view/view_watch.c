/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_watch.c -- the numbers that are watched, in a row or two below the heading: what they
 * take, the table of parameters lacks. */
#include "pane.h"

enum { MARGIN = 1, GAP = 2, WIDTH = 26 /* of one */, MOST_ROWS = 2 };

/* Side by side: so many in a row. */
static int count_columns(int columns)
{
	return columns >= 2 * WIDTH ? columns / WIDTH : 1;
}

static void want(struct drawing *d, int columns, int *least, int *most)
{
	const int n = (int)d->session->n_watches, each = count_columns(columns);
	const int rows = (n + each - 1) / each;
	*least = *most = rows < MOST_ROWS ? rows : MOST_ROWS;
}

static struct value look(struct drawing *d, const char *text)
{
	const struct stepper *stepper = &d->session->stepper;
	struct expression expression;
	struct value value = {.value = 0};
	if (!expression_read(&expression, stepper, session_here(d->session), text, d->arena, NULL))
		value = expression_value(&expression, stepper);
	return value;
}

static void draw_watch(struct drawing *d, const char *text, int row, int column, int width)
{
	const struct value value = look(d, text);
	const char *number = value_text(d, &value, width);
	int room = width - pane_columns(number) - GAP;
	int end = pane_draw(d, row, column, room > 1 ? room : 1, style_muted, text);
	pane_draw(d, row, end + GAP, column + width - end - GAP,
		  value_style(d, &value, style_plain), number);
}

/* Those that have no place are counted in that of the last. */
static void draw(struct drawing *d)
{
	const int each = count_columns(d->grid->clip.columns);
	const int n = (int)d->session->n_watches, places = each * d->grid->clip.rows;
	const int width = d->grid->clip.columns / each;
	for (int k = 0; k < n && k < places; k++) {
		const int row = k / each, column = MARGIN + k % each * width;
		if (k == places - 1 && n > places)
			pane_draw(d, row, column, width - GAP, style_muted,
				  pane_printf(d, _("%d more: watch"), n - k));
		else
			draw_watch(d, d->session->watches[k].text, row, column, width - GAP);
	}
}

const struct view view_watch = {
    .screens = SCREEN_WALK,
    .place = VIEW_TOP,
    .priority = 10,
    .want = want,
    .draw = draw,
};
