/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_views.c -- what the person looks at beside the walk. */
#include "tui_private.h"

/* The picture after this one, and after the last none. */
static const struct picture *picture_after(const struct picture *picture)
{
	const struct picture *const *at = picture_registry;
	while (picture && *at != picture)
		at++;
	return picture ? at[1] : *at;
}

enum status tui_show_view(void *ctx, const struct picture *picture, enum view_size size,
			  struct error *err)
{
	struct tui *tui = ctx;
	struct view_state *state = &tui->state;
	(void)err;
	if (size == VIEW_NEXT)
		state->picture = picture_after(state->picture);
	else if (picture)
		state->picture = picture;
	else if (size == VIEW_ALONE && !state->picture)
		state->picture = picture_registry[0];
	state->is_zoomed = size == VIEW_ALONE && !(state->is_zoomed && !picture);
	if (size == VIEW_NOT)
		state->picture = NULL;
	return STATUS_OK;
}
