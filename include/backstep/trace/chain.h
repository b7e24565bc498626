/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.h -- the chains of factors from the loss to a parameter.
 *
 * Path number q of a parameter is found from counts of the paths below each unit, in the order in
 * which the formulas read: all paths of E1 before those of E2. No list of paths is made. */
#ifndef BACKSTEP_TRACE_CHAIN_H
#define BACKSTEP_TRACE_CHAIN_H

#include "backstep/formula/formula.h"
#include "backstep/trace/plan.h"

/* One factor: d node->value[i] / d node->inputs[slot]->value[j]. */
struct link {
	const struct node *node;
	size_t i, slot, j;
};

static inline bool link_is_same(const struct link *a, const struct link *b)
{
	return a->node == b->node && a->i == b->i && a->slot == b->slot && a->j == b->j;
}

/* The factors of one path: first the loss's, last the parameter's. The links lie in the arena that
 * chain_make was given. */
struct chain {
	size_t n_links;
	struct link *links;
};

/* The chain of path (from 0) of parameter order[k] in example (column) n. Returns false on lack of
 * memory. */
bool chain_make(const struct plan *plan, size_t k, size_t n, uint64_t path, struct arena *arena,
		struct chain *chain);

/* The local partial: what the factor's number is. */
static inline double link_value(const struct link *link)
{
	return link->node->op->partial(link->node, link->i, link->slot, link->j);
}
/* The product of the first n factors: its number, and as a formula (NULL on lack of memory). */
double chain_value(const struct chain *chain, size_t n);
struct formula *chain_product(const struct chain *chain, size_t n, struct arena *arena);

#endif
