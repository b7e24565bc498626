/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_break.c -- breakpoints: break, continue, and the way back to the one before. */
#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/word.h"
#include "backstep/base/work.h"
#include "backstep/session/breakpoint.h"

static void list_breaks(struct command_context *context)
{
	const struct session *session = context->session;
	char text[BREAKPOINT_TEXT];
	for (size_t k = 0; k < session->n_breaks; k++)
		strbuf_addf(&context->out, "%zu  %s\n", k + 1,
			    breakpoint_print(&session->breaks[k], text));
	if (session->n_breaks == 0)
		strbuf_add(&context->out, _("no breakpoints\n"));
}

/* break off [N] */
static enum status remove_breaks(struct command_context *context, const char *args,
				 struct error *err)
{
	struct session *session = context->session;
	size_t number = 0;
	enum status status =
	    *args ? number_parse_count(args, 1, SESSION_MAX_BREAKS, &number, err) : STATUS_OK;
	if (!status && number)
		status = breakpoint_remove(session, number, err);
	else if (!status)
		session->n_breaks = 0;
	if (!status)
		list_breaks(context);
	return status;
}

COMMAND(break)
{
	char word[LABEL_TEXT];
	size_t number;
	bool set;
	const char *rest = command_word(args, word, sizeof word);
	if (word_is(word, "off"))
		return remove_breaks(context, rest, err);
	context->only_told = !*args;
	if (!*args) {
		list_breaks(context);
		return STATUS_OK;
	}
	enum status status = breakpoint_toggle(context->session, args, &set, &number, err);
	if (status)
		return status;
	struct strbuf line = {0};
	char text[BREAKPOINT_TEXT];
	if (set)
		strbuf_addf(&line, _("breakpoint %zu: %s\n"), number,
			    breakpoint_print(&context->session->breaks[number - 1], text));
	else
		strbuf_addf(&line, _("no breakpoint at %s any more\n"), args);
	command_add_safe(context, &line);
	return STATUS_OK;
}

/* Says which breakpoint it is, where the place alone does not. */
static void add_stop(struct command_context *context, size_t number)
{
	const struct session *session = context->session;
	char text[BREAKPOINT_TEXT];
	if (number == 0 || session->breaks[number - 1].kind == BREAK_AT)
		return;
	strbuf_addf(&context->out, _("breakpoint %zu: %s\n"), number,
		    breakpoint_print(&session->breaks[number - 1], text));
}

COMMAND(continue)
{
	size_t n, number = 0;
	enum status status = command_read_count(args, &n, err);
	while (!status && n-- > 0) {
		status = breakpoint_next(context->session, &number, err);
		if (!status && n > 0)
			status = work_ask(err);
	}
	if (!status)
		add_stop(context, number);
	return command_report_move(context, status, err);
}

enum status command_back_to_break(struct command_context *context, struct error *err)
{
	size_t number = 0;
	enum status status = breakpoint_back(context->session, &number, err);
	if (!status)
		add_stop(context, number);
	return command_report_move(context, status, err);
}

COMPLETE(break)
{
	command_complete_place(context, args, words);
	if (*args)
		return;
	words_add(words, word_shown("if"));
	words_add(words, word_shown("change"));
	words_add(words, word_shown("nan"));
	words_add(words, word_shown("off"));
}

const struct command command_break = {
    .name = "break",
    .enough = 2,
    .aliases = "parada",
    .usage = N_("[PARAMETER|VALUE|PHASE|[if] CONDITION|change NAME [> X]|nan|off [N]]"),
    .summary = N_("stop there on continue; again takes it away; without a place: all of them"),
    .more =
	N_("E < 0.2 stops where that comes to hold, in each update anew; change w1 where w1 has "
	   "changed, by more than X; nan at the first number that is not finite; off takes all "
	   "away, or the N-th."),
    .needs_lesson = true,
    .recorded = true,
    .run = run_break,
    .complete = complete_break,
};

const struct command command_continue = {
    .name = "continue",
    .enough = 3,
    .aliases = "c seguir",
    .usage = "[N]",
    .summary = N_("go on to the next breakpoint, or to the N-th"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_continue,
};
