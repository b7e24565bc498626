/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_commit.c -- the end of an update: what the graph's ops carry into the next one, then all new
 * values come into force. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../bind.h"
#include "../steps.h"

static double carry_of(const struct step_source *source, const struct place *place)
{
	const struct trainer *trainer = source->trainer;
	return trainer_next_state(
	    trainer)[place->node->state - trainer->model->graph.state + (ptrdiff_t)place->element];
}

static void make_carry(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct node *node = step->place.node;
	(void)source;
	step->left = bind_state(arena, node, step->place.element);
	step->rule = bind_carry(arena, node, step->place.element);
	if (step->left)
		strncpy(step->name, step->left->name, sizeof step->name - 1);
	step->note = "";
	step->why = node->op->carry->summary;
}

const struct step_class step_class_carry = {
    .name = "carry",
    .computes = REF_CARRIED_NEW,
    .value = carry_of,
    .make = make_carry,
    .element = steps_own_element,
    .assigns = true,
};

static void make_commit(const struct step_source *source, struct arena *arena, struct step *step)
{
	(void)source, (void)arena;
	step->note = "commit";
	step->why = N_("all parameters take their new values at once");
}

const struct step_class step_class_commit = {
    .name = "commit",
    .word = N_("commit"),
    .computes = REF_NONE,
    .make = make_commit,
    .is_beside = true,
};
