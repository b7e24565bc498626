/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.c -- one maker per kind of step, in a table. */
#include "backstep/trace/step.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "terms.h"

static void make_value(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct model *model = source->trainer->model;
	const struct node *node = step->place.node;
	if (!node) {
		step->left = bind_batch_loss(arena, model);
		step->rule = terms_batch_loss(arena, source);
		step->why = model->over == REDUCE_MEAN ? N_("the mean over the rows of the batch")
						       : N_("the sum over the rows of the batch");
		strncpy(step->name, model->batch_name, sizeof step->name - 1);
		return;
	}
	step->left = step_element_symbol(arena, node, step->place.element, step->name);
	step->rule = step_value_rule(arena, node, step->place.element);
	step->why = node->op->summary;
}

static void make_factor(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct link *link = &source->finder->links[step->place.factor];
	const struct node *node = link->node;
	node_name(node, link->i, step->of);
	node_name(node->inputs[link->slot], link->j, step->wrt);
	step->left = bind_link(arena, link);
	step->rule = bind_partial(arena, link);
	step->why = node->op->slots[link->slot].why;
	step->at_kink = op_is_at_kink(node, link->i);
	if (step->place.factor > 0) {
		step->so_far = step_chain_product(arena, source->finder, step->place.factor + 1);
		step->so_far_value = step_chain_value(source->finder, step->place.factor + 1);
	}
	step->reused = chain_is_reused(source->finder, step->place.k, step->place.example,
				       step->place.path, step->place.factor);
}

static void make_product(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct chain_finder *finder = source->finder;
	node_name(finder->links[0].node, finder->links[0].i, step->of);
	step->left = terms_path(arena, source, &step->place);
	step->rule = step_chain_product(arena, finder, finder->n_links);
	step->why = N_("the factors of this path, multiplied");
}

static void make_delta(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct node *node = step->place.node;
	struct formula *unit = step_element_symbol(arena, node, step->place.element, step->name);
	strcpy(step->wrt, step->name);
	step->left = bind_derivative(
	    arena, terms_loss(arena, source->trainer->model, step->place.example, step->of), unit,
	    node->grad[step->place.element]);
	step->rule = terms_delta(arena, source, node, step->place.element, &step->at_kink);
	step->why = node == source->trainer->model->total
			? N_("the share that this row's loss has in the batch's")
			: N_("the gradient of this unit: from every unit that it feeds");
}

static void make_gradient(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct trainer *trainer = source->trainer;
	const struct model *model = trainer->model;
	const struct place *place = &step->place;
	struct formula *param = step_param_symbol(arena, model, place->param, NULL);
	if (place->whole_batch) {
		strncpy(step->of, model->batch_name, sizeof step->of - 1);
		step->left =
		    bind_derivative(arena, bind_batch_loss(arena, model), param, step->value);
		bool coupled = plan_is_coupled(source->plan);
		step->rule = coupled ? terms_gradient(arena, source, place)
				     : terms_batch_gradient(arena, source, place->param);
		step->why = coupled ? N_("the gradients of all units and rows that the parameter "
					 "feeds, times what it multiplies")
			    : model->over == REDUCE_MEAN ? N_("the mean of the rows' gradients")
							 : N_("the sum of the rows' gradients");
		return;
	}
	struct formula *loss = terms_loss(arena, model, place->example, step->of);
	if (trainer->n_examples > 1)
		loss = bind_example_loss(arena, model, step->example, loss ? loss->value : 0.0);
	step->left = bind_derivative(arena, loss, param, step->value);
	step->rule = terms_gradient(arena, source, place);
	step->why = source->plan->form == CHAIN_DELTAS
			? N_("the unit's gradient times what the parameter multiplies")
		    : place->n_paths > 1 ? N_("every path to the loss counts: add them up")
					 : N_("there is only one path to the loss");
}

static void make_weight(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct trainer *trainer = source->trainer;
	step->left = step_param_symbol(arena, trainer->model, step->place.param, NULL);
	step->rule = bind_update(arena, source, step->place.param);
	step->why = optimizer_form(&trainer->optimizer)->summary;
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

static void make_stage(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct trainer *trainer = source->trainer;
	const struct place *place = &step->place;
	const struct stage_entry *entry = &trainer->stages.list.entries[place->stage];
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
	step->replaces = row->hands_on && (row->subject == STAGE_VALUE ||
					   stage_list_before(&trainer->stages.list, place->stage,
							     row->subject) != SIZE_MAX);
	if (row->slope_of) {
		strncpy(step->of, row->slope_of, sizeof step->of - 1);
		model_param_name(trainer->model, place->param, step->wrt);
	}
}

static void make_ahead(const struct step_source *source, struct arena *arena, struct step *step)
{
	strcpy(step->name, "ahead");
	step->left = step_param_symbol(arena, source->trainer->model, step->place.param, NULL);
	step->rule = bind_ahead(arena, source, step->place.param);
	step->why = N_("the gradient is taken where the velocity would lead");
}

static void make_carry(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct node *node = step->place.node;
	(void)source;
	step->left = bind_state(arena, node, step->place.element);
	step->rule = bind_carry(arena, node, step->place.element);
	if (step->left)
		strncpy(step->name, step->left->name, sizeof step->name - 1);
	step->why = node->op->carry->summary;
}

static void make_commit(const struct step_source *source, struct arena *arena, struct step *step)
{
	(void)source, (void)arena;
	step->why = N_("all parameters take their new values at once");
}

static void (*const makers[N_STEP_KINDS])(const struct step_source *source, struct arena *arena,
					  struct step *step) = {
    [STEP_VALUE] = make_value, [STEP_FACTOR] = make_factor,     [STEP_PRODUCT] = make_product,
    [STEP_DELTA] = make_delta, [STEP_GRADIENT] = make_gradient, [STEP_AHEAD] = make_ahead,
    [STEP_STAGE] = make_stage, [STEP_SLOT] = make_slot,         [STEP_WEIGHT] = make_weight,
    [STEP_CARRY] = make_carry, [STEP_COMMIT] = make_commit,
};

double step_value(const struct step_source *source, const struct place *place)
{
	const struct trainer *trainer = source->trainer;
	const struct model *model = trainer->model;
	switch (place->kind) {
	case STEP_VALUE:
		return place->node ? place->node->value[place->element] : model->loss;
	case STEP_FACTOR:
		return link_value(&source->finder->links[place->factor]);
	case STEP_PRODUCT:
		return step_chain_value(source->finder, source->finder->n_links);
	case STEP_DELTA:
		return place->node->grad[place->element];
	case STEP_GRADIENT:
		/* one example's gradient is what the engine's backward pass holds */
		return place->whole_batch || trainer->n_examples == 1
			   ? model->graph.grad[place->param]
			   : step_example_gradient(model, place->param, place->example);
	case STEP_AHEAD:
		return model->graph.theta[place->param];
	case STEP_STAGE:
		return stages_numbers(trainer, place->stage)[bind_stage_element(source, place)];
	case STEP_SLOT:
		return trainer->next_slots[place->slot][place->param];
	case STEP_CARRY:
		return trainer->next_state[place->node->state - model->graph.state +
					   (ptrdiff_t)place->element];
	case STEP_WEIGHT:
		return stages_proposed(trainer)[place->param];
	default:
		return 0.0;
	}
}

static bool has_param(const struct step_source *source, const struct place *place)
{
	const struct stage_list *list = &source->trainer->stages.list;
	enum step_kind kind = place->kind;
	if (kind == STEP_STAGE)
		return list->entries[place->stage].row->scope == STAGE_PARAM;
	return kind != STEP_VALUE && kind != STEP_DELTA && kind != STEP_CARRY &&
	       kind != STEP_COMMIT;
}

enum status step_make(const struct step_source *source, const struct place *place,
		      struct arena *arena, struct step *step, struct error *err)
{
	const struct trainer *trainer = source->trainer;
	*step = (struct step){.place = *place};
	step->value = step_value(source, place);
	step->example = place->whole_batch ? 0 : trainer->rows[place->example] + 1;
	step->n_rows = trainer->data.n_rows;
	if (has_param(source, place))
		model_param_name(trainer->model, place->param, step->param);
	if (place->kind == STEP_PRODUCT || place->kind == STEP_GRADIENT)
		strcpy(step->wrt, step->param);
	makers[place->kind](source, arena, step);
	step->finite = isfinite(step->value) && isfinite(step->so_far_value);
	if (place->kind != STEP_COMMIT && (!step->left || !step->rule))
		return error_no_memory(err);
	return STATUS_OK;
}
