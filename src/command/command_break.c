/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_break.c -- breakpoints: break, continue, and the way back to the one before. */
#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/work.h"

COMMAND(break)
{
	struct session *session = context->session;
	bool set;
	if (*args) {
		enum status status = session_toggle_break(session, args, &set, err);
		if (!status)
			strbuf_addf(&context->out,
				    set ? _("breakpoint at %s\n")
					: _("no breakpoint at %s any more\n"),
				    args);
		return status;
	}
	for (size_t k = 0; k < session->n_breaks; k++)
		strbuf_addf(&context->out, "%s\n", session->breaks[k]);
	if (session->n_breaks == 0)
		strbuf_add(&context->out, _("no breakpoints\n"));
	return STATUS_OK;
}

/* The first breakpoint after step index of the current update; 0: none. */
static uint64_t break_after(const struct session *session, uint64_t index)
{
	uint64_t best = 0;
	for (size_t k = 0; k < session->n_breaks; k++) {
		uint64_t at = command_find_step(session, session->breaks[k]);
		if (at > index && (best == 0 || at < best))
			best = at;
	}
	return best;
}

/* The last one before it; 0: none. */
static uint64_t break_before(const struct session *session, uint64_t index)
{
	uint64_t best = 0;
	for (size_t k = 0; k < session->n_breaks; k++) {
		uint64_t at = command_find_step(session, session->breaks[k]);
		if (at < index && at > best)
			best = at;
	}
	return best;
}

/* Errors: STATUS_BAD_INPUT, there are no breakpoints, or none that an update comes by. */
static enum status check_breaks(const struct session *session, struct error *err)
{
	if (session->n_breaks == 0) {
		error_set(err, STATUS_BAD_INPUT, _("there are no breakpoints"));
		error_hint(err, _("set one with: break w5"));
		return STATUS_BAD_INPUT;
	}
	/* every update comes by the same places: what is not left in this one is in the next */
	if (break_after(session, 0) == 0)
		return error_set(err, STATUS_BAD_INPUT, _("no breakpoint lies on the way"));
	return STATUS_OK;
}

static enum status go_to_next_break(struct session *session, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	enum status status = STATUS_OK;
	stepper_leave_commit(stepper);
	if (break_after(session, stepper->index) == 0) {
		status = stepper_update(stepper, err);
		if (!status)
			stepper_leave_commit(stepper);
	}
	return status ? status
		      : stepper_go_index(stepper, break_after(session, stepper->index), err);
}

/* To the breakpoint before, in this update or in one before it. */
static enum status go_to_break_before(struct session *session, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	enum status status = check_breaks(session, err);
	uint64_t at = status ? 0 : break_before(session, stepper->index);
	if (status)
		return status;
	if (at == 0 && stepper_updates(stepper) == stepper_first(stepper))
		return error_set(err, STATUS_BAD_INPUT, _("no breakpoint lies before this step"));
	if (at == 0) {
		uint64_t commit = stepper_before(stepper, stepper_updates(stepper));
		status = stepper_go(stepper, commit, err);
		at = break_before(session, stepper->index + 1);
	}
	return status ? status : stepper_go_index(stepper, at, err);
}

COMMAND(continue)
{
	size_t n;
	enum status status = command_read_count(args, &n, err);
	if (!status)
		status = check_breaks(context->session, err);
	if (status)
		return status;
	while (!status && n-- > 0) {
		status = go_to_next_break(context->session, err);
		if (!status && n > 0)
			status = work_ask(err);
	}
	return command_report_move(context, status, err);
}

enum status command_back_to_break(struct command_context *context, struct error *err)
{
	return command_report_move(context, go_to_break_before(context->session, err), err);
}

const struct command command_break = {
    .name = "break",
    .enough = 2,
    .aliases = "parada",
    .usage = N_("[PARAMETER|PHASE]"),
    .summary = N_("stop there on continue; again takes it away; without a place: all of them"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_break,
    .complete = command_complete_place,
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
