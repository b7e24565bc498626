/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c -- counting paths: one sweep over the graph from the loss down for paths, one from the
 * data up for the first parameter below each unit. Counts saturate instead of wrapping. */
#include "backstep/trace/plan.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "paths.h"
#include "walk_private.h"

const char *const chain_words[] = {
    [CHAIN_AUTO] = "auto", [CHAIN_PATHS] = "paths", [CHAIN_DELTAS] = "deltas", NULL};

static uint64_t add_counts(uint64_t a, uint64_t b)
{
	uint64_t sum;
	return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

/* The element of row whose inputs stand for those of the same row in every example. */
static size_t first_element(const struct node *node, size_t row)
{
	return row * node->stride;
}

/* counts: paths and factors from the loss to each row, then to each parameter. */
enum { ROW_PATHS, ROW_FACTORS, PARAM_PATHS, PARAM_FACTORS };

/* Hands the counts of a node's rows down to what they read. */
static void count_paths(const struct plan *plan, const struct node *node, uint64_t *const counts[])
{
	for (size_t row = 0; row < node->rows; row++) {
		size_t from = plan->offset[node->index] + row;
		uint64_t paths = counts[ROW_PATHS][from], factors = counts[ROW_FACTORS][from];
		struct edge edge = edges_of(node, first_element(node, row));
		while (paths > 0 && edge_next(&edge)) {
			bool is_param = edge.input->kind == NODE_PARAM;
			if (!is_param && !edge.input->op)
				continue;
			size_t to = is_param ? node_param(edge.input, edge.j)
					     : plan_row(plan, edge.input, edge.j);
			uint64_t *to_paths = counts[is_param ? PARAM_PATHS : ROW_PATHS] + to;
			uint64_t *to_factors = counts[is_param ? PARAM_FACTORS : ROW_FACTORS] + to;
			*to_paths = add_counts(*to_paths, paths);
			*to_factors = add_counts(*to_factors, add_counts(factors, paths));
		}
	}
}

/* The first parameter below each row of a node. */
static void find_first_ranks(struct plan *plan, const struct node *node)
{
	for (size_t row = 0; row < node->rows; row++) {
		size_t *here = &plan->first_rank[plan->offset[node->index] + row];
		struct edge edge = edges_of(node, first_element(node, row));
		while (edge_next(&edge)) {
			size_t below = edge.input->kind == NODE_PARAM
					   ? plan->rank[node_param(edge.input, edge.j)]
					   : plan->first_rank[plan_row(plan, edge.input, edge.j)];
			if (below < *here)
				*here = below;
		}
	}
}

/* Numbers the rows of all nodes through and allocates what is counted per row. */
static enum status number_rows(struct plan *plan, size_t *n_rows, struct error *err)
{
	const struct graph *graph = &plan->model->graph;
	plan->offset = ARENA_ARRAY(plan->arena, size_t, graph->n_nodes + 1);
	if (!plan->offset)
		return error_no_memory(err);
	*n_rows = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		plan->offset[k] = *n_rows;
		*n_rows += graph->nodes[k]->rows;
	}
	plan->first_rank = ARENA_ARRAY(plan->arena, size_t, *n_rows);
	plan->counts = paths_new(plan, *n_rows);
	if (!plan->first_rank || !plan->counts)
		return error_no_memory(err);
	memset(plan->first_rank, 0xff, *n_rows * sizeof *plan->first_rank);
	return STATUS_OK;
}

/* The trained parameters, also those that the form of the rule in force leaves as they are: so an
 * update has the same steps in every form, and numbers of steps hold when the form changes. */
static enum status order_params(struct plan *plan, struct error *err)
{
	const struct model *model = plan->model;
	plan->order = model->order;
	plan->rank = ARENA_ARRAY(plan->arena, size_t, model->graph.n_params);
	if (!plan->rank)
		return error_no_memory(err);
	memset(plan->rank, 0xff, model->graph.n_params * sizeof *plan->rank);
	plan->n_order = model->n_order;
	for (size_t k = 0; k < model->n_order; k++)
		plan->rank[model->order[k]] = k;
	return STATUS_OK;
}

/* Counts paths, and the steps of each parameter's. */
static void add_steps(struct plan *plan, uint64_t *const counts[])
{
	const struct model *model = plan->model;
	for (size_t row = 0; row < model->terms->rows; row++) {
		counts[ROW_PATHS][plan->offset[model->terms->index] + row] = 1;
		counts[ROW_FACTORS][plan->offset[model->terms->index] + row] = plan->has_lead;
	}
	for (size_t k = model->graph.n_nodes; k-- > 0;)
		count_paths(plan, model->graph.nodes[k], counts);
	for (size_t k = 0; k < plan->n_order; k++) {
		plan->paths[k] = counts[PARAM_PATHS][plan->order[k]];
		if (plan->paths[k] > plan->max_paths)
			plan->max_paths = plan->paths[k];
		/* each path: its factors and its product; then the gradient */
		uint64_t steps = add_counts(counts[PARAM_FACTORS][plan->order[k]],
					    add_counts(plan->paths[k], 1));
		plan->before[k + 1] = add_counts(plan->before[k], steps);
	}
}

/* Counts along the edges, in arrays that are there for the while. */
static enum status count_steps(struct plan *plan, size_t n_rows, struct error *err)
{
	const struct model *model = plan->model;
	size_t n_params = model->graph.n_params;
	struct arena *arena = arena_new();
	if (!arena)
		return error_no_memory(err);
	uint64_t *counts[] = {
	    [ROW_PATHS] = ARENA_ARRAY(arena, uint64_t, n_rows),
	    [ROW_FACTORS] = ARENA_ARRAY(arena, uint64_t, n_rows),
	    [PARAM_PATHS] = ARENA_ARRAY(arena, uint64_t, n_params),
	    [PARAM_FACTORS] = ARENA_ARRAY(arena, uint64_t, n_params),
	};
	plan->paths = ARENA_ARRAY(plan->arena, uint64_t, plan->n_order);
	plan->before = ARENA_ARRAY(plan->arena, uint64_t, plan->n_order + 1);
	bool is_good = !arena_failed(arena) && plan->paths && plan->before;
	if (is_good)
		add_steps(plan, counts);
	arena_free(arena);
	return is_good ? STATUS_OK : error_no_memory(err);
}

static enum status choose_form(struct plan *plan, enum chain_form form, struct error *err)
{
	if (form == CHAIN_PATHS && plan_is_coupled(plan)) {
		error_set(err, STATUS_BAD_INPUT,
			  _("with batch normalisation every row depends on all the others: paths "
			    "cannot be told apart"));
		error_hint(err, _("use set chain deltas"));
		return STATUS_BAD_INPUT;
	}
	if (form == CHAIN_AUTO && plan_is_coupled(plan))
		form = CHAIN_DELTAS;
	if (form == CHAIN_AUTO)
		form = plan->max_paths > PLAN_PATHS_DEFAULT ? CHAIN_DELTAS : CHAIN_PATHS;
	if (form == CHAIN_PATHS && plan->max_paths > PLAN_PATHS_MAX) {
		error_set(err, STATUS_BAD_INPUT,
			  _("a parameter of this network has more than %d paths to the loss"),
			  PLAN_PATHS_MAX);
		error_hint(err, _("use set chain deltas"));
		return STATUS_BAD_INPUT;
	}
	plan->form = form;
	return STATUS_OK;
}

static enum status list_carriers(struct plan *plan, struct error *err)
{
	const struct graph *graph = &plan->model->graph;
	plan->carriers = ARENA_ARRAY(plan->arena, const struct node *, graph->n_nodes);
	if (!plan->carriers)
		return error_no_memory(err);
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op && graph->nodes[k]->op->carry)
			plan->carriers[plan->n_carriers++] = graph->nodes[k];
	return STATUS_OK;
}

enum status plan_init(struct plan *plan, const struct model *model,
		      const struct optimizer *optimizer, enum chain_form form, struct error *err)
{
	*plan =
	    (struct plan){.arena = arena_new(), .model = model, .n_units = stage_n_units(model)};
	if (!plan->arena)
		return error_no_memory(err);
	plan_set_optimizer(plan, optimizer);
	plan->has_lead = model->total != model->terms && model->total->op != &op_sum;
	size_t n_rows = 0;
	enum status status = number_rows(plan, &n_rows, err);
	if (!status)
		status = order_params(plan, err);
	if (!status)
		status = count_steps(plan, n_rows, err);
	if (!status)
		status = choose_form(plan, form, err);
	if (!status)
		status = list_carriers(plan, err);
	if (status) {
		plan_free(plan);
		return status;
	}
	for (size_t k = 0; k < model->graph.n_nodes; k++)
		find_first_ranks(plan, model->graph.nodes[k]);
	return STATUS_OK;
}

void plan_free(struct plan *plan)
{
	arena_free(plan->arena);
	plan->arena = NULL;
}

static bool same_stages(const struct stage_list *a, const struct stage_list *b)
{
	bool same = a->n == b->n;
	for (size_t k = 0; same && k < a->n; k++)
		same = a->entries[k].row == b->entries[k].row;
	return same;
}

bool plan_set_optimizer(struct plan *plan, const struct optimizer *optimizer)
{
	const struct optimizer_form *rule = optimizer_form(optimizer);
	struct stage_list stages = stages_list(&optimizer->stages);
	if (plan->rule == rule && same_stages(&plan->stages, &stages))
		return false;
	plan->rule = rule;
	plan->has_backward = optimizer->class->signal == NULL;
	plan->stages = stages;
	return true;
}
