/* SPDX-License-Identifier: GPL-3.0-or-later */
/* origin.c -- from a number to the step that computes it, and from the leaves of its rule to the
 * numbers that they are. */
#include "backstep/trace/origin.h"

#include <math.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/base/work.h"
#include "backstep/trace/replay.h"
#include "derivative.h"
#include "leaf.h"
#include "steps.h"
#include "terms.h"

/* What hands a number on from one update to the next. */
static const enum ref_kind later_kinds[N_REF_KINDS] = {
    [REF_PARAM] = REF_NEW,
    [REF_OLD] = REF_NEW,
    [REF_KEPT] = REF_SLOT,
    [REF_CARRIED] = REF_CARRIED_NEW,
};

/* Whether an update leaves it to the next one, changed or not. */
static bool is_handed_on(const struct stepper *stepper, const struct ref *ref)
{
	bool is_trained = ref->kind == REF_CARRIED || stepper->plan.rank[ref->param] != SIZE_MAX;
	return later_kinds[ref->kind] != REF_UNIT && is_trained;
}

/* What the update that leaves it calls it. */
static struct ref as_left(const struct ref *ref)
{
	struct ref left = *ref;
	left.kind = later_kinds[ref->kind];
	return left;
}

/* Whether the step is about this very number: a gradient is known after the last step about its
 * parameter, which may compute another one. */
static bool computes(const struct stepper *stepper, const struct step *step, const struct ref *ref)
{
	struct ref own;
	bool may_differ = ref->kind == REF_GRADIENT || ref->kind == REF_DELTA;
	return !may_differ || (!replay_step_ref(stepper, step, &own) && ref_is_same(&own, ref));
}

/* What a leaf of the step's rule is, where the walk is right before the step: a slot that has not
 * been computed is what the last update left in it. Errors: as ref_parse. */
static enum status own_ref(const struct stepper *stepper, const struct step *step,
			   const struct formula *leaf, struct ref *ref)
{
	enum status status = ref_of_leaf(stepper, step, leaf, ref);
	if (!status && ref->kind == REF_SLOT && value_get(stepper, ref).where > stepper->index)
		ref->kind = REF_KEPT;
	return status;
}

/* The parts of an origin by what they are: of a sum of 784 terms each is looked up once. */
struct listing {
	struct origin *origin;
	size_t *slots; /* [n_slots], a power of 2: the place in parts, from 1; 0: free */
	size_t n_slots;
};

static bool is_same_part(const struct origin_part *a, const struct origin_part *b)
{
	return a->has_ref == b->has_ref && (a->has_ref ? ref_is_same(&a->ref, &b->ref)
						       : strcmp(a->leaf->name, b->leaf->name) == 0);
}

static uint64_t hash_part(const struct origin_part *part)
{
	const struct ref *ref = &part->ref;
	uint64_t hash = hash_number(HASH_START, ref->kind);
	if (!part->has_ref)
		return hash_text(hash, part->leaf->name);
	hash = hash_number(hash, ref->of.e + 31 * ref->wrt.e);
	return hash_number(hash, ref->param + 31 * ref->unit + 61 * ref->which);
}

/* Adds a part, unless it is there. */
static void list_part(struct listing *listing, const struct origin_part *part)
{
	struct origin *origin = listing->origin;
	size_t at = hash_part(part) & (listing->n_slots - 1);
	for (; listing->slots[at]; at = (at + 1) & (listing->n_slots - 1))
		if (is_same_part(&origin->parts[listing->slots[at] - 1], part))
			return;
	origin->parts[origin->n_parts++] = *part;
	listing->slots[at] = origin->n_parts;
}

static bool is_leaf(const struct formula *f)
{
	return f->kind == FORMULA_SYMBOL || f->kind == FORMULA_DERIVATIVE;
}

/* Fills parts, in which there is room for all leaves of f. */
static void add_parts(const struct stepper *stepper, struct listing *listing,
		      const struct formula *f)
{
	const struct origin *origin = listing->origin;
	for (size_t k = 0; !is_leaf(f) && k < f->n_args; k++)
		add_parts(stepper, listing, f->args[k]);
	if (!is_leaf(f))
		return;
	struct origin_part part = {.leaf = f};
	part.has_ref =
	    leaf_is_named(f) &&
	    !(origin->kind == ORIGIN_STEP ? own_ref(stepper, &origin->step, f, &part.ref)
					  : leaf_read(stepper, &origin->step.place, f, &part.ref));
	if (part.has_ref || f->kind == FORMULA_SYMBOL) /* else memory ended: it has no name */
		list_part(listing, &part);
}

static size_t count_leaves(const struct formula *f)
{
	size_t n = is_leaf(f);
	for (size_t k = 0; !is_leaf(f) && k < f->n_args; k++)
		n += count_leaves(f->args[k]);
	return n;
}

/* The gradient of a unit along paths, where no step is about it; of the batch's loss the share that
 * the example's has in it. */
static struct formula *delta_rule(const struct stepper *stepper, const struct ref *ref,
				  struct arena *arena)
{
	const struct step_source source = {&stepper->trainer, &stepper->plan, STEP_ALL_TERMS};
	const struct element *wrt = &ref->wrt;
	bool at_kink;
	return terms_delta(arena, &source, wrt->node, wrt->e, &at_kink);
}

/* The formula of a number that no step computes. NULL on lack of memory. */
static struct formula *own_rule(const struct stepper *stepper, const struct ref *ref,
				struct arena *arena)
{
	return ref->kind == REF_DELTA ? delta_rule(stepper, ref, arena)
				      : derivative_rule(&stepper->plan, ref, arena);
}

bool origin_has_formula(const struct ref *ref)
{
	return ref->kind == REF_PARTIAL || ref->kind == REF_TOTAL || ref->kind == REF_DELTA ||
	       ref->kind == REF_GRADIENT;
}

/* Names in the formula of a number of one example are those of that example. */
static struct place place_of(const struct ref *ref)
{
	const struct node *node = ref->wrt.node ? ref->wrt.node : ref->of.node;
	size_t e = ref->wrt.node ? ref->wrt.e : ref->of.e;
	return (struct place){.example = node ? node_col(node, e) : 0, .phase = PHASE_BACKWARD};
}

/* Makes rule and parts as the walk is right before the step: what a name means then. */
static enum status make_parts(struct stepper *stepper, struct origin *origin, struct arena *arena,
			      struct error *err)
{
	uint64_t index = stepper->index;
	size_t n = origin->rule ? count_leaves(origin->rule) : 0;
	struct listing listing = {.origin = origin, .n_slots = 2};
	while (listing.n_slots < 2 * n)
		listing.n_slots *= 2;
	listing.slots = ARENA_ARRAY(arena, size_t, listing.n_slots);
	origin->parts = ARENA_ARRAY(arena, struct origin_part, n + 1);
	if (!origin->rule || !origin->parts || !listing.slots)
		return error_no_memory(err);
	if (origin->kind == ORIGIN_STEP)
		stepper->index = origin->index - 1;
	add_parts(stepper, &listing, origin->rule);
	stepper->index = index;
	return STATUS_OK;
}

/* A number that no step of this update computes. */
static enum status make_other(struct stepper *stepper, const struct ref *ref, struct arena *arena,
			      struct origin *origin, struct error *err)
{
	uint64_t index = stepper->index;
	*origin = (struct origin){.update = stepper_updates(stepper)};
	stepper->index = stepper_n_steps(stepper) - 1; /* all is known, and nothing replaced yet */
	origin->value = value_get(stepper, ref).value;
	stepper->index = index;
	bool is_first = stepper_updates(stepper) == stepper_first(stepper);
	origin->kind = origin_has_formula(ref)                   ? ORIGIN_FORMULA
		       : is_handed_on(stepper, ref) && !is_first ? ORIGIN_EARLIER
								 : ORIGIN_GIVEN;
	if (origin->kind != ORIGIN_FORMULA)
		return STATUS_OK;
	origin->step.place = place_of(ref);
	origin->rule = own_rule(stepper, ref, arena);
	return make_parts(stepper, origin, arena, err);
}

/* The step's rule with all terms of its sums. */
static enum status make_rule(const struct stepper *stepper, const struct place *place,
			     struct arena *arena, const struct formula **rule, struct error *err)
{
	struct step_source source = stepper_source(stepper);
	struct step whole;
	source.most_terms = STEP_ALL_TERMS;
	enum status status = step_make(&source, place, arena, &whole, err);
	*rule = whole.rule;
	return status;
}

/* Step index (from 1) of the current update, which must have been computed, as the origin of its
 * number; origin->rule is NULL where it has none. Errors: STATUS_NO_MEMORY. */
static enum status origin_of_step(struct stepper *stepper, uint64_t index, struct arena *arena,
				  struct origin *origin, struct error *err)
{
	*origin = (struct origin){
	    .kind = ORIGIN_STEP, .update = stepper_updates(stepper), .index = index};
	enum status status = stepper_at(stepper, index, arena, &origin->step, err);
	if (!status)
		status = make_rule(stepper, &origin->step.place, arena, &origin->rule, err);
	origin->value = origin->step.value;
	return status || !origin->rule ? status : make_parts(stepper, origin, arena, err);
}

enum status origin_make(struct stepper *stepper, const struct ref *ref, struct arena *arena,
			struct origin *origin, struct error *err)
{
	const uint64_t asked = stepper->asked, index = value_get(stepper, ref).where;
	enum status status = STATUS_OK;
	stepper->asked = 0; /* who asks sees to it that no number is told that is open */
	if (index > 0)
		status = origin_of_step(stepper, index, arena, origin, err);
	if (!status && (index == 0 || !computes(stepper, &origin->step, ref)))
		status = make_other(stepper, ref, arena, origin, err);
	stepper->asked = asked;
	return status;
}

/* Where the walk is, to come back to. */
struct position {
	uint64_t update, index;
};

static struct position leave(const struct stepper *stepper)
{
	return (struct position){stepper_updates(stepper), stepper->index};
}

static void come_back(struct stepper *stepper, const struct position *position)
{
	if (stepper_updates(stepper) == position->update && stepper->index == position->index)
		return;
	stepper_visit(stepper, position->update);
	stepper_end_pass(stepper);
	stepper->index = position->index;
}

/* To an update, all of it computed and nothing replaced yet. */
static void visit(struct stepper *stepper, uint64_t update)
{
	if (update != stepper_updates(stepper))
		stepper_visit(stepper, update);
	stepper_end_pass(stepper);
	stepper->index = stepper_n_steps(stepper) - 1;
}

/* Goes back to the update that made the number what it is, as long as it is the same to the bit.
 * false: it was given at the beginning, or set since. Errors (err->code): STATUS_INTERRUPTED. */
static bool go_to_maker(struct stepper *stepper, const struct ref *ref, struct error *err)
{
	const struct ref left = as_left(ref);
	visit(stepper, stepper_updates(stepper));
	const double value = value_get(stepper, ref).value;
	while (stepper_updates(stepper) > stepper_first(stepper) && !work_ask(err)) {
		visit(stepper, stepper_updates(stepper) - 1);
		const double made = value_get(stepper, &left).value;
		const double before = value_get(stepper, ref).value;
		if (memcmp(&made, &value, sizeof made) != 0)
			return false;
		if (memcmp(&before, &value, sizeof before) != 0)
			return true;
	}
	return false;
}

/* Whether step index computes the number, and is not just the one after which it is known. */
static bool has_own_step(const struct stepper *stepper, const struct ref *ref, uint64_t index)
{
	struct step step;
	struct arena *arena = arena_new();
	bool has = arena && !stepper_at(stepper, index, arena, &step, NULL) &&
		   computes(stepper, &step, ref);
	arena_free(arena);
	return has;
}

/* The number of the step that made a part, in an update that is visited; 0: none did. */
static uint64_t find_number(struct stepper *stepper, const struct ref *ref, struct error *err)
{
	const uint64_t update = stepper_updates(stepper);
	struct value value = value_get(stepper, ref);
	uint64_t number = 0;
	if (value.where == 0 && is_handed_on(stepper, ref) && go_to_maker(stepper, ref, err)) {
		const struct ref left = as_left(ref);
		value = value_get(stepper, &left);
	}
	if (value.where > 0 && has_own_step(stepper, ref, value.where))
		number = stepper_before(stepper, stepper_updates(stepper)) + value.where;
	visit(stepper, update);
	return number;
}

static enum status follow_parts(struct stepper *stepper, struct origin *origin, struct error *err)
{
	struct error own = {0};
	visit(stepper, origin->update);
	for (size_t k = 0; k < origin->n_parts && k < ORIGIN_MOST_FOLLOWED && !own.code; k++)
		if (origin->parts[k].has_ref)
			origin->parts[k].number = find_number(stepper, &origin->parts[k].ref, &own);
	if (own.code && err)
		*err = own;
	return own.code;
}

/* What this update leaves is what the next one begins with. */
static void settle(struct stepper *stepper, const struct ref *ref)
{
	if (is_handed_on(stepper, ref) && ref->kind != REF_OLD)
		stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
}

enum status origin_find(struct stepper *stepper, const struct ref *ref, struct arena *arena,
			struct origin *origin, struct error *err)
{
	const struct position here = leave(stepper);
	struct error own = {0};
	settle(stepper, ref);
	enum status status = origin_make(stepper, ref, arena, origin, err);
	if (!status && origin->kind == ORIGIN_EARLIER) {
		const struct ref left = as_left(ref);
		if (go_to_maker(stepper, ref, &own))
			status = origin_make(stepper, &left, arena, origin, err);
		else
			origin->kind = ORIGIN_GIVEN;
	}
	if (!status && !own.code)
		status = follow_parts(stepper, origin, &own);
	if (own.code && err)
		*err = own;
	come_back(stepper, &here);
	return own.code ? own.code : status;
}

enum status origin_find_step(struct stepper *stepper, uint64_t number, struct arena *arena,
			     struct origin *origin, struct error *err)
{
	const struct position here = leave(stepper);
	enum status status = stepper_go(stepper, number, err);
	if (!status)
		status = origin_of_step(stepper, stepper->index, arena, origin, err);
	if (!status)
		status = follow_parts(stepper, origin, err);
	come_back(stepper, &here);
	return status;
}

/* Whether a leaf of f is the number. Others have another value, nearly always: names are looked up
 * where it is the same. */
static bool has_leaf(const struct stepper *stepper, const struct step *step,
		     const struct formula *f, const struct ref *ref, double value)
{
	struct ref own;
	bool has = false;
	if (is_leaf(f))
		return leaf_is_named(f) && fabs(f->value - value) <= 1e-9 * fabs(value) &&
		       !own_ref(stepper, step, f, &own) && ref_is_same(&own, ref);
	for (size_t k = 0; !has && k < f->n_args; k++)
		has = has_leaf(stepper, step, f->args[k], ref, value);
	return has;
}

enum status origin_reads(struct stepper *stepper, uint64_t index, const struct ref *ref,
			 double value, struct arena *arena, struct step *step, bool *reads,
			 struct error *err)
{
	const uint64_t here = stepper->index;
	const struct formula *rule = NULL;
	enum status status = stepper_at(stepper, index, arena, step, err);
	if (!status)
		status = make_rule(stepper, &step->place, arena, &rule, err);
	stepper->index = index - 1; /* what a name means then */
	*reads = !status && rule && has_leaf(stepper, step, rule, ref, value);
	stepper->index = here;
	return status;
}
