/* SPDX-License-Identifier: GPL-3.0-or-later */
/* skill.c -- from a step to what it takes; a new kind of step needs a line of skill_of_step. */
#include "backstep/teach/skill.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "board_private.h"
#include "tutor_private.h"

const struct skill_row skill_table[N_SKILLS] = {
    [SKILL_SUM] = {"sum",
		   "suma",
		   N_("sum"),
		   N_("each number that comes in times its weight, all added up, and the bias"),
		   {SKILL_ACTIVATION, SKILL_PRODUCT}},
    [SKILL_ACTIVATION] = {"activation",
			  "activacion",
			  N_("activation"),
			  N_("the activation is applied to the sum"),
			  {SKILL_SUM, SKILL_SLOPE}},
    [SKILL_LOSS] = {"loss",
		    "perdida",
		    N_("loss"),
		    N_("the loss compares the output with the target"),
		    {SKILL_LOSS_SLOPE, SKILL_ACTIVATION}},
    [SKILL_LOSS_SLOPE] = {"loss-slope",
			  "pendiente-perdida",
			  N_("loss slope"),
			  N_("how much the loss changes when the output changes a little"),
			  {SKILL_LOSS, SKILL_SLOPE}},
    [SKILL_SLOPE] = {"slope",
		     "pendiente",
		     N_("slope"),
		     N_("how much the unit changes when its sum changes a little: the derivative "
			"of the activation"),
		     {SKILL_ACTIVATION, SKILL_WEIGHT}},
    [SKILL_INPUT] = {"input",
		     "entrada",
		     N_("input factor"),
		     N_("a sum changes with a weight as much as what the weight multiplies"),
		     {SKILL_WEIGHT, SKILL_SLOPE}},
    [SKILL_WEIGHT] = {"weight",
		      "peso",
		      N_("weight factor"),
		      N_("a sum changes with what comes in as much as the weight there"),
		      {SKILL_INPUT, SKILL_SLOPE}},
    [SKILL_PRODUCT] = {"product",
		       "producto",
		       N_("product"),
		       N_("the chain rule: the factors along the path, multiplied"),
		       {SKILL_PATHS, SKILL_SUM}},
    [SKILL_PATHS] = {"paths",
		     "caminos",
		     N_("sum over paths"),
		     N_("every path to the loss counts: the products are added"),
		     {SKILL_PRODUCT, SKILL_MEAN}},
    [SKILL_MEAN] = {"mean",
		    "media",
		    N_("mean of the rows"),
		    N_("every row of the batch counts: summed, and divided where it is a mean"),
		    {SKILL_PATHS, SKILL_NEW_WEIGHT}},
    [SKILL_DELTA] = {"delta",
		     "delta",
		     N_("delta"),
		     N_("what comes back from every unit that is fed, times the slope on the way"),
		     {SKILL_SLOPE, SKILL_PATHS}},
    [SKILL_STAGE] = {"stage",
		     "etapa",
		     N_("penalty or stage"),
		     N_("what is done to the loss, the gradient or the step beside the rule"),
		     {SKILL_MEMORY, SKILL_NEW_WEIGHT}},
    [SKILL_MEMORY] = {"memory",
		      "memoria",
		      N_("optimizer memory"),
		      N_("what the optimizer keeps: the old number and the new gradient, mixed"),
		      {SKILL_NEW_WEIGHT, SKILL_MEAN}},
    [SKILL_NEW_WEIGHT] = {"new-weight",
			  "peso-nuevo",
			  N_("new weight"),
			  N_("from the old weight a step against the gradient"),
			  {SKILL_MEMORY, SKILL_PRODUCT}},
};

const char *skill_word(enum skill skill)
{
	const struct skill_row *row = &skill_table[skill];
	return language_current() == LANGUAGE_ES ? row->also : row->name;
}

bool skill_find(const char *name, enum skill *skill)
{
	for (size_t i = 0; i < N_SKILLS; i++)
		if (strcmp(skill_table[i].name, name) == 0 ||
		    strcmp(skill_table[i].also, name) == 0) {
			*skill = (enum skill)i;
			return true;
		}
	return false;
}

static enum skill skill_of_value(const struct place *place)
{
	if (place->phase == PHASE_LOSS)
		return place->node ? SKILL_LOSS : SKILL_MEAN;
	return place->node && place->node->op->family == OP_ACTIVATION ? SKILL_ACTIVATION
								       : SKILL_SUM;
}

static enum skill skill_of_factor(const struct link *link)
{
	switch (link->node->op->family) {
	case OP_LOSS:
		return SKILL_LOSS_SLOPE;
	case OP_ACTIVATION:
		return SKILL_SLOPE;
	default:
		return link->node->inputs[link->slot]->kind == NODE_PARAM ? SKILL_INPUT
									  : SKILL_WEIGHT;
	}
}

enum skill skill_of_step(const struct stepper *stepper, uint64_t index, struct arena *scratch)
{
	static const enum skill skills[] = {
	    [TASK_NONE] = SKILL_NONE,     [TASK_PRODUCT] = SKILL_PRODUCT,
	    [TASK_DELTA] = SKILL_DELTA,   [TASK_STAGE] = SKILL_STAGE,
	    [TASK_MEMORY] = SKILL_MEMORY, [TASK_UPDATE] = SKILL_NEW_WEIGHT,
	};
	struct place place;
	struct chain chain;
	stepper_place(stepper, index, &place);
	switch (task_of(&place)) {
	case TASK_VALUE:
		return skill_of_value(&place);
	case TASK_FACTOR:
		if (!stepper_path(stepper, place.param, place.example, place.path, scratch, &chain))
			return SKILL_NONE;
		return skill_of_factor(&chain.links[place.factor]);
	case TASK_GRADIENT:
		return place.whole_batch ? SKILL_MEAN : SKILL_PATHS;
	default:
		return skills[task_of(&place)];
	}
}
