/* SPDX-License-Identifier: GPL-3.0-or-later */
/* passes.h -- numbers for a graph's nodes, and the forward and the backward pass.
 *
 * As they are written, the passes run one op after another as its page (ops/) says. Where
 * graph->fast is set, they go through the plan of fast/ instead, to the same bits.
 *
 * Math: a gradient starts as -0.0, to which the ops add: x + -0.0 is x for every x, so the first
 * that adds sets it. What no op of the pass reads has a gradient of 0. */
#ifndef BACKSTEP_ENGINE_PASSES_H
#define BACKSTEP_ENGINE_PASSES_H

#include "backstep/engine/model.h"

/* Gives every node its numbers, and theta and grad theirs. Call once, after the last node. */
enum status graph_allocate(struct graph *graph, struct error *err);
/* Sets how many examples the data nodes hold (at most max_examples). */
void graph_set_examples(struct graph *graph, size_t n_examples);
/* How many products the forward pass over so many examples is made of. Of more than GRAPH_LONG,
 * some hundredths of a second, somebody waits for it. */
double graph_work(const struct graph *graph, size_t n_examples);
enum { GRAPH_LONG = 1 << 24 };
/* Computes every value from the data nodes and theta. */
void graph_forward(struct graph *graph);
/* Computes the gradients in scope of scale times the sum of the elements of root, an op. Follows a
 * forward pass. */
void graph_backward(struct graph *graph, struct node *root, double scale, enum graph_scope scope);
/* Whether every number of the last two passes is finite, if those in theta and grad are, and the
 * sum of the root's elements is. */
bool graph_is_finite(const struct graph *graph);
/* Writes next [n_state], what the ops carry into the next update. */
void graph_carry(const struct graph *graph, double *next);

/* Shapes: x [n_rows][n_inputs], t [n_rows][n_targets] in rows of the data set; rows [n] says
 * which of them make the batch. */
void model_load(struct model *model, const double *x, const double *t, const size_t *rows,
		size_t n);
/* Forward pass and model->loss. */
void model_forward(struct model *model);
/* The gradients in scope. Node gradients are those of each example's own loss; model->graph.grad is
 * that of model->loss, so for REDUCE_MEAN it is their sum divided by the number of examples.
 * In a coupled graph no example has a loss of its own: node gradients are those of model->loss. */
void model_backward(struct model *model, enum graph_scope scope);
/* Both, to the same bits. In the scope GRAPH_PARAMS a large batch goes through in blocks, after
 * which of the nodes only inputs, targets and losses have the numbers of all examples. Where it is
 * long and asks is true it asks on its way. Errors: STATUS_INTERRUPTED, with numbers of which some
 * are those of before. */
enum status model_pass(struct model *model, enum graph_scope scope, bool asks, struct error *err);
/* One of them, asking. Errors: STATUS_INTERRUPTED, as model_pass. */
enum status model_try_forward(struct model *model, struct error *err);
enum status model_try_backward(struct model *model, enum graph_scope scope, struct error *err);
/* Whether the loss and every number of the last two passes is finite, if those in theta and grad
 * are. */
bool model_is_finite(const struct model *model);

/* Parameters whose places are consecutive look straight into theta; the others are gathered. */
static inline bool node_is_in_theta(const struct node *node)
{
	return node->kind == NODE_PARAM && !node->ids;
}
/* Which smooth piece of its op output i is on (op_cases.side): 1 where there is only one. */
int op_side(const struct node *node, size_t i);
/* Inputs and targets, and views of them: what has no gradient in the scope of parameters. */
static inline bool node_is_given(const struct node *node)
{
	const struct node *of = node->kind == NODE_VIEW ? node->of : node;
	return of->kind == NODE_INPUT || of->kind == NODE_TARGET;
}
/* Whether any value or gradient that element e could have is there. */
static inline bool node_holds(const struct node *node, size_t e)
{
	return node_row(node, e) < node->rows && node_col(node, e) < node->cols;
}
/* Makes a data node one about the whole batch. */
static inline void node_make_per_batch(struct node *node)
{
	node->per_batch = true;
	node->cols = node->stride = 1;
}

#endif
