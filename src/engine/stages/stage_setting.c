/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_setting.c -- settings of stages by name, all made from the rows: NAME puts a stage in
 * force or out of it, NAME-form chooses its form, NAME-HYPER sets another of its numbers. */
#include <stdio.h>
#include <string.h>

#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/base/word.h"
#include "../hyper_private.h"
#include "stage_rows.h"

enum setting_kind { SETTING_MAIN, SETTING_FORM, SETTING_HYPER };

/* What a name sets. */
struct target {
	enum stage_id id;
	const struct stage_class *class;
	enum setting_kind kind;
	size_t hyper;
};

/* The settings of one stage, in order. */
static size_t count_settings(const struct stage_class *class)
{
	bool has_form = class->n_forms > 1 && !class->chosen_by_form;
	return 1 + has_form + class->n_hypers - !class->chosen_by_form;
}

static struct target target_at(enum stage_id id, size_t i)
{
	struct target target = {.id = id, .class = stage_registry[id]};
	bool has_form = target.class->n_forms > 1 && !target.class->chosen_by_form;
	if (i == 0)
		return target;
	target.kind = has_form && i == 1 ? SETTING_FORM : SETTING_HYPER;
	target.hyper = i - 1 - has_form + !target.class->chosen_by_form;
	return target;
}

static void write_name(const struct target *target, char buf[STAGE_NAME])
{
	const char *part = target->kind == SETTING_FORM ? "form"
			   : target->kind == SETTING_HYPER
			       ? target->class->hypers[target->hyper].name
			       : "";
	snprintf(buf, STAGE_NAME, "%s%s%s", target->class->name, *part ? "-" : "", part);
}

const char *stage_setting_name(size_t i, char buf[STAGE_NAME])
{
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		size_t n = count_settings(stage_registry[id]);
		if (i < n) {
			struct target target = target_at(id, i);
			write_name(&target, buf);
			return buf;
		}
		i -= n;
	}
	return NULL;
}

static bool find_target(const char *setting, struct target *target)
{
	char name[STAGE_NAME];
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		for (size_t i = 0; i < count_settings(stage_registry[id]); i++) {
			*target = target_at(id, i);
			write_name(target, name);
			if (strcmp(name, setting) == 0)
				return true;
		}
	}
	return false;
}

static bool takes_form(const struct target *target)
{
	return target->kind == SETTING_FORM ||
	       (target->kind == SETTING_MAIN && target->class->chosen_by_form);
}

bool stages_get(const struct stages *stages, const char *setting, char buf[STAGE_NAME])
{
	struct target target;
	if (!find_target(setting, &target))
		return false;
	const struct stage_settings *stage = &stages->rows[target.id];
	if (target.kind == SETTING_MAIN && !stage->in_force)
		snprintf(buf, STAGE_NAME, "%s", target.class->off);
	else if (takes_form(&target))
		snprintf(buf, STAGE_NAME, "%s", target.class->forms[stage->form].name);
	else
		number_format_exact(buf, stage->hypers[target.hyper]);
	return true;
}

const char *stage_setting_word(const char *setting, size_t i)
{
	struct target target;
	if (!find_target(setting, &target))
		return NULL;
	if (target.kind == SETTING_MAIN && i-- == 0)
		return target.class->off;
	return takes_form(&target) && i < target.class->n_forms ? target.class->forms[i].name
								: NULL;
}

const char *stage_setting_summary(const char *setting)
{
	struct target target;
	if (!find_target(setting, &target))
		return NULL;
	if (target.kind == SETTING_HYPER)
		return target.class->hypers[target.hyper].summary;
	return target.kind == SETTING_FORM ? N_("the form of its rule") : target.class->summary;
}

bool stages_use(const struct stages *stages, const char *setting)
{
	struct target target;
	return find_target(setting, &target) && stages->rows[target.id].in_force;
}

static const char *next_word(void *ctx, size_t i)
{
	return stage_setting_word(*(const char *const *)ctx, i);
}

/* The words are the forms' names, after that for off, which a main setting has. */
static enum status set_word(struct stages *stages, const struct target *target, const char *setting,
			    const char *value, struct error *err)
{
	struct stage_settings *stage = &stages->rows[target->id];
	bool is_main = target->kind == SETTING_MAIN;
	size_t word;
	if (error_no_choice(err, setting, value, next_word, &setting, &word))
		return STATUS_BAD_INPUT;
	stage->form = (uint32_t)(word - is_main);
	stage->in_force |= is_main;
	return STATUS_OK;
}

static enum status set_number(struct stages *stages, const struct target *target,
			      const char *setting, const char *value, struct error *err)
{
	double number;
	enum status status = number_parse(value, &number, err);
	if (status && target->kind == SETTING_MAIN)
		error_hint(err, _("a number, or %s"), word_shown(target->class->off));
	if (status)
		return status;
	status = hyper_set(&target->class->hypers[target->hyper], setting, number,
			   &stages->rows[target->id].hypers[target->hyper], err);
	if (!status && target->kind == SETTING_MAIN)
		stages->rows[target->id].in_force = true;
	return status;
}

static const char *next_stage(void *ctx, size_t i)
{
	(void)ctx;
	return i < N_STAGES ? stage_registry[i]->name : NULL;
}

static enum status unknown_setting(const char *setting, struct error *err)
{
	char shown[TEXT_EXCERPT];
	error_set(err, STATUS_BAD_INPUT, _("there is no stage '%s'"), text_excerpt(shown, setting));
	error_hint_choice(err, next_stage, NULL);
	return STATUS_BAD_INPUT;
}

enum status stages_set(struct stages *stages, const char *setting, const char *value,
		       struct error *err)
{
	struct target target;
	if (!find_target(setting, &target))
		return unknown_setting(setting, err);
	if (target.kind == SETTING_MAIN && word_is(value, target.class->off)) {
		stages->rows[target.id].in_force = false;
		return STATUS_OK;
	}
	return (takes_form(&target) ? set_word : set_number)(stages, &target, setting, value, err);
}
