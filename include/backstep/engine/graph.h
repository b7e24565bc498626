/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.h -- the computational graph: nodes in topological order.
 *
 * A data node is a matrix [units][examples], or [units][1] where it is about the whole batch; such
 * a node makes the graph coupled: an example's loss then depends on the other examples too. A
 * parameter node is a matrix [rows][cols] whose elements are places of the model's flat theta. A
 * view is some rows of another data node; a constant is data with one row that is the same number
 * in every example. Nodes know numbers, and the names that steps will call them by; they know
 * nothing of steps. */
#ifndef BACKSTEP_ENGINE_GRAPH_H
#define BACKSTEP_ENGINE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backstep/base/arena.h"
#include "backstep/base/label.h"
#include "backstep/engine/op.h"

/* A mask is data that the op which reads it draws anew for every update. */
enum node_kind {
	NODE_INPUT,
	NODE_TARGET,
	NODE_PARAM,
	NODE_OP,
	NODE_MASK,
	NODE_VIEW,
	NODE_CONSTANT,
};
/* Whether a forward pass is one of training, or one of a network that is only used: then dropout
 * is off, and what a batch would be normalised by are the running statistics. */
enum graph_mode { GRAPH_TRAIN, GRAPH_EVALUATE };
enum { LABEL_TEXT = 64 };

/* What one row of a node is made by, where each row has an op of its own (op_per_unit.c). */
struct op_part {
	const struct op *op; /* elementwise, with value and slope */
	double attributes[OP_MAX_ATTRIBUTES];
};

/* Owns: nothing; all of it lies in the model's arena. */
struct node {
	enum node_kind kind;
	const struct graph *graph;
	const struct op *op; /* NODE_OP */
	struct node *inputs[OP_MAX_SLOTS];
	double attributes[OP_MAX_ATTRIBUTES]; /* of the op, in the order of its row */
	const struct op_part *parts;          /* [rows] of a per-unit op; else NULL */
	size_t index;                         /* position in graph->nodes */
	size_t layer;           /* 0 for the data, then the layer's number; the loss comes last */
	size_t rows, cols;      /* data: units x examples of the current batch; else the matrix */
	size_t stride;          /* elements from one row to the next */
	double *value, *grad;   /* [rows * stride] */
	bool per_batch;         /* one column, about all examples of the batch together */
	double *state;          /* [rows] of an op that carries numbers; else NULL */
	const size_t *examples; /* coupled graphs: the data's row of each column; else NULL */
	uint64_t seed;          /* NODE_MASK: its stream of random numbers */
	const double *given;    /* NODE_MASK: [rows] in every update, instead of drawn; or NULL */
	const struct label *labels; /* data: [rows], parameter: [rows * cols]; or NULL */
	const char *prefix;         /* names elements that have no label: h -> h3, W1 -> W1[2,13] */
	/* NODE_PARAM: the place in theta of element e is ids ? ids[e] : first + e. */
	size_t first;
	const size_t *ids;
	const struct node *of; /* NODE_VIEW: its rows from first on */
	double constant;       /* NODE_CONSTANT */
};

/* Which gradients a backward pass computes: all, or none of inputs and targets. */
enum graph_scope { GRAPH_ALL, GRAPH_PARAMS };

/* Owns: nothing; all of it lies in arena. */
struct graph {
	struct arena *arena;
	struct node **nodes; /* [n_nodes], every node after its inputs */
	size_t n_nodes, capacity;
	size_t max_examples, stride; /* of data nodes */
	size_t n_examples;           /* in the current batch */
	double *theta, *grad;        /* [n_params]; NULL until graph_allocate */
	size_t n_params;
	enum graph_scope scope; /* of the last backward pass */
	struct fast_plan *fast; /* quicker passes with the same bits, or NULL: ops run as written */
	double *state;          /* [n_state] what the ops carry, node by node */
	size_t n_state;
	bool is_coupled; /* some node is about the whole batch */
	bool is_long;    /* the passes over the current batch ask whether to go on */
	/* For the next forward pass; only training passes may be followed by a backward one. */
	enum graph_mode mode;
	uint64_t update; /* masks are drawn for it, from 0 */
};

/* Starts an empty graph for batches of at most max_examples. */
void graph_init(struct graph *graph, struct arena *arena, size_t max_examples);

/* Adds a node for data. Shapes: [rows][max_examples]. NULL on lack of memory. */
struct node *graph_add_data(struct graph *graph, enum node_kind kind, size_t rows);
/* Adds rows of another data node, from first on, as a node of their own. NULL on lack of memory. */
struct node *graph_add_view(struct graph *graph, const struct node *of, size_t first, size_t rows);
/* Adds a number. NULL on lack of memory. */
struct node *graph_add_constant(struct graph *graph, double value);
/* Adds a matrix of parameters. ids (or NULL: new places, one per element) are places in theta;
 * graph->n_params grows to hold them. */
struct node *graph_add_param(struct graph *graph, size_t rows, size_t cols, const size_t *ids);
/* Adds an op; attributes NULL: the initial ones. Errors: STATUS_BAD_INPUT for shapes that do not
 * fit, STATUS_NO_MEMORY. */
enum status graph_add_op(struct graph *graph, const struct op *op, const double attributes[],
			 struct node *const inputs[], struct node **node, struct error *err);
/* An attribute that changes the node's rows must be set before the node is used.
 * Errors: STATUS_BAD_INPUT for an attribute that the node's op has not, outside its range, or that
 * does not fit the inputs. */
enum status node_set_attribute(struct node *node, const char *name, double value,
			       struct error *err);
/* The place in theta of element e of a parameter node. */
static inline size_t node_param(const struct node *node, size_t e)
{
	return node->ids ? node->ids[e] : node->first + e;
}
/* The first element from *e on of a parameter node that is place param of theta; false: none is, or
 * the node is of another kind. */
bool node_find_param(const struct node *node, size_t param, size_t *e);
/* The row and the column (for data: the example, from 0) of element e. */
static inline size_t node_row(const struct node *node, size_t e)
{
	return e / node->stride;
}
static inline size_t node_col(const struct node *node, size_t e)
{
	return e % node->stride;
}
/* The element of a row in column n; for a node about the whole batch, its only one. */
static inline size_t node_element(const struct node *node, size_t row, size_t n)
{
	return row * node->stride + (node->per_batch ? 0 : n);
}
/* The node as the op that makes element i sees it: itself, or with that row's part for its op. */
struct node node_as_part(const struct node *node, size_t i);
/* An edge: element i of node, an op, reads element j of input, which is its slot. */
struct edge {
	const struct node *node, *input;
	size_t i, slot, j;
	struct range range; /* of the slot */
	size_t n;           /* of it that were taken, j the last */
};
/* The edges out of element i of a node, slot by slot; none where it is no op:
 * for (struct edge edge = edges_of(node, i); edge_next(&edge);) */
static inline struct edge edges_of(const struct node *node, size_t i)
{
	return (struct edge){.node = node, .i = i, .slot = SIZE_MAX};
}
static inline bool edge_next(struct edge *edge)
{
	const struct op *op = edge->node->op;
	while (edge->n == edge->range.count) {
		if (!op || ++edge->slot == op->n_slots)
			return false;
		edge->input = edge->node->inputs[edge->slot];
		edge->range = op->inputs(edge->node, edge->i, edge->slot);
		edge->n = 0;
	}
	edge->j = range_at(edge->range, edge->n++);
	return true;
}
/* The local partial, by element j. */
static inline double edge_partial(const struct edge *edge)
{
	return edge->node->op->partial(edge->node, edge->i, edge->slot, edge->j);
}
/* Whether element i of a node is computed out of element e of another one. */
bool node_reads(const struct node *node, size_t i, const struct node *input, size_t e);
/* The element's ASCII name, into buf. Returns buf. */
const char *node_name(const struct node *node, size_t e, char buf[LABEL_TEXT]);
/* The element's own Unicode symbol, or NULL where it is to be made from the name. */
const char *node_symbol(const struct node *node, size_t e);

#endif
