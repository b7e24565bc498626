/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highlight.c -- one function for each kind of step says what it lights.
 *
 * A FACTOR and a PRODUCT light their chain, a GRADIENT over paths all chains of the parameter,
 * the other kinds what their number is computed from. */
#include "highlight.h"

struct highlight highlight_make(struct session *session)
{
	struct stepper *stepper = &session->stepper;
	struct highlight highlight = {stepper, session->has_step ? &session->step : NULL};
	if (session->has_step && session->step.place.n_paths > 0 &&
	    stepper->plan.form == CHAIN_PATHS) {
		const struct place *place = &session->step.place;
		chain_find(&stepper->finder, place->k, place->example, place->path);
	}
	return highlight;
}

static bool is_param(const struct node *node, size_t e, size_t param)
{
	return node->kind == NODE_PARAM && node_param(node, e) == param;
}

static enum lit value_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			   size_t j)
{
	const struct place *place = &h->step->place;
	(void)slot, (void)j;
	return to == place->node && i == place->element ? LIT_STRONG : LIT_NONE;
}

static enum lit chain_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			   size_t j)
{
	const struct chain_finder *finder = &h->stepper->finder;
	for (size_t f = 0; f < finder->n_links; f++) {
		const struct link *link = &finder->links[f];
		if (link->node == to && link->i == i && link->slot == slot && link->j == j)
			return f <= h->step->place.factor ? LIT_STRONG : LIT_PATH;
	}
	return LIT_NONE;
}

static enum lit delta_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			   size_t j)
{
	const struct place *place = &h->step->place;
	(void)i;
	return to->inputs[slot] == place->node && j == place->element ? LIT_STRONG : LIT_NONE;
}

/* Whether the row of element e lies on a path from the loss to the parameter. */
static bool leads_to_param(const struct highlight *h, const struct node *node, size_t e)
{
	const struct chain_finder *finder = &h->stepper->finder;
	if (node->kind == NODE_PARAM)
		return is_param(node, e, h->step->place.param);
	return node->kind == NODE_OP && finder->below[plan_row(finder->plan, node, e)] > 0;
}

static enum lit gradient_edge(const struct highlight *h, const struct node *to, size_t i,
			      size_t slot, size_t j)
{
	const struct place *place = &h->step->place;
	bool is_own = is_param(to->inputs[slot], j, place->param);
	if (place->whole_batch || h->stepper->plan.form == CHAIN_DELTAS)
		return is_own ? LIT_STRONG : LIT_NONE;
	return leads_to_param(h, to, i) && leads_to_param(h, to->inputs[slot], j) ? LIT_STRONG
										  : LIT_NONE;
}

static enum lit weight_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			    size_t j)
{
	(void)i;
	return is_param(to->inputs[slot], j, h->step->place.param) ? LIT_STRONG : LIT_NONE;
}

/* What comes into the unit whose weights are measured, or the parameter that a stage is about. */
static enum lit stage_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			   size_t j)
{
	const struct place *place = &h->step->place;
	const struct stage_entry *entry = &h->stepper->plan.stages.entries[place->stage];
	struct stage_unit unit;
	if (entry->row->scope == STAGE_PARAM)
		return weight_edge(h, to, i, slot, j);
	if (entry->row->scope == STAGE_ONCE)
		return LIT_NONE;
	unit = stage_unit(h->stepper->trainer.model, place->unit);
	return to == unit.node && node_row(to, i) == unit.row && to->inputs[slot] == unit.weights
		   ? LIT_STRONG
		   : LIT_NONE;
}

enum lit highlight_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			size_t j)
{
	static enum lit (*const kinds[N_STEP_KINDS])(
	    const struct highlight *h, const struct node *to, size_t i, size_t slot, size_t j) = {
	    [STEP_VALUE] = value_edge, [STEP_FACTOR] = chain_edge,      [STEP_PRODUCT] = chain_edge,
	    [STEP_DELTA] = delta_edge, [STEP_GRADIENT] = gradient_edge, [STEP_AHEAD] = weight_edge,
	    [STEP_STAGE] = stage_edge, [STEP_SLOT] = weight_edge,       [STEP_WEIGHT] = weight_edge,
	};
	if (!h->step || !kinds[h->step->place.kind])
		return LIT_NONE;
	return kinds[h->step->place.kind](h, to, i, slot, j);
}

static enum lit chain_element(const struct highlight *h, const struct node *node, size_t e)
{
	const struct chain_finder *finder = &h->stepper->finder;
	size_t current = h->step->place.factor;
	enum lit lit = LIT_NONE;
	for (size_t f = 0; f < finder->n_links; f++) {
		const struct link *link = &finder->links[f];
		bool is_end = link->node->inputs[link->slot] == node && link->j == e;
		if (is_end && f == current)
			return LIT_HEAD;
		if (is_end || (link->node == node && link->i == e))
			lit = f <= current ? LIT_STRONG : lit == LIT_NONE ? LIT_PATH : lit;
	}
	return lit;
}

static enum lit own_element(const struct highlight *h, const struct node *node, size_t e)
{
	const struct place *place = &h->step->place;
	const struct node *own = place->node;
	if (node == own && e == place->element)
		return LIT_HEAD;
	for (size_t slot = 0; place->kind == STEP_VALUE && own && slot < own->op->n_slots; slot++)
		if (own->inputs[slot] == node &&
		    range_contains(own->op->inputs(own, place->element, slot), e))
			return LIT_STRONG;
	return LIT_NONE;
}

static enum lit gradient_element(const struct highlight *h, const struct node *node, size_t e)
{
	if (h->step->place.whole_batch || h->stepper->plan.form == CHAIN_DELTAS)
		return LIT_NONE;
	return leads_to_param(h, node, e) ? LIT_STRONG : LIT_NONE;
}

enum lit highlight_element(const struct highlight *h, const struct node *node, size_t e)
{
	static enum lit (*const kinds[N_STEP_KINDS])(const struct highlight *h,
						     const struct node *node, size_t e) = {
	    [STEP_VALUE] = own_element,         [STEP_FACTOR] = chain_element,
	    [STEP_PRODUCT] = chain_element,     [STEP_DELTA] = own_element,
	    [STEP_GRADIENT] = gradient_element, [STEP_CARRY] = own_element,
	};
	if (!h->step || !kinds[h->step->place.kind])
		return LIT_NONE;
	return kinds[h->step->place.kind](h, node, e);
}

enum lit highlight_param(const struct highlight *h, size_t param)
{
	const struct place *place;
	if (!h->step || !h->step->param[0] || h->step->place.param != param)
		return LIT_NONE;
	place = &h->step->place;
	if (place->kind == STEP_FACTOR && place->factor + 1 < place->n_factors)
		return LIT_PATH;
	return LIT_HEAD;
}
