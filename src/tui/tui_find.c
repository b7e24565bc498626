/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_find.c -- searching what the screen lists: a page's lines, a view's rows, the lessons. */
#include <stdlib.h>
#include <string.h>

#include "tui_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

static bool has_text(const char *line, size_t len, const char *wanted)
{
	char *copy = strndup(line, len);
	bool has = copy && strcasestr(copy, wanted);
	free(copy);
	return has;
}

/* The lines of a page that have a text, nearest after and before the one at the top; and the first
 * and the last one. SIZE_MAX: none. */
struct found {
	const char *wanted;
	size_t n_lines, at, first, after, before, last;
};

static void look_at_line(struct found *found, const char *line, size_t len)
{
	size_t i = found->n_lines++;
	if (!has_text(line, len, found->wanted))
		return;
	found->first = found->first == SIZE_MAX ? i : found->first;
	found->after = i > found->at && found->after == SIZE_MAX ? i : found->after;
	found->before = i < found->at ? i : found->before;
	found->last = i;
}

static void on_line(void *ctx, const char *line, size_t len)
{
	look_at_line(ctx, line, len);
}

/* The rows of the view, or the lines as the screen breaks them, or the lessons. */
static void look(struct tui *tui, struct found *found)
{
	struct view_state *state = &tui->state;
	const struct picture_list *list = tui_list_at_hand(tui);
	for (size_t i = 0; list && i < tui_count_rows(tui, list); i++) {
		struct strbuf line = {0};
		list->print(tui->context.session, state, i, &line);
		look_at_line(found, strbuf_str(&line), line.len);
		strbuf_free(&line);
	}
	if (list)
		return;
	if (state->pager) {
		text_wrap(state->pager, tui->columns > 2 ? (size_t)tui->columns - 1 : 1, on_line,
			  found);
		return;
	}
	for (size_t i = 0; i < state->n_lessons; i++) {
		const struct lesson_item *item = &state->lessons[i];
		struct strbuf line = {0};
		strbuf_addf(&line, "%s %s", item->id, item->title[language_current()]);
		look_at_line(found, strbuf_str(&line), line.len);
		strbuf_free(&line);
	}
}

/* find TEXT, find (the next one), find - (the one before): round the end and the beginning. */
static enum status run_find(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	bool is_back = strcmp(args, "-") == 0;
	struct view_state *state = &tui->state;
	bool has_rows = tui_list_at_hand(tui) != NULL;
	size_t *at = has_rows ? &state->row : state->pager ? &state->pager_line : &state->chosen;
	(void)err;
	if (*args && !is_back) {
		strbuf_clear(&tui->wanted);
		strbuf_add(&tui->wanted, args);
	}
	struct found found = {strbuf_str(&tui->wanted), 0, *at, SIZE_MAX, SIZE_MAX, SIZE_MAX, 0};
	if (tui->wanted.len && (has_rows || state->pager || state->lessons))
		look(tui, &found);
	size_t there = is_back ? found.before : found.after;
	if (there == SIZE_MAX && found.first != SIZE_MAX)
		there = is_back ? found.last : found.first;
	if (there != SIZE_MAX) {
		*at = there;
		return STATUS_OK;
	}
	struct strbuf line = {0};
	if (tui->wanted.len)
		strbuf_addf(&line, _("not found: %s"), strbuf_str(&tui->wanted));
	else
		strbuf_add(&line, _("nothing is searched for; / asks what"));
	tui_say(tui, &line);
	return STATUS_OK;
}

const struct command command_find_text = {
    .name = "find",
    .usage = N_("[TEXT|-]"),
    .summary = N_("search the page or the list; alone goes on, - goes back"),
    .run = run_find,
};
