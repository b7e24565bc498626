/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h -- what the walk through one update consists of: structure only, no numbers.
 *
 * The plan counts steps, it never lists them: from the counts, step k of an update is found
 * directly (place.h), so a jump costs the same in every network. Counts are per unit, not per
 * example, because every example has the same structure.
 *
 * In a coupled graph (graph.h: batch normalisation) an example has no loss of its own. Its walk has
 * the form of deltas only, and they are those of the batch's loss J: first dJ/dE of every example,
 * then of every unit the sum over all that it feeds, in whichever example. The gradient of a
 * parameter is one step, the sum over all rows. What is about the whole batch is one step too. */
#ifndef BACKSTEP_TRACE_PLAN_H
#define BACKSTEP_TRACE_PLAN_H

#include <stdint.h>

#include "backstep/engine/optimizer.h"

/* How a gradient is taken apart: along each path from the loss, or by the delta of each unit. */
enum chain_form { CHAIN_AUTO, CHAIN_PATHS, CHAIN_DELTAS };

enum {
	PLAN_PATHS_DEFAULT = 64, /* CHAIN_AUTO takes deltas beyond this many paths */
	PLAN_PATHS_MAX = 100000, /* CHAIN_PATHS is refused beyond this many */
};

/* Nodes that are walked together: with one example, unit by unit (its sum, then its activation);
 * with a batch, node by node, as the matrices of the batch are computed. */
struct plan_group {
	const struct node *const *nodes;
	size_t n_nodes, rows;
	bool is_once; /* about the whole batch: not once for each example */
};

/* Rows of nodes: of those that each example has, and of those about the whole batch. */
struct plan_rows {
	size_t each, once;
};

/* A number that the update phase computes: of a stage, a slot of the rule, the rule's new value. */
enum plan_column_kind { PLAN_STAGE, PLAN_SLOT, PLAN_VALUE };
struct plan_column {
	enum plan_column_kind kind;
	size_t index; /* PLAN_STAGE: entry of stages; PLAN_SLOT: the slot */
};

/* Columns that are walked together: for one parameter (or unit) after another all of them. */
struct plan_block {
	enum stage_scope scope;
	size_t first, n_columns;
};
enum { PLAN_MAX_COLUMNS = STAGE_MAX_ENTRIES + OPTIMIZER_MAX_SLOTS + 1 };

/* Owns: its arena, in which its arrays lie. Rows of all nodes are numbered through:
 * offset[node->index] + row. */
struct plan {
	struct arena *arena;
	const struct model *model;
	enum chain_form form;                  /* never CHAIN_AUTO */
	const struct optimizer_form *rule;     /* how parameters are updated */
	struct stage_list stages;              /* in force */
	size_t loss_stages[STAGE_MAX_ENTRIES]; /* those of their entries that the loss phase has */
	size_t n_loss_stages;
	size_t n_units;                               /* that have weights */
	struct plan_column columns[PLAN_MAX_COLUMNS]; /* of the update phase */
	struct plan_block blocks[PLAN_MAX_COLUMNS];
	size_t n_blocks;
	bool has_backward; /* false where the rule learns from the error */
	bool has_lead;     /* dE/dE1 is not 1: it is the first factor of each path */
	struct plan_group *forward, *loss;
	size_t n_forward, n_loss;
	struct plan_rows forward_rows; /* values to compute */
	size_t loss_rows;              /* per example */
	const struct node **deltas;    /* nodes whose deltas are walked, last first */
	size_t n_deltas;
	struct plan_rows delta_rows;
	const struct node **carriers; /* nodes that carry numbers from update to update */
	size_t n_carriers;
	size_t *offset;     /* [n_nodes] */
	size_t *first_rank; /* [rows] place in order of the first parameter below the row */
	size_t *order;      /* [n_order] walked parameters */
	size_t n_order;
	size_t *rank;     /* [n_params] place in order, SIZE_MAX where it is not walked */
	uint64_t *paths;  /* [n_order] paths from an example's loss terms to the parameter */
	uint64_t *before; /* [n_order + 1] backward steps of one example before it */
	uint64_t max_paths;
	struct path_counts
	    *counts; /* of the parameter asked about last: costs time, never a result */
};

/* Errors: STATUS_NO_MEMORY; STATUS_BAD_INPUT for CHAIN_PATHS with too many paths. */
enum status plan_init(struct plan *plan, const struct model *model,
		      const struct optimizer *optimizer, enum chain_form form, struct error *err);
void plan_free(struct plan *plan);
/* Another optimizer for the same network: only the steps of its own change. */
void plan_set_optimizer(struct plan *plan, const struct optimizer *optimizer);

/* Steps in the forward phase before the first value: the points ahead of a rule that has them. */
uint64_t plan_ahead_steps(const struct plan *plan);
/* Parameters, units, or 1: what a block is walked for. */
size_t plan_block_size(const struct plan *plan, const struct plan_block *block);
/* Steps of each phase of an update with n_examples. */
uint64_t plan_forward_steps(const struct plan *plan, size_t n_examples);
uint64_t plan_loss_steps(const struct plan *plan, size_t n_examples);
uint64_t plan_backward_steps(const struct plan *plan, size_t n_examples);
uint64_t plan_update_steps(const struct plan *plan);
uint64_t plan_steps(const struct plan *plan, size_t n_examples);

/* Steps of the update phase behind all parameters: what the graph's ops carry on. */
size_t plan_carry_steps(const struct plan *plan);
/* Steps of a group. */
uint64_t plan_group_steps(const struct plan_group *group, size_t n_examples);

/* Backward steps before parameter order[k] (after the deltas). */
uint64_t plan_steps_before(const struct plan *plan, size_t k, size_t n_examples);

/* Whether examples depend on one another. */
static inline bool plan_is_coupled(const struct plan *plan)
{
	return plan->model->graph.is_coupled;
}

static inline size_t plan_row(const struct plan *plan, const struct node *node, size_t e)
{
	return plan->offset[node->index] + node_row(node, e);
}

#endif
