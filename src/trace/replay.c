/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c -- an update's steps once more, with other numbers put in.
 *
 * What a step computes is filed under the name of its left side, and a rule's symbols are looked up
 * under theirs: so whatever steps there are can be replayed without a line for them here. Some
 * names have a mark, for the same symbol means two numbers there: w' is the new value of a
 * parameter or of a running statistic, w~ the point ahead at which the passes are computed, w:v a
 * slot of parameter w. */
#include "backstep/trace/replay.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "replay_start.h"
#include "replay_table.h"

#include "backstep/trace/value.h"

enum status replay_init(struct replay *replay, struct error *err)
{
	*replay = (struct replay){.arena = arena_new(), .scratch = arena_new()};
	if (replay->arena && replay->scratch)
		return STATUS_OK;
	replay_free(replay);
	return error_no_memory(err);
}

void replay_free(struct replay *replay)
{
	arena_free(replay->arena);
	arena_free(replay->scratch);
	free(replay->numbers);
	free(replay->slots);
	free(replay->values);
	*replay = (struct replay){0};
}

/* How much of name stands before a row in brackets, which goes to row. */
static int plain_length(const char *name, size_t *row)
{
	const char *open = strchr(name, '(');
	if (open)
		*row = strtoul(open + 1, NULL, 10);
	return open ? (int)(open - name) : (int)strlen(name);
}

/* What a symbol or a derivative is called, without the row that may stand in it: E(2) is E of row
 * 2, dE(2)/dw is dE/dw of row 2, and dJ/dy(2) is dJ/dy of row 2. */
static void leaf_name(const struct formula *leaf, char name[REPLAY_NAME], size_t *row)
{
	bool is_derivative = leaf->kind == FORMULA_DERIVATIVE;
	const char *of = is_derivative ? leaf->args[0]->name : leaf->name;
	int len = plain_length(of, row);
	if (!is_derivative) {
		snprintf(name, REPLAY_NAME, "%.*s", len, of);
		return;
	}
	const char *wrt = leaf->args[1]->name;
	snprintf(name, REPLAY_NAME, "d%.*s/d%.*s", len, of, plain_length(wrt, row), wrt);
}

bool replay_step_name(const struct step *step, char name[REPLAY_NAME])
{
	const struct step_class *class = step->place.class;
	size_t row = step->example;
	if (!class->mark)
		return false;
	if (class->computes == REF_SLOT) {
		snprintf(name, REPLAY_NAME, "%s:%s", step->param, step->name);
		return true;
	}
	leaf_name(step->left, name, &row);
	size_t len = strlen(name);
	if (*class->mark)
		snprintf(name + len, REPLAY_NAME - len, "%s", class->mark);
	else if (row)
		snprintf(name + len, REPLAY_NAME - len, "(%zu)", row);
	return true;
}

/* The row of the data that an element is of; 0: it is about the whole batch. */
static size_t row_of(const struct stepper *stepper, const struct element *element)
{
	size_t n;
	const size_t *rows = stepper_rows(stepper, &n);
	return element->node && !element->node->per_batch
		   ? rows[node_col(element->node, element->e)] + 1
		   : 0;
}

bool replay_name(const struct stepper *stepper, const char *text, char name[REPLAY_NAME])
{
	struct ref ref;
	char plain[REF_TEXT];
	if (ref_parse(stepper, NULL, text, &ref, NULL))
		return false;
	ref_print(stepper, &ref, false, plain);
	size_t row = row_of(stepper, &ref.of);
	row = row ? row : row_of(stepper, &ref.wrt);
	bool is_carried = ref.kind == REF_CARRIED || ref.kind == REF_CARRIED_NEW;
	if (ref.kind == REF_SLOT) {
		const struct optimizer_form *form = optimizer_form(stepper_optimizer(stepper));
		const char *slot = form->slots[ref.which].name;
		snprintf(name, REPLAY_NAME, "%s:%s", plain + strlen(slot) + 1, slot);
	} else if (ref.kind == REF_AHEAD) {
		snprintf(name, REPLAY_NAME, "%s~", plain + strlen("ahead_"));
	} else if (row && !is_carried) {
		snprintf(name, REPLAY_NAME, "%s(%zu)", plain, row);
	} else {
		snprintf(name, REPLAY_NAME, "%s", plain);
	}
	return true;
}

/* The number that a leaf of the step's rule stands for, or NULL. */
static const struct replay_number *find_leaf(const struct replay *replay, const struct step *step,
					     const struct formula *leaf)
{
	char name[REPLAY_NAME], marked[2 * REPLAY_NAME];
	size_t row = step->example;
	bool updates = step->place.class->reads_slots;
	const struct replay_number *number = NULL;
	leaf_name(leaf, name, &row);
	if (updates) {
		snprintf(marked, sizeof marked, "%s:%s", step->param, name);
		number = replay_table_find(replay, marked);
	}
	if (!number && row) {
		snprintf(marked, sizeof marked, "%s(%zu)", name, row);
		number = replay_table_find(replay, marked);
	}
	if (!number && !updates) {
		snprintf(marked, sizeof marked, "%s~", name);
		number = replay_table_find(replay, marked);
	}
	return number ? number : replay_table_find(replay, name);
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
	bool is_leaf =
	    f->kind == FORMULA_DERIVATIVE || (f->kind == FORMULA_SYMBOL && !f->is_setting);
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
	char name[REPLAY_NAME];
	arena_reset(replay->scratch);
	enum status status = stepper_at(stepper, index, replay->scratch, &step, err);
	if (status || !replay_step_name(&step, name))
		return status;
	struct replay_number number = {.name = name,
				       .exact = step.value,
				       .other = evaluate(replay, &step, index),
				       .index = index};
	replay->use(replay->ctx, &number);
	replay->values[index - 1] = number.other.value;
	return replay_table_put(replay, &number) ? STATUS_OK : error_no_memory(err);
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
	replay_table_clear(replay);
	replay->stepper = stepper;
	replay->has_gap = false;
	replay->n_values = 0;
	if (replay_count(stepper) > REPLAY_MAX_NUMBERS)
		return error_set(
		    err, STATUS_BAD_INPUT,
		    _("an update of %llu numbers is too much to do by hand (at most %d)"),
		    (unsigned long long)replay_count(stepper), REPLAY_MAX_NUMBERS);
	replay->row = trainer->n_examples == 1 ? trainer->rows[0] + 1 : 0;
	if (!reserve_values(replay, (size_t)n) || !replay_give_start(replay, trainer, state))
		return error_no_memory(err);
	enum status status = STATUS_OK;
	for (uint64_t index = 1; !status && index <= n; index++)
		status = replay_step(replay, stepper, index, err);
	return status;
}

const struct replay_number *replay_find(const struct replay *replay, const char *name)
{
	char other[REPLAY_NAME + 24];
	const struct replay_number *number = replay_table_find(replay, name);
	snprintf(other, sizeof other, "%s(%zu)", name, replay->row);
	if (!number && replay->row)
		number = replay_table_find(replay, other);
	if (!number && replay->stepper && replay_name(replay->stepper, name, other))
		number = replay_table_find(replay, other);
	return number;
}

const struct replay_number *replay_of_step(const struct replay *replay, uint64_t index)
{
	for (size_t i = 0; index && i < replay->n_numbers; i++)
		if (replay->numbers[i].index == index)
			return &replay->numbers[i];
	return NULL;
}

bool replay_is_called(const struct replay *replay, const struct replay_number *number,
		      const char *name)
{
	char row[24];
	size_t len = strlen(name);
	if (strncmp(number->name, name, len) != 0)
		return false;
	snprintf(row, sizeof row, "(%zu)", replay->row);
	return number->name[len] == '\0' || (replay->row && strcmp(number->name + len, row) == 0);
}
