/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_where.c -- a place by its address: where prints it, goto takes it. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/session/address.h"

COMMAND(where)
{
	const struct session *session = context->session;
	const struct stepper *stepper = &session->stepper;
	const struct tutor *tutor = context->tutor;
	struct strbuf text = {0};
	enum status status = command_no_args(args, err);
	if (status)
		return status;
	bool is_asked = tutor && tutor->open;
	if (is_asked || stepper->index > 0) {
		strbuf_add(&text, "place: ");
		if (is_asked)
			strbuf_add(&text, strbuf_str(&tutor->address));
		else
			address_print(session, stepper->index, ASK_NOT, &text);
		strbuf_add_char(&text, '\n');
		command_add_safe(context, &text);
	}
	strbuf_addf(&context->out, _("update %llu, step %llu of %llu of it, %llu in all"),
		    (unsigned long long)stepper_updates(stepper) + 1,
		    (unsigned long long)stepper->index,
		    (unsigned long long)stepper_n_steps(stepper),
		    (unsigned long long)stepper_number(stepper));
	if (is_asked)
		strbuf_add(&context->out, _("; a question is open"));
	else if (stepper->index == 0)
		strbuf_add(&context->out, _("; nothing of it has been computed yet"));
	strbuf_add_char(&context->out, '\n');
	return STATUS_OK;
}

/* Errors: STATUS_BAD_INPUT, it is about another lesson. */
static enum status check_lesson(const struct session *session, const struct address *address,
				struct error *err)
{
	if (strcmp(address->lesson, session->lesson->id.text) == 0 ||
	    strcmp(address->lesson, session->lesson_name) == 0)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("that is a place in another lesson, and %s is open"),
		  session->lesson->id.text);
	error_hint(err, _("first: lesson %s"), address->lesson);
	return STATUS_BAD_INPUT;
}

/* Asks the step, by the lesson's rules, in the place of what was asked. */
static enum status ask(struct command_context *context, uint64_t index, enum address_ask how,
		       struct error *err)
{
	struct tutor *tutor = command_tutor(context, err);
	if (!tutor)
		return STATUS_NO_MEMORY;
	enum status status = tutor_ask_step(tutor, index, how, err);
	if (!status)
		status = session_refresh(context->session, err);
	if (!status)
		command_ask(context);
	return status;
}

enum status command_goto_address(struct command_context *context, const char *text,
				 struct error *err)
{
	struct session *session = context->session;
	struct address address;
	uint64_t index;
	enum status status = address_read(&address, text, err);
	if (status)
		return status;
	bool changes = address_changes_numbers(session, &address);
	status = check_lesson(session, &address, err);
	if (!status && (changes || address.ask))
		status = command_refuse_open(context, err);
	if (!status && changes && context->tutor)
		tutor_stop(context->tutor);
	if (!status)
		status = address_enter(session, &address, &index, err);
	if (!status && address.ask)
		status = ask(context, index, address.ask, err);
	else if (!status)
		status = command_report_move(context,
					     stepper_go_index(&session->stepper, index, err), err);
	address_free(&address);
	return status;
}

const struct command command_where = {
    .name = "where",
    .aliases = "donde dónde",
    .summary = N_("the address of this step, which goto and the command line take"),
    .needs_lesson = true,
    .run = run_where,
};
