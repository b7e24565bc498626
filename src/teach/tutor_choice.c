/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_choice.c -- which steps are asked. A number is asked once: where it returns it stands on
 * the board, and copying it would be no practice. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/formula/formula_place.h"
#include "tutor_private.h"

enum { MOST_STEPS = 4000 }; /* of an update are looked at */

/* What the number is called, and the number. */
static uint64_t step_key(const struct step *step)
{
	struct strbuf name = {0};
	struct formula_style style = {.glyphs = GLYPHS_ASCII, .digits = 6};
	uint64_t bits;
	memcpy(&bits, &step->value, sizeof bits);
	formula_print(step->left, &style, &name);
	uint64_t key = hash_number(hash_text(HASH_START, strbuf_str(&name)), bits);
	strbuf_free(&name);
	return key;
}

bool tutor_is_same_step(const struct step *a, const struct step *b)
{
	return a->left && b->left && step_key(a) == step_key(b);
}

bool tutor_was_asked(const struct tutor *tutor, const struct step *step)
{
	uint64_t key = step_key(step);
	for (size_t i = 0; i < tutor->n_asked; i++)
		if (tutor->asked[i] == key)
			return true;
	return false;
}

bool tutor_note_asked(struct tutor *tutor, const struct step *step)
{
	if (tutor->n_asked == tutor->asked_capacity) {
		size_t capacity = tutor->asked_capacity ? 2 * tutor->asked_capacity : 64;
		uint64_t *asked = realloc(tutor->asked, capacity * sizeof *asked);
		if (!asked) {
			error_note_no_memory();
			return false;
		}
		tutor->asked = asked;
		tutor->asked_capacity = capacity;
	}
	tutor->asked[tutor->n_asked++] = step_key(step);
	return true;
}

/* The layer whose units a parameter goes into; SIZE_MAX: none. */
static size_t layer_of(const struct model *model, size_t param)
{
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		for (size_t e = 0; node->kind == NODE_PARAM && e < node->rows * node->cols; e++)
			if (node_param(node, e) == param)
				return node->layer;
	}
	return SIZE_MAX;
}

static bool is_named(const struct tutor *tutor, size_t param)
{
	char name[LABEL_TEXT];
	model_param_name(tutor->session->built.model, param, name);
	const struct lesson_train *at = tutor->rules.lesson_at;
	for (size_t i = 0; i < at->n_items; i++)
		if (strcmp(at->items[i].name.text, name) == 0)
			return true;
	return false;
}

bool tutor_asks_param(const struct tutor *tutor, size_t param)
{
	const struct model *model = tutor->session->built.model;
	if (tutor->rules.lesson_at && tutor->rules.lesson_at->n_items > 0)
		return is_named(tutor, param);
	size_t layer = layer_of(model, param);
	for (size_t k = 0; k < model->n_order; k++)
		if (layer_of(model, model->order[k]) == layer)
			return model->order[k] == param; /* the first that the walk comes to */
	return false;
}

/* Of these every parameter has one, and they are alike. */
static bool is_of_param(const struct tutor *tutor, enum skill skill)
{
	return tutor->rules.level >= LEVEL_FACTORS || skill == SKILL_PRODUCT ||
	       skill == SKILL_PATHS || skill == SKILL_MEAN || skill == SKILL_NEW_WEIGHT ||
	       skill == SKILL_MEMORY || skill == SKILL_STAGE;
}

static bool has_skill(const struct tutor *tutor, enum skill skill)
{
	const struct tutor_rules *rules = &tutor->rules;
	if (skill == SKILL_NONE)
		return false;
	return rules->level >= LEVEL_FACTORS ? level_asks(rules->level, skill)
					     : rules->kinds[skill];
}

/* Whether there is something to work out. */
static bool is_worth_asking(const struct tutor *tutor, const struct step *step, enum skill skill)
{
	bool is_copy = formula_is_leaf(step->rule) && skill != SKILL_INPUT &&
		       skill != SKILL_WEIGHT && !tutor_hides(tutor);
	return !step->reused && !step->idle && !is_copy && step->rule->kind != FORMULA_NUMBER &&
	       step->finite && isfinite(formula_eval(step->rule));
}

/* Help fades the other way round: what one can do already is asked once, then shown. */
static bool is_shown(const struct tutor *tutor, enum skill skill)
{
	return tutor->rules.level >= LEVEL_FACTORS && tutor->can[skill] && tutor->met[skill];
}

/* Whether its parameter is asked: one of each layer, or those that the lesson names; others too
 * where the rules adapt and the skill is not there yet. */
static bool asks_its_param(const struct tutor *tutor, const struct step *step, enum skill skill,
			   bool adapts)
{
	const struct lesson_train *at = tutor->rules.lesson_at;
	if (!is_of_param(tutor, skill) || !step->place.has_param ||
	    tutor_asks_param(tutor, step->place.param))
		return true;
	return adapts && !(at && at->n_items > 0) && !tutor->able[skill];
}

/* The step, where it would be asked if nothing had been asked yet. */
static bool suits(const struct tutor *tutor, uint64_t index, bool adapts, struct arena *scratch,
		  struct step *step)
{
	const struct stepper *stepper = &tutor->session->stepper;
	enum skill skill = skill_of_step(stepper, index, scratch);
	return has_skill(tutor, skill) && !is_shown(tutor, skill) &&
	       !stepper_at_whole(stepper, index, scratch, step, NULL) &&
	       is_worth_asking(tutor, step, skill) && asks_its_param(tutor, step, skill, adapts);
}

bool tutor_wants(const struct tutor *tutor, uint64_t index)
{
	struct arena *scratch = arena_new();
	struct step step;
	bool wants = scratch && suits(tutor, index, tutor->rules.adapts, scratch, &step) &&
		     !tutor_was_asked(tutor, &step);
	arena_free(scratch);
	return wants;
}

uint64_t tutor_gate(const struct tutor *tutor, uint64_t index)
{
	const struct stepper *stepper = &tutor->session->stepper;
	struct place asked, place;
	stepper_place(stepper, index, &asked);
	if (!tutor_hides(tutor))
		return index;
	while (index > 1) {
		stepper_place(stepper, index - 1, &place);
		if (place.phase != asked.phase || !place.has_param || place.k != asked.k ||
		    place.example != asked.example)
			break;
		index--;
	}
	return index;
}

/* Whether a step counts among the questions of the update: those of one parameter of each layer,
 * and what was asked beyond them. */
static bool counts(const struct tutor *tutor, const struct tutor *all, uint64_t index,
		   struct arena *scratch, struct step *step)
{
	if (suits(all, index, false, scratch, step))
		return !tutor_was_asked(all, step);
	return tutor->rules.adapts && suits(all, index, true, scratch, step) &&
	       tutor_was_asked(tutor, step) && !tutor_was_asked(all, step);
}

size_t tutor_count(const struct tutor *tutor, size_t *place)
{
	struct tutor all = *tutor; /* as if nothing had been asked yet */
	const struct stepper *stepper = &tutor->session->stepper;
	uint64_t n_steps = stepper_n_steps(stepper);
	struct arena *scratch = arena_new();
	size_t n = 0;
	*place = 0;
	all.asked = NULL;
	all.n_asked = all.asked_capacity = 0;
	memset(all.met, false, sizeof all.met);
	memset(all.able, false, sizeof all.able);
	for (uint64_t index = 1; scratch && index <= n_steps && index <= MOST_STEPS; index++) {
		struct step step;
		arena_reset(scratch);
		if (!counts(tutor, &all, index, scratch, &step) || !tutor_note_asked(&all, &step))
			continue;
		n++;
		all.met[skill_of_step(stepper, index, scratch)] = true;
		if (tutor->open && index == tutor_question(tutor)->index)
			*place = n;
	}
	arena_free(scratch);
	free(all.asked);
	return n;
}
