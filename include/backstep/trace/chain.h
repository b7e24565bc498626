/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.h -- the chains of factors from the loss to a parameter.
 *
 * Path number q of a parameter is found from counts of the paths below each unit, in the order in
 * which the formulas read: all paths of E1 before those of E2. No list of paths is made. */
#ifndef BACKSTEP_TRACE_CHAIN_H
#define BACKSTEP_TRACE_CHAIN_H

#include "backstep/trace/plan.h"

/* One factor: d node->value[i] / d node->inputs[slot]->value[j]. */
struct link {
	const struct node *node;
	size_t i, slot, j;
};

/* Finds the chains of one parameter after another. Owns: its arrays. */
struct chain_finder {
	const struct plan *plan;
	size_t k;           /* the parameter order[k] that below is for; SIZE_MAX: none */
	uint64_t *below;    /* [rows] paths from the row down to the parameter */
	bool *reaches;      /* [n_nodes] whether any row of the node has such a path */
	struct link *links; /* [n_nodes + 1] the chain found last */
	size_t n_links;
};

/* Errors: STATUS_NO_MEMORY. */
enum status chain_finder_init(struct chain_finder *finder, const struct plan *plan,
			      struct error *err);
void chain_finder_free(struct chain_finder *finder);

/* Makes links the chain of path (from 0) of parameter order[k] in example (column) n: first the
 * factor of the loss, last the parameter's. */
void chain_find(struct chain_finder *finder, size_t k, size_t n, uint64_t path);

/* Whether link number f of that chain stood in an earlier chain of this update: of an earlier
 * parameter, or of an earlier path of the same one. Leaves the same chain found. */
bool chain_is_reused(struct chain_finder *finder, size_t k, size_t n, uint64_t path, size_t f);

/* The local partial: what the factor's number is. */
static inline double link_value(const struct link *link)
{
	return link->node->op->partial(link->node, link->i, link->slot, link->j);
}

#endif
