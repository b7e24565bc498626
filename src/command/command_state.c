/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_state.c -- save-state, load-state. */
#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/session/state_file.h"

static enum status need_file(const char *args, const char *example, struct error *err)
{
	if (*args)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("a file's name is missing"));
	error_hint(err, _("for example: %s"), example);
	return STATUS_BAD_INPUT;
}

COMMAND(save_state)
{
	struct strbuf line = {0};
	enum status status = need_file(args, "save-state my-training.state", err);
	if (!status)
		status = state_file_write(context->session, args, err);
	if (!status)
		strbuf_addf(&line, _("saved; come back with: load-state %s\n"), args);
	command_add_safe(context, &line);
	return status;
}

COMMAND(load_state)
{
	struct session *session = context->session;
	enum status status = need_file(args, "load-state my-training.state", err);
	if (!status)
		status = state_file_read(session, args, err);
	if (status)
		return status;
	command_forget_notes(context);
	strbuf_addf(&context->out, _("update %llu, step %llu; the way back begins here\n"),
		    (unsigned long long)stepper_updates(&session->stepper) + 1,
		    (unsigned long long)stepper_number(&session->stepper));
	return STATUS_OK;
}

const struct command command_save_state = {
    .name = "save-state",
    .enough = 5,
    .aliases = "guardar-estado",
    .usage = N_("FILE"),
    .summary = N_("write weights, optimizer and position to a file, to the bit"),
    .needs_lesson = true,
    .run = run_save_state,
};

const struct command command_load_state = {
    .name = "load-state",
    .enough = 2,
    .aliases = "cargar-estado",
    .usage = N_("FILE"),
    .summary = N_("go to the weights, optimizer and position of such a file"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_load_state,
};
