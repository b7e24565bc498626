/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_edit.c -- a lesson changed while it is open: edit opens its file in an editor, reload
 * reads it again and does again what was done with it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/editor.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/lesson/lesson_find.h"
#include "backstep/trace/place_name.h"

/* A place by name, which outlives the walk that it is in. Owns: name. */
struct place_kept {
	struct strbuf name; /* empty: before the first step of an update */
	uint64_t update;    /* from 0 */
};

static struct place_kept keep_place(const struct stepper *stepper)
{
	struct place_kept kept = {.update = stepper_updates(stepper)};
	if (stepper->index > 0)
		place_name_print(stepper, stepper->index, &kept.name);
	return kept;
}

/* Goes to the place; where there is none of its name any more, to before its update, and says so.
 * Errors: as stepper_go. */
static enum status go_back_to(struct command_context *context, const struct place_kept *kept,
			      struct error *err)
{
	struct stepper *stepper = &context->session->stepper;
	uint64_t index = 0;
	enum status status = stepper_go(stepper, stepper_before(stepper, kept->update), err);
	if (status)
		return status;
	stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
	if (kept->name.len > 0)
		index = place_name_find(stepper, strbuf_str(&kept->name));
	if (kept->name.len > 0 && index == 0)
		strbuf_addf(&context->out, _("there is no step %s any more\n"),
			    strbuf_str(&kept->name));
	status = index ? stepper_go_index(stepper, index, err) : STATUS_OK;
	return status ? status : session_refresh(context->session, err);
}

/* Whether the error stands at a line of the file. */
static bool is_in(const struct error *error, const char *path)
{
	return error->line > 0 && strncmp(error->file, path, sizeof error->file - 1) == 0;
}

/* The line of the first mistake in the file that was told just now; 0: there is none. */
static size_t find_mistake(const struct command_context *context, const char *path,
			   const struct error *err)
{
	const struct error_list *errors = &context->errors;
	for (size_t i = 0; i < errors->n_items; i++)
		if (is_in(&errors->items[i], path))
			return errors->items[i].line;
	return err && is_in(err, path) ? err->line : 0;
}

static enum status reload(struct command_context *context, const char *path, struct error *err)
{
	struct place_kept kept = keep_place(&context->session->stepper);
	enum status status = command_do_again(context, err);
	context->mistake = status ? find_mistake(context, path, err) : 0;
	if (!status)
		status = go_back_to(context, &kept, err);
	if (!status)
		command_note_place(context->session);
	if (!status)
		command_note_file(context);
	strbuf_free(&kept.name);
	if (!status)
		command_ask_or_report(context);
	return status;
}

/* The file of the lesson that is open. Errors: STATUS_BAD_INPUT, it came on standard input; as
 * lesson_find. Owns: the caller, *path (free). */
static enum status find_file(const struct session *session, char **path, struct error *err)
{
	if (strcmp(session->lesson_name, LESSON_ON_INPUT) == 0)
		return error_set(err, STATUS_BAD_INPUT,
				 _("this lesson came on standard input, and has no file"));
	return lesson_find(session->lesson_file ? session->lesson_file : session->lesson_name, path,
			   err);
}

COMMAND(reload)
{
	char *path;
	enum status status = command_no_args(args, err);
	if (!status)
		status = find_file(context->session, &path, err);
	if (status)
		return status;
	status = reload(context, path, err);
	free(path);
	return status;
}

/* A file in the editor, where the front end has made room for it. */
struct editing {
	const char *path;
	size_t line; /* where it was refused last; 0: nowhere */
	enum status status;
	struct error *err;
};

static void edit(void *ctx)
{
	struct editing *editing = ctx;
	editing->status = editor_run(editing->path, editing->line, editing->err);
}

/* Errors: STATUS_BAD_INPUT, there is no terminal, or the file is not the person's. */
static enum status check_editable(const struct session *session, const char *path,
				  struct error *err)
{
	char shown[TEXT_EXCERPT];
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_set(err, STATUS_BAD_INPUT, _("an editor needs a terminal"));
	if (access(path, W_OK) == 0)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("%s cannot be written"), text_excerpt(shown, path));
	error_hint(err, _("a copy can: backstep new --like %s FILE"), session->lesson->id.text);
	return STATUS_BAD_INPUT;
}

COMMAND(edit)
{
	const struct command_front *front = context->front;
	struct editing editing = {.line = context->mistake, .err = err};
	char *path;
	enum status status = command_no_args(args, err);
	if (!status)
		status = find_file(context->session, &path, err);
	if (status)
		return status;
	status = check_editable(context->session, path, err);
	editing.path = path;
	if (!status && front && front->leave_screen)
		front->leave_screen(front->ctx, edit, &editing);
	else if (!status)
		edit(&editing);
	status = status ? status : editing.status;
	if (!status)
		status = reload(context, path, err);
	free(path);
	return status;
}

const struct command command_edit = {
    .name = "edit",
    .aliases = "editar",
    .summary = N_("open the lesson's file in $VISUAL or $EDITOR, then reload"),
    .needs_lesson = true,
    .retraces = true,
    .run = run_edit,
    .more = N_("Where the file was refused because of a mistake, vi, vim, nano, emacs and others "
	       "open it at its line."),
};

const struct command command_reload = {
    .name = "reload",
    .aliases = "recargar",
    .summary = N_("read the lesson's file again, and come back to this step"),
    .needs_lesson = true,
    .retraces = true,
    .run = run_reload,
    .more = N_("Settings, breakpoints and trainings are done again, with the numbers that the file "
	       "has now; the step is found again by its name. Where the file has a mistake, or "
	       "something cannot be done again, the sitting goes on with the lesson as it was."),
};
