/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_picture.c -- the picture that somebody chose to look at: beside the network where there is
 * room, else in its place. */
#include "pane.h"

enum { LEAST = 5, ZOOMED_LEAST = 4, MARGIN = 1 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	const struct picture *picture = d->state->picture;
	(void)columns;
	*least = *most = 0;
	if (!picture || !picture->draw)
		return;
	*least = d->state->is_zoomed ? ZOOMED_LEAST : picture->rows ? picture->rows : LEAST;
	*most =
	    picture->rows && !d->state->is_zoomed && !d->is_wide ? picture->rows : GRID_SIZE_MAX;
}

static const char *missing(const struct drawing *d)
{
	return picture_missing(d->state->picture, d->session);
}

static void head(struct drawing *d)
{
	const struct picture *picture = d->state->picture;
	struct strbuf title = {0};
	if (picture->title && !missing(d))
		picture->title(d->session, &title);
	else
		strbuf_add(&title, tr(picture->summary));
	pane_rule(d, strbuf_str(&title), NULL);
	strbuf_free(&title);
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	const char *why = missing(d);
	if (why)
		pane_wrap(d, (struct rect){0, MARGIN, clip->rows, clip->columns - 2 * MARGIN},
			  style_muted, tr(why));
	else
		d->state->picture->draw(d);
}

const struct view view_picture = {
    .screens = SCREEN_WALK,
    .place = VIEW_RIGHT,
    .priority = 6,
    .alone = true,
    .growth = 3,
    .projected = true,
    .want = want,
    .head = head,
    .draw = draw,
};
