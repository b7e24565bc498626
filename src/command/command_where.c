/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_where.c -- a place by its address: where prints it, goto takes it. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/session/setting.h"

/* Whether a line of the record made numbers others by a setting that is no look. */
static bool changes_numbers(const char *line)
{
	const struct command *command;
	char word[LABEL_TEXT];
	line = command_word(line, word, sizeof word);
	if (command_find(word, &command, NULL) || command != &command_set || strchr(line, '='))
		return false;
	command_word(line, word, sizeof word);
	const struct setting *row = setting_find(word);
	return !row || !row->is_look;
}

/* Whether that happened after the first update, before this place: an address has what is in force
 * from the start. */
static bool was_changed_on_the_way(const struct session *session)
{
	const struct journal *journal = &session->journal;
	const struct stepper *stepper = &session->stepper;
	uint64_t first = stepper_before(stepper, 1), here = stepper_number(stepper);
	size_t at;
	if (!journal_opening(journal, journal->n_done, &at))
		return false;
	for (size_t i = at + 1; i < journal->n_done; i++) {
		const struct journal_entry *entry = &journal->entries[i];
		if (entry->kind == JOURNAL_DOES && entry->number >= first &&
		    entry->number <= here && changes_numbers(entry->line))
			return true;
	}
	return false;
}

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
	if (stepper->index > 0 && was_changed_on_the_way(session))
		strbuf_add(&context->out, _("; settings were changed on the way, and the address "
					    "has them from the start"));
	if (stepper->index > 0 && stepper_edits(stepper)->n_in_force > 0)
		strbuf_add(&context->out,
			   _("; numbers were set by hand, which no address has: save keeps them"));
	strbuf_add_char(&context->out, '\n');
	return STATUS_OK;
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

/* An address without ? is about what is in force: where that is not the lesson's own, it is said.
 */
static void say_force(struct command_context *context, const struct address *address)
{
	const struct address own = {.has_query = true};
	struct strbuf text = {0};
	if (address->has_query || !address_changes_numbers(context->session, &own))
		return;
	strbuf_addf(&text, _("With the settings in force; with the lesson's own: goto %s@%s?\n"),
		    address->lesson, address->place);
	command_add_safe(context, &text);
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
	status = command_check_lesson(session, &address, err);
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
	if (!status)
		say_force(context, &address);
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
