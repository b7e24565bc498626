/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_play.c -- play: steps go by themselves, so fast that a class can follow, until a key is
 * pressed, a breakpoint or a question comes, or the update is done. Who has a keyboard waits
 * between them (command_front); from a script they go by at once. */
#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/work.h"
#include "backstep/session/breakpoint.h"

static const double usual_pace = 2.0, least_pace = 0.05, most_pace = 1000.0; /* steps a second */

static enum status read_pace(const char *args, double *pace, struct error *err)
{
	*pace = usual_pace;
	enum status status = *args ? number_parse_typed(args, pace, err) : STATUS_OK;
	if (status || (*pace >= least_pace && *pace <= most_pace))
		return status;
	return error_set(err, STATUS_BAD_INPUT, _("steps in a second: from %g to %g"), least_pace,
			 most_pace);
}

/* Shows the step and waits for the next; false: a key was pressed. */
static bool wait_for_next(const struct command_context *context, double pace)
{
	const struct command_front *front = context->front;
	return !front || !front->pause || front->pause(front->ctx, 1.0 / pace);
}

/* Steps to step index (from 1) of the update. */
static enum status play_to(struct command_context *context, uint64_t index, double pace,
			   struct error *err)
{
	struct stepper *stepper = &context->session->stepper;
	enum status status = STATUS_OK;
	bool goes_on = true;
	while (!status && goes_on) {
		const uint64_t before = stepper_number(stepper);
		const size_t answered = context->out.len;
		status = command_report_move(context, stepper_next(stepper, err), err);
		if (!status)
			status = command_follow(context, before, answered, err);
		goes_on = !status && stepper->index < index && !command_is_asked(context) &&
			  wait_for_next(context, pace);
		if (goes_on)
			status = work_ask(err);
	}
	return status;
}

COMMAND(play)
{
	struct session *session = context->session;
	struct stepper *stepper = &session->stepper;
	const uint64_t before = stepper_number(stepper);
	char text[BREAKPOINT_TEXT];
	double pace;
	size_t number = 0;
	enum status status = read_pace(args, &pace, err);
	if (status)
		return status;
	stepper_leave_commit(stepper);
	uint64_t stop = breakpoint_ahead(session, &number);
	status = play_to(context, stop ? stop : stepper_n_steps(stepper), pace, err);
	if (stepper_number(stepper) != before)
		command_note_place(session);
	if (status || command_is_asked(context))
		return status;
	strbuf_addf(&context->out, _("stopped at step %llu"),
		    (unsigned long long)stepper_number(stepper));
	if (stop && stepper->index == stop)
		strbuf_addf(&context->out, _(": breakpoint %s"),
			    breakpoint_print(&session->breaks[number - 1], text));
	else if (stepper_at_commit(stepper))
		strbuf_add(&context->out, _(": the update is done"));
	strbuf_add_char(&context->out, '\n');
	return STATUS_OK;
}

const struct command command_play = {
    .name = "play",
    .aliases = "reproducir",
    .usage = N_("[STEPS/S]"),
    .summary = N_("steps go by themselves, to the end of the update; any key stops them"),
    .more = N_("So many in a second, or 2. It stops at breakpoints and questions too."),
    .needs_lesson = true,
    .retraces = true,
    .reveals = true,
    .run = run_play,
};
