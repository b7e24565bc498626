/* SPDX-License-Identifier: GPL-3.0-or-later */
/* leaf.c -- from a symbol in a rule to what it names. */
#include "leaf.h"

#include <stdio.h>
#include <string.h>

bool leaf_is_named(const struct formula *f)
{
	return f->kind == FORMULA_DERIVATIVE || (f->kind == FORMULA_SYMBOL && !f->is_setting);
}

enum status leaf_read(const struct stepper *stepper, const struct place *here,
		      const struct formula *leaf, struct ref *ref)
{
	char text[REF_TEXT];
	if (leaf->kind == FORMULA_DERIVATIVE)
		snprintf(text, sizeof text, "d%.*s/d%.*s", LABEL_TEXT + 24, leaf->args[0]->name,
			 LABEL_TEXT + 24, leaf->args[1]->name);
	else
		snprintf(text, sizeof text, "%s", leaf->name);
	return ref_parse(stepper, here, text, ref, NULL);
}

/* Whether the name in a rule of the optimizer is a slot's, whatever else is called so. */
static bool find_slot(const struct stepper *stepper, const struct step *step, const char *name,
		      struct ref *ref)
{
	const struct optimizer_form *form = optimizer_form(stepper_optimizer(stepper));
	*ref = (struct ref){.kind = REF_SLOT, .param = step->place.param};
	while (ref->which < form->n_slots && strcmp(form->slots[ref->which].name, name) != 0)
		ref->which++;
	return ref->which < form->n_slots;
}

enum status ref_of_leaf(const struct stepper *stepper, const struct step *step,
			const struct formula *leaf, struct ref *ref)
{
	bool updates = step->place.class->reads_slots;
	if (updates && leaf->kind == FORMULA_SYMBOL && find_slot(stepper, step, leaf->name, ref))
		return STATUS_OK;
	enum status status = leaf_read(stepper, &step->place, leaf, ref);
	if (status || ref->kind != REF_PARAM || updates)
		return status;
	const struct ref ahead = ref_param(REF_AHEAD, ref->param);
	if (stepper->plan.rank[ref->param] != SIZE_MAX && value_get(stepper, &ahead).where)
		*ref = ahead;
	return STATUS_OK;
}
