/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_watch.c -- the numbers that are watched, a row each, below the heading. */
#include "pane.h"

enum { MARGIN = 1, GAP = 3 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)columns;
	*least = *most = (int)d->session->n_watches;
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

static void draw(struct drawing *d)
{
	int width = d->grid->clip.columns;
	for (size_t k = 0; k < d->session->n_watches; k++) {
		const char *text = d->session->watches[k].text;
		const struct value value = look(d, text);
		int end = pane_draw(d, (int)k, MARGIN, width / 2, style_muted, text);
		pane_draw(d, (int)k, end + GAP, width - end - GAP, value_style(&value, style_plain),
			  value_text(d, &value, width - end - GAP));
	}
}

const struct view view_watch = {
    .screens = SCREEN_WALK,
    .place = VIEW_TOP,
    .priority = 10,
    .want = want,
    .draw = draw,
};
