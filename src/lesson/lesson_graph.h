/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_graph.h -- from the expressions of a graph to its gates. Private to lesson/.
 *
 * While a graph is read its gates are put into a graph of the engine that never gets numbers: the
 * ops themselves say which shapes fit. */
#ifndef BACKSTEP_LESSON_LESSON_GRAPH_H
#define BACKSTEP_LESSON_LESSON_GRAPH_H

#include "backstep/engine/model.h"
#include "backstep/lesson/graph_nodes.h"
#include "lesson_resolve.h"

/* The op of a gate called name, or NULL. */
const struct op *graph_op_find(const char *name);
/* Function i of expressions is this op; NULL after the last. */
const struct op *graph_op_at(size_t i);

/* Function i that is written with several ops, and what it is; NULL after the last. */
const char *graph_macro_at(size_t i, const char **summary);

/* What a name in an expression means. */
struct graph_thing {
	struct label name;
	struct lesson_argument is;
	size_t element;            /* of what it is, from 1: an output of several; 0: all of it */
	bool is_matrix, is_broken; /* broken: its expression has errors, which were reported */
	bool used;
};

/* A graph being read. */
struct graph_reader {
	struct resolver *resolver;
	struct lesson_graph *graph;
	struct graph scratch;
	struct graph_nodes nodes;
	struct graph_thing *things; /* [n_things] in the order of the file, elements among them */
	size_t n_things;
	const char **functions; /* the names of functions, then NULL */
	/* The expression at hand, what its formula lies in, the last name that means nothing. */
	const struct lesson_expression *expression;
	struct arena *formulas;
	const char *unknown;
	const char *known; /* which names there are, where nothing is near; N_() */
	size_t n_made;     /* names made for gates that the lesson does not name */
};

/* Makes of what is written with [t] one for each step. */
void graph_unroll(struct resolver *r, struct lesson_graph *graph);
/* Whether name [len] is written with [t] in a graph that is not unrolled yet. */
bool graph_recurs(const struct lesson_graph *graph, const char *name, size_t len);
/* Fills in what expressions call functions: with _ where ops have -. false: no memory. */
bool graph_name_functions(struct graph_reader *reader, struct arena *arena);
/* Starts reading expressions into graph. false: no memory. */
bool graph_reader_init(struct graph_reader *reader, struct resolver *r, struct lesson_graph *graph);
/* The thing called name, or NULL. */
struct graph_thing *graph_thing_find(const struct graph_reader *reader, const char *name);
/* The vector or matrix of which name is an element, as p1, p[1] and W[2,3] are, and which: *e, row
 * by row from 0. NULL where there is none. */
struct graph_thing *graph_element_find(const struct graph_reader *reader, const char *name,
				       size_t *e);
/* What is printed for element e of a thing. NULL: no memory. */
const char *graph_element_name(const struct graph_reader *reader, const struct graph_thing *of,
			       size_t e);
/* Gives an element's gate its name for the expressions that follow. */
void graph_add_element(struct graph_reader *reader, const char *name, struct source_mark mark,
		       struct lesson_argument is);
/* Reads an expression and adds its gates, the last of them named as the expression is; where that
 * has no name, the caller gives the gate its names. Returns false, reported, where it cannot be
 * used. */
bool graph_read_expression(struct graph_reader *reader, const struct lesson_expression *expression);
/* Names of an array's elements: base alone, base1 ..., or base11 ... NULL: no memory. first_param:
 * the first one's place in lesson->params, NAME_IS_NO_PARAM, or GRAPH_MADE for a gate that the
 * lesson does not name. */
#define GRAPH_MADE (SIZE_MAX - 2)
struct label *graph_element_names(struct graph_reader *reader, struct label base, size_t rows,
				  size_t cols, size_t first_param);

#endif
