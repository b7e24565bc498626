/* SPDX-License-Identifier: GPL-3.0-or-later */
/* passes.c -- the forward and the backward pass, of a graph and of the model around it.
 *
 * Whoever wants to know what a pass computes reads the ..._as_written functions: they are all of
 * it, and the test of sameness holds the plan of fast/ to their bits. */
#include "passes.h"

#include <math.h>

#include "fast/plan.h"
#include "numbers.h"
#include "paths.h"

#include "backstep/base/contract.h"
#include "backstep/base/work.h"

/* The places of theta that a node of gathered parameters looks at. */
static void gather_params(const struct graph *graph, struct node *node)
{
	for (size_t e = 0; e < node->rows * node->cols; e++)
		node->value[e] = graph->theta[node->ids[e]];
}

static void scatter_gradient(const struct graph *graph, const struct node *node)
{
	for (size_t e = 0; e < node->rows * node->cols; e++)
		graph->grad[node->ids[e]] += node->grad[e];
}

static bool is_gathered(const struct node *node)
{
	return node->kind == NODE_PARAM && node->ids;
}

/* Between two ops of a pass that takes long: whether to go on, if that is asked. */
static enum status between_ops(const struct graph *graph, bool asks, struct error *err)
{
	return asks && graph->is_long ? work_ask(err) : STATUS_OK;
}

SELDOM enum status forward_as_written(struct graph *graph, bool asks, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (is_gathered(node))
			gather_params(graph, node);
		else if (node->op)
			node->op->forward(node);
		status = between_ops(graph, asks, err);
	}
	return status;
}

/* The gradient of what an op reads: nothing has been added to it yet. */
static void start_gradient(const struct graph *graph, struct node *node)
{
	numbers_fill(node->rows * node->stride, -0.0, node->grad);
	for (size_t e = 0; is_gathered(node) && e < node->rows * node->cols; e++)
		graph->grad[node->ids[e]] = -0.0;
}

static void start_gradients(const struct graph *graph, const struct node *root)
{
	numbers_fill(graph->n_params, 0.0, graph->grad);
	for (size_t k = 0; k < graph->n_nodes; k++) {
		struct node *node = graph->nodes[k];
		if (node->kind != NODE_VIEW && !node_is_in_theta(node))
			numbers_fill(node->rows * node->stride, 0.0, node->grad);
	}
	for (size_t k = 0; k <= root->index; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++)
			start_gradient(graph, node->inputs[slot]);
	}
}

SELDOM enum status backward_as_written(struct graph *graph, struct node *root, double scale,
				       bool asks, struct error *err)
{
	enum status status = STATUS_OK;
	start_gradients(graph, root);
	for (size_t row = 0; row < root->rows; row++)
		numbers_fill(root->cols, scale, root->grad + row * root->stride);
	for (size_t k = root->index + 1; !status && k-- > 0;) {
		if (graph->nodes[k]->op)
			graph->nodes[k]->op->backward(graph->nodes[k]);
		status = between_ops(graph, asks, err);
	}
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (is_gathered(graph->nodes[k]))
			scatter_gradient(graph, graph->nodes[k]);
	return status;
}

static bool rows_are_finite(const struct node *node, const double *numbers)
{
	for (size_t row = 0; row < node->rows; row++)
		if (!numbers_are_finite(node->cols, numbers + row * node->stride))
			return false;
	return true;
}

SELDOM bool is_finite_as_written(const struct graph *graph)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		bool has_grad = graph->scope == GRAPH_ALL || !node_is_given(node);
		if (node_is_in_theta(node) || node->kind == NODE_VIEW)
			continue;
		if (!rows_are_finite(node, node->value) ||
		    (has_grad && !rows_are_finite(node, node->grad)))
			return false;
	}
	return true;
}

/* Makes calls of the plan; where somebody waits, if possible some examples at a time. */
static enum status run_calls(struct graph *graph, const struct fast_call *first,
			     const struct fast_call *end, bool asks, struct error *err)
{
	if (asks && graph->is_long)
		return graph->fast->run_portions(graph, first, end, err);
	fast_run_calls(first, end);
	return STATUS_OK;
}

static enum status forward(struct graph *graph, bool asks, struct error *err)
{
	struct fast_plan *plan = graph->fast;
	if (!plan)
		return forward_as_written(graph, asks, err);
	plan->sum = plan->block ? NAN : 0.0; /* what is watched is watched block by block */
	return run_calls(graph, plan->forward, plan->backward, asks, err);
}

void graph_forward(struct graph *graph)
{
	forward(graph, false, NULL);
}

static bool is_planned(const struct fast_plan *plan, const struct node *root, double scale,
		       enum graph_scope scope)
{
	return plan->root == root && plan->scope == scope && plan->scale == scale;
}

static enum status backward(struct graph *graph, struct node *root, double scale,
			    enum graph_scope scope, bool asks, struct error *err)
{
	const struct fast_plan *plan = graph->fast;
	graph->scope = scope;
	if (!plan)
		return backward_as_written(graph, root, scale, asks, err);
	if (!is_planned(plan, root, scale, scope))
		plan->plan_backward(graph, root, scale);
	return run_calls(graph, plan->backward, plan->end, asks, err);
}

void graph_backward(struct graph *graph, struct node *root, double scale, enum graph_scope scope)
{
	CONTRACT(root->op && root->graph == graph);
	backward(graph, root, scale, scope, false, NULL);
}

/* The quick look says no where numbers are, or where finite ones have an infinite sum. */
bool graph_is_finite(const struct graph *graph)
{
	const struct fast_plan *plan = graph->fast;
	return (plan && plan->sum - plan->sum == 0.0 &&
		fast_are_finite(plan->watched, plan->n_watched)) ||
	       is_finite_as_written(graph);
}

bool model_is_finite(const struct model *model)
{
	return isfinite(model->loss) && graph_is_finite(&model->graph);
}

/* What the losses of the examples come to. */
INLINE void add_losses(struct model *model)
{
	const size_t n = model->total->cols;
	double sum = numbers_sum(n, model->total->value);
	model->loss = model->over == REDUCE_MEAN && n > 1 ? sum / (double)n : sum;
}

static enum status forward_model(struct model *model, bool asks, struct error *err)
{
	enum status status = forward(&model->graph, asks, err);
	if (!status)
		add_losses(model);
	return status;
}

void model_forward(struct model *model)
{
	forward_model(model, false, NULL);
}

enum status model_try_forward(struct model *model, struct error *err)
{
	return forward_model(model, true, err);
}

/* Whether the gradient is that of a mean: in a coupled graph no example has one of its own, so the
 * mean's is computed at once, and else the sum's is divided. */
static bool is_mean(const struct model *model)
{
	return model->total->cols > 1 && model->over == REDUCE_MEAN;
}

static double scale_of(const struct model *model)
{
	return model->graph.is_coupled && is_mean(model) ? 1.0 / (double)model->total->cols : 1.0;
}

INLINE void average(const struct model *model)
{
	const struct graph *graph = &model->graph;
	if (is_mean(model) && !graph->is_coupled)
		numbers_divide(graph->n_params, (double)model->total->cols, graph->grad);
}

static enum status backward_model(struct model *model, enum graph_scope scope, bool asks,
				  struct error *err)
{
	CONTRACT(model->total);
	enum status status =
	    backward(&model->graph, model->total, scale_of(model), scope, asks, err);
	if (!status)
		average(model);
	return status;
}

void model_backward(struct model *model, enum graph_scope scope)
{
	backward_model(model, scope, false, NULL);
}

enum status model_try_backward(struct model *model, enum graph_scope scope, struct error *err)
{
	return backward_model(model, scope, true, err);
}

SELDOM enum status pass_after_pass(struct model *model, enum graph_scope scope, bool asks,
				   struct error *err)
{
	enum status status = forward_model(model, asks, err);
	return status ? status : backward_model(model, scope, asks, err);
}

enum status model_pass(struct model *model, enum graph_scope scope, bool asks, struct error *err)
{
	struct graph *graph = &model->graph;
	struct fast_plan *plan = graph->fast;
	enum status status = STATUS_OK;
	if (!plan)
		return pass_after_pass(model, scope, asks, err);
	graph->scope = scope;
	if (!is_planned(plan, model->total, scale_of(model), scope))
		plan->plan_backward(graph, model->total, scale_of(model));
	plan->sum = 0.0;
	if (plan->block)
		status = plan->run_blocks(graph, asks, err);
	else if (graph->is_long)
		status = run_calls(graph, plan->both, plan->both_end, asks, err);
	else
		fast_run_calls(plan->both, plan->both_end);
	if (status)
		return status;
	add_losses(model);
	average(model);
	return STATUS_OK;
}
