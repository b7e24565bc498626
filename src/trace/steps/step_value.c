/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_value.c -- a unit's number, a loss term's, and the loss of the whole batch. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../steps.h"
#include "../terms.h"

static double value_of(const struct step_source *source, const struct place *place)
{
	(void)source;
	return place->node->value[place->element];
}

static void make_value(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct node *node = step->place.node;
	step->left = step_element_symbol(arena, node, step->place.element, step->name);
	step->rule = bind_value(arena, node, step->place.element,
				source->most_terms ? source->most_terms : BIND_MAX_TERMS);
	step->why = node->op->summary;
}

static enum lit value_edge(const struct step_source *source, const struct step *step,
			   const struct link *edge)
{
	const struct place *place = &step->place;
	(void)source;
	return edge->node == place->node && edge->i == place->element ? LIT_STRONG : LIT_NONE;
}

/* The unit itself, and what it is computed from. */
static enum lit value_element(const struct step_source *source, const struct step *step,
			      const struct node *node, size_t e)
{
	const struct place *place = &step->place;
	return node_reads(place->node, place->element, node, e)
		   ? LIT_STRONG
		   : steps_own_element(source, step, node, e);
}

const struct step_class step_class_value = {
    .name = "value",
    .computes = REF_UNIT,
    .value = value_of,
    .make = make_value,
    .edge = value_edge,
    .element = value_element,
};

static double batch_loss_of(const struct step_source *source, const struct place *place)
{
	(void)place;
	return source->trainer->model->loss;
}

static void make_batch_loss(const struct step_source *source, struct arena *arena,
			    struct step *step)
{
	const struct model *model = source->trainer->model;
	step->left = bind_batch_loss(arena, model);
	step->rule = terms_batch_loss(arena, source);
	step->why = model->over == REDUCE_MEAN ? N_("the mean over the rows of the batch")
					       : N_("the sum over the rows of the batch");
	strncpy(step->name, model->batch_name, sizeof step->name - 1);
}

const struct step_class step_class_batch_loss = {
    .name = "value",
    .computes = REF_LOSS,
    .value = batch_loss_of,
    .make = make_batch_loss,
};
