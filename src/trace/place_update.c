/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_update.c -- the update phase as columns of numbers: those of the stages before the rule,
 * its slots and its new value, those of the stages behind. Neighbouring columns about parameters
 * make a block, which is walked parameter by parameter; a number that all parameters wait for, such
 * as the norm of the gradient, stands between two blocks. */
#include "place_update.h"

#include "steps.h"

static void add_column(struct plan *plan, enum stage_scope scope, enum plan_column_kind kind,
		       size_t index)
{
	struct plan_block *last = plan->n_blocks ? &plan->blocks[plan->n_blocks - 1] : NULL;
	size_t n = last ? last->first + last->n_columns : 0;
	plan->columns[n] = (struct plan_column){kind, index};
	if (last && last->scope == STAGE_PARAM && scope == STAGE_PARAM)
		last->n_columns++;
	else
		plan->blocks[plan->n_blocks++] = (struct plan_block){scope, n, 1};
}

/* Adds the stages that run before the rule, or those behind it. */
static void add_stages(struct plan *plan, bool behind)
{
	for (size_t k = 0; k < plan->stages.n; k++) {
		const struct stage_entry *entry = &plan->stages.entries[k];
		bool is_behind = stage_registry[entry->id]->subject == STAGE_VALUE;
		if (!entry->row->in_loss_phase && is_behind == behind)
			add_column(plan, entry->row->scope, PLAN_STAGE, k);
	}
}

void plan_set_optimizer(struct plan *plan, const struct optimizer *optimizer)
{
	plan->rule = optimizer_form(optimizer);
	plan->has_backward = optimizer->class->signal == NULL;
	plan->stages = stages_list(&optimizer->stages);
	plan->n_loss_stages = plan->n_blocks = 0;
	for (size_t k = 0; k < plan->stages.n; k++)
		if (plan->stages.entries[k].row->in_loss_phase)
			plan->loss_stages[plan->n_loss_stages++] = k;
	add_stages(plan, false);
	for (size_t slot = 0; slot < plan->rule->n_slots; slot++)
		add_column(plan, STAGE_PARAM, PLAN_SLOT, slot);
	add_column(plan, STAGE_PARAM, PLAN_VALUE, 0);
	add_stages(plan, true);
}

size_t plan_block_size(const struct plan *plan, const struct plan_block *block)
{
	return block->scope == STAGE_PARAM  ? plan->n_order
	       : block->scope == STAGE_UNIT ? plan->n_units
					    : 1;
}

uint64_t plan_update_steps(const struct plan *plan)
{
	uint64_t steps = plan_carry_steps(plan) + 1; /* and the commit */
	for (size_t b = 0; b < plan->n_blocks; b++)
		steps +=
		    (uint64_t)plan_block_size(plan, &plan->blocks[b]) * plan->blocks[b].n_columns;
	return steps;
}

static const struct step_class *const column_classes[] = {[PLAN_STAGE] = &step_class_stage,
							  [PLAN_SLOT] = &step_class_slot,
							  [PLAN_VALUE] = &step_class_weight};

/* Behind the blocks: what the ops carry into the next update, then the commit. */
static void find_end(const struct plan *plan, uint64_t r, struct place *place)
{
	const struct node *const *node = plan->carriers;
	place->class = &step_class_commit;
	if (r >= plan_carry_steps(plan))
		return;
	while (r >= (*node)->rows)
		r -= (*node++)->rows;
	place->class = &step_class_carry;
	place->node = *node;
	place->element = (size_t)r;
}

void place_find_update(const struct plan *plan, uint64_t r, struct place *place)
{
	place->phase = PHASE_UPDATE;
	for (size_t b = 0; b < plan->n_blocks; b++) {
		const struct plan_block *block = &plan->blocks[b];
		uint64_t steps = (uint64_t)plan_block_size(plan, block) * block->n_columns;
		if (r >= steps) {
			r -= steps;
			continue;
		}
		size_t which = (size_t)(r / block->n_columns);
		const struct plan_column *column =
		    &plan->columns[block->first + r % block->n_columns];
		place->class = column_classes[column->kind];
		*(column->kind == PLAN_STAGE ? &place->stage : &place->slot) = column->index;
		place->unit = block->scope == STAGE_UNIT ? which : 0;
		if (block->scope != STAGE_PARAM)
			return;
		place->has_param = true;
		place->k = which;
		place->param = plan->order[which];
		return;
	}
	find_end(plan, r, place);
}

/* The step of a column for which (a parameter's place in the order, a unit); where wanted is NULL
 * the first step about parameter which. */
static uint64_t find_column(const struct plan *plan, size_t n_examples,
			    const struct plan_column *wanted, size_t which)
{
	uint64_t index = place_of_phase(plan, n_examples, PHASE_UPDATE);
	for (size_t b = 0; b < plan->n_blocks; b++) {
		const struct plan_block *block = &plan->blocks[b];
		for (size_t c = 0; c < block->n_columns; c++) {
			const struct plan_column *column = &plan->columns[block->first + c];
			if (wanted ? column->kind == wanted->kind && column->index == wanted->index
				   : block->scope == STAGE_PARAM)
				return index + (uint64_t)which * block->n_columns + c;
		}
		index += (uint64_t)plan_block_size(plan, block) * block->n_columns;
	}
	return UINT64_MAX;
}

uint64_t place_of_weight(const struct plan *plan, size_t n_examples, size_t k)
{
	return find_column(plan, n_examples, NULL, k);
}

uint64_t place_of_slot(const struct plan *plan, size_t n_examples, size_t slot, size_t k)
{
	return find_column(plan, n_examples, &(struct plan_column){PLAN_SLOT, slot}, k);
}

uint64_t place_of_rule(const struct plan *plan, size_t n_examples, size_t k)
{
	return find_column(plan, n_examples, &(struct plan_column){PLAN_VALUE, 0}, k);
}

uint64_t place_of_stage(const struct plan *plan, size_t n_examples, size_t entry, size_t which)
{
	for (size_t k = 0; k < plan->n_loss_stages; k++)
		if (plan->loss_stages[k] == entry)
			return place_of_phase(plan, n_examples, PHASE_BACKWARD) -
			       plan->n_loss_stages + k;
	return find_column(plan, n_examples, &(struct plan_column){PLAN_STAGE, entry}, which);
}

uint64_t place_of_new(const struct plan *plan, size_t n_examples, size_t k)
{
	size_t last = stage_list_last(&plan->stages, STAGE_VALUE);
	return last == SIZE_MAX ? place_of_rule(plan, n_examples, k)
				: place_of_stage(plan, n_examples, last, k);
}

uint64_t place_of_carry(const struct plan *plan, size_t n_examples, const struct node *node,
			size_t row)
{
	return plan_steps(plan, n_examples) - 1 - plan_carry_steps(plan) +
	       (uint64_t)(node->state - plan->model->graph.state) + row;
}
