/* SPDX-License-Identifier: GPL-3.0-or-later */
/* passes.c -- the forward and the backward pass, of a graph and of the model around it.
 *
 * A network of a few units has so little to compute that what surrounds it counts: everything that
 * only some graphs need stands apart from the path that all of them take. */
#include <math.h>
#include <string.h>

#include "backstep/engine/kernels.h"
#include "backstep/engine/model.h"
#include "graph_plan.h"
#include "paths.h"

/* Parameters that do not lie one behind the other in theta. */
SELDOM void gather_params(const struct graph *graph)
{
	for (size_t k = 0; k < graph->n_gathered; k++) {
		struct node *node = graph->gathered[k];
		for (size_t e = 0; e < node->rows * node->cols; e++)
			node->value[e] = graph->theta[node->ids[e]];
	}
}

SELDOM void scatter_gradients(const struct graph *graph)
{
	for (size_t k = 0; k < graph->n_gathered; k++) {
		const struct node *node = graph->gathered[k];
		for (size_t e = 0; e < node->rows * node->cols; e++)
			graph->grad[node->ids[e]] += node->grad[e];
	}
}

/* Gradients to which several ops add. */
SELDOM void clear_gradients(const struct graph *graph)
{
	if (graph->shares_params)
		memset(graph->grad, 0, graph->n_params * sizeof *graph->grad);
	for (size_t k = 0; k < graph->n_zeroed; k++) {
		struct node *node = graph->zeroed[k];
		memset(node->grad, 0, node->rows * node->stride * sizeof *node->grad);
	}
}

static inline void forward(struct graph *graph)
{
	if (graph->n_gathered)
		gather_params(graph);
	graph->doubt = 0.0;
	for (const struct pass_call *call = graph->forward; call->run; call++)
		call->run(call->node);
}

static inline void backward(struct graph *graph, struct node *root, double scale)
{
	if (graph->planned_root != root || graph->planned_scope != graph->scope ||
	    graph->planned_scale != scale)
		graph_plan_backward(graph, root, scale);
	if (graph->shares_params || graph->n_zeroed)
		clear_gradients(graph);
	for (const struct pass_call *call = graph->backward; call->run; call++)
		call->run(call->node);
	if (graph->n_gathered)
		scatter_gradients(graph);
}

void graph_forward(struct graph *graph)
{
	forward(graph);
}

void graph_backward(struct graph *graph, struct node *root)
{
	backward(graph, root, 1.0);
}

void graph_backward_scaled(struct graph *graph, struct node *root, double scale)
{
	backward(graph, root, scale);
}

bool graph_is_finite(const struct graph *graph)
{
	for (size_t k = 0; k < graph->n_watched; k++)
		if (!kernels_all_finite(graph->watched[k].n, graph->watched[k].at))
			return false;
	return graph->doubt == 0.0;
}

bool model_is_finite(const struct model *model)
{
	return isfinite(model->loss) && graph_is_finite(&model->graph);
}

void model_forward(struct model *model)
{
	forward(&model->graph);
	const size_t n = model->total->cols;
	const double *losses = model->total->value;
	double sum = 0.0;
	if (n >= KERNELS_SMALL_SUM)
		sum = kernels_current()->sum(n, losses);
	else
		for (size_t k = 0; k < n; k++)
			sum += losses[k];
	model->loss = model->over == REDUCE_MEAN && n > 1 ? sum / (double)n : sum;
}

/* By a power of 2 the product has the bits of the quotient, in a tenth of the time. */
static void average_gradient(const struct graph *graph, size_t n)
{
	double *grad = graph->grad, *end = grad + graph->n_params;
	const double share = 1.0 / (double)n;
	if ((n & (n - 1)) == 0)
		for (; grad != end; grad++)
			*grad *= share;
	else
		for (; grad != end; grad++)
			*grad /= (double)n;
}

/* Of several examples' mean loss. In a coupled graph no example has a gradient of its own. */
static void backward_mean(struct model *model)
{
	struct graph *graph = &model->graph;
	const size_t n = model->total->cols;
	graph_backward_scaled(graph, model->total, graph->is_coupled ? 1.0 / (double)n : 1.0);
	if (!graph->is_coupled)
		average_gradient(graph, n);
}

void model_backward(struct model *model)
{
	if (model->total->cols > 1 && model->over == REDUCE_MEAN)
		backward_mean(model);
	else
		backward(&model->graph, model->total, 1.0);
}
