/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board_renew.c -- the same board with other numbers: entries, formulas and the question stay, each
 * number is read anew from where it comes from.
 *
 * Not every board can: where a formula was chosen by the numbers (which case, which input is the
 * largest), or where two numbers were one by chance, another board would be made of others. So
 * every formula must give the number of its step, and what was one number must be one. */
#include <math.h>
#include <string.h>

#include "board_private.h"

static bool is_same(double a, double b)
{
	return a == b || fabs(a - b) <= 1e-12 * fabs(b);
}

static bool add_source(struct board *board, struct entry *entry, const struct number_source *source)
{
	struct number_source *own = ARENA_NEW(board->arena, struct number_source);
	if (!own)
		return false;
	*own = *source;
	own->next = entry->sources;
	entry->sources = own;
	return true;
}

/* In a rule of the optimizer a slot's name is also that of what the last update left in it. */
static void tell_slots_apart(const struct step *step, struct ref *ref)
{
	enum ref_kind computes = step->place.class->computes;
	bool is_old =
	    computes == REF_AHEAD || (computes == REF_SLOT && ref->which >= step->place.slot);
	if (ref->kind == REF_SLOT && is_old)
		ref->kind = REF_KEPT;
}

/* A walk over the leaves of a step's rule. */
struct tracing {
	struct board *board;
	const struct stepper *stepper;
	const struct step *step;
	bool is_whole;
};

/* Whether the same name may stand for another number in another step. */
static bool is_of_step(enum ref_kind kind)
{
	return kind == REF_SLOT || kind == REF_KEPT || kind == REF_STAGE;
}

static bool has_source(const struct entry *entry, const struct ref *ref)
{
	for (const struct number_source *own = entry->sources; own; own = own->next)
		if (own->step ? !is_of_step(ref->kind) : ref_is_same(&own->ref, ref))
			return true;
	return false;
}

static void trace_leaf(void *ctx, struct formula *leaf)
{
	struct tracing *tracing = ctx;
	char buf[BOARD_NAME];
	struct entry *entry = board_look(tracing->board, board_leaf_name(leaf, buf), leaf->value);
	struct number_source source = {.step = NULL};
	if (!entry || entry->role == ROLE_SETTING)
		return;
	if (ref_of_leaf(tracing->stepper, tracing->step, leaf, &source.ref)) {
		tracing->is_whole &= entry->sources != NULL;
		return;
	}
	tell_slots_apart(tracing->step, &source.ref);
	if (!has_source(entry, &source.ref))
		tracing->is_whole &= add_source(tracing->board, entry, &source);
}

/* The step's number as its chain has it, which spares finding the chain. */
static double read_chain(const struct step *step)
{
	size_t factor = step->place.factor, n = step->chain.n_links;
	return factor < n ? link_value(&step->chain.links[factor]) : chain_value(&step->chain, n);
}

static double read_source(const struct stepper *stepper, const struct step_source *steps,
			  const struct number_source *source)
{
	if (!source->step)
		return value_number(stepper, &source->ref);
	return source->is_of_chain ? read_chain(source->step)
				   : step_value(steps, &source->step->place);
}

static bool trace_step(struct board *board, const struct step *step)
{
	struct entry *entry = step->left ? board_step_entry(board, step) : NULL;
	enum ref_kind computes = step->place.class->computes;
	bool is_of_chain =
	    step->chain.n_links > 0 && (computes == REF_PARTIAL || computes == REF_PATH);
	return !entry ||
	       add_source(board, entry,
			  &(struct number_source){.step = step, .is_of_chain = is_of_chain});
}

/* Reads the entry's number; false: it is more than one. */
static bool read_entry(const struct stepper *stepper, const struct step_source *steps,
		       const struct entry *entry, double *value)
{
	const struct number_source *source = entry->sources;
	if (!source) {
		*value = entry->value;
		return entry->role == ROLE_SETTING;
	}
	*value = read_source(stepper, steps, source);
	for (source = source->next; source; source = source->next)
		if (!is_same(read_source(stepper, steps, source), *value))
			return false;
	return isfinite(*value);
}

/* A parameter's new value is on the board where it is another than the old one. */
static bool has_right_fresh(const struct stepper *stepper, const struct entry *entry)
{
	const struct number_source *source = entry->sources;
	if (entry->fresh)
		return entry->fresh->value != entry->value;
	if (!source || source->step || source->ref.kind != REF_PARAM)
		return true;
	return stepper_param_after(stepper, source->ref.param) == entry->value;
}

/* The next entry of the same name. */
static struct entry *find_twin(const struct entry *entry)
{
	struct entry *twin = entry->next;
	while (twin && strcmp(twin->name, entry->name) != 0)
		twin = twin->next;
	return twin;
}

static bool has_own_number(const struct entry *entry)
{
	for (const struct entry *twin = entry->twin; twin; twin = twin->twin)
		if (is_same(twin->value, entry->value))
			return false;
	return true;
}

/* Whether the formula is still that of its number. */
static bool holds(const struct entry *entry)
{
	double size;
	double value = formula_eval_sized(entry->tree, &size);
	return fabs(value - entry->value) <= 1e-9 * fabs(entry->value) + 1e-12 * size;
}

/* Whether numbers choose formulas: the case of an op, what a stage does. */
static bool has_choices(const struct stepper *stepper)
{
	const struct graph *graph = &stepper_model(stepper)->graph;
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op && graph->nodes[k]->op->cases)
			return true;
	return stepper_has_stages(stepper);
}

static bool is_right(const struct board *board, const struct stepper *stepper)
{
	bool right = true, is_sure = !has_choices(stepper);
	for (size_t i = 0; right && i < board->n_entries; i++)
		right = has_own_number(board->entries[i]) &&
			has_right_fresh(stepper, board->entries[i]);
	for (size_t i = 0; right && !is_sure && i < board->n_computed; i++)
		right = holds(board->computed[i]);
	return right;
}

bool board_trace(struct board *board, const struct stepper *stepper,
		 const struct board_steps *steps)
{
	struct tracing tracing = {.board = board, .stepper = stepper, .is_whole = steps->n > 0};
	const struct step_source source = stepper_source(stepper);
	for (uint64_t k = 0; tracing.is_whole && k < steps->n; k++)
		if (task_of(&steps->items[k].place) != TASK_NONE)
			tracing.is_whole = trace_step(board, &steps->items[k]);
	for (uint64_t k = 0; tracing.is_whole && k < steps->n; k++) {
		tracing.step = &steps->items[k];
		if (task_of(&tracing.step->place) != TASK_NONE)
			formula_visit(tracing.step->rule, trace_leaf, &tracing);
	}
	for (size_t i = 0; tracing.is_whole && i < board->n_entries; i++) {
		struct entry *entry = board->entries[i];
		double value;
		entry->twin = find_twin(entry);
		tracing.is_whole =
		    read_entry(stepper, &source, entry, &value) && is_same(value, entry->value);
	}
	return tracing.is_whole && is_right(board, stepper);
}

bool board_renew(struct board *board, const struct stepper *stepper)
{
	const struct step_source source = stepper_source(stepper);
	struct question *question = &board->question;
	for (size_t i = 0; i < board->n_entries; i++) {
		struct entry *entry = board->entries[i];
		if (!read_entry(stepper, &source, entry, &entry->value))
			return false;
		entry->leaf.value = entry->value;
	}
	if (!is_right(board, stepper))
		return false;
	question->value = question->step.value = step_value(&source, &question->step.place);
	if (question->is_update)
		question->base = stepper_param_before(stepper, question->step.place.param);
	board_shift(board);
	return true;
}
