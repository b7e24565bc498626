/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_place.c -- places as they are typed: a step's number, an address, a bookmark, a
 * parameter, a value, a phase. Whatever takes a place takes all of them. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"

bool command_is_step_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

/* Where names are read: a row that no name says is the first one of the batch. */
static struct place reading_place(const struct session *session)
{
	const struct place *here = session_here(session);
	struct place place = here ? *here : (struct place){0};
	place.whole_batch = false;
	return place;
}

const struct bookmark *command_find_bookmark(const struct session *session, const char *name)
{
	for (size_t k = 0; k < session->n_bookmarks; k++)
		if (strcmp(session->bookmarks[k].name, name) == 0)
			return &session->bookmarks[k];
	return NULL;
}

uint64_t command_find_step(const struct session *session, const char *name)
{
	const struct stepper *stepper = &session->stepper;
	const struct walk *walk = stepper_walk(stepper);
	const struct place here = reading_place(session);
	enum phase phase;
	struct ref ref;
	if (strcmp(name, "commit") == 0 || strcmp(name, "relevo") == 0)
		return stepper_n_steps(stepper);
	if (!ref_parse(stepper, &here, name, &ref, NULL))
		return value_step(stepper, &ref);
	/* last: a phase's Spanish name may be a unit's */
	if (phase_find(name, &phase) && walk->phases[phase].steps > 0)
		return walk_phase(walk, phase) + 1;
	return 0;
}

void command_complete_place(const struct command_context *context, const char *args,
			    struct words *words)
{
	char name[LABEL_TEXT];
	const struct session *session = context->session;
	const struct model *model = session->built.model;
	for (enum phase phase = 0; !*args && phase < N_PHASES; phase++)
		words_add(words, phase_names[phase]);
	for (size_t k = 0; !*args && k < model->n_order; k++)
		words_add(words, model_param_name(model, model->order[k], name));
	for (size_t k = 0; !*args && k < session->n_bookmarks; k++)
		words_add(words, session->bookmarks[k].name);
}

static enum status no_such_place(const struct command_context *context, const char *name,
				 struct error *err)
{
	char shown[TEXT_EXCERPT];
	const struct place here = reading_place(context->session);
	struct ref ref;
	enum phase phase;
	if (phase_find(name, &phase))
		return error_set(
		    err, STATUS_BAD_INPUT, "%s",
		    phase == PHASE_LOSS
			? _("the derivative is that of the output itself: there is no loss phase")
			: _("this rule learns from the error: there is no backward phase"));
	if (!ref_parse(&context->session->stepper, &here, name, &ref, NULL) &&
	    ref.kind == REF_PARAM)
		return error_set(err, STATUS_BAD_INPUT, _("%s is not trained: it has no steps"),
				 name);
	error_set(err, STATUS_BAD_INPUT, _("there is no step called '%s'"),
		  text_excerpt(shown, name));
	struct words places = {0};
	command_complete_place(context, "", &places);
	if (!words_hint_nearest(&places, name, err))
		error_hint(err, _("give a step's number, a parameter, a value or a phase"));
	words_free(&places);
	return STATUS_BAD_INPUT;
}

/* Errors: STATUS_BAD_INPUT, more updates away than one command may make. */
static enum status read_number(const struct stepper *stepper, const char *text, uint64_t *number,
			       struct error *err)
{
	size_t typed;
	uint64_t each = stepper_n_steps(stepper);
	enum status status = number_parse_count(text, 0, SIZE_MAX / 2, &typed, err);
	if (status)
		return status;
	*number = typed;
	if (typed / each <= stepper_updates(stepper) + COMMAND_MAX_UPDATES)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("that is more than %d updates away"),
			 COMMAND_MAX_UPDATES);
}

enum status command_check_lesson(const struct session *session, const struct address *address,
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

/* The step of an address with the numbers that are in force. */
static enum status read_address(struct session *session, const char *text, uint64_t *number,
				struct error *err)
{
	struct address address;
	enum status status = address_read(&address, text, err);
	if (status)
		return status;
	status = command_check_lesson(session, &address, err);
	if (!status && address_changes_numbers(session, &address)) {
		status = error_set(err, STATUS_BAD_INPUT,
				   _("the numbers of that place are others than those in force"));
		error_hint(err, _("first go there: %s"), "goto ADDRESS");
	}
	if (!status)
		status = address_number(session, &address, number, err);
	address_free(&address);
	return status;
}

enum status command_find_place(struct command_context *context, const char *text, uint64_t *number,
			       struct error *err)
{
	struct session *session = context->session;
	const struct stepper *stepper = &session->stepper;
	const struct bookmark *mark = command_find_bookmark(session, text);
	if (command_is_step_number(text))
		return read_number(stepper, text, number, err);
	if (address_may_be(text))
		return read_address(session, text, number, err);
	uint64_t index = mark ? 0 : command_find_step(session, text);
	*number = mark ? mark->number : stepper_before(stepper, stepper_updates(stepper)) + index;
	return mark || index ? STATUS_OK : no_such_place(context, text, err);
}
