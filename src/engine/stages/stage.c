/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.c -- the table of stages, made from stage_list.h, and what is in force of them. */
#include <string.h>

#include "../hyper_private.h"
#include "stage_rows.h"
#include "stage_run.h"

#include "backstep/base/contract.h"

const struct stage_class *const stage_registry[N_STAGES] = {
#define STAGE(name) [STAGE_ID_##name] = &stage_##name,
#include "backstep/engine/stage_list.h"
#undef STAGE
};

void stages_init(struct stages *stages)
{
	*stages = (struct stages){0};
	for (size_t id = 0; id < N_STAGES; id++)
		hypers_start(stage_registry[id]->hypers, stage_registry[id]->n_hypers,
			     stages->rows[id].hypers);
}

bool stages_equal(const struct stages *a, const struct stages *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

bool stage_computes(const char *name)
{
	for (enum stage_id id = 0; id < N_STAGES; id++)
		for (size_t form = 0; form < stage_registry[id]->n_forms; form++)
			for (size_t k = 0; k < stage_registry[id]->forms[form].n_numbers; k++)
				if (strcmp(stage_registry[id]->forms[form].numbers[k].name, name) ==
				    0)
					return true;
	return false;
}

struct stage_list stages_list(const struct stages *stages)
{
	struct stage_list list = {0};
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		const struct stage_form *form = stage_form(stages, id);
		for (size_t k = 0; stages->rows[id].in_force && k < form->n_numbers; k++) {
			const struct stage_number *row = &form->numbers[k];
			list.entries[list.n++] = (struct stage_entry){id, k, row};
			if (row->replaces_subject)
				list.has[row->subject] = true;
		}
	}
	return list;
}

size_t stage_list_before(const struct stage_list *list, size_t entry, enum stage_subject subject)
{
	while (entry-- > 0)
		if (list->entries[entry].row->replaces_subject &&
		    list->entries[entry].row->subject == subject)
			return entry;
	return SIZE_MAX;
}

size_t stage_list_last(const struct stage_list *list, enum stage_subject subject)
{
	return stage_list_before(list, list->n, subject);
}

size_t stage_find_weights(const struct model *model, const bool *trained,
			  struct trainer_range *weights)
{
	size_t n = 0;
	bool before = false;
	for (size_t p = 0; p < model->graph.n_params; p++) {
		bool is_weight = trained[p] && model->is_weight[p];
		if (is_weight && !before)
			weights[n++].lo = p;
		if (is_weight)
			weights[n - 1].hi = p + 1;
		before = is_weight;
	}
	return n;
}

double stages_penalty(const struct stages *stages, const struct model *model,
		      const struct trainer_range *weights, size_t n_weights)
{
	double sum = 0.0;
	for (enum stage_id id = 0; id < N_STAGES; id++)
		if (stages->rows[id].in_force && stage_registry[id]->penalty)
			sum += stage_registry[id]->penalty(&stages->rows[id], model->graph.theta,
							   weights, n_weights);
	return sum;
}

bool stages_have_kink(const struct stages *stages, double w, double h)
{
	for (enum stage_id id = 0; id < N_STAGES; id++)
		if (stages->rows[id].in_force && stage_registry[id]->has_kink &&
		    stage_registry[id]->has_kink(w, h))
			return true;
	return false;
}

/* The weights by which node adds up what comes in; NULL where it has none. In a graph they are the
 * rows of a matrix of parameters. */
static const struct node *weights_of(const struct node *node, size_t *slot)
{
	bool is_sum = node->op && (node->op->family == OP_LINEAR || node->op == &op_matmul);
	for (*slot = 0; is_sum && *slot < node->op->n_slots; ++*slot)
		if (strcmp(node->op->slots[*slot].name, "w") == 0 &&
		    node->inputs[*slot]->kind == NODE_PARAM)
			return node->inputs[*slot];
	return NULL;
}

/* The unit in row of node. */
static struct stage_unit unit_at(const struct node *node, size_t row)
{
	size_t slot;
	struct stage_unit unit = {.node = node, .row = row, .weights = weights_of(node, &slot)};
	unit.range = node->op->inputs(node, row * node->stride, slot);
	return unit;
}

bool stage_unit_next(const struct model *model, struct stage_unit *unit)
{
	const struct graph *graph = &model->graph;
	size_t slot;
	if (unit->node && unit->row + 1 < unit->node->rows) {
		*unit = unit_at(unit->node, unit->row + 1);
		return true;
	}
	for (size_t k = unit->node ? unit->node->index + 1 : 0; k < graph->n_nodes; k++) {
		if (!weights_of(graph->nodes[k], &slot))
			continue;
		*unit = unit_at(graph->nodes[k], 0);
		return true;
	}
	return false;
}

size_t stage_n_units(const struct model *model)
{
	const struct graph *graph = &model->graph;
	size_t n = 0, slot;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n += weights_of(graph->nodes[k], &slot) ? graph->nodes[k]->rows : 0;
	return n;
}

struct stage_unit stage_unit(const struct model *model, size_t number)
{
	CONTRACT(number < stage_n_units(model));
	struct stage_unit unit = {0};
	for (size_t u = 0; u <= number; u++)
		stage_unit_next(model, &unit);
	return unit;
}

size_t stage_unit_of(const struct model *model, size_t param, const double *norms)
{
	struct stage_unit unit = {0};
	size_t found = SIZE_MAX;
	for (size_t u = 0; stage_unit_next(model, &unit); u++)
		for (size_t q = 0; q < unit.range.count; q++) {
			size_t e = range_at(unit.range, q);
			if (node_param(unit.weights, e) == param &&
			    (found == SIZE_MAX || norms[u] > norms[found]))
				found = u;
		}
	return found;
}
