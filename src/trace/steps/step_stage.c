/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_stage.c -- a number of a schedule, a penalty or another stage around the rule: one in an
 * update, one for each unit, or one for each parameter. */
#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "../bind.h"
#include "../steps.h"

static const struct stage_entry *entry_of(const struct step_source *source,
					  const struct place *place)
{
	return &source->trainer->stages.list.entries[place->stage];
}

void step_stage_name(const struct trainer *trainer, size_t entry, size_t unit,
		     char name[LABEL_TEXT])
{
	const struct model *model = trainer->model;
	const struct stage_number *row = trainer->stages.list.entries[entry].row;
	char label[LABEL_TEXT];
	if (row->replaces_subject && row->subject == STAGE_LOSS) {
		bool batch = trainer->n_examples > 1;
		node_name(model->total, 0, label);
		snprintf(name, LABEL_TEXT, "%.*s_reg", LABEL_TEXT - 5,
			 batch ? model->batch_name : label);
	} else if (row->scope == STAGE_UNIT) {
		struct stage_unit at = stage_unit(model, unit);
		snprintf(name, LABEL_TEXT, "%s_%.*s", row->name, LABEL_TEXT / 2,
			 node_name(at.node, at.row * at.node->stride, label));
	} else {
		snprintf(name, LABEL_TEXT, "%s", row->name);
	}
}

static double stage_of(const struct step_source *source, const struct place *place)
{
	return stages_numbers(&source->trainer->stages,
			      place->stage)[bind_stage_element(source, place)];
}

/* Whether the number takes the place of the rule's own, or of an earlier stage's. */
static bool replaces(const struct trainer *trainer, const struct place *place,
		     const struct stage_number *row)
{
	return row->replaces_subject &&
	       (row->subject == STAGE_VALUE ||
		stage_list_before(&trainer->stages.list, place->stage, row->subject) != SIZE_MAX);
}

static void make_stage(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct trainer *trainer = source->trainer;
	const struct place *place = &step->place;
	const struct stage_entry *entry = entry_of(source, place);
	const struct stage_class *class = stage_registry[entry->id];
	const struct stage_number *row = entry->row;
	bool left_alone = bind_stage_leaves_alone(source, place);
	step->stage = class->name;
	step_stage_name(trainer, place->stage, place->unit, step->name);
	step->left = bind_stage_left(arena, source, place, step->value);
	step->rule = bind_stage(arena, source, place);
	step->why = row->summary;
	step->idle = left_alone || (row->idle && step->value == bind_stage_taken(source, place));
	if (step->idle)
		step->why = left_alone ? N_("not a weight: it stays as it is") : row->idle;
	step->at_kink = row->slope_of && class->has_kink && !left_alone &&
			class->has_kink(trainer->model->graph.theta[place->param], 0.0);
	step->assigns = replaces(trainer, place, row);
	/* the same note for all units and parameters; what is done to a parameter has no name */
	if (!row->replaces_subject || row->subject != STAGE_LOSS)
		step->note = row->replaces_subject && row->subject == STAGE_VALUE ? "" : row->name;
	if (row->slope_of) {
		strncpy(step->of, row->slope_of, sizeof step->of - 1);
		model_param_name(trainer->model, place->param, step->wrt);
	}
}

/* What comes into the unit whose weights are measured, or the parameter that it is about. */
static enum lit stage_edge(const struct step_source *source, const struct step *step,
			   const struct link *edge)
{
	const struct node *to = edge->node;
	enum stage_scope scope = entry_of(source, &step->place)->row->scope;
	if (scope == STAGE_PARAM)
		return steps_param_edge(source, step, edge);
	if (scope == STAGE_ONCE)
		return LIT_NONE;
	struct stage_unit unit = stage_unit(source->trainer->model, step->place.unit);
	bool is_into = to == unit.node && node_row(to, edge->i) == unit.row &&
		       to->inputs[edge->slot] == unit.weights;
	return is_into ? LIT_STRONG : LIT_NONE;
}

const struct step_class step_class_stage = {
    .name = "stage",
    .computes = REF_STAGE,
    .value = stage_of,
    .make = make_stage,
    .edge = stage_edge,
    .is_beside = true,
};
