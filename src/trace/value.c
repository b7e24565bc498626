/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value.c -- what each kind of reference stands for: one row says which number it is, which step
 * computes it, and what makes it known where no step does. */
#include "backstep/trace/value.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "derivative.h"
#include "paths.h"
#include "steps.h"
#include "terms.h"

static size_t n_examples(const struct stepper *stepper)
{
	return stepper->trainer.n_examples;
}

/* Where the step stands that computes a number of this kind, counted from 1; 0: none does. */
static uint64_t step_of(const struct stepper *stepper, enum ref_kind kind, struct place place)
{
	place.class = step_class_of(kind);
	return walk_index(stepper_walk(stepper), &place) + 1; /* WALK_NONE: 0 */
}

/* Where the last step about order[k] stands in the backward phase. */
static uint64_t last_step(const struct stepper *stepper, size_t k)
{
	return walk_param(stepper_walk(stepper), PHASE_BACKWARD, k + 1);
}

static struct place place_of_element(const struct node *node, size_t e)
{
	return (struct place){.node = node, .row = node_row(node, e), .example = node_col(node, e)};
}

static bool is_walked(const struct stepper *stepper, size_t param)
{
	return stepper->plan.rank[param] != SIZE_MAX;
}

static const struct node *seen_through(const struct node *node)
{
	return node->kind == NODE_VIEW ? node->of : node;
}

static size_t state_place(const struct stepper *stepper, const struct ref *ref)
{
	const struct node *node = ref->of.node;
	return (size_t)(node->state - stepper->trainer.model->graph.state) +
	       node_row(node, ref->of.e);
}

static double unit_number(const struct stepper *stepper, const struct ref *ref)
{
	(void)stepper;
	return ref->of.node->value[ref->of.e];
}

static double loss_number(const struct stepper *stepper, const struct ref *ref)
{
	(void)ref;
	return stepper->trainer.model->loss;
}

static double param_number(const struct stepper *stepper, const struct ref *ref)
{
	return stepper_theta(stepper)[ref->param];
}

static double old_number(const struct stepper *stepper, const struct ref *ref)
{
	return trainer_theta(&stepper->trainer)[ref->param];
}

static double gradient_number(const struct stepper *stepper, const struct ref *ref)
{
	const struct model *model = stepper->trainer.model;
	if (!ref->of.node || (ref->of.node == model->total && n_examples(stepper) == 1))
		return model->graph.grad[ref->param];
	if (ref->of.node == model->total)
		return step_example_gradient(model, ref->param, node_col(ref->of.node, ref->of.e));
	return derivative_total(&stepper->plan, ref);
}

static double delta_number(const struct stepper *stepper, const struct ref *ref)
{
	const struct model *model = stepper->trainer.model;
	double value = ref->wrt.node->grad[ref->wrt.e];
	bool is_share = !ref->of.node && !model->graph.is_coupled && model->over == REDUCE_MEAN;
	return is_share ? value / (double)n_examples(stepper) : value;
}

static double partial_number(const struct stepper *stepper, const struct ref *ref)
{
	double value;
	(void)stepper;
	return derivative_local(ref, &value) ? value : NAN;
}

static double total_number(const struct stepper *stepper, const struct ref *ref)
{
	return derivative_total(&stepper->plan, ref);
}

static double kept_number(const struct stepper *stepper, const struct ref *ref)
{
	return trainer_slot(&stepper->trainer, ref->which)[ref->param];
}

static double carried_number(const struct stepper *stepper, const struct ref *ref)
{
	return stepper_state(stepper)[state_place(stepper, ref)];
}

/* Where it stands by what its reference says: its element, or its parameter and which of its kind.
 */
static uint64_t own_step(const struct stepper *stepper, const struct ref *ref)
{
	struct place place = {.unit = ref->unit};
	if (ref->kind == REF_CARRIED_NEW)
		return step_of(stepper, ref->kind, place_of_element(ref->of.node, ref->of.e));
	place.k = stepper->plan.rank[ref->param];
	*(ref->kind == REF_SLOT ? &place.slot : &place.stage) = ref->which;
	return step_of(stepper, ref->kind, place);
}

/* The product; of a path of one factor, that factor. */
static uint64_t path_step(const struct stepper *stepper, const struct ref *ref)
{
	struct place place = {.k = stepper->plan.rank[ref->param],
			      .example = node_col(ref->of.node, ref->of.e),
			      .path = ref->which};
	const struct chain *chain = paths_chain(&stepper->plan, place.k, place.example, place.path);
	return step_of(stepper, chain->n_links == 1 ? REF_PARTIAL : REF_PATH, place);
}

static uint64_t unit_step(const struct stepper *stepper, const struct ref *ref)
{
	const struct node *node = ref->of.node;
	size_t e = ref->of.e + (node->kind == NODE_VIEW ? node->first * node->stride : 0);
	return step_of(stepper, REF_UNIT, place_of_element(seen_through(node), e));
}

/* Of a single example its own. */
static uint64_t loss_step(const struct stepper *stepper, const struct ref *ref)
{
	(void)ref;
	return n_examples(stepper) > 1
		   ? step_of(stepper, REF_LOSS, (struct place){0})
		   : step_of(stepper, REF_UNIT, place_of_element(stepper->plan.model->total, 0));
}

/* The stage's, or where none changes the new value, the rule's. */
static uint64_t new_step(const struct stepper *stepper, const struct ref *ref)
{
	size_t last = stage_list_last(&stepper->plan.stages, STAGE_VALUE);
	const struct ref in_stage = {.kind = REF_STAGE, .param = ref->param, .which = last};
	return own_step(stepper, last == SIZE_MAX ? ref : &in_stage);
}

/* The product of the last path that passes by a loss term. 0 where it has none. */
static uint64_t term_step(const struct stepper *stepper, size_t k, const struct ref *ref)
{
	const struct node *of = ref->of.node;
	struct ref last = *ref;
	uint64_t paths = 0, own = 0;
	for (size_t row = 0; row <= node_row(of, ref->of.e); row++)
		paths += own = paths_below(&stepper->plan, k, of, row * of->stride);
	last.kind = REF_PATH;
	last.which = (size_t)paths - 1;
	return own ? path_step(stepper, &last) : 0;
}

/* The last step about the parameter, or the last of its example. Along paths a loss term's share is
 * there before they are added up, and so is that of the loss where it has a single path. */
static uint64_t gradient_step(const struct stepper *stepper, const struct ref *ref)
{
	const struct plan *plan = &stepper->plan;
	const struct node *of = ref->of.node, *terms = plan->model->terms;
	size_t k = plan->rank[ref->param];
	if (!plan->has_backward || !is_walked(stepper, ref->param))
		return 0;
	if (!of || plan_is_coupled(plan))
		return last_step(stepper, k);
	bool is_share = of == terms && (terms != plan->model->total || plan->paths[k] == 1);
	uint64_t own = plan->form == CHAIN_PATHS && is_share ? term_step(stepper, k, ref) : 0;
	struct place place = {.k = k, .example = node_col(of, ref->of.e)};
	return own ? own : step_of(stepper, REF_GRADIENT, place);
}

/* The first factor that is this partial, along paths; what no chain has is known with the others.
 */
static uint64_t partial_step(const struct stepper *stepper, const struct ref *ref)
{
	const struct plan *plan = &stepper->plan;
	const struct node *wrt = ref->wrt.node;
	size_t k = wrt ? plan->first_rank[plan_row(plan, wrt, ref->wrt.e)] : plan->rank[ref->param];
	if (plan->form != CHAIN_PATHS || !plan->has_backward || k == SIZE_MAX ||
	    plan->paths[k] > PLAN_PATHS_DEFAULT)
		return 0;
	struct place place = {.k = k, .example = node_col(ref->of.node, ref->of.e)};
	for (; place.path < plan->paths[k]; place.path++) {
		const struct chain *chain = paths_chain(plan, k, place.example, place.path);
		for (place.factor = 0; place.factor < chain->n_links; place.factor++)
			if (derivative_is_of(ref, &chain->links[place.factor]))
				return step_of(stepper, REF_PARTIAL, place);
	}
	return 0;
}

/* By deltas the unit's own step; along paths the gradient of the first parameter below it, for then
 * every path through it has been walked. */
static uint64_t delta_step(const struct stepper *stepper, const struct ref *ref)
{
	const struct plan *plan = &stepper->plan;
	const struct node *node = ref->wrt.node;
	size_t rank = plan->first_rank[plan_row(plan, node, ref->wrt.e)];
	bool is_given = node == plan->model->total && !plan_is_coupled(plan); /* it is 1 */
	if (!plan->has_backward || rank == SIZE_MAX || is_given)
		return 0;
	return plan->form == CHAIN_PATHS
		   ? last_step(stepper, rank)
		   : step_of(stepper, REF_DELTA, place_of_element(node, ref->wrt.e));
}

/* What stages make of the loss and of gradients was computed with the parameters that the update
 * began with. */
static bool stage_is_stale(const struct stepper *stepper, const struct ref *ref)
{
	enum stage_id id = stepper->plan.stages.entries[ref->which].id;
	enum stage_subject subject = stage_registry[id]->subject;
	return subject == STAGE_LOSS || subject == STAGE_GRADIENT;
}

static bool unit_is_stale(const struct stepper *stepper, const struct ref *ref)
{
	(void)stepper;
	return seen_through(ref->of.node)->op != NULL;
}

static bool is_stale(const struct stepper *stepper, const struct ref *ref)
{
	(void)stepper, (void)ref;
	return true;
}

/* What makes a number known that no step computes. */
enum given { GIVEN_NEVER, GIVEN_ALWAYS, GIVEN_IF_KEPT, GIVEN_BACKWARD };

static const struct value_row {
	/* NULL: that of the step. */
	double (*number)(const struct stepper *stepper, const struct ref *ref);
	/* The step that computes it, or after which it is known; NULL or 0: none. */
	uint64_t (*step)(const struct stepper *stepper, const struct ref *ref);
	enum given given;
	/* Whether at a commit it belongs to parameters that are not in force; NULL: never. */
	bool (*stale)(const struct stepper *stepper, const struct ref *ref);
	/* The step that computes it, where it is known before that; else NULL. */
	uint64_t (*where)(const struct stepper *stepper, const struct ref *ref);
} rows[N_REF_KINDS] = {
    [REF_UNIT] = {.number = unit_number,
		  .step = unit_step,
		  .given = GIVEN_ALWAYS,
		  .stale = unit_is_stale},
    [REF_LOSS] = {.number = loss_number, .step = loss_step, .stale = is_stale},
    [REF_PARAM] = {.number = param_number, .given = GIVEN_ALWAYS},
    [REF_OLD] = {.number = old_number, .given = GIVEN_ALWAYS},
    [REF_NEW] = {.step = new_step},
    [REF_AHEAD] = {.step = own_step, .stale = is_stale},
    [REF_GRADIENT] = {.number = gradient_number, .step = gradient_step, .stale = is_stale},
    [REF_DELTA] = {.number = delta_number,
		   .step = delta_step,
		   .given = GIVEN_BACKWARD,
		   .stale = is_stale},
    [REF_PARTIAL] = {.number = partial_number,
		     .given = GIVEN_BACKWARD,
		     .stale = is_stale,
		     .where = partial_step},
    [REF_TOTAL] = {.number = total_number, .given = GIVEN_BACKWARD, .stale = is_stale},
    [REF_PATH] = {.step = path_step, .stale = is_stale},
    [REF_SLOT] = {.step = own_step},
    [REF_KEPT] = {.number = kept_number, .given = GIVEN_IF_KEPT},
    [REF_STAGE] = {.step = own_step, .stale = stage_is_stale},
    [REF_CARRIED] = {.number = carried_number, .given = GIVEN_ALWAYS},
    [REF_CARRIED_NEW] = {.step = own_step},
};

static bool is_given(const struct stepper *stepper, const struct ref *ref, enum given given)
{
	if (given == GIVEN_IF_KEPT)
		return stepper->plan.rule->slots[ref->which].kept;
	if (given == GIVEN_BACKWARD)
		return stepper->index > walk_phase(stepper_walk(stepper), PHASE_BACKWARD);
	return given == GIVEN_ALWAYS;
}

static double step_number(const struct stepper *stepper, uint64_t step)
{
	struct step_source source = stepper_source(stepper);
	struct place place;
	stepper_place(stepper, step, &place);
	return step_value(&source, &place);
}

/* Whether other parameters are in force than the passes were computed with. */
static bool has_other_params(const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	size_t size = trainer->model->graph.n_params * sizeof(double);
	return stepper_at_commit(stepper) &&
	       memcmp(trainer_next(trainer), trainer_theta(trainer), size) != 0;
}

/* While a step is asked, its number is open, and what could be had without its step has to wait for
 * it: else it could be read off before it is answered. */
static void hide_open(const struct stepper *stepper, const struct value_row *row,
		      struct value *value)
{
	if (!stepper->asked)
		return;
	bool is_early =
	    row->given == GIVEN_BACKWARD && (value->where == 0 || value->where > stepper->index);
	value->open = value->where == stepper->asked || (is_early && value->known);
	if (is_early) {
		value->known = value->stale = false;
		value->value = NAN;
	}
}

double value_number(const struct stepper *stepper, const struct ref *ref)
{
	const struct value_row *row = &rows[ref->kind];
	uint64_t step = !row->number && row->step ? row->step(stepper, ref) : 0;
	if (row->number)
		return row->number(stepper, ref);
	return step ? step_number(stepper, step) : NAN;
}

struct value value_get(const struct stepper *stepper, const struct ref *ref)
{
	const struct value_row *row = &rows[ref->kind];
	struct value value = {.where = row->step ? row->step(stepper, ref) : 0};
	value.known =
	    value.where ? value.where <= stepper->index : is_given(stepper, ref, row->given);
	value.stale =
	    value.known && row->stale && has_other_params(stepper) && row->stale(stepper, ref);
	value.value = !value.known  ? NAN
		      : row->number ? row->number(stepper, ref)
				    : step_number(stepper, value.where);
	if (row->where)
		value.where = row->where(stepper, ref);
	hide_open(stepper, row, &value);
	return value;
}

uint64_t value_step(const struct stepper *stepper, const struct ref *ref)
{
	const struct plan *plan = &stepper->plan;
	struct ref own = *ref;
	if (ref->kind == REF_CARRIED) /* whose new value is computed */
		own.kind = REF_CARRIED_NEW;
	if (ref->kind != REF_PARAM)
		return value_get(stepper, &own).where;
	if (!is_walked(stepper, ref->param))
		return 0;
	enum phase phase = plan->has_backward ? PHASE_BACKWARD : PHASE_UPDATE;
	return walk_param(stepper_walk(stepper), phase, plan->rank[ref->param]) + 1;
}

struct ref ref_unit(const struct node *node, size_t e)
{
	return (struct ref){.kind = REF_UNIT, .of = {node, e}};
}

struct ref ref_param(enum ref_kind kind, size_t param)
{
	return (struct ref){.kind = kind, .param = param};
}

struct ref ref_loss(const struct stepper *stepper)
{
	return n_examples(stepper) > 1 ? (struct ref){.kind = REF_LOSS}
				       : ref_unit(stepper->trainer.model->total, 0);
}

struct ref ref_gradient(const struct stepper *stepper, size_t param)
{
	return (struct ref){.kind = REF_GRADIENT, .of = ref_loss(stepper).of, .param = param};
}

bool ref_handed(const struct stepper *stepper, size_t param, struct ref *ref)
{
	size_t entry = stage_list_last(&stepper->plan.stages, STAGE_GRADIENT);
	*ref = (struct ref){.kind = REF_STAGE, .param = param, .which = entry};
	return entry != SIZE_MAX;
}

/* Of an example's own loss; where examples depend on one another, of the batch's. */
struct ref ref_delta(const struct stepper *stepper, const struct node *node, size_t e)
{
	struct ref ref = {.kind = REF_DELTA, .wrt = {node, e}};
	if (!plan_is_coupled(&stepper->plan))
		ref.of = (struct element){stepper->trainer.model->total, node_col(node, e)};
	return ref;
}

enum status value_find(const struct stepper *stepper, const struct place *here, const char *name,
		       struct ref *ref, struct value *value, struct error *err)
{
	enum status status = ref_parse(stepper, here, name, ref, err);
	if (status)
		return status;
	*value = value_get(stepper, ref);
	if (value->known)
		return STATUS_OK;
	if (value->open) {
		error_set(err, STATUS_BAD_INPUT, _("%s waits for the question that is open"), name);
		error_hint(err, _("answer it first, or give up: reveal"));
		return STATUS_BAD_INPUT;
	}
	error_set(err, STATUS_BAD_INPUT, _("%s has not been computed yet"), name);
	error_hint(err, _("step on first: next, phase or update"));
	return STATUS_BAD_INPUT;
}
