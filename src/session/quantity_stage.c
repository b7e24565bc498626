/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quantity_stage.c -- looking for a name among the numbers of the stages in force, the last first:
 * where several hand on a gradient, g_w5 is what the optimizer gets. */
#include "quantity_stage.h"

#include <string.h>

#include "backstep/session/quantity.h"

static const struct stage_list *list_of(const struct session *session)
{
	return &session->stepper.plan.stages;
}

/* The parameter in NUMBER_PARAM. */
static bool find_param(const struct session *session, const char *name, const char *number,
		       size_t *param)
{
	size_t len = strlen(number);
	return strncmp(name, number, len) == 0 && name[len] == '_' &&
	       model_find_param(session->built.model, name + len + 1, param) &&
	       session->stepper.plan.rank[*param] != SIZE_MAX;
}

/* Whether entry has a number called name; *which gets the unit, or the parameter's place in the
 * order. */
static bool has_number(const struct session *session, size_t entry, const char *name, size_t *which)
{
	const struct stepper *stepper = &session->stepper;
	const struct stage_number *row = list_of(session)->entries[entry].row;
	char label[LABEL_TEXT];
	size_t param;
	*which = 0;
	if (row->scope == STAGE_PARAM) {
		bool found = row->subject != STAGE_VALUE && !row->slope_of &&
			     find_param(session, name, row->name, &param);
		*which = found ? stepper->plan.rank[param] : 0;
		return found;
	}
	size_t n = row->scope == STAGE_UNIT ? stepper->plan.n_units : 1;
	for (*which = 0; *which < n; ++*which) {
		step_stage_name(&stepper->trainer, entry, *which, label);
		if (strcmp(label, name) == 0)
			return true;
	}
	return false;
}

bool quantity_find_stage(const struct session *session, const char *name, size_t *entry,
			 size_t *which)
{
	for (*entry = list_of(session)->n; (*entry)-- > 0;)
		if (has_number(session, *entry, name, which))
			return true;
	return false;
}

/* The number of entry, of parameter order[which] or of a unit. */
static void read_number(const struct session *session, size_t entry, size_t which, double *value,
			bool *known)
{
	const struct stepper *stepper = &session->stepper;
	bool of_param = list_of(session)->entries[entry].row->scope == STAGE_PARAM;
	*value =
	    stages_numbers(&stepper->trainer, entry)[of_param ? stepper->plan.order[which] : which];
	*known = stepper_knows_stage(stepper, entry, which);
}

static bool find_slot(const struct session *session, const char *name, double *value, bool *known)
{
	const struct stepper *stepper = &session->stepper;
	const struct optimizer_form *form = stepper->plan.rule;
	size_t param;
	for (size_t s = 0; s < form->n_slots; s++) {
		if (!find_param(session, name, form->slots[s].name, &param))
			continue;
		*value = stepper->trainer.next_slots[s][param];
		*known = stepper_knows_slot(stepper, param, s);
		return true;
	}
	return false;
}

bool quantity_stage_value(const struct session *session, const char *name, double *value,
			  bool *known)
{
	size_t entry, which;
	if (!quantity_find_stage(session, name, &entry, &which))
		return find_slot(session, name, value, known);
	read_number(session, entry, which, value, known);
	return true;
}

bool quantity_stage_slope(const struct session *session, const char *of, size_t param,
			  double *value, bool *known)
{
	const struct stage_list *list = list_of(session);
	size_t k = session->stepper.plan.rank[param], found = SIZE_MAX, penalty, which;
	bool is_loss = quantity_find_stage(session, of, &penalty, &which) &&
		       list->entries[penalty].row->hands_on &&
		       list->entries[penalty].row->subject == STAGE_LOSS;
	for (size_t e = 0; e < list->n; e++) {
		const struct stage_number *row = list->entries[e].row;
		bool is_slope = row->slope_of && strcmp(row->slope_of, of) == 0;
		bool is_sum = is_loss && list->entries[e].id == list->entries[penalty].id &&
			      row->hands_on && row->subject == STAGE_GRADIENT;
		if (is_slope || is_sum)
			found = e;
	}
	if (found == SIZE_MAX || k == SIZE_MAX)
		return false;
	read_number(session, found, k, value, known);
	return true;
}

bool quantity_stage_name(const struct session *session, size_t i, char name[LABEL_TEXT])
{
	const struct plan *plan = &session->stepper.plan;
	for (size_t entry = 0; entry < plan->stages.n; entry++) {
		enum stage_scope scope = plan->stages.entries[entry].row->scope;
		size_t n = scope == STAGE_ONCE ? 1 : scope == STAGE_UNIT ? plan->n_units : 0;
		if (i < n) {
			step_stage_name(&session->stepper.trainer, entry, i, name);
			return true;
		}
		i -= n;
	}
	return false;
}
