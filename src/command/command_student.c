/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_student.c -- what was answered, as a file: hand-in, progress forget. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"
#include "backstep/teach/student_file.h"

COMMAND(hand_in)
{
	struct tutor *tutor = command_tutor(context, err);
	struct strbuf line = {0};
	if (!tutor)
		return STATUS_NO_MEMORY;
	if (!*args) {
		error_set(err, STATUS_BAD_INPUT, _("which file?"));
		error_hint(err, _("for example: hand-in NAME.bsp"));
		return STATUS_BAD_INPUT;
	}
	enum status status = student_write(args, &tutor->learner, NULL, err);
	if (status)
		return status;
	strbuf_addf(&line,
		    tr_n("%zu event written to %s\n", "%zu events written to %s\n",
			 tutor->learner.n_events),
		    tutor->learner.n_events, args);
	command_add_safe(context, &line);
	return STATUS_OK;
}

enum status command_forget_progress(struct command_context *context, struct error *err)
{
	struct learner *learner = &context->tutor->learner;
	if (context->progress_path && unlink(context->progress_path) && errno != ENOENT) {
		int number = errno;
		error_set(err, STATUS_IO, "%s", error_reason(number));
		error_at(err, context->progress_path, 0, 0);
		return STATUS_IO;
	}
	learner_forget(learner);
	strbuf_addf(&context->out, "%s\n", _("forgotten"));
	return STATUS_OK;
}

/* Keeps an event in the file of the person's own progress. */
static enum status keep_event(void *ctx, const struct event *event, struct error *err)
{
	struct command_context *context = ctx;
	return student_append(context->progress_path, context->tutor->learner.code, event,
			      &context->progress_end, err);
}

/* Whether events can be appended to the file, or the file be made. */
static bool can_be_kept(const char *path)
{
	if (access(path, F_OK) == 0)
		return access(path, W_OK) == 0;
	char *folder = paths_beside(path, ".");
	bool can = folder && access(folder, W_OK) == 0;
	free(folder);
	return can;
}

enum status command_keep_progress(struct command_context *context, char *path, struct error *err)
{
	struct tutor *tutor = command_tutor(context, err);
	struct student student;
	if (!tutor)
		return STATUS_NO_MEMORY;
	context->progress_path = path;
	tutor->learner.ctx = context;
	if (access(path, F_OK) == 0) {
		enum status status = student_read(&student, path, err);
		if (status) { /* it is left as it is, and nothing is added to it */
			context->progress_path = NULL;
			return status;
		}
		learner_take(&tutor->learner, &student.learner);
		student_free(&student);
	}
	if (!can_be_kept(path)) { /* said once, not at every answer */
		context->progress_path = NULL;
		error_set(err, STATUS_IO, _("answers are not kept: the file cannot be written"));
		error_at(err, path, 0, 0);
		error_hint(err, _("hand-in writes them to a file of your choice"));
		return STATUS_IO;
	}
	tutor->learner.keep = keep_event;
	return STATUS_OK;
}

const struct command command_hand_in = {
    .name = "hand-in",
    .aliases = "entregar",
    .usage = N_("FILE"),
    .summary = N_("write what was answered to a student's file"),
    .needs_lesson = true,
    .run = run_hand_in,
};
