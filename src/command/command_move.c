/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_move.c -- the verbs that change the position. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"
#include "backstep/base/work.h"
#include "backstep/trace/value.h"

enum status command_read_count(const char *args, size_t *n, struct error *err)
{
	*n = 1;
	if (!*args)
		return STATUS_OK;
	return number_parse_count(args, 1, COMMAND_MAX_UPDATES, n, err);
}

/* Whether the step that is shown is that of the position. */
static bool is_shown(const struct session *session)
{
	const struct stepper *stepper = &session->stepper;
	return session->has_step ? session->step.number == stepper_number(stepper)
				 : stepper->index == 0;
}

enum status command_report_move(struct command_context *context, enum status status,
				struct error *err)
{
	/* back and goto that are interrupted have moved nowhere */
	bool has_moved = status != STATUS_INTERRUPTED || !is_shown(context->session);
	enum status refreshed = session_refresh(context->session, status ? NULL : err);
	if (has_moved &&
	    (status == STATUS_OK || status == STATUS_NUMERIC || status == STATUS_INTERRUPTED))
		command_report(context);
	return status ? status : refreshed;
}

/* Steps forwards to step index of the current update, reporting each step. */
static enum status walk_to(struct command_context *context, uint64_t index, struct error *err)
{
	struct stepper *stepper = &context->session->stepper;
	if (!context->reports_steps)
		return command_report_move(context, stepper_go_index(stepper, index, err), err);
	enum status status = STATUS_OK;
	while (!status && stepper->index < index) {
		status = command_report_move(context, stepper_next(stepper, err), err);
		if (!status && stepper->index < index)
			status = work_ask(err);
	}
	return status;
}

COMMAND(next)
{
	size_t n;
	enum status status = command_read_count(args, &n, err);
	while (!status && n-- > 0) {
		status = stepper_next(&context->session->stepper, err);
		if (!status && n > 0)
			status = work_ask(err);
		if (context->reports_steps || n == 0 || status)
			status = command_report_move(context, status, err);
	}
	return status;
}

/* The last place before the position where a chain begins, or a phase. 0: none in this update. */
static uint64_t last_boundary(const struct stepper *stepper, bool chains)
{
	const struct walk *walk = stepper_walk(stepper);
	struct place last;
	stepper_place(stepper, stepper->index, &last);
	uint64_t start = walk_phase(walk, last.phase);
	if (chains && last.phase == PHASE_BACKWARD && last.has_param)
		start = walk_param(walk, PHASE_BACKWARD, last.k);
	return start;
}

COMMAND(chain)
{
	struct stepper *stepper = &context->session->stepper;
	enum status status = command_no_args(args, err);
	if (status)
		return status;
	stepper_leave_commit(stepper);
	struct place next;
	stepper_place(stepper, stepper->index + 1, &next);
	bool has_chain = context->session->built.model->n_order > 0 &&
			 stepper_phase_steps(stepper, PHASE_BACKWARD) > 0 &&
			 next.phase <= PHASE_BACKWARD;
	size_t k = next.phase == PHASE_BACKWARD ? next.k : 0;
	uint64_t target = has_chain ? walk_param(stepper_walk(stepper), PHASE_BACKWARD, k + 1)
				    : stepper->index + 1;
	return walk_to(context, target, err);
}

COMMAND(phase)
{
	struct stepper *stepper = &context->session->stepper;
	enum status status = command_no_args(args, err);
	if (status)
		return status;
	stepper_leave_commit(stepper);
	struct place next;
	stepper_place(stepper, stepper->index + 1, &next);
	return walk_to(context, walk_phase(stepper_walk(stepper), next.phase + 1), err);
}

/* Makes n updates, unless the person wants to stop after one of them. */
static enum status run_updates(struct session *session, uint64_t n, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	struct burst burst;
	enum status status = STATUS_OK;
	for (uint64_t left = n; !status && left > 0; left -= burst.n) {
		status = stepper_run(stepper, left, &burst, err);
		if (status || burst.n == left)
			continue;
		status = work_tell(N_("updates"), n - left + burst.n, n, err);
		if (status)
			stepper_end_run(stepper);
	}
	return status;
}

COMMAND(update)
{
	size_t n;
	enum status status = command_read_count(args, &n, err);
	if (status)
		return status;
	return command_report_move(context, run_updates(context->session, n, err), err);
}

COMMAND(epoch)
{
	size_t n;
	struct stepper *stepper = &context->session->stepper;
	enum status status = command_read_count(args, &n, err);
	if (status)
		return status;
	const uint64_t batches = stepper_epoch(stepper);
	const uint64_t made = stepper_updates(stepper) + stepper_at_commit(stepper);
	status = run_updates(context->session, n * batches - made % batches, err);
	return command_report_move(context, status, err);
}

COMMAND(goto)
{
	struct stepper *stepper = &context->session->stepper;
	uint64_t number;
	if (address_may_be(args))
		return command_goto_address(context, args, err);
	enum status status = command_find_place(context, args, &number, err);
	if (status)
		return status;
	bool is_name =
	    !command_is_step_number(args) && !command_find_bookmark(context->session, args);
	if (!is_name)
		return command_report_move(context, stepper_go(stepper, number, err), err);
	command_forget_notes(context);
	number -= stepper_before(stepper, stepper_updates(stepper));
	return command_report_move(context, stepper_go_index(stepper, number, err), err);
}

/* To the start, also from a loaded state, which no way leads back from: the lesson's numbers are
 * made anew. The settings in force stay. */
static enum status go_to_start(struct session *session, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	struct optimizer optimizer = *stepper_optimizer(stepper);
	if (stepper_first(stepper) > 0 || stepper_edits(stepper)->n > 0)
		return session_rebuild(session, err);
	enum status status = stepper_go(stepper, 0, err);
	return status ? status : stepper_set_optimizer(stepper, &optimizer, err);
}

COMMAND(restart)
{
	enum status status = command_no_args(args, err);
	if (!status)
		status = go_to_start(context->session, err);
	command_forget_notes(context);
	return command_report_move(context, status, err);
}

COMMAND(back)
{
	size_t n = 0;
	struct stepper *stepper = &context->session->stepper;
	if (word_is(args, "break"))
		return command_back_to_break(context, err);
	bool chains = word_is(args, "chain"), phases = word_is(args, "phase");
	enum status status = chains || phases ? STATUS_OK : command_read_count(args, &n, err);
	if (status)
		return status;
	if (stepper_at_start(stepper) || ((chains || phases) && stepper->index == 0))
		return command_report_move(context, stepper_back(stepper, err), err);
	uint64_t number = stepper_number(stepper);
	if (chains || phases)
		n = (size_t)(stepper->index - last_boundary(stepper, chains));
	/* before an update's first step, one step back is the commit of the update before */
	if (stepper->index == 0)
		number++;
	number -= n > number ? number : n;
	return command_report_move(context, stepper_go(stepper, number, err), err);
}

COMPLETE(back)
{
	(void)context;
	if (*args)
		return;
	words_add(words, word_shown("chain"));
	words_add(words, word_shown("phase"));
	words_add(words, word_shown("break"));
}

const struct command command_next = {
    .name = "next",
    .enough = 1,
    .aliases = "n s siguiente",
    .usage = "[N]",
    .summary = N_("go N steps forwards, one factor at a time"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_next,
};

const struct command command_back = {
    .name = "back",
    .enough = 2,
    .aliases = "b atras atrás",
    .usage = "[N|chain|phase|break]",
    .summary = N_("go N steps back, or to where this chain or phase begins"),
    .more = N_("back break goes to the breakpoint before."),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_back,
    .complete = complete_back,
};

const struct command command_chain = {
    .name = "chain",
    .enough = 3,
    .aliases = "cadena",
    .summary = N_("go to the end of this parameter's chain"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_chain,
};

const struct command command_phase = {
    .name = "phase",
    .enough = 1,
    .aliases = "p fase",
    .summary = N_("go to the end of this phase"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_phase,
};

const struct command command_update = {
    .name = "update",
    .enough = 1,
    .aliases = "u actualizar",
    .usage = "[N]",
    .summary = N_("go to the end of N updates"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_update,
};

const struct command command_epoch = {
    .name = "epoch",
    .enough = 2,
    .aliases = "e epoca época",
    .usage = "[N]",
    .summary = N_("go to the end of N passes over all rows"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_epoch,
};

const struct command command_goto = {
    .name = "goto",
    .enough = 1,
    .aliases = "g ir",
    .usage = N_("STEP|PARAMETER|PHASE|ADDRESS|BOOKMARK"),
    .summary =
	N_("go to a step by number, address or bookmark, to a parameter's first step, to a phase"),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_goto,
    .complete = command_complete_place,
};

const struct command command_restart = {
    .name = "restart",
    .enough = 1,
    .aliases = "reiniciar",
    .summary = N_("back to the start, with the same initial weights"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_restart,
};
