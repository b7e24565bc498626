/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.h -- counts of the paths from each unit down to a parameter, and what follows from them:
 * which path a step is on, and where a path begins. Private to trace/.
 *
 * Counts are made for one parameter at a time and kept until another one is asked for, and so is
 * the last chain: asking for two in turn costs time, and gives the same. */
#ifndef BACKSTEP_TRACE_PATHS_H
#define BACKSTEP_TRACE_PATHS_H

#include "backstep/trace/chain.h"

/* Paths, and the factors of all of them together. */
struct path_count {
	uint64_t paths, factors;
};

/* Lies in the plan's arena. */
struct path_counts {
	size_t k;                 /* the parameter order[k] that they are for; SIZE_MAX: none */
	struct path_count *below; /* [rows] from the row down to the parameter */
	bool *reaches;            /* [n_nodes] whether any row of the node has such a path */
	/* The chain found last: of this path of that parameter in this example; it has this many
	 * steps before it. Its links have room for the longest. n_links 0: none. */
	struct chain chain;
	size_t example;
	uint64_t path, steps;
};

/* NULL on lack of memory. */
struct path_counts *paths_new(const struct plan *plan, size_t n_rows);

/* Paths from the row of element e down to parameter order[k]. */
uint64_t paths_below(const struct plan *plan, size_t k, const struct node *node, size_t e);

/* A step among those of all paths of a parameter in example n: each path's factors, then its
 * product. */
struct path_step {
	uint64_t path;
	size_t factor, n_factors; /* equal: the product */
};
struct path_step paths_step(const struct plan *plan, size_t k, size_t n, uint64_t r);
/* Steps of the paths before path. */
uint64_t paths_before(const struct plan *plan, size_t k, size_t n, uint64_t path);

/* What chain_make copies: valid until another chain is asked for. */
const struct chain *paths_chain(const struct plan *plan, size_t k, size_t n, uint64_t path);

/* Whether link, of a path of order[k] in example n, stood in an earlier chain of this update: of an
 * earlier parameter, or of an earlier path of the same one. */
bool paths_had_link(const struct plan *plan, size_t k, size_t n, uint64_t path,
		    const struct link *link);

#endif
