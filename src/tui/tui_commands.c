/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_commands.c -- the commands that only the full screen has: they move what the person looks at,
 * never the walk.
 *
 * To add one: a row here and in tui_commands, and the key that types it in tui_keys.c. */
#include <string.h>

#include "tui_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "terminal.h"

enum { MOST = 1000000 }; /* lines or lessons that one command moves by */

static struct tui *tui_of(const struct command_context *context)
{
	return context->front->ctx;
}

/* Moves at by args, a number of places on or back, to at most last. */
static enum status move(size_t *at, size_t last, const char *args, struct error *err)
{
	bool is_back = *args == '-';
	size_t n;
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
	struct tui *tui = tui_of(context);
	return move(&tui->state.pager_line, SIZE_MAX, args, err);
}

static const struct command command_scroll = {
    .name = "scroll",
    .usage = "[-]N",
    .summary = N_("move the page of text by N lines"),
    .run = run_scroll,
};

static enum status run_select(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of(context);
	size_t n = tui->state.n_lessons;
	return move(&tui->state.chosen, n ? n - 1 : 0, args, err);
}

static const struct command command_select = {
    .name = "select",
    .usage = "[-]N",
    .summary = N_("go N lessons on in the list"),
    .run = run_select,
};

static enum status run_open(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of(context);
	struct strbuf line = {0};
	(void)args, (void)err;
	if (!tui->state.lessons || tui->state.n_lessons == 0)
		return STATUS_OK;
	strbuf_addf(&line, "lesson %s", tui->state.lessons[tui->state.chosen].id);
	tui_run_line(tui, strbuf_str(&line));
	strbuf_free(&line);
	return STATUS_OK;
}

static const struct command command_open = {
    .name = "open",
    .summary = N_("open the lesson that is marked in the list"),
    .run = run_open,
};

static enum status run_close(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of(context);
	(void)args, (void)err;
	if (tui->state.pager)
		tui_close_page(tui);
	else if (tui->context.session->lesson)
		tui->state.lessons = NULL;
	return STATUS_OK;
}

static const struct command command_close = {
    .name = "close",
    .summary = N_("close the page of text, or the list of lessons"),
    .run = run_close,
};

static enum status run_prompt(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of(context);
	(void)args, (void)err;
	tui_close_page(tui);
	strbuf_clear(&tui->message);
	terminal_prompt_open("");
	return STATUS_OK;
}

static const struct command command_prompt = {
    .name = "prompt",
    .summary = N_("type a command"),
    .run = run_prompt,
};

static enum status run_keys(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = tui_of(context);
	(void)args, (void)err;
	strbuf_clear(&tui->message);
	strbuf_clear(&tui->page);
	tui_key_help(tui_mode(tui), &tui->page);
	tui_open_page(tui);
	return STATUS_OK;
}

static const struct command command_keys = {
    .name = "keys",
    .summary = N_("list the keys"),
    .run = run_keys,
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
    &command_scroll, &command_select, &command_open, &command_close,
    &command_prompt, &command_keys,   &command_stop, NULL,
};

bool tui_command_is_own(const char *line)
{
	size_t len = strcspn(line, " ");
	for (const struct command *const *at = tui_commands; *at; at++)
		if (strlen((*at)->name) == len && strncmp((*at)->name, line, len) == 0)
			return true;
	return false;
}
