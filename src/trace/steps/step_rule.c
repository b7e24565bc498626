/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_rule.c -- what the optimizer computes for each parameter: the point where the gradient is
 * taken, in the forward phase; the slots of its rule; the new value, while the old one stays in
 * force. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../steps.h"
#include "../bind.h"

static double ahead_of(const struct step_source *source, const struct place *place)
{
	return source->trainer->model->graph.theta[place->param];
}

static void make_ahead(const struct step_source *source, struct arena *arena, struct step *step)
{
	strcpy(step->name, "ahead");
	step->left = step_param_symbol(arena, source->trainer->model, step->place.param, NULL);
	step->rule = bind_ahead(arena, source, step->place.param);
	step->why = N_("the gradient is taken where the velocity would lead");
}

const struct step_class step_class_ahead = {
    .name = "ahead",
    .word = N_("the point ahead"),
    .computes = REF_AHEAD,
    .value = ahead_of,
    .make = make_ahead,
    .edge = steps_param_edge,
    .assigns = true,
    .reads_slots = true,
};

static double slot_of(const struct step_source *source, const struct place *place)
{
	return trainer_next_slot(source->trainer, place->slot)[place->param];
}

static void make_slot(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct place *place = &step->place;
	const struct optimizer_slot *slot =
	    &optimizer_form(&source->trainer->optimizer)->slots[place->slot];
	strncpy(step->name, slot->name, sizeof step->name - 1);
	step->left = formula_symbol(arena, slot->name, slot->symbol, step->value);
	step->rule = bind_slot(arena, source, place->param, place->slot);
	step->why = slot->summary;
}

const struct step_class step_class_slot = {
    .name = "slot",
    .computes = REF_SLOT,
    .value = slot_of,
    .make = make_slot,
    .edge = steps_param_edge,
    .reads_slots = true,
};

static double weight_of(const struct step_source *source, const struct place *place)
{
	return stages_proposed(&source->trainer->stages)[place->param];
}

static void make_weight(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct trainer *trainer = source->trainer;
	step->left = step_param_symbol(arena, trainer->model, step->place.param, NULL);
	step->rule = bind_update(arena, source, step->place.param);
	step->why = optimizer_form(&trainer->optimizer)->summary;
	/* forms of a rule differ in what they do: the first that is seen says which it is */
	if (trainer->optimizer.class->n_forms > 1 && trainer->t == 0 &&
	    step->place.param == source->plan->order[0])
		step->form = optimizer_form(&trainer->optimizer)->name;
}

const struct step_class step_class_weight = {
    .name = "weight",
    .computes = REF_NEW,
    .value = weight_of,
    .make = make_weight,
    .edge = steps_param_edge,
    .assigns = true,
    .reads_slots = true,
};
