/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show_settings.c -- `show settings`, and `show stages`: every setting of every stage, and
 * the rules in force. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"
#include "backstep/session/setting.h"

enum { NAME_COLUMNS = 17, VALUE_COLUMNS = 12 };

/* The rules of one stage in force, with their source. */
static void add_stage(struct command_context *context, enum stage_id id)
{
	const struct stages *stages = &stepper_optimizer(&context->session->stepper)->stages;
	const struct stage_form *form = stage_form(stages, id);
	strbuf_addf(&context->out, "  %s: ", stage_registry[id]->name);
	for (size_t k = 0; k < form->n_numbers; k++)
		strbuf_addf(&context->out, "%s%s = %s", k ? "; " : "", form->numbers[k].name,
			    form->numbers[k].rule);
	strbuf_addf(&context->out, ", %s (%s)\n", tr(form->summary), form->source);
}

static void print_stages(struct command_context *context)
{
	const struct stages *stages = &stepper_optimizer(&context->session->stepper)->stages;
	char name[STAGE_NAME], value[STAGE_NAME];
	for (size_t i = 0; stage_setting_name(i, name); i++) {
		stages_get(stages, name, value);
		strbuf_add(&context->out, "  ");
		text_pad(&context->out, name, NAME_COLUMNS);
		text_pad(&context->out, word_shown(value), VALUE_COLUMNS);
		strbuf_addf(&context->out, "%s\n", tr(stage_setting_summary(name)));
	}
	for (enum stage_id id = 0; id < N_STAGES; id++)
		if (stages->rows[id].in_force)
			add_stage(context, id);
}

/* Columns of the longest name of a setting that is listed. */
static size_t widest_setting(const struct session *session)
{
	size_t widest = 0;
	char name[SETTING_NAME];
	for (size_t i = 0; setting_name(session, i, name); i++)
		if (setting_is_shown(session, name) && strlen(name) > widest)
			widest = strlen(name);
	return widest;
}

static void print_settings(struct command_context *context)
{
	const struct session *session = context->session;
	char name[SETTING_NAME];
	size_t widest = widest_setting(session), width = widest < 9 ? 12 : widest + 3;
	for (size_t i = 0; setting_name(session, i, name); i++) {
		const char *summary = setting_summary(name);
		size_t start = context->out.len;
		if (!setting_is_shown(session, name))
			continue;
		strbuf_addf(&context->out, "  %s ", name);
		command_pad_from(&context->out, start, width);
		start = context->out.len;
		setting_get(session, name, &context->out, NULL);
		if (summary) {
			command_pad_from(&context->out, start, 14);
			strbuf_addf(&context->out, " %s", tr(summary));
		}
		strbuf_add_char(&context->out, '\n');
	}
	if (!session->lesson)
		return;
	const struct optimizer *optimizer = stepper_optimizer(&session->stepper);
	const struct optimizer_form *form = optimizer_form(optimizer);
	strbuf_addf(&context->out, "  %s: ", optimizer->class->name);
	for (size_t k = 0; k < form->n_slots; k++)
		strbuf_addf(&context->out, "%s = %s; ", form->slots[k].name, form->slots[k].rule);
	strbuf_addf(&context->out, "%s, %s (%s)\n", form->rule, tr(form->summary), form->source);
	for (enum stage_id id = 0; id < N_STAGES; id++)
		if (optimizer->stages.rows[id].in_force)
			add_stage(context, id);
}

const struct show show_settings = {
    .name = "settings",
    .summary = N_("the settings"),
    .print = print_settings,
};

const struct show show_stages = {
    .name = "stages",
    .summary = N_("what may be done around the update rule: penalties, clipping, schedules"),
    .needs_lesson = true,
    .print = print_stages,
};
