/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_lesson.c -- the lesson's text and what it proposes to try, where there is room to spare. */
#include "lesson_text.h"

enum { LEAST = 5, MARGIN = 1 };

bool lesson_part(const struct lesson *lesson, size_t k, struct lesson_part *part)
{
	enum language language = language_current();
	size_t n_sources = 0;
	const char *words;
	*part = (struct lesson_part){.style = style_plain};
	while (lesson_source_line(lesson, n_sources, &words))
		n_sources++;
	if (k == 0) {
		part->text = lesson_text_in(&lesson->text, language);
		return true;
	}
	if (k-- <= n_sources) {
		part->is_apart = k == 0;
		part->style = style_muted;
		part->text = lesson_source_line(lesson, k, &part->head);
		return true;
	}
	k -= n_sources;
	if (k / 2 >= lesson->tries.n_items)
		return false;
	const struct lesson_try *try = &lesson->tries.items[k / 2];
	part->command = try->command.text;
	part->is_apart = k % 2 == 0;
	part->style = k % 2 == 0 ? style_bold : style_plain;
	part->head = k % 2 == 0 ? _("Try") : NULL;
	part->text = k % 2 == 0 ? try->command.text : lesson_text_in(&try->text, language);
	return true;
}

void lesson_part_print(const struct lesson_part *part, struct strbuf *out)
{
	if (part->head)
		strbuf_addf(out, "%s%s", part->head, part->command ? ": " : " ");
	strbuf_add(out, part->text ? part->text : "");
}

/* Draws the text, or where rows is 0 only counts its rows. */
static int layout(struct drawing *d, struct rect where)
{
	struct lesson_part part;
	int row = 0;
	for (size_t k = 0; lesson_part(d->session->lesson, k, &part); k++) {
		struct strbuf text = {0};
		lesson_part_print(&part, &text);
		row += part.is_apart;
		struct rect rest = {row, where.column, where.rows ? where.rows - row : 0,
				    where.columns};
		if (where.rows == 0 || rest.rows > 0)
			row += pane_wrap(d, rest, part.style, strbuf_str(&text));
		strbuf_free(&text);
	}
	return row;
}

static void want(struct drawing *d, int columns, int *least, int *most)
{
	bool is_shown = d->state->picture == &picture_lesson;
	*least = is_shown ? 0 : LEAST;
	*most = is_shown ? 0 : layout(d, (struct rect){0, MARGIN, 0, columns - 2 * MARGIN});
}

static void head(struct drawing *d)
{
	pane_rule(d, lesson_text_in(&d->session->lesson->title, language_current()), NULL);
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	layout(d, (struct rect){0, MARGIN, clip->rows, clip->columns - 2 * MARGIN});
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
