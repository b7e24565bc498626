/* SPDX-License-Identifier: GPL-3.0-or-later */
/* breakpoint.c -- what can be typed as a breakpoint, and the list of them. */
#include "backstep/session/breakpoint.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"
#include "backstep/trace/value.h"
#include "session_private.h"

/* A name that is meant as the place of a breakpoint: a parameter, a value that a step computes, a
 * phase. false: it is none. */
static bool read_place(const struct session *session, const char *text, char name[REF_TEXT])
{
	const struct stepper *stepper = &session->stepper;
	struct ref ref;
	enum phase phase;
	bool is_number = !ref_parse(stepper, session_here(session), text, &ref, NULL) &&
			 (ref.kind == REF_PARAM || value_step(stepper, &ref) > 0);
	if (is_number)
		ref_print(stepper, &ref, true, name);
	else if (phase_find(text, &phase))
		snprintf(name, REF_TEXT, "%s", phase_names[phase]);
	return is_number || phase_find(text, &phase);
}

static enum status set_place(struct session *session, struct breakpoint *at, const char *text,
			     struct error *err)
{
	char shown[TEXT_EXCERPT], name[REF_TEXT];
	if (!read_place(session, text, name)) {
		error_set(err, STATUS_BAD_INPUT, _("'%s' is no parameter, value or phase"),
			  text_excerpt(shown, text));
		error_hint(err, _("phases: forward, loss, backward, update"));
		return STATUS_BAD_INPUT;
	}
	snprintf(at->what, sizeof at->what, "%s", name);
	return STATUS_OK;
}

/* Reads text as it will be read in each update. */
static enum status check(struct session *session, const char *text, bool compares,
			 struct error *err)
{
	struct expression expression;
	struct arena *arena = arena_new();
	enum status status =
	    !arena ? error_no_memory(err)
	    : compares
		? expression_read_condition(&expression, &session->stepper, NULL, text, arena, err)
		: expression_read(&expression, &session->stepper, NULL, text, arena, err);
	if (!status && expression.n_names == 0)
		status =
		    error_set(err, STATUS_BAD_INPUT, _("there is no number of the walk in it"));
	arena_free(arena);
	return status;
}

static enum status set_condition(struct session *session, struct breakpoint *at, const char *text,
				 struct error *err)
{
	enum status status = check(session, text, true, err);
	snprintf(at->what, sizeof at->what, "%s", text);
	return status;
}

/* NAME, or NAME > X. */
static enum status set_change(struct session *session, struct breakpoint *at, const char *text,
			      struct error *err)
{
	const char *more = strchr(text, '>');
	size_t len = more ? (size_t)(more - text) : strlen(text);
	while (len && text[len - 1] == ' ')
		len--;
	snprintf(at->what, sizeof at->what, "%.*s", (int)len, text);
	enum status status = check(session, at->what, false, err);
	if (!status && more)
		status = number_parse(more + 1 + strspn(more + 1, " "), &at->more, err);
	return status;
}

static enum status set_nan(struct session *session, struct breakpoint *at, const char *text,
			   struct error *err)
{
	(void)session, (void)at;
	return *text ? error_set(err, STATUS_BAD_INPUT, _("nan takes no more")) : STATUS_OK;
}

/* What a breakpoint begins with. */
static const struct {
	const char *word;
	enum status (*set)(struct session *session, struct breakpoint *at, const char *text,
			   struct error *err);
} kinds[N_BREAKPOINT_KINDS] = {
    [BREAK_AT] = {"", set_place},
    [BREAK_IF] = {"if", set_condition},
    [BREAK_CHANGE] = {"change", set_change},
    [BREAK_NAN] = {"nan", set_nan},
};

/* Whether text begins with the word; *rest gets what follows it. */
static bool begins(const char *text, const char *word, const char **rest)
{
	char first[LABEL_TEXT];
	size_t len = strcspn(text, " ");
	snprintf(first, sizeof first, "%.*s", (int)len, text);
	if (!*first || !word_is(first, word))
		return false;
	*rest = text + len + strspn(text + len, " ");
	return true;
}

static void print(const struct breakpoint *at, const char *word, char text[BREAKPOINT_TEXT])
{
	char more[NUMBER_TEXT];
	bool by_more = at->kind == BREAK_CHANGE && at->more != 0.0;
	snprintf(text, BREAKPOINT_TEXT, "%s%s%s%s%s", word, *word && *at->what ? " " : "", at->what,
		 by_more ? " > " : "", by_more ? number_format(more, at->more, 9) : "");
}

enum status breakpoint_read(struct session *session, const char *text, struct breakpoint *at,
			    struct error *err)
{
	const char *rest = text;
	enum breakpoint_kind kind = strpbrk(text, "<>") ? BREAK_IF : BREAK_AT;
	for (enum breakpoint_kind k = 0; k < N_BREAKPOINT_KINDS; k++)
		if (begins(text, kinds[k].word, &rest))
			kind = k;
	*at = (struct breakpoint){.kind = kind};
	if (strlen(text) > EXPRESSION_TEXT)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d characters"),
				 EXPRESSION_TEXT);
	enum status status = kinds[kind].set(session, at, rest, err);
	print(at, kinds[kind].word, at->text);
	return status;
}

const char *breakpoint_print(const struct breakpoint *at, char text[BREAKPOINT_TEXT])
{
	const char *word = kinds[at->kind].word;
	print(at, *word ? word_shown(word) : word, text);
	return text;
}

enum status breakpoint_remove(struct session *session, size_t number, struct error *err)
{
	if (number < 1 || number > session->n_breaks)
		return error_set(err, STATUS_BAD_INPUT, _("there is no breakpoint %zu"), number);
	memmove(session->breaks + number - 1, session->breaks + number,
		(session->n_breaks - number) * sizeof *session->breaks);
	session->n_breaks--;
	return STATUS_OK;
}

enum status breakpoint_toggle(struct session *session, const char *text, bool *set, size_t *number,
			      struct error *err)
{
	struct breakpoint at;
	enum status status = breakpoint_read(session, text, &at, err);
	if (status)
		return status;
	*set = false;
	for (*number = 1; *number <= session->n_breaks; ++*number)
		if (strcmp(session->breaks[*number - 1].text, at.text) == 0)
			return breakpoint_remove(session, *number, err);
	if (session->n_breaks == SESSION_MAX_BREAKS)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d breakpoints"),
				 SESSION_MAX_BREAKS);
	session->breaks[session->n_breaks++] = at;
	*set = true;
	return STATUS_OK;
}
