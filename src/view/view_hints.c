/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_hints.c -- the last line: what is looked at, the keys that matter now, what the
 * last key typed; or the outcome of the last command where
 * the pane that shows it has no room. */
#include "pane.h"

enum { GAP = 2, LAST_KEY_SHARE = 3 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)d, (void)columns;
	*least = *most = 1;
}

static bool applies(const struct drawing *d, const struct view_hint *hint)
{
	return hint->when != HINT_IF_CUT || d->state->cut.len > 0;
}

static const char *words(struct drawing *d, const struct view_hint *hint)
{
	return hint->when == HINT_IF_CUT ? sign_text(d, SIGN_CUT) : pane_text(d, tr(hint->text));
}

static int hint_columns(struct drawing *d, const struct view_hint *hint)
{
	return pane_columns(pane_text(d, hint->key)) + 1 + pane_columns(words(d, hint));
}

/* Columns for those from hint i on that must have room. */
static int reserved(struct drawing *d, size_t i)
{
	int columns = 0;
	for (; i < d->state->n_hints; i++) {
		const struct view_hint *hint = &d->state->hints[i];
		if (hint->when >= HINT_ALWAYS && applies(d, hint))
			columns += hint_columns(d, hint) + GAP;
	}
	return columns;
}

/* Whether the last key can be told beside the keys that must have room. */
static bool has_room_for_key(struct drawing *d, int width)
{
	const char *key = d->state->last_key;
	int columns = key ? pane_columns(key) : 0, share = d->grid->clip.columns / LAST_KEY_SHARE;
	return columns > 0 && columns < share && reserved(d, 0) + columns < width;
}

static void draw(struct drawing *d)
{
	int column = 1, width = d->grid->clip.columns;
	const struct view_state *state = d->state;
	if (!d->has_message && !state->pager && state->message && *state->message) {
		pane_draw(d, 0, column, width - 2 * column, pane_message_style(d), state->message);
		return;
	}
	if (state->mode)
		column =
		    grid_text(d->grid, 0, column, style_current, pane_text(d, state->mode)) + GAP;
	if (has_room_for_key(d, width - column))
		width = pane_draw_right(d, 0, width - 1, width / LAST_KEY_SHARE, style_plain,
					state->last_key) -
			GAP;
	for (size_t i = 0; i < state->n_hints; i++) {
		const struct view_hint *hint = &state->hints[i];
		bool must = hint->when >= HINT_ALWAYS;
		int room = width - column - (must ? 0 : reserved(d, i + 1));
		if (!applies(d, hint) || hint_columns(d, hint) > room)
			continue;
		column = grid_text(d->grid, 0, column, style_bold, pane_text(d, hint->key)) + 1;
		column = grid_text(d->grid, 0, column, style_muted, words(d, hint)) + GAP;
	}
}

const struct view view_hints = {
    .screens = SCREEN_WALK | SCREEN_PAGER | SCREEN_CHOICE,
    .place = VIEW_BOTTOM,
    .priority = 1,
    .alone = true,
    .projected = true,
    .want = want,
    .draw = draw,
};
