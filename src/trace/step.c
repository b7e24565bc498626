/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.c -- a step, made by the row of its kind. */
#include "backstep/trace/step.h"

#include <math.h>

#include "steps.h"

const struct step_class *const step_classes[] = {
#define STEP(name) &step_class_##name,
#include "step_list.h"
#undef STEP
    NULL,
};

const struct step_class *step_class_of(enum ref_kind kind)
{
	size_t k = 0;
	while (step_classes[k] && step_classes[k]->computes != kind)
		k++;
	return step_classes[k];
}

double step_value(const struct step_source *source, const struct place *place)
{
	return place->class->value ? place->class->value(source, place) : 0.0;
}

enum status step_make(const struct step_source *source, const struct place *place,
		      struct arena *arena, struct step *step, struct error *err)
{
	const struct trainer *trainer = source->trainer;
	const struct step_class *class = place->class;
	*step = (struct step){.place = *place, .assigns = class->assigns};
	step->value = step_value(source, place);
	step->example = place->whole_batch ? 0 : trainer->rows[place->example] + 1;
	step->n_rows = trainer->data.n_rows;
	if (place->has_param)
		model_param_name(trainer->model, place->param, step->param);
	class->make(source, arena, step);
	step->finite = isfinite(step->value) && isfinite(step->so_far_value);
	if (class->value && (!step->left || !step->rule))
		return error_no_memory(err);
	return STATUS_OK;
}

const char *step_note(const struct step_source *source, const struct step *step)
{
	if (step->note)
		return step->note;
	if (!step->place.has_param)
		return step->name;
	/* a parameter's note belongs to its chain, or to its update where there is no chain */
	bool is_chain = step->place.phase == PHASE_BACKWARD;
	return is_chain || !source->plan->has_backward ? step->param : "";
}

enum lit step_lights_edge(const struct step_source *source, const struct step *step,
			  const struct link *edge)
{
	const struct step_class *class = step->place.class;
	return class->edge ? class->edge(source, step, edge) : LIT_NONE;
}

enum lit step_lights_element(const struct step_source *source, const struct step *step,
			     const struct node *node, size_t e)
{
	const struct step_class *class = step->place.class;
	return class->element ? class->element(source, step, node, e) : LIT_NONE;
}

enum lit step_lights_param(const struct step *step, size_t param)
{
	const struct place *place = &step->place;
	if (!place->has_param || place->param != param)
		return LIT_NONE;
	/* only the last factor is the parameter's own */
	return place->factor + 1 < place->n_factors ? LIT_PATH : LIT_HEAD;
}

enum lit steps_own_element(const struct step_source *source, const struct step *step,
			   const struct node *node, size_t e)
{
	(void)source;
	return node == step->place.node && e == step->place.element ? LIT_HEAD : LIT_NONE;
}

enum lit steps_param_edge(const struct step_source *source, const struct step *step,
			  const struct link *edge)
{
	const struct node *input = edge->node->inputs[edge->slot];
	bool is_param = input->kind == NODE_PARAM;
	(void)source;
	return is_param && node_param(input, edge->j) == step->place.param ? LIT_STRONG : LIT_NONE;
}
