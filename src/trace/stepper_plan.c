/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_plan.c -- the same place in a plan of other steps, after a setting was changed. */
#include "stepper_plan.h"

#include "steps.h"

/* The index of place in the forward phase of another plan: a point ahead that the other has not
 * becomes the first value. */
static uint64_t forward_index(const struct plan *plan, const struct place *place, size_t n)
{
	if (place->class == &step_class_value)
		return place_of_value(plan, n, place->node, place->element);
	return plan_ahead_steps(plan) ? place->k : 0;
}

/* The entry of other that is the same number of the same stage as entry; SIZE_MAX: none. */
static size_t same_entry(const struct stage_list *list, size_t entry,
			 const struct stage_list *other)
{
	const struct stage_entry *wanted = &list->entries[entry];
	for (size_t k = 0; k < other->n; k++)
		if (other->entries[k].id == wanted->id &&
		    other->entries[k].number == wanted->number)
			return k;
	return SIZE_MAX;
}

/* At a stage's number: at the same one, or where it is not there any more, at the first step about
 * the same parameter, or at the phase's last value or first step. */
static uint64_t stage_index(const struct plan *from, const struct plan *plan,
			    const struct place *place, size_t n)
{
	const struct stage_number *row = from->stages.entries[place->stage].row;
	size_t entry = same_entry(&from->stages, place->stage, &plan->stages);
	if (entry != SIZE_MAX)
		return place_of_stage(plan, n, entry,
				      row->scope == STAGE_PARAM ? place->k : place->unit);
	if (place->phase == PHASE_LOSS)
		return place_of_phase(plan, n, PHASE_BACKWARD) - 1;
	return row->scope == STAGE_PARAM ? place_of_weight(plan, n, place->k)
					 : place_of_phase(plan, n, PHASE_UPDATE);
}

/* In the update phase: at the same kind of step about the same parameter. */
static uint64_t update_index(const struct plan *plan, const struct place *place, size_t n,
			     bool same_rule)
{
	if (place->class == &step_class_carry)
		return place_of_carry(plan, n, place->node, place->element);
	if (place->class == &step_class_weight)
		return place_of_rule(plan, n, place->k);
	return same_rule ? place_of_slot(plan, n, place->slot, place->k)
			 : place_of_weight(plan, n, place->k);
}

uint64_t stepper_index_in(const struct stepper *stepper, const struct plan *plan, size_t n,
			  const struct place *place)
{
	uint64_t start = place_of_phase(plan, n, place->phase);
	uint64_t index = stepper->index - place_of_phase(&stepper->plan, n, place->phase) + start;
	bool same =
	    plan->form == stepper->plan.form && plan->has_backward == stepper->plan.has_backward;
	if (place->phase == PHASE_FORWARD)
		return 1 + forward_index(plan, place, n);
	if (place->class == &step_class_stage)
		return 1 + stage_index(&stepper->plan, plan, place, n);
	if (place->phase == PHASE_UPDATE && place->class != &step_class_commit)
		return 1 + update_index(plan, place, n, plan->rule == stepper->plan.rule);
	if (place->phase == PHASE_BACKWARD && !same)
		return 1 + (place->class == &step_class_delta
				? start
				: place_of_param(plan, n, plan->rank[place->param]));
	return index;
}
