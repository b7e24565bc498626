/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c -- lists of which a row can be chosen. */
#include "rows.h"

#include "backstep/base/contract.h"

enum { MARGIN = 2 /* holds the mark of where the walk is */ };

const struct picture *rows_picture(const struct view_state *state)
{
	const struct picture *picture = state->picture;
	if (picture && picture->list)
		return picture;
	return state->is_zoomed && picture != &picture_table ? NULL : &picture_table;
}

size_t rows_first(size_t count, size_t n, size_t at)
{
	if (at == SIZE_MAX || at <= n / 2 || count <= n)
		return 0;
	return at - n / 2 + n > count ? count - n : at - n / 2;
}

size_t rows_chosen(const struct drawing *d, const struct picture *picture)
{
	struct view_state *state = d->state;
	if (!state->is_choosing || rows_picture(state) != picture)
		return SIZE_MAX;
	size_t n = picture->list->count(d->session, state);
	if (state->row >= n)
		state->row = n > 0 ? n - 1 : 0;
	return n > 0 ? state->row : SIZE_MAX;
}

/* Draws what stands above the rows; returns how many rows of the screen it takes. */
static int draw_head(struct drawing *d, const struct picture_list *list)
{
	struct strbuf line = {0};
	if (!list->head)
		return 0;
	list->head(d->session, &line);
	pane_draw(d, 0, MARGIN, d->state->row_columns, style_muted, strbuf_str(&line));
	strbuf_free(&line);
	return 1;
}

static void draw_line(struct drawing *d, int row, const char *line, bool is_here, bool is_chosen)
{
	struct style style = is_chosen ? style_current : is_here ? style_bold : style_plain;
	if (is_chosen)
		grid_fill(d->grid, row, 0, d->grid->clip.columns, style, " ");
	if (is_here)
		grid_text(d->grid, row, 0, is_chosen ? style : style_lit,
			  sign_text(d, SIGN_CURRENT));
	pane_draw(d, row, MARGIN, d->state->row_columns, style, line);
}

void rows_draw(struct drawing *d)
{
	const struct picture_list *list = d->state->picture->list;
	CONTRACT(list);
	d->state->row_columns = d->grid->clip.columns - MARGIN - 1;
	int top = draw_head(d, list);
	size_t count = list->count(d->session, d->state), n = (size_t)(d->grid->clip.rows - top);
	size_t here = list->here ? list->here(d->session) : SIZE_MAX;
	size_t chosen = rows_chosen(d, d->state->picture);
	size_t first = rows_first(count, n, chosen == SIZE_MAX ? here : chosen);
	for (size_t i = first; i < count && i < first + n; i++) {
		struct strbuf line = {0};
		list->print(d->session, d->state, i, &line);
		draw_line(d, top + (int)(i - first), strbuf_str(&line), i == here, i == chosen);
		strbuf_free(&line);
	}
}
