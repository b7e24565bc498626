/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_task.c -- the tasks of a lesson: one after the other, each done by a command, whether it
 * was typed or a key typed it. Another command is no mistake: it is told what it did, and the task
 * stays. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"

/* The task at hand of the lesson that is open, or NULL. */
static const struct lesson_try *task_of(struct command_context *context)
{
	const struct lesson *lesson = context->session->lesson;
	if (context->tasked != lesson) {
		context->tasked = lesson;
		context->task = 0;
		context->stray = NULL;
	}
	return lesson && context->task < lesson->tasks.n_items ? &lesson->tasks.items[context->task]
							       : NULL;
}

/* Whether there is nothing to do where no question is open. */
static bool needs_question(const struct lesson_try *task)
{
	const struct command *wanted;
	return task->command.text && !command_find(task->command.text, &wanted, NULL) &&
	       (wanted == &command_answer || wanted == &command_hint);
}

/* Whether the command is the one that a task names. An answer does it when it was right: then the
 * question is open no more. */
static bool does(const struct command_context *context, const struct lesson_try *task,
		 const struct command *command, const char *args)
{
	const struct command *wanted;
	char name[LABEL_TEXT];
	const char *rest = command_word(task->command.text, name, sizeof name);
	return !command_find(name, &wanted, NULL) && wanted == command &&
	       (!*rest || strcmp(rest, args) == 0) &&
	       !(command == &command_answer && command_is_asked(context));
}

/* Appends text, where {next} is the key that types `next`, or the command itself. */
static void add_with_keys(const struct command_context *context, const char *text,
			  struct strbuf *out)
{
	const struct command_front *front = context->front;
	while (*text) {
		char command[LABEL_TEXT];
		size_t len = strcspn(text, "{");
		strbuf_add_len(out, text, len);
		text += len;
		len = *text ? strcspn(text, "}") : 0;
		if (len == 0 || len > sizeof command)
			break;
		memcpy(command, text + 1, len - 1);
		command[len - 1] = '\0';
		const char *key =
		    front && front->key_of ? front->key_of(front->ctx, command) : NULL;
		strbuf_addf(out, "%s%s", front && front->key_of && !key ? ":" : "",
			    key ? key : command);
		text += len + (text[len] == '}');
	}
}

void command_print_task(struct command_context *context, struct strbuf *out)
{
	const struct lesson_try *task = task_of(context);
	if (!task)
		return;
	if (context->stray)
		strbuf_addf(out, _("%s: %s. Still to do: "), context->stray->name,
			    tr(context->stray->summary));
	add_with_keys(context, lesson_text_in(&task->text, language_current()), out);
}

static bool is_of_front(const struct command_context *context, const struct command *command)
{
	const struct command *const *at = context->front ? context->front->commands : NULL;
	while (at && *at && *at != command)
		at++;
	return at && *at;
}

void command_follow_task(struct command_context *context, const struct command *command,
			 const char *args)
{
	const struct lesson_try *task = task_of(context);
	struct strbuf text = {0};
	if (!task || is_of_front(context, command))
		return;
	bool is_told = command == &command_lesson || command == &command_answer ||
		       command == &command_expect; /* what it did is seen already */
	bool is_done = !task->command.text || does(context, task, command, args);
	context->task += is_done;
	context->stray = is_done || is_told ? NULL : command;
	while ((task = task_of(context)) && needs_question(task) && !command_is_asked(context))
		context->task++; /* who answers at once needs no hint */
	if (context->reports_steps) {
		command_print_task(context, &text);
		command_add_text(context, "     * ", strbuf_str(&text));
	}
	strbuf_free(&text);
}

enum status command_check_tasks(const struct lesson *lesson, struct error_list *errors)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < lesson->tasks.n_items; i++) {
		const struct source_text *text = &lesson->tasks.items[i].command;
		const struct command *command;
		struct error err = {0};
		char name[LABEL_TEXT];
		if (!text->text)
			continue;
		command_word(text->text, name, sizeof name);
		if (!command_find(name, &command, &err))
			continue;
		status = STATUS_BAD_INPUT;
		error_at(&err, lesson->file, text->mark.line, text->mark.column);
		error_list_add(errors, &err);
	}
	return status;
}
