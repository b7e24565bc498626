/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c -- an update's steps once more, with other numbers put in. Whatever steps there are can
 * be replayed without a line for them here. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "leaf.h"
#include "replay_private.h"

enum status replay_init(struct replay *replay, struct error *err)
{
	*replay = (struct replay){.scratch = arena_new()};
	return replay->scratch ? STATUS_OK : error_no_memory(err);
}

void replay_free(struct replay *replay)
{
	arena_free(replay->scratch);
	free(replay->numbers);
	free(replay->slots);
	free(replay->values);
	*replay = (struct replay){0};
}

enum status replay_step_ref(const struct stepper *stepper, const struct step *step, struct ref *ref)
{
	const struct place *place = &step->place;
	*ref = (struct ref){.kind = place->class->computes};
	switch (ref->kind) {
	case REF_SLOT:
	case REF_AHEAD:
	case REF_NEW:
		ref->param = place->param;
		ref->which = place->slot;
		return STATUS_OK;
	case REF_CARRIED_NEW:
		ref->of = (struct element){place->node, place->element};
		return STATUS_OK;
	case REF_STAGE:
	case REF_NONE:
		return STATUS_BAD_INPUT;
	default:
		return leaf_read(stepper, place, step->left, ref);
	}
}

/* The number that a leaf of the step's rule stands for, or NULL. */
static const struct replay_number *find_leaf(struct replay *replay, const struct step *step,
					     const struct formula *leaf)
{
	struct ref ref;
	enum status status = ref_of_leaf(replay->stepper, step, leaf, &ref);
	replay->failed |= status == STATUS_NO_MEMORY;
	return status ? NULL : replay_find(replay, &ref);
}

enum { MAX_LEAVES = 64 }; /* of a rule; formulas keep at most 16 terms of a sum */

/* The leaves of a rule, and the numbers that were put into them. */
struct filling {
	struct replay *replay;
	const struct step *step;
	uint64_t index;
	struct formula *leaves[MAX_LEAVES];
	const struct replay_number *numbers[MAX_LEAVES];
	size_t n_leaves;
	bool changed, has_gap;
};

/* Puts the replay's numbers into the leaves. */
static void fill(struct filling *filling, struct formula *f)
{
	const struct replay_number *number = NULL;
	filling->has_gap |= f->kind == FORMULA_ELLIPSIS;
	bool is_leaf = leaf_is_named(f);
	if (is_leaf)
		number = find_leaf(filling->replay, filling->step, f);
	filling->has_gap |= is_leaf && !number;
	for (size_t k = 0; f->kind != FORMULA_DERIVATIVE && k < f->n_args; k++)
		fill(filling, f->args[k]);
	if (!number)
		return;
	struct replay_number *used = &filling->replay->numbers[number - filling->replay->numbers];
	if (used->used == 0)
		used->used = filling->index;
	filling->changed |= number->other.value != f->value;
	f->value = number->other.value;
	if (filling->n_leaves == MAX_LEAVES)
		return;
	filling->leaves[filling->n_leaves] = f;
	filling->numbers[filling->n_leaves++] = number;
}

/* The source of the number that, put in alone, takes the rule farthest from exact. */
static size_t find_source(struct filling *filling, struct formula *rule, double exact)
{
	size_t source = 0;
	double farthest = -1.0;
	for (size_t k = 0; k < filling->n_leaves; k++) {
		const struct replay_number *alone = filling->numbers[k];
		if (!alone->other.source)
			continue;
		for (size_t q = 0; q < filling->n_leaves; q++) {
			const struct replay_number *number = filling->numbers[q];
			filling->leaves[q]->value =
			    number == alone ? number->other.value : number->exact;
		}
		double distance = fabs(formula_eval(rule) - exact);
		if (distance > farthest) {
			farthest = distance;
			source = alone->other.source;
		}
	}
	return source;
}

/* Evaluates the rule. Where nothing else was put in, the number is the engine's, to the bit. */
static struct replay_value evaluate(struct replay *replay, const struct step *step, uint64_t index)
{
	struct filling filling = {.replay = replay, .step = step, .index = index};
	struct replay_value result = {.value = step->value};
	fill(&filling, step->rule);
	replay->has_gap |= filling.has_gap;
	if (filling.has_gap)
		result.value = NAN;
	else if (filling.changed) {
		result.value = formula_eval(step->rule);
		result.source = find_source(&filling, step->rule, step->value);
	}
	return result;
}

static enum status replay_step(struct replay *replay, const struct stepper *stepper, uint64_t index,
			       struct error *err)
{
	struct step step;
	struct replay_number number = {.index = index};
	arena_reset(replay->scratch);
	enum status status = stepper_at(stepper, index, replay->scratch, &step, err);
	if (status)
		return status;
	status = replay_step_ref(stepper, &step, &number.ref);
	if (status == STATUS_BAD_INPUT) /* its number has no name */
		return STATUS_OK;
	replay->failed |= status == STATUS_NO_MEMORY;
	number.exact = step.value;
	number.other = evaluate(replay, &step, index);
	replay->use(replay->ctx, &number);
	replay->values[index - 1] = number.other.value;
	replay->failed |= !replay_put(replay, &number);
	return replay->failed ? error_no_memory(err) : STATUS_OK;
}

static bool reserve_values(struct replay *replay, size_t n)
{
	if (n > replay->values_capacity) {
		double *values = realloc(replay->values, n * sizeof *values);
		if (!values)
			return false;
		replay->values = values;
		replay->values_capacity = n;
	}
	for (size_t i = 0; i < n; i++)
		replay->values[i] = NAN;
	replay->n_values = n;
	return true;
}

enum status replay_update(struct replay *replay, const struct stepper *stepper,
			  const struct replay_state *state, struct error *err)
{
	const struct trainer *trainer = &stepper->trainer;
	uint64_t n = stepper_n_steps(stepper);
	replay_clear(replay);
	replay->stepper = stepper;
	replay->has_gap = replay->failed = false;
	replay->n_values = 0;
	if (replay_count(stepper) > REPLAY_MAX_NUMBERS)
		return error_set(
		    err, STATUS_BAD_INPUT,
		    _("an update of %llu numbers is too much to do by hand (at most %d)"),
		    (unsigned long long)replay_count(stepper), REPLAY_MAX_NUMBERS);
	if (!reserve_values(replay, (size_t)n) || !replay_give_start(replay, trainer, state))
		return error_no_memory(err);
	enum status status = STATUS_OK;
	for (uint64_t index = 1; !status && index <= n; index++)
		status = replay_step(replay, stepper, index, err);
	return status;
}

const struct replay_number *replay_of_step(const struct replay *replay, uint64_t index)
{
	for (size_t i = 0; index && i < replay->n_numbers; i++)
		if (replay->numbers[i].index == index)
			return &replay->numbers[i];
	return NULL;
}
