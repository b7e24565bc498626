/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_gradient.c -- the gradient of a unit (its delta), and of a parameter: the sum over paths, or
 * over the examples of the batch. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../paths.h"
#include "../steps.h"
#include "../terms.h"

static double delta_of(const struct step_source *source, const struct place *place)
{
	(void)source;
	return place->node->grad[place->element];
}

static void make_delta(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct node *node = step->place.node;
	struct formula *unit = step_element_symbol(arena, node, step->place.element, step->name);
	strcpy(step->wrt, step->name);
	step->left = bind_derivative(
	    arena, terms_loss(arena, source->trainer->model, step->place.example, step->of), unit,
	    node->grad[step->place.element]);
	step->note = ""; /* the unit's note is about its value */
	step->rule = terms_delta(arena, source, node, step->place.element, &step->at_kink);
	step->why = node == source->trainer->model->total
			? N_("the share that this row's loss has in the batch's")
			: N_("the gradient of this unit: from every unit that it feeds");
}

/* What the unit feeds. */
static enum lit delta_edge(const struct step_source *source, const struct step *step,
			   const struct link *edge)
{
	bool is_own = edge->node->inputs[edge->slot] == step->place.node;
	(void)source;
	return is_own && edge->j == step->place.element ? LIT_STRONG : LIT_NONE;
}

const struct step_class step_class_delta = {
    .name = "delta",
    .word = N_("delta"),
    .computes = REF_DELTA,
    .value = delta_of,
    .make = make_delta,
    .edge = delta_edge,
    .element = steps_own_element,
};

/* Of a single example it is what the engine's backward pass holds. */
static double gradient_of(const struct step_source *source, const struct place *place)
{
	const struct trainer *trainer = source->trainer;
	return trainer->n_examples == 1
		   ? trainer->model->graph.grad[place->param]
		   : step_example_gradient(trainer->model, place->param, place->example);
}

static void make_gradient(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct trainer *trainer = source->trainer;
	const struct model *model = trainer->model;
	const struct place *place = &step->place;
	struct formula *loss = terms_loss(arena, model, place->example, step->of);
	if (trainer->n_examples > 1)
		loss = step_example_symbol(arena, model, step->example, loss ? loss->value : 0.0);
	strcpy(step->wrt, step->param);
	step->left = bind_derivative(
	    arena, loss, step_param_symbol(arena, model, place->param, NULL), step->value);
	step->rule = terms_gradient(arena, source, place);
	step->why = source->plan->form == CHAIN_DELTAS
			? N_("the unit's gradient times what the parameter multiplies")
		    : place->n_paths > 1 ? N_("every path to the loss counts: add them up")
					 : N_("there is only one path to the loss");
}

/* Whether the row of element e lies on a path from the loss to the parameter. */
static bool leads_to_param(const struct step_source *source, const struct place *place,
			   const struct node *node, size_t e)
{
	if (node->kind == NODE_PARAM)
		return node_param(node, e) == place->param;
	return node->kind == NODE_OP && paths_below(source->plan, place->k, node, e) > 0;
}

/* All paths of the parameter where the step adds them up. */
static enum lit gradient_edge(const struct step_source *source, const struct step *step,
			      const struct link *edge)
{
	const struct place *place = &step->place;
	const struct node *node = edge->node;
	if (source->plan->form == CHAIN_DELTAS)
		return steps_param_edge(source, step, edge);
	bool is_on_path = leads_to_param(source, place, node, edge->i) &&
			  leads_to_param(source, place, node->inputs[edge->slot], edge->j);
	return is_on_path ? LIT_STRONG : LIT_NONE;
}

static enum lit gradient_element(const struct step_source *source, const struct step *step,
				 const struct node *node, size_t e)
{
	bool is_on_path =
	    source->plan->form == CHAIN_PATHS && leads_to_param(source, &step->place, node, e);
	return is_on_path ? LIT_STRONG : LIT_NONE;
}

const struct step_class step_class_gradient = {
    .name = "gradient",
    .word = N_("gradient"),
    .computes = REF_GRADIENT,
    .value = gradient_of,
    .make = make_gradient,
    .edge = gradient_edge,
    .element = gradient_element,
};

static double batch_gradient_of(const struct step_source *source, const struct place *place)
{
	return source->trainer->model->graph.grad[place->param];
}

static void make_batch_gradient(const struct step_source *source, struct arena *arena,
				struct step *step)
{
	const struct model *model = source->trainer->model;
	const struct place *place = &step->place;
	bool coupled = plan_is_coupled(source->plan);
	strncpy(step->of, model->batch_name, sizeof step->of - 1);
	strcpy(step->wrt, step->param);
	step->left =
	    bind_derivative(arena, bind_batch_loss(arena, model),
			    step_param_symbol(arena, model, place->param, NULL), step->value);
	step->rule = coupled ? terms_gradient(arena, source, place)
			     : terms_batch_gradient(arena, source, place->param);
	step->why = coupled ? N_("the gradients of all units and rows that the parameter "
				 "feeds, times what it multiplies")
		    : model->over == REDUCE_MEAN ? N_("the mean of the rows' gradients")
						 : N_("the sum of the rows' gradients");
}

const struct step_class step_class_batch_gradient = {
    .name = "gradient",
    .word = N_("gradient of the batch"),
    .computes = REF_GRADIENT,
    .value = batch_gradient_of,
    .make = make_batch_gradient,
    .edge = steps_param_edge,
};
