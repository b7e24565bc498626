/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.c -- dividing a step's number by the counts of the plan. */
#include "backstep/trace/place.h"

#include <string.h>

#include "paths.h"
#include "place_update.h"
#include "steps.h"

/* What is about the whole batch is so in the steps too, where the batch has several examples. */
static void place_node(struct place *place, const struct node *node, size_t row, size_t n_examples)
{
	place->node = node;
	place->element = node_element(node, row, place->example);
	place->whole_batch = node->per_batch && n_examples > 1;
}

/* Step r of the groups: unit by unit for one example, node by node for a batch. */
static void find_value(const struct plan_group *groups, size_t n_examples, uint64_t r,
		       struct place *place)
{
	for (; r >= plan_group_steps(groups, n_examples); groups++)
		r -= plan_group_steps(groups, n_examples);
	size_t row, q;
	if (n_examples == 1 || groups->is_once) {
		row = (size_t)r / groups->n_nodes;
		q = (size_t)r % groups->n_nodes;
	} else {
		q = (size_t)r / (groups->rows * n_examples);
		size_t rest = (size_t)r % (groups->rows * n_examples);
		place->example = rest / groups->rows;
		row = rest % groups->rows;
	}
	place_node(place, groups->nodes[q], row, n_examples);
	place->class = &step_class_value;
}

static void find_delta(const struct plan *plan, size_t n_examples, uint64_t r, struct place *place)
{
	const struct node *const *node = plan->deltas;
	for (; r >= (*node)->rows * ((*node)->per_batch ? 1 : n_examples); node++)
		r -= (*node)->rows * ((*node)->per_batch ? 1 : n_examples);
	place->class = &step_class_delta;
	place->example = (size_t)r / (*node)->rows;
	place_node(place, *node, (size_t)r % (*node)->rows, n_examples);
}

/* Step r of one example of a parameter's paths: which path, and where in it. */
static void find_in_paths(const struct plan *plan, uint64_t r, struct place *place)
{
	struct path_step step = paths_step(plan, place->k, place->example, r);
	place->path = step.path;
	place->factor = step.factor;
	place->n_factors = step.n_factors;
	place->class = step.factor < step.n_factors ? &step_class_factor : &step_class_product;
}

/* The parameter about which backward step r is. */
static size_t find_param(const struct plan *plan, size_t n_examples, uint64_t r)
{
	size_t lo = 0, hi = plan->n_order;
	while (hi - lo > 1) {
		size_t middle = lo + (hi - lo) / 2;
		if (plan_steps_before(plan, middle, n_examples) <= r)
			lo = middle;
		else
			hi = middle;
	}
	return lo;
}

static void find_backward(const struct plan *plan, size_t n_examples, uint64_t r,
			  struct place *place)
{
	if (r < plan_steps_before(plan, 0, n_examples)) {
		find_delta(plan, n_examples, r, place);
		return;
	}
	place->k = find_param(plan, n_examples, r);
	place->param = plan->order[place->k];
	place->class = &step_class_gradient;
	place->has_param = true;
	place->whole_batch = plan_is_coupled(plan);
	if (place->whole_batch)
		return;
	place->n_paths = plan->paths[place->k];
	r -= plan_steps_before(plan, place->k, n_examples);
	uint64_t each = plan->before[place->k + 1] - plan->before[place->k];
	if (r == each * n_examples) {
		place->whole_batch = true;
		return;
	}
	place->example = (size_t)(r / each);
	if (r % each < each - 1)
		find_in_paths(plan, r % each, place);
}

static void find_forward(const struct plan *plan, size_t n_examples, uint64_t r,
			 struct place *place)
{
	uint64_t ahead = plan_ahead_steps(plan);
	place->phase = PHASE_FORWARD;
	if (r >= ahead) {
		find_value(plan->forward, n_examples, r - ahead, place);
		return;
	}
	place->class = &step_class_ahead;
	place->has_param = true;
	place->whole_batch = n_examples > 1;
	place->k = (size_t)r;
	place->param = plan->order[place->k];
}

static void find_loss(const struct plan *plan, size_t n_examples, uint64_t r, struct place *place)
{
	uint64_t values = plan_loss_steps(plan, n_examples) - plan->n_loss_stages;
	place->phase = PHASE_LOSS;
	place->whole_batch = n_examples > 1 && r + 1 >= values;
	if (r >= values) {
		place->class = &step_class_stage;
		place->stage = plan->loss_stages[r - values];
	} else if (place->whole_batch) {
		place->class = &step_class_batch_loss;
	} else {
		find_value(plan->loss, n_examples, r, place);
	}
}

void place_find(const struct plan *plan, size_t n_examples, uint64_t index, struct place *place)
{
	*place = (struct place){0};
	uint64_t steps = plan_forward_steps(plan, n_examples);
	if (index < steps) {
		find_forward(plan, n_examples, index, place);
		return;
	}
	index -= steps;
	steps = plan_loss_steps(plan, n_examples);
	if (index < steps) {
		find_loss(plan, n_examples, index, place);
		return;
	}
	index -= steps;
	steps = plan_backward_steps(plan, n_examples);
	if (index < steps) {
		place->phase = PHASE_BACKWARD;
		find_backward(plan, n_examples, index, place);
		return;
	}
	place_find_update(plan, index - steps, place);
	place->whole_batch = n_examples > 1;
}

static uint64_t update_steps(const struct plan *plan, size_t n_examples)
{
	(void)n_examples;
	return plan_update_steps(plan);
}

uint64_t place_phase_steps(const struct plan *plan, size_t n_examples, enum phase phase)
{
	static uint64_t (*const steps[N_PHASES])(const struct plan *plan, size_t n_examples) = {
	    [PHASE_FORWARD] = plan_forward_steps,
	    [PHASE_LOSS] = plan_loss_steps,
	    [PHASE_BACKWARD] = plan_backward_steps,
	    [PHASE_UPDATE] = update_steps,
	};
	return steps[phase](plan, n_examples);
}

uint64_t place_of_phase(const struct plan *plan, size_t n_examples, enum phase phase)
{
	uint64_t index = 0;
	for (enum phase before = PHASE_FORWARD; before < phase; before++)
		index += place_phase_steps(plan, n_examples, before);
	return index;
}

uint64_t place_of_param(const struct plan *plan, size_t n_examples, size_t k)
{
	if (!plan->has_backward)
		return place_of_weight(plan, n_examples, k);
	return place_of_phase(plan, n_examples, PHASE_BACKWARD) +
	       plan_steps_before(plan, k, n_examples);
}

/* The step of the groups that computes element e of node; *steps gets how many there are. */
static uint64_t find_in_groups(const struct plan_group *groups, size_t n_groups, size_t n_examples,
			       const struct node *node, size_t e, uint64_t *steps)
{
	uint64_t found = UINT64_MAX;
	*steps = 0;
	for (const struct plan_group *group = groups; group < groups + n_groups; group++) {
		for (size_t q = 0; q < group->n_nodes; q++) {
			if (group->nodes[q] != node)
				continue;
			size_t row = node_row(node, e), n = node_col(node, e);
			found = *steps + (n_examples == 1 || group->is_once
					      ? row * group->n_nodes + q
					      : (q * n_examples + n) * group->rows + row);
		}
		*steps += plan_group_steps(group, n_examples);
	}
	return found;
}

uint64_t place_of_value(const struct plan *plan, size_t n_examples, const struct node *node,
			size_t e)
{
	uint64_t forward, loss;
	uint64_t index =
	    find_in_groups(plan->forward, plan->n_forward, n_examples, node, e, &forward);
	if (index != UINT64_MAX)
		return plan_ahead_steps(plan) + index;
	index = find_in_groups(plan->loss, plan->n_loss, n_examples, node, e, &loss);
	return index == UINT64_MAX ? index : plan_ahead_steps(plan) + forward + index;
}
