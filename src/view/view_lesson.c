/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_lesson.c -- the lesson's text and what it proposes to try, where there is room to spare. */
#include "pane.h"

enum { LEAST = 5, MARGIN = 1 };

/* Draws one text below the others; rows 0 in where only measures. */
static void add(struct drawing *d, struct rect *where, bool draws, int *row, struct style style,
		const char *text)
{
	struct rect rest = *where;
	rest.row = *row;
	rest.rows = draws ? where->rows - *row : 0;
	if (!draws || rest.rows > 0)
		*row += pane_wrap(d, rest, style, text);
}

/* Draws the text, or only counts its rows. */
static int layout(struct drawing *d, struct rect where, bool draws)
{
	const struct lesson *lesson = d->session->lesson;
	enum language language = language_current();
	int row = 0;
	add(d, &where, draws, &row, style_plain, lesson_text_in(&lesson->text, language));
	const char *from, *words;
	for (size_t k = 0; (from = lesson_source_line(lesson, k, &words)); k++) {
		row += k == 0;
		add(d, &where, draws, &row, style_muted, pane_printf(d, "%s %s", words, from));
	}
	for (size_t i = 0; i < lesson->tries.n_items; i++) {
		const struct lesson_try *try = &lesson->tries.items[i];

		row++;
		add(d, &where, draws, &row, style_bold,
		    pane_printf(d, "%s: %s", _("Try"), try->command.text));
		add(d, &where, draws, &row, style_plain, lesson_text_in(&try->text, language));
	}
	return row;
}

static void want(struct drawing *d, int columns, int *least, int *most)
{
	*least = LEAST;
	*most = layout(d, (struct rect){0, MARGIN, 0, columns - 2 * MARGIN}, false);
}

static void head(struct drawing *d)
{
	pane_rule(d, lesson_text_in(&d->session->lesson->title, language_current()), NULL);
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	layout(d, (struct rect){0, MARGIN, clip->rows, clip->columns - 2 * MARGIN}, true);
}

const struct view view_lesson = {
    .screens = SCREEN_WALK,
    .place = VIEW_RIGHT,
    .priority = 8,
    .spare = true,
    .want = want,
    .head = head,
    .draw = draw,
};
