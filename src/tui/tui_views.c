/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_views.c -- what the person looks at beside the walk, and that it is looked at the next time
 * too. */
#include "tui_private.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/file.h"
#include "backstep/base/paths.h"

enum { LINE_MOST = 64 };

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

/* "NAME", "NAME zoom", or nothing. */
static void print_view(const struct view_state *state, struct strbuf *out)
{
	if (state->picture)
		strbuf_addf(out, "%s%s\n", state->picture->name, state->is_zoomed ? " zoom" : "");
}

static char *view_file(void)
{
	return paths_xdg("XDG_STATE_HOME", ".local/state", "view");
}

/* A file that says something else is that of another version: it is left alone. */
void tui_recall_view(struct tui *tui)
{
	char *path = view_file();
	struct strbuf line = {0};
	if (path && file_read(path, LINE_MOST, &line, NULL) == STATUS_OK && line.len > 0) {
		char *name = line.data, *size = name + strcspn(name, " \n");
		tui->state.is_zoomed = strcmp(size, " zoom\n") == 0;
		*size = '\0';
		tui->state.picture = picture_find(name);
		tui->state.is_zoomed &= tui->state.picture != NULL;
	}
	print_view(&tui->state, &tui->kept_view);
	strbuf_free(&line);
	free(path);
}

void tui_take_lesson_view(struct tui *tui)
{
	const struct lesson *lesson = tui->context.session->lesson;
	const struct picture *picture =
	    lesson && lesson->show.view.text ? picture_find(lesson->show.view.text) : NULL;
	if (!picture)
		return;
	tui->state.picture = picture;
	tui->state.is_zoomed = false;
	strbuf_clear(&tui->kept_view); /* it is not the person's choice, to be kept */
	print_view(&tui->state, &tui->kept_view);
}

/* Nobody is told where it cannot be kept: the next time the screen is the usual one. */
void tui_keep_view(struct tui *tui)
{
	struct strbuf line = {0};
	print_view(&tui->state, &line);
	if (strcmp(strbuf_str(&line), strbuf_str(&tui->kept_view)) != 0) {
		char *path = view_file();
		if (path)
			paths_make_folders(path);
		if (path)
			file_replace(path, strbuf_str(&line), line.len, NULL);
		free(path);
		strbuf_clear(&tui->kept_view);
		strbuf_add(&tui->kept_view, strbuf_str(&line));
	}
	strbuf_free(&line);
}
