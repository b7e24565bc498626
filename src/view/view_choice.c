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
	enum lesson_mark mark = d->state->marks ? d->state->marks[i] : LESSON_NEW;
	int width = d->grid->clip.columns, column;
	if (chosen) {
		grid_fill(d->grid, row, 0, width, style_current, " ");
		grid_text(d->grid, row, MARGIN, style_current, sign_text(d, SIGN_CURRENT));
	}
	column =
	    grid_textf(d->grid, row, MARGIN + 1, title, "%3zu %c ", i + 1, course_mark_char(mark));
	pane_draw(d, row, column, id_width, id, item->id);
	column += id_width + GAP;
	pane_draw(d, row, column, width - MARGIN - column, title, item->title[language_current()]);
}

static bool begins_topic(const struct drawing *d, size_t i)
{
	const struct lesson_item *items = d->state->lessons;
	return i == 0 || items[i].topic != items[i - 1].topic;
}

/* Rows of the list before lesson i, its heading among them. */
static size_t rows_before(const struct drawing *d, size_t i)
{
	size_t rows = i;
	for (size_t k = 0; k <= i; k++)
		rows += begins_topic(d, k);
	return rows;
}

/* Draws the rows of the list from row `first` on. */
static void draw_list(struct drawing *d, size_t first, size_t visible)
{
	int id_width = id_columns(d), columns = d->grid->clip.columns - 2 * MARGIN;
	size_t row = 0;
	for (size_t i = 0; i < d->state->n_lessons; i++) {
		const char *heading = tr(lesson_topic_titles[d->state->lessons[i].topic]);
		if (begins_topic(d, i)) {
			if (row >= first && row < first + visible)
				pane_draw(d, FIRST_ROW + (int)(row - first), MARGIN, columns,
					  style_muted, heading);
			row++;
		}
		if (row >= first && row < first + visible)
			draw_item(d, FIRST_ROW + (int)(row - first), i, id_width);
		row++;
	}
}

static void draw(struct drawing *d)
{
	const struct view_state *state = d->state;
	struct rect clip = d->grid->clip;
	struct rect below = {FIRST_ROW, MARGIN, clip.rows - FIRST_ROW, clip.columns - 2 * MARGIN};
	int said = pane_message_rows(d, below.columns), foot = said > FOOT_ROWS ? said : FOOT_ROWS;
	size_t visible = clip.rows > FIRST_ROW + foot ? (size_t)(clip.rows - FIRST_ROW - foot) : 1;
	size_t n = state->n_lessons, all = n ? rows_before(d, n - 1) + 1 : 0;
	size_t chosen = n ? rows_before(d, state->chosen) : 0;
	size_t first = chosen > visible / 2 ? chosen - visible / 2 : 0;
	if (first + visible > all)
		first = all > visible ? all - visible : 0;
	pane_draw(d, 0, MARGIN, clip.columns - 2 * MARGIN, style_bold,
		  n ? _("Choose a lesson (# done, + begun, > next)") : _("No lessons were found"));
	draw_list(d, first, visible);
	pane_message(d, &below);
}

const struct view view_choice = {
    .screens = SCREEN_CHOICE,
    .place = VIEW_LEFT,
    .priority = 2,
    .want = want,
    .draw = draw,
};
