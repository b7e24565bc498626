/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_commands.c -- the commands that only the full screen has: they move what the person looks at,
 * never the walk.
 *
 * To add one: a row here and in tui_commands, and the key that types it in tui_key_rows.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "terminal.h"

enum { MOST = 1000000 }; /* lines or lessons that one command moves by */

struct tui *tui_of_context(const struct command_context *context)
{
	return context->front->ctx;
}

const struct picture_list *tui_list_at_hand(const struct tui *tui)
{
	enum tui_mode mode = tui_mode(tui);
	return mode == TUI_ROWS || mode == TUI_TABLE ? rows_picture(&tui->state)->list : NULL;
}

size_t tui_count_rows(struct tui *tui, const struct picture_list *list)
{
	return list->count(tui->context.session, &tui->state);
}

/* Moves at by args, a number of places on or back, to at most last; or to an end. */
static enum status move(size_t *at, size_t last, const char *args, struct error *err)
{
	bool is_back = *args == '-';
	size_t n;
	if (strcmp(args, "start") == 0 || strcmp(args, "end") == 0) {
		*at = *args == 's' ? 0 : last;
		return STATUS_OK;
	}
	enum status status = number_parse_count(args + is_back, 0, MOST, &n, err);
	if (status)
		return status;
	if (is_back)
		*at -= n < *at ? n : *at;
	else
		*at += n < last - *at ? n : last - *at;
	return STATUS_OK;
}

static enum status run_scroll(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	return move(&tui->state.pager_line, SIZE_MAX, args, err);
}

static const struct command command_scroll = {
    .name = "scroll",
    .usage = "[-]N|start|end",
    .summary = N_("move the page of text by N lines"),
    .run = run_scroll,
};

static enum status run_select(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	const struct picture_list *list = tui_list_at_hand(tui);
	size_t n = list ? tui_count_rows(tui, list) : tui->state.n_lessons;
	return move(list ? &tui->state.row : &tui->state.chosen, n ? n - 1 : 0, args, err);
}

static const struct command command_select = {
    .name = "select",
    .usage = "[-]N|start|end",
    .summary = N_("go N rows on in the list"),
    .run = run_select,
};

static enum status run_open(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	const struct picture_list *list = tui_list_at_hand(tui);
	struct strbuf line = {0};
	(void)args, (void)err;
	if (list && tui->state.row < tui_count_rows(tui, list))
		list->command(context->session, &tui->state, tui->state.row, &line);
	else if (!list && tui->state.lessons && tui->state.n_lessons > 0)
		strbuf_addf(&line, "lesson %s", tui->state.lessons[tui->state.chosen].id);
	if (line.len > 0)
		tui_run_line(tui, strbuf_str(&line));
	if (line.len > 0 && !tui->state.pager)
		tui->state.is_choosing = false;
	strbuf_free(&line);
	return STATUS_OK;
}

static const struct command command_open = {
    .name = "open",
    .summary = N_("open what is marked in the list"),
    .run = run_open,
};

static enum status run_pick(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	enum status status = move(&tui->link, context->n_links - 1, args, err);
	tui_mark_link(tui);
	return status;
}

static const struct command command_pick = {
    .name = "pick",
    .usage = "[-]N|start|end",
    .summary = N_("go N numbers on in the formula"),
    .run = run_pick,
};

/* Runs the command of a page with links; trail is that of the pages before it. Owns: trail. */
static void show_page(struct tui *tui, const char *command, struct strbuf trail)
{
	tui_run_line(tui, command);
	if (!tui->state.pager) { /* it led to a step */
		strbuf_free(&trail);
		return;
	}
	strbuf_free(&tui->trail);
	tui->trail = trail;
	strbuf_clear(&tui->asked);
	strbuf_add(&tui->asked, command);
}

/* Goes on from the link that is chosen; the page that it stands on can be come back to. */
static enum status run_follow(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	struct strbuf trail = {0};
	char line[REF_TEXT];
	(void)args, (void)err;
	if (tui->link >= context->n_links)
		return STATUS_OK;
	snprintf(line, sizeof line, "%s", context->links[tui->link].command);
	strbuf_addf(&trail, "%s%s\n", strbuf_str(&tui->trail), strbuf_str(&tui->asked));
	show_page(tui, line, trail);
	return STATUS_OK;
}

static const struct command command_follow_link = {
    .name = "follow",
    .summary = N_("where this number comes from"),
    .run = run_follow,
};

/* The page before, or the walk. */
static enum status run_return(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	struct strbuf trail = {0}, line = {0};
	const char *text = strbuf_str(&tui->trail);
	size_t end = tui->trail.len ? tui->trail.len - 1 : 0, start = end;
	(void)args, (void)err;
	while (start > 0 && text[start - 1] != '\n')
		start--;
	strbuf_add_len(&trail, text, start);
	strbuf_add_len(&line, text + start, end - start);
	if (line.len) {
		show_page(tui, strbuf_str(&line), trail);
	} else {
		tui_close_page(tui);
		strbuf_free(&trail);
	}
	strbuf_free(&line);
	return STATUS_OK;
}

static const struct command command_return = {
    .name = "return",
    .summary = N_("back to the number that it went into"),
    .run = run_return,
};

static enum status run_close(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	(void)args, (void)err;
	if (tui->state.pager)
		tui_close_page(tui);
	else if (tui->state.is_pointing)
		tui->state.is_pointing = false;
	else if (tui->state.is_choosing)
		tui->state.is_choosing = false;
	else if (tui->context.session->lesson)
		tui->state.lessons = NULL;
	return STATUS_OK;
}

static const struct command command_close = {
    .name = "close",
    .summary = N_("close the page of text, or the list"),
    .run = run_close,
};

static enum status run_choose(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	const struct picture *picture = rows_picture(&tui->state);
	(void)args;
	if (tui_mode(tui) == TUI_QUESTION)
		return error_set(err, STATUS_BAD_INPUT, _("first the question: Esc leaves it"));
	if (!picture || (picture->missing && picture->missing(context->session)))
		return error_set(err, STATUS_BAD_INPUT, _("there are no rows here to choose from"));
	size_t here = picture->list->here ? picture->list->here(context->session) : SIZE_MAX;
	tui->state.row = here == SIZE_MAX ? 0 : here;
	tui->state.is_choosing = true;
	return STATUS_OK;
}

static const struct command command_choose = {
    .name = "choose",
    .summary = N_("choose a row of the view, or of the table"),
    .run = run_choose,
};

/* Begins to point at numbers, or points at another one. */
static enum status run_point(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	struct view_state *state = &tui->state;
	if (tui_mode(tui) == TUI_QUESTION)
		return error_set(err, STATUS_BAD_INPUT, _("first the question: Esc leaves it"));
	if (!*args) {
		state->is_pointing = true;
		state->point = SIZE_MAX;
	} else if (strcmp(args, "up") == 0 || strcmp(args, "down") == 0) {
		view_point_row(state, *args == 'd');
	} else if (strcmp(args, "start") == 0 || strcmp(args, "end") == 0) {
		view_point(state, *args == 's' ? -MOST : MOST);
	} else {
		view_point(state, strtol(args, NULL, 10));
	}
	return STATUS_OK;
}

static const struct command command_point = {
    .name = "point",
    .usage = "[[-]N|up|down|start|end]",
    .summary = N_("choose a number on the screen"),
    .run = run_point,
};

static enum status run_ask(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	const char *name = view_pointed(&tui->state);
	struct strbuf line = {0};
	(void)args;
	if (!name)
		return error_set(err, STATUS_BAD_INPUT, _("there is no number on the screen"));
	strbuf_addf(&line, "from %s", name);
	tui_run_line(tui, strbuf_str(&line));
	strbuf_free(&line);
	return STATUS_OK;
}

static const struct command command_ask_number = {
    .name = "ask",
    .summary = N_("where the number that is chosen comes from"),
    .run = run_ask,
};

static enum status run_sort(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	struct strbuf line = {0};
	(void)args, (void)err;
	tui->state.row = 0;
	strbuf_add(&line, view_sort_table(context->session, &tui->state)
			      ? _("sorted: the largest amount first")
			      : _("in the order of the walk"));
	tui_say(tui, &line);
	return STATUS_OK;
}

static const struct command command_sort = {
    .name = "sort",
    .summary = N_("sort the table by its next column"),
    .run = run_sort,
};

static enum status run_filter(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	struct strbuf line = {0};
	(void)err;
	size_t n = view_filter_table(context->session, &tui->state, args);
	tui->state.row = 0;
	strbuf_addf(&line, _("parameters: %zu"), n);
	if (n == 0)
		strbuf_addf(&line, _("; filter alone shows all again"));
	tui_say(tui, &line);
	return STATUS_OK;
}

static const struct command command_filter = {
    .name = "filter",
    .usage = N_("[TEXT]"),
    .summary = N_("keep the table to names that have a text in them"),
    .run = run_filter,
};

static enum status run_prompt(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	(void)err;
	if (!*args)
		tui_close_page(tui);
	strbuf_clear(&tui->message);
	strbuf_clear(&tui->prefill);
	strbuf_addf(&tui->prefill, "%s%s", args, *args ? " " : "");
	terminal_prompt_open(strbuf_str(&tui->prefill));
	return STATUS_OK;
}

static const struct command command_prompt = {
    .name = "prompt",
    .usage = N_("[START]"),
    .summary = N_("type a command"),
    .run = run_prompt,
};

/* A digit of the count that the next key takes. */
static enum status run_count(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	(void)err;
	tui->count = 10 * tui->count + (size_t)(*args ? *args - '0' : 0);
	tui->count = tui->count < MOST ? tui->count : MOST;
	struct strbuf line = {0};
	strbuf_addf(&line, "%zu", tui->count);
	tui_say(tui, &line);
	return STATUS_OK;
}

/* A point, a comma or a minus: what was typed so far is no count but the start of a number. */
static enum status run_number(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	(void)err;
	strbuf_clear(&tui->prefill);
	strbuf_add(&tui->prefill, "answer ");
	if (*args != '-')
		strbuf_addf(&tui->prefill, "%zu", tui->count);
	strbuf_add(&tui->prefill, args);
	tui->count = 0;
	terminal_prompt_open(strbuf_str(&tui->prefill));
	return STATUS_OK;
}

static const struct command command_number = {
    .name = "number",
    .usage = N_("SIGN"),
    .summary = N_("the start of a number, which is an answer"),
    .run = run_number,
};

static const struct command command_count = {
    .name = "count",
    .usage = N_("DIGIT"),
    .summary = N_("a count for the next key"),
    .run = run_count,
};

static enum status run_keys(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	(void)args, (void)err;
	strbuf_clear(&tui->message);
	strbuf_clear(&tui->page);
	if (context->n_bindings)
		strbuf_addf(&tui->page, "%s\n", _("your own"));
	command_print_bindings(context, &tui->page);
	tui_key_help(tui_mode(tui), &tui->page);
	strbuf_clear(&tui->asked);
	tui_open_page(tui);
	return STATUS_OK;
}

static const struct command command_keys = {
    .name = "keys",
    .summary = N_("list the keys"),
    .run = run_keys,
};

static enum status run_cut(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of_context(context);
	const struct strbuf *cut = &tui->state.cut;
	(void)args, (void)err;
	if (cut->len == 0) {
		strbuf_addf(&context->out, "%s\n", _("nothing on the screen is cut"));
		return STATUS_OK;
	}
	strbuf_clear(&tui->page);
	text_sanitize(&tui->page, strbuf_str(cut), cut->len);
	tui_open_page(tui);
	return STATUS_OK;
}

static const struct command command_cut = {
    .name = "cut",
    .summary = N_("what is cut on the screen, whole"),
    .run = run_cut,
};

/* Ctrl-C while nothing runs: who presses it wants to leave. */
static enum status run_stop(struct command_context *context, const char *args, struct error *err)
{
	(void)args, (void)err;
	strbuf_addf(&context->out, "%s\n", _("nothing is running; q leaves"));
	return STATUS_OK;
}

static const struct command command_stop = {
    .name = "stop",
    .summary = N_("stop what is running"),
    .run = run_stop,
};

const struct command *const tui_commands[] = {
    &command_scroll,      &command_select,     &command_open,
    &command_close,       &command_prompt,     &command_keys,
    &command_stop,        &command_count,      &command_number,
    &command_find_text,   &command_pasted,     &command_choose,
    &command_point,       &command_ask_number, &command_sort,
    &command_filter,      &command_cut,        &command_pick,
    &command_follow_link, &command_return,     NULL,
};

bool tui_command_is_own(const char *line)
{
	size_t len = strcspn(line, " ");
	for (const struct command *const *at = tui_commands; *at; at++)
		if (strlen((*at)->name) == len && strncmp((*at)->name, line, len) == 0)
			return true;
	return false;
}
