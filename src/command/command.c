/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.c -- the registry of commands, finding one by what was typed, running it, and completion.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_private.h"

#include "backstep/session/matrix.h"
#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/text/source_check.h"
#include "backstep/base/unknown.h"

#define ROW(name) &command_##name,
const struct command *const command_registry[] = {COMMAND_LIST(ROW) NULL};
#undef ROW

void command_context_free(struct command_context *context)
{
	if (context->tutor)
		tutor_free(context->tutor);
	free(context->tutor);
	context->tutor = NULL;
	strbuf_free(&context->out);
	error_list_free(&context->errors);
	words_free(&context->completion);
	command_forget_bindings(context);
}

const char *command_word(const char *args, char *word, size_t size)
{
	size_t len = strcspn(args, " \t\r\n"), kept = len < size ? len : size - 1;
	memcpy(word, args, kept);
	word[kept] = '\0';
	return args + len + strspn(args + len, " \t\r\n");
}

enum status command_no_args(const char *args, struct error *err)
{
	char shown[TEXT_EXCERPT];
	if (!*args)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("this command takes no '%s'"),
			 text_excerpt(shown, args));
}

/* Whether word is one of the words in list, which are separated by single spaces. */
static bool is_listed(const char *list, const char *word)
{
	size_t len = strlen(word);
	for (const char *at = list; len && (at = strstr(at, word)); at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

static const char *next_command(void *ctx, size_t i)
{
	(void)ctx;
	return command_registry[i] ? command_registry[i]->name : NULL;
}

/* Errors: STATUS_BAD_INPUT; says which commands start with name, or which one is near. */
static enum status not_found(const char *name, const struct strbuf *starting, struct error *err)
{
	char shown[TEXT_EXCERPT];
	if (starting->len) {
		error_set(err, STATUS_BAD_INPUT, _("'%s' is the start of several commands"), name);
		error_hint(err, _("write more of it: %s"), strbuf_str(starting));
		return STATUS_BAD_INPUT;
	}
	error_set(err, STATUS_BAD_INPUT, _("unknown command '%s'"), text_excerpt(shown, name));
	if (!error_hint_nearest(err, name, next_command, NULL))
		error_hint(err, _("help lists the commands"));
	return STATUS_BAD_INPUT;
}

static bool is_called(const struct command *row, const char *name)
{
	return strcmp(row->name, name) == 0 || (row->aliases && is_listed(row->aliases, name));
}

static bool starts_with(const struct command *row, const char *name)
{
	return *name && strncmp(row->name, name, strlen(name)) == 0;
}

/* The row that name means whatever other rows there are, or NULL. */
static const struct command *find_settled(const char *name)
{
	const struct command *settled = NULL;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		if (is_called(row, name))
			return row;
		if (row->enough && strlen(name) >= row->enough && starts_with(row, name))
			settled = row;
	}
	return settled;
}

enum status command_find(const char *name, const struct command **command, struct error *err)
{
	CONTRACT(name && command);
	struct strbuf starting = {0};
	size_t n_starting = 0;
	*command = find_settled(name);
	if (*command)
		return STATUS_OK;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++)
		if (starts_with(row, name)) {
			strbuf_addf(&starting, "%s%s", n_starting++ ? ", " : "", row->name);
			*command = row;
		}
	enum status status = n_starting == 1 ? STATUS_OK : not_found(name, &starting, err);
	strbuf_free(&starting);
	return status;
}

/* A command of the front end's own, or one of the language. */
static enum status find(const struct command_context *context, const char *name,
			const struct command **command, struct error *err)
{
	const struct command *const *at = context->front ? context->front->commands : NULL;
	for (; at && *at; at++) {
		if (is_called(*at, name)) {
			*command = *at;
			return STATUS_OK;
		}
	}
	return command_find(name, command, err);
}

static uint64_t position(const struct session *session)
{
	return session->lesson ? stepper_number(&session->stepper) : 0;
}

/* lesson: that was open before. Where it was opened anew, more has changed than the position. */
static void note(struct session *session, const struct command *command, const char *args,
		 const struct lesson *lesson)
{
	struct strbuf line = {0};
	bool only_moves = command->moves && session->lesson == lesson;
	strbuf_addf(&line, "%s%s%s", command->name, *args ? " " : "", args);
	journal_add(&session->journal, only_moves ? JOURNAL_MOVES : JOURNAL_DOES, position(session),
		    NULL, strbuf_str(&line));
	session->journal.failed |= line.failed;
	strbuf_free(&line);
}

void command_note_place(struct session *session)
{
	const struct journal *journal = &session->journal;
	char line[LABEL_TEXT];
	if (journal->n_done && journal->entries[journal->n_done - 1].number == position(session))
		return;
	snprintf(line, sizeof line, "goto %llu", (unsigned long long)position(session));
	journal_add(&session->journal, JOURNAL_MOVES, position(session), NULL, line);
}

static enum status run(struct command_context *context, const char *line, struct error *err)
{
	const struct command *command;
	char name[LABEL_TEXT];
	const char *rest = command_word(line, name, sizeof name);
	bool is_answer = command_is_answer(context, line);
	if (is_answer)
		rest = line;
	enum status status = find(context, is_answer ? command_answer.name : name, &command, err);
	if (status)
		return status;
	if (command->needs_lesson && !context->session->lesson) {
		error_set(err, STATUS_BAD_INPUT, _("no lesson is open"));
		error_hint(err, _("open one with: lesson NAME"));
		return STATUS_BAD_INPUT;
	}
	if (command->reveals && command_refuse_open(context, err))
		return STATUS_BAD_INPUT;
	char *args = strdup(rest);
	if (!args)
		return error_no_memory(err);
	size_t len = strlen(args);
	while (len && strchr(" \t\r\n", args[len - 1]))
		args[--len] = '\0';
	const struct lesson *lesson = context->session->lesson;
	uint64_t before = position(context->session);
	size_t answered = context->out.len;
	context->only_told = false;
	status = command->run(context, args, err);
	if (!status && !command->retraces)
		status = command_follow(context, before, answered, err);
	if (!status && command->recorded && !context->only_told)
		note(context->session, command, args, lesson);
	if (!status)
		command_report_watches(context);
	if (!status)
		command_follow_task(context, command, args);
	CONTRACT((status != STATUS_BAD_INPUT && status != STATUS_IO) ||
		 position(context->session) == before);
	/* stopped half-way, by Ctrl-C or by a number that is not finite */
	if (status && command->recorded && position(context->session) != before)
		command_note_place(context->session);
	free(args);
	return status;
}

/* After work that was stopped the position is one again that can be looked at. */
static void be_whole(struct command_context *context, struct error *own)
{
	struct session *session = context->session;
	struct error_list *told = &context->errors;
	struct error *err = own->code       ? own
			    : told->n_items ? &told->items[told->n_items - 1]
					    : NULL;
	if (session->lesson && !stepper_be_whole(&session->stepper) && err)
		error_hint(err, _("the numbers of update %llu wait for its first step: next"),
			   (unsigned long long)stepper_updates(&session->stepper) + 1);
	session_refresh(session, NULL);
}

static bool is_comment(const char *line)
{
	return line[strspn(line, " \t\r\n")] == '#';
}

/* A copy of line with plain blanks for all that look like one. Errors: STATUS_BAD_INPUT for what
 * nobody sees; STATUS_NO_MEMORY. */
static enum status read_line(const char *line, struct strbuf *plain, struct error *err)
{
	size_t len = strlen(line);
	uint32_t code;
	for (size_t n; len > 0; line += n, len -= n) {
		n = text_odd_blank(line, len, &code);
		strbuf_add_len(plain, n ? " " : line, 1);
		n = n ? n : 1;
	}
	if (plain->failed)
		return error_no_memory(err);
	return source_check_line(strbuf_str(plain), err);
}

enum status command_exec(struct command_context *context, const char *line)
{
	CONTRACT(context->session && line);
	struct error err = {0};
	struct strbuf plain = {0};
	const size_t n_failed = error_n_no_memory();
	enum status status = is_comment(line) ? STATUS_OK : read_line(line, &plain, &err);
	const char *start = strbuf_str(&plain);
	start += strspn(start, " \t\r\n");
	if (!status && *start && *start != '#')
		status = run(context, start, &err);
	strbuf_free(&plain);
	if (status == STATUS_INTERRUPTED)
		be_whole(context, &err);
	if (!status && error_n_no_memory() > n_failed) /* its answer is not whole */
		status = error_no_memory(&err);
	if (status && err.code)
		error_list_add(&context->errors, &err);
	return status;
}

/* What the word may be that comes after before, the line's start. */
static void add_candidates(const struct command_context *context, const char *before,
			   struct words *words)
{
	const struct command *command;
	char name[LABEL_TEXT];
	const char *args = command_word(before + strspn(before, " \t"), name, sizeof name);
	for (const struct command *const *at = command_registry; !*name && *at; at++)
		words_add(words, (*at)->name);
	if (!*name || find(context, name, &command, NULL) || !command->complete ||
	    (command->needs_lesson && !context->session->lesson))
		return;
	command->complete(context, args, words);
}

char *command_complete(struct command_context *context, const char *line, size_t start,
		       const char *word, int state)
{
	CONTRACT(start <= strlen(line));
	if (state == 0) {
		char *before = strndup(line, start);
		words_clear(&context->completion);
		context->completed = NULL;
		if (before)
			add_candidates(context, before, &context->completion);
		free(before);
	}
	const char *next = context->completed;
	while ((next = words_next(&context->completion, next))) {
		context->completed = next;
		if (strncmp(next, word, strlen(word)) == 0)
			return strdup(next);
	}
	return NULL;
}

struct wrapped {
	struct strbuf *out;
	const char *margin;
};

static void add_line(void *ctx, const char *s, size_t len)
{
	const struct wrapped *wrapped = ctx;
	if (len)
		strbuf_add(wrapped->out, wrapped->margin);
	strbuf_add_len(wrapped->out, s, len);
	strbuf_add_char(wrapped->out, '\n');
}

void command_add_text(struct command_context *context, const char *margin, const char *text)
{
	struct wrapped wrapped = {&context->out, margin};
	size_t columns = context->columns ? context->columns : COMMAND_COLUMNS;
	size_t width = columns < COMMAND_COLUMNS ? columns : COMMAND_COLUMNS,
	       used = text_columns(margin);
	text_wrap(text, used < width ? width - used : 1, add_line, &wrapped);
}

void command_add_safe(struct command_context *context, struct strbuf *line)
{
	text_sanitize(&context->out, strbuf_str(line), line->len);
	context->out.failed |= line->failed;
	strbuf_free(line);
}

void command_forget_notes(struct command_context *context)
{
	context->n_notes = 0;
}

/* Tells a note, unless it was told in this update. */
static void add_note(struct command_context *context, const char *note)
{
	for (size_t k = 0; k < context->n_notes && k < COMMAND_NOTES; k++)
		if (context->notes[k] == note)
			return;
	if (!note)
		return;
	context->notes[context->n_notes++ % COMMAND_NOTES] = note;
	command_add_text(context, "     > ", note);
}

void command_report(struct command_context *context)
{
	CONTRACT(context->session->lesson);
	struct session *session = context->session;
	if (!context->reports_steps)
		return;
	if (!session->has_step) {
		strbuf_addf(&context->out, "[%llu] %s\n",
			    (unsigned long long)stepper_number(&session->stepper),
			    stepper_number(&session->stepper) == 0
				? _("start: nothing has been computed yet")
				: _("next update: nothing of it has been computed yet"));
		return;
	}
	step_print_report(&session->step, &session->style, &context->out);
	matrix_print(session, &context->out);
	command_add_beside(context);
	if (context->notes_update != session->step.update)
		command_forget_notes(context);
	context->notes_update = session->step.update;
	add_note(context, session_phase_note(session));
	add_note(context, session_note(session));
}
