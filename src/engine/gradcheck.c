/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gradcheck.c -- central differences, with kinks watched. */
#include "backstep/engine/gradcheck.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/engine/trainer.h"

/* The loss whose slope is checked. */
struct penalised {
	struct model *model;
	const struct stages *stages; /* NULL: none */
	struct trainer_range *weights;
	size_t n_weights;
};

/* Calls visit for every element of every op that has kinks, until it returns false. */
static bool visit_sides(const struct graph *graph, int *sides, bool (*visit)(int *kept, int side))
{
	size_t at = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (!node->op || !node->op->side)
			continue;
		for (size_t e = 0; e < node->rows * node->stride; e++)
			if (node_holds(node, e) && !visit(&sides[at++], node->op->side(node, e)))
				return false;
	}
	return true;
}

static bool keep(int *kept, int side)
{
	*kept = side;
	return true;
}

/* The same piece on both sides; a unit that sits on its kink on both sides passes. */
static bool agree(int *kept, int side)
{
	return *kept == side;
}

static size_t count_sides(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op && graph->nodes[k]->op->side)
			n += graph->nodes[k]->rows * graph->nodes[k]->stride;
	return n;
}

static double loss_at(const struct penalised *loss, size_t param, double value)
{
	struct model *model = loss->model;
	model->graph.theta[param] = value;
	model_forward(model);
	if (!loss->stages)
		return model->loss;
	return model->loss + stages_penalty(loss->stages, model, loss->weights, loss->n_weights);
}

static struct gradcheck_param check_param(const struct penalised *loss, size_t param,
					  double analytic, int *sides)
{
	struct graph *graph = &loss->model->graph;
	struct gradcheck_param result = {.param = param, .analytic = analytic};
	double w = graph->theta[param], above = w + GRADCHECK_H, below = w - GRADCHECK_H;
	double loss_above = loss_at(loss, param, above);
	visit_sides(graph, sides, keep);
	double loss_below = loss_at(loss, param, below);
	result.at_penalty_kink = loss->stages && loss->model->is_weight[param] &&
				 stages_have_kink(loss->stages, w, GRADCHECK_H);
	result.skipped = !visit_sides(graph, sides, agree) || result.at_penalty_kink;
	graph->theta[param] = w;
	result.numeric = (loss_above - loss_below) / (above - below);
	double scale = fmax(1.0, fmax(fabs(analytic), fabs(result.numeric)));
	result.metric = fabs(analytic - result.numeric) / scale;
	return result;
}

/* Finds the weights that penalties are about. */
static bool find_weights(struct penalised *loss)
{
	const struct model *model = loss->model;
	size_t n = model->graph.n_params;
	bool *trained = calloc(n + 1, sizeof *trained);
	loss->weights = calloc(n + 1, sizeof *loss->weights);
	for (size_t k = 0; trained && k < model->n_order; k++)
		trained[model->order[k]] = true;
	bool found = trained && loss->weights;
	if (found)
		loss->n_weights = stage_find_weights(model, trained, loss->weights);
	free(trained);
	return found;
}

enum status gradcheck_run_penalised(struct model *model, const struct stages *stages,
				    const double *grad, struct gradcheck *result,
				    void (*each)(void *ctx, const struct gradcheck_param *param),
				    void *ctx, struct error *err)
{
	struct penalised loss = {.model = model, .stages = stages};
	*result = (struct gradcheck){0};
	int *sides = calloc(count_sides(&model->graph) + 1, sizeof *sides);
	if (!sides || (stages && !find_weights(&loss))) {
		free(loss.weights);
		free(sides);
		return error_no_memory(err);
	}
	for (size_t k = 0; k < model->n_order; k++) {
		size_t p = model->order[k];
		struct gradcheck_param param = check_param(&loss, p, grad[p], sides);
		if (param.skipped) {
			result->n_skipped++;
		} else {
			result->n_checked++;
			/* Written so that a NaN fails, and is the worst there is. */
			if (!(param.metric <= GRADCHECK_TOLERANCE))
				result->n_failed++;
			if (!(param.metric <= result->worst.metric) && !isnan(result->worst.metric))
				result->worst = param;
		}
		if (each)
			each(ctx, &param);
	}
	model_forward(model);
	free(loss.weights);
	free(sides);
	return STATUS_OK;
}

enum status gradcheck_run(struct model *model, const double *grad, struct gradcheck *result,
			  void (*each)(void *ctx, const struct gradcheck_param *param), void *ctx,
			  struct error *err)
{
	return gradcheck_run_penalised(model, NULL, grad, result, each, ctx, err);
}
