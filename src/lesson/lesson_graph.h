/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_graph.h -- from the expressions of a graph to its gates, and from gates to nodes. Private
 * to lesson/.
 *
 * While a graph is read its gates are put into a graph of the engine that never gets numbers: the
 * ops themselves say which shapes fit. lesson_build makes the real one out of the same gates. */
#ifndef BACKSTEP_LESSON_LESSON_GRAPH_H
#define BACKSTEP_LESSON_LESSON_GRAPH_H

#include "backstep/engine/model.h"
#include "lesson_resolve.h"

/* The nodes made so far: of each input, parameter and gate. */
struct graph_nodes {
	struct graph *graph;
	struct node **inputs, **params, **gates;
};

/* Makes the nodes of the leaves; input holds all inputs. false on lack of memory. */
bool graph_nodes_init(struct graph_nodes *nodes, struct graph *graph, const struct node *input,
		      const struct lesson_graph *lesson);
/* Makes the node of gate number k. Errors: STATUS_BAD_INPUT for shapes that do not fit. */
enum status graph_nodes_add(struct graph_nodes *nodes, const struct lesson_graph *lesson, size_t k,
			    struct error *err);

/* The op of a gate called name, or NULL. */
const struct op *graph_op_find(const char *name);
/* Function i of expressions is this op; NULL behind the last. */
const struct op *graph_op_at(size_t i);

/* What a name in an expression means. */
struct graph_thing {
	struct source_text name;
	struct lesson_argument is;
	bool is_matrix, is_broken; /* broken: its expression has errors, which were reported */
	bool used;
};

/* A graph being read. */
struct graph_reader {
	struct resolver *resolver;
	struct lesson_graph *graph;
	struct graph scratch;
	struct graph_nodes nodes;
	struct graph_thing *things; /* [n_things] in the order of the file */
	size_t n_things;
	const char **functions; /* the names of functions, then NULL */
	/* The expression at hand, what its formula lies in, the last name that means nothing. */
	const struct draft_expression *expression;
	struct arena *formulas;
	const char *unknown;
	size_t n_made; /* names made for gates that the lesson does not name */
};

/* The thing called name, or NULL. */
struct graph_thing *graph_thing_find(const struct graph_reader *reader, const char *name);
/* Reads an expression and adds its gates, the last of them named as the expression is. Returns
 * false, reported, where it cannot be used. */
bool graph_read_expression(struct graph_reader *reader, const struct draft_expression *expression);
/* Names of an array's elements: base alone, base1 ..., or base11 ... NULL: no memory. */
struct lesson_name *graph_element_names(struct graph_reader *reader, struct source_text base,
					size_t rows, size_t cols, size_t first_param);

#endif
