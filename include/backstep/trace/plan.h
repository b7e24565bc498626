/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h -- what a network and an optimizer make of an update, whatever the number of examples:
 * the parameters in their order, how many paths lead to each, the stages in force. Structure only,
 * no numbers. Counts are per unit, not per example, because every example has the same structure.
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
/* What lessons and `set chain` call them. NULL at the end. */
extern const char *const chain_words[];

enum {
	PLAN_PATHS_DEFAULT = 64, /* CHAIN_AUTO takes deltas beyond this many paths */
	PLAN_PATHS_MAX = 100000, /* CHAIN_PATHS is refused beyond this many */
};

/* Owns: its arena, in which its arrays lie. Rows of all nodes are numbered through:
 * offset[node->index] + row. */
struct plan {
	struct arena *arena;
	const struct model *model;
	enum chain_form form;              /* never CHAIN_AUTO */
	const struct optimizer_form *rule; /* how parameters are updated */
	struct stage_list stages;          /* in force */
	size_t n_units;                    /* that have weights */
	bool has_backward;                 /* false where the rule learns from the error */
	bool has_lead;                /* dE/dE1 is not 1: it is the first factor of each path */
	const struct node **carriers; /* nodes that carry numbers from update to update */
	size_t n_carriers;
	size_t *offset;      /* [n_nodes] */
	size_t *first_rank;  /* [rows] place in order of the first parameter below the row */
	const size_t *order; /* [n_order] walked parameters; the model's */
	size_t n_order;
	size_t *rank;     /* [n_params] place in order, SIZE_MAX where it is not walked */
	uint64_t *paths;  /* [n_order] paths from an example's loss terms to the parameter */
	uint64_t *before; /* [n_order + 1] steps of an example before it, along paths */
	uint64_t max_paths;
	struct path_counts *counts; /* a cache: it costs time, never a result */
};

/* Errors: STATUS_NO_MEMORY; STATUS_BAD_INPUT for CHAIN_PATHS with too many paths. */
enum status plan_init(struct plan *plan, const struct model *model,
		      const struct optimizer *optimizer, enum chain_form form, struct error *err);
void plan_free(struct plan *plan);
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
