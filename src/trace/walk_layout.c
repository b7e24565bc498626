/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk_layout.c -- which steps an update has, in which order.
 *
 * forward: the points ahead of a rule that has them, then every unit
 * loss: its terms and what adds them up; the stages that penalise
 * backward: in the form of deltas those of all units; then of each parameter its paths, its
 *   gradient, and that of the batch
 * update: the stages before the rule, its slots and its new value, the stages after it. Neighbours
 *   about parameters are walked parameter by parameter; a number that all parameters wait for, such
 *   as the norm of the gradient, stands between. Then what ops carry on, and the commit. */
#include "walk_private.h"

#include <stdlib.h>

#include "paths.h"
#include "steps.h"

enum { MAX_COLUMNS = STAGE_MAX_ENTRIES + OPTIMIZER_MAX_SLOTS + 1, MAX_CHAIN = 5 };

static struct segment leaf(const struct walk *walk, enum axis axis, size_t rounds,
			   const struct step_class *class)
{
	return (struct segment){.axis = axis,
				.rounds = rounds,
				.class = class,
				.whole_batch = walk->n_examples > 1,
				.steps = rounds};
}

/* Rounds over children, all alike. */
static struct segment each(enum axis axis, size_t rounds, const struct segment *children, size_t n)
{
	struct segment segment = {
	    .axis = axis, .rounds = rounds, .children = children, .n_children = n};
	for (size_t c = 0; c < n; c++) {
		segment.varies |= children[c].varies;
		segment.steps += rounds * children[c].steps;
	}
	return segment;
}

static struct segment node_leaf(const struct walk *walk, enum axis axis, const struct node *node,
				const struct step_class *class)
{
	struct segment segment = leaf(walk, axis, axis == AXIS_ROW ? node->rows : 1, class);
	segment.node = node;
	segment.whole_batch &= node->per_batch;
	return segment;
}

/* Whether node is walked unit by unit together with the node before it. */
static bool joins(const struct node *before, const struct node *node)
{
	bool by_element = node->op->value || node->parts;
	return before && by_element && node->op->family != OP_ARITHMETIC &&
	       node->inputs[0] == before;
}

static bool is_loss(const struct model *model, const struct node *node)
{
	return model->loss_class && node->layer == model->terms->layer;
}

/* Adds a node's numbers to the n segments of parts; own becomes its leaf. */
static void add_values(const struct walk *walk, struct segment *parts, size_t *n,
		       const struct node *node, bool joined, struct segment *own)
{
	bool by_unit = walk->n_examples == 1 || node->per_batch;
	*own = node_leaf(walk, by_unit ? AXIS_ONCE : AXIS_ROW, node, &step_class_value);
	if (by_unit && joined) {
		struct segment *last = &parts[*n - 1];
		*last = each(AXIS_ROW, node->rows, last->children, last->n_children + 1);
	} else if (by_unit) {
		parts[(*n)++] = each(AXIS_ROW, node->rows, own, 1);
	} else {
		parts[(*n)++] = each(AXIS_EXAMPLE, walk->n_examples, own, 1);
	}
}

/* leaves: room for one of each op. Those that join others stand next to them. */
static void lay_values(struct walk *walk, struct segment *leaves)
{
	const struct model *model = walk->plan->model;
	const struct node *before = NULL;
	walk->n_forward = 1; /* the first is for the points ahead */
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (!node->op)
			continue;
		if (is_loss(model, node))
			add_values(walk, walk->loss, &walk->n_loss, node, false, leaves++);
		else
			add_values(walk, walk->forward, &walk->n_forward, node, joins(before, node),
				   leaves++);
		before = node;
	}
	if (walk->n_examples > 1)
		walk->loss[walk->n_loss++] = leaf(walk, AXIS_ONCE, 1, &step_class_batch_loss);
}

/* Whether any walked parameter stands below node. */
static bool leads_to_params(const struct plan *plan, const struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		if (plan->first_rank[plan_row(plan, node, row * node->stride)] != SIZE_MAX)
			return true;
	return false;
}

/* Nodes that some walked parameter stands below, last first; those of the loss where it is the
 * batch's that is derived. */
static void lay_deltas(struct walk *walk, struct segment *leaves)
{
	const struct plan *plan = walk->plan;
	const struct model *model = plan->model;
	for (size_t k = model->graph.n_nodes; k-- > 0;) {
		const struct node *node = model->graph.nodes[k];
		bool is_root = node == model->terms || node == model->total;
		bool is_left_out = is_root && !plan_is_coupled(plan);
		if (!node->op || is_left_out || !leads_to_params(plan, node))
			continue;
		*leaves = node_leaf(walk, AXIS_ROW, node, &step_class_delta);
		walk->backward[walk->n_backward++] =
		    each(AXIS_EXAMPLE, node->per_batch ? 1 : walk->n_examples, leaves++, 1);
	}
}

/* Parameters along their paths. */
static size_t count_params(const struct walk *walk, const struct place *place)
{
	(void)place;
	return walk->plan->n_order;
}

static uint64_t before_param(const struct walk *walk, const struct place *place, size_t k)
{
	(void)place;
	return walk->plan->before[k] * walk->n_examples + (walk->n_examples > 1 ? k : 0);
}

/* The paths of a parameter in an example. */
static size_t count_paths(const struct walk *walk, const struct place *place)
{
	return (size_t)walk->plan->paths[place->k];
}

static uint64_t before_path(const struct walk *walk, const struct place *place, size_t path)
{
	const struct plan *plan = walk->plan;
	size_t k = place->k;
	if (path == plan->paths[k]) /* the gradient comes after them */
		return plan->before[k + 1] - plan->before[k] - 1;
	return paths_before(plan, k, place->example, path);
}

static size_t find_path(const struct walk *walk, const struct place *place, uint64_t r)
{
	return (size_t)paths_step(walk->plan, place->k, place->example, r).path;
}

/* The factors of a path. */
static size_t count_factors(const struct walk *walk, const struct place *place)
{
	return paths_chain(walk->plan, place->k, place->example, place->path)->n_links;
}

static uint64_t before_factor(const struct walk *walk, const struct place *place, size_t factor)
{
	(void)walk, (void)place;
	return factor;
}

static const struct uneven params = {.count = count_params, .before = before_param},
			   paths = {count_paths, before_path, find_path},
			   factors = {.count = count_factors, .before = before_factor};

/* What an example has of a parameter: its paths and its gradient. inner: room for MAX_CHAIN. */
static struct segment lay_paths(const struct walk *walk, struct segment *inner)
{
	inner[0] = leaf(walk, AXIS_FACTOR, 0, &step_class_factor);
	inner[0].uneven = &factors;
	inner[0].varies = true;
	inner[1] = leaf(walk, AXIS_ONCE, 1, &step_class_product);
	inner[2] = each(AXIS_PATH, 0, inner, 2);
	inner[2].uneven = &paths;
	inner[3] = leaf(walk, AXIS_ONCE, 1, &step_class_gradient);
	inner[0].whole_batch = inner[1].whole_batch = inner[3].whole_batch = false;
	return each(AXIS_EXAMPLE, walk->n_examples, inner + 2, 2);
}

/* Of each parameter what every example has, then what the batch has; in a coupled graph that only,
 * for there an example has no loss of its own. */
static void lay_gradients(struct walk *walk, struct segment *inner)
{
	const struct plan *plan = walk->plan;
	struct segment *example = inner, *batch = inner + 1;
	*example = leaf(walk, AXIS_EXAMPLE, walk->n_examples, &step_class_gradient);
	example->whole_batch = false;
	if (plan->form == CHAIN_PATHS)
		*example = lay_paths(walk, inner + 2);
	*batch = leaf(walk, AXIS_ONCE, 1, &step_class_batch_gradient);
	bool coupled = plan_is_coupled(plan);
	struct segment all = each(AXIS_PARAM, plan->n_order, coupled ? batch : example,
				  1 + (!coupled && walk->n_examples > 1));
	if (all.varies) {
		all.uneven = &params;
		all.varies = false;
		all.steps = before_param(walk, NULL, plan->n_order);
	}
	walk->backward[walk->n_backward++] = all;
}

/* Columns of numbers of the update phase: n_columns that are about parameters, in n_parts parts. */
struct columns {
	struct walk *walk;
	size_t n_columns, n_parts;
};

static void add_column(struct columns *c, enum stage_scope scope, struct segment column)
{
	const struct plan *plan = c->walk->plan;
	struct segment *part = &c->walk->update[c->n_parts], *last = c->n_parts ? part - 1 : NULL;
	if (scope != STAGE_PARAM) {
		bool is_unit = scope == STAGE_UNIT;
		*part = column;
		part->axis = is_unit ? AXIS_UNIT : AXIS_ONCE;
		part->rounds = part->steps = is_unit ? plan->n_units : 1;
		c->n_parts++;
		return;
	}
	struct segment *own = &c->walk->columns[c->n_columns++];
	*own = column;
	if (last && last->axis == AXIS_PARAM) {
		*last = each(AXIS_PARAM, plan->n_order, last->children, last->n_children + 1);
		return;
	}
	*part = each(AXIS_PARAM, plan->n_order, own, 1);
	c->n_parts++;
}

static struct segment stage_leaf(const struct walk *walk, size_t entry)
{
	struct segment segment = leaf(walk, AXIS_ONCE, 1, &step_class_stage);
	segment.stage = entry;
	return segment;
}

/* Adds the stages that run before the rule, or those after it. */
static void add_stages(struct columns *c, bool after)
{
	const struct stage_list *stages = &c->walk->plan->stages;
	for (size_t k = 0; k < stages->n; k++) {
		const struct stage_entry *entry = &stages->entries[k];
		bool is_after = stage_registry[entry->id]->subject == STAGE_VALUE;
		if (!entry->row->in_loss_phase && is_after == after)
			add_column(c, entry->row->scope, stage_leaf(c->walk, k));
	}
}

static void lay_update(struct walk *walk)
{
	const struct plan *plan = walk->plan;
	struct columns c = {.walk = walk};
	struct segment slot = leaf(walk, AXIS_ONCE, 1, &step_class_slot);
	add_stages(&c, false);
	for (; slot.slot < plan->rule->n_slots; slot.slot++)
		add_column(&c, STAGE_PARAM, slot);
	add_column(&c, STAGE_PARAM, leaf(walk, AXIS_ONCE, 1, &step_class_weight));
	add_stages(&c, true);
	for (size_t k = 0; k < plan->n_carriers; k++)
		walk->update[c.n_parts++] =
		    node_leaf(walk, AXIS_ROW, plan->carriers[k], &step_class_carry);
	walk->update[c.n_parts++] = leaf(walk, AXIS_ONCE, 1, &step_class_commit);
	walk->phases[PHASE_UPDATE] = each(AXIS_ONCE, 1, walk->update, c.n_parts);
}

void walk_follow(struct walk *walk)
{
	const struct plan *plan = walk->plan;
	bool ahead = plan->rule->ahead != NULL;
	walk->forward[0] = leaf(walk, AXIS_PARAM, plan->n_order, &step_class_ahead);
	walk->phases[PHASE_FORWARD] =
	    each(AXIS_ONCE, 1, walk->forward + !ahead, walk->n_forward - !ahead);
	size_t n_loss = walk->n_loss;
	for (size_t k = 0; k < plan->stages.n; k++)
		if (plan->stages.entries[k].row->in_loss_phase)
			walk->loss[n_loss++] = stage_leaf(walk, k);
	walk->phases[PHASE_LOSS] = each(AXIS_ONCE, 1, walk->loss, n_loss);
	walk->phases[PHASE_BACKWARD] =
	    each(AXIS_ONCE, 1, walk->backward, plan->has_backward ? walk->n_backward : 0);
	lay_update(walk);
}

/* The next n of the segments. */
static struct segment *take(struct segment **segments, size_t n)
{
	struct segment *first = *segments;
	*segments += n;
	return first;
}

enum status walk_init(struct walk *walk, const struct plan *plan, size_t n_examples,
		      struct error *err)
{
	size_t n = plan->model->graph.n_nodes;
	*walk = (struct walk){.plan = plan, .n_examples = n_examples};
	walk->segments = calloc(6 * n + STAGE_MAX_ENTRIES + 2 * MAX_COLUMNS + MAX_CHAIN + 16,
				sizeof *walk->segments);
	if (!walk->segments)
		return error_no_memory(err);
	struct segment *room = walk->segments;
	walk->forward = take(&room, n + 1);
	walk->loss = take(&room, n + 1 + STAGE_MAX_ENTRIES);
	walk->backward = take(&room, n + 1);
	walk->update = take(&room, n + 1 + MAX_COLUMNS);
	walk->columns = take(&room, MAX_COLUMNS);
	lay_values(walk, take(&room, n));
	if (plan->form == CHAIN_DELTAS)
		lay_deltas(walk, take(&room, n));
	lay_gradients(walk, room);
	walk_follow(walk);
	return STATUS_OK;
}

void walk_free(struct walk *walk)
{
	free(walk->segments);
	*walk = (struct walk){0};
}
