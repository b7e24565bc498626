/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show_stages.c -- `show stages`: every setting of every stage, and the rules in force. */
#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { NAME_COLUMNS = 17, VALUE_COLUMNS = 12 };

void command_add_stage(struct command_context *context, enum stage_id id)
{
	const struct stages *stages = &context->session->stepper.trainer.optimizer.stages;
	const struct stage_form *form = stage_form(stages, id);
	strbuf_addf(&context->out, "  %s: ", stage_registry[id]->name);
	for (size_t k = 0; k < form->n_numbers; k++)
		strbuf_addf(&context->out, "%s%s = %s", k ? "; " : "", form->numbers[k].name,
			    form->numbers[k].rule);
	strbuf_addf(&context->out, ", %s (%s)\n", tr(form->summary), form->source);
}

void command_show_stages(struct command_context *context)
{
	const struct stages *stages = &context->session->stepper.trainer.optimizer.stages;
	char name[STAGE_NAME], value[STAGE_NAME];
	for (size_t i = 0; stage_setting_name(i, name); i++) {
		stages_get(stages, name, value);
		strbuf_add(&context->out, "  ");
		text_pad(&context->out, name, NAME_COLUMNS);
		text_pad(&context->out, value, VALUE_COLUMNS);
		strbuf_addf(&context->out, "%s\n", tr(stage_setting_summary(name)));
	}
	for (enum stage_id id = 0; id < N_STAGES; id++)
		if (stages->rows[id].in_force)
			command_add_stage(context, id);
}
