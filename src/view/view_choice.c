/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_choice.c -- the lessons there are, to choose from. */
#include "pane.h"

enum { MARGIN = 1, FIRST_ROW = 2, FOOT_ROWS = 2, GAP = 2 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)d, (void)columns;
	*least = 1;
	*most = GRID_SIZE_MAX;
}

/* Columns that hold the longest id. */
static int id_columns(const struct drawing *d)
{
	int widest = 0;
	for (size_t i = 0; i < d->state->n_lessons; i++) {
		int columns = pane_columns(d->state->lessons[i].id);
		widest = columns > widest ? columns : widest;
	}
	return widest;
}

static void draw_item(struct drawing *d, int row, size_t i, int id_width)
{
	const struct lesson_item *item = &d->state->lessons[i];
	bool chosen = i == d->state->chosen;
	struct style id = chosen ? style_current : style_bold;
	struct style title = chosen ? style_current : style_plain;
	int width = d->grid->clip.columns, column;
	if (chosen) {
		grid_fill(d->grid, row, 0, width, style_current, " ");
		grid_text(d->grid, row, MARGIN, style_current, sign_text(d, SIGN_CURRENT));
	}
	column = grid_textf(d->grid, row, MARGIN + 1, title, "%3zu  ", i + 1);
	pane_draw(d, row, column, id_width, id, item->id);
	column += id_width + GAP;
	pane_draw(d, row, column, width - MARGIN - column, title, item->title[language_current()]);
}

static void draw(struct drawing *d)
{
	const struct view_state *state = d->state;
	struct rect clip = d->grid->clip;
	int id_width = id_columns(d);
	size_t visible =
	    clip.rows > FIRST_ROW + FOOT_ROWS ? (size_t)(clip.rows - FIRST_ROW - FOOT_ROWS) : 1;
	size_t n = state->n_lessons,
	       first = state->chosen > visible / 2 ? state->chosen - visible / 2 : 0;
	if (first + visible > n)
		first = n > visible ? n - visible : 0;
	pane_draw(d, 0, MARGIN, clip.columns - 2 * MARGIN, style_bold,
		  n ? _("Choose a lesson") : _("No lessons were found"));
	for (size_t i = first; i < n && i < first + visible; i++)
		draw_item(d, FIRST_ROW + (int)(i - first), i, id_width);
	if (state->message && *state->message)
		pane_draw(d, clip.rows - 1, MARGIN, clip.columns - 2 * MARGIN,
			  pane_message_style(d), state->message);
}

const struct view view_choice = {
    .screens = SCREEN_CHOICE,
    .place = VIEW_LEFT,
    .priority = 2,
    .want = want,
    .draw = draw,
};
