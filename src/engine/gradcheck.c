/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gradcheck.c -- central differences, with kinks watched. */
#include "backstep/engine/gradcheck.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/engine/trainer.h"
#include "passes.h"
#include "stages/stage_run.h"

/* The loss whose slope is checked. */
struct penalised {
	struct model *model;
	const struct stages *stages; /* NULL: none */
	struct trainer_range *weights;
	size_t n_weights;
	double rounding; /* by which a difference quotient may be off */
};

static bool has_pieces(const struct node *node)
{
	return node->op && node->op->cases && node->op->cases->side;
}

/* Calls visit for every element of every op that has kinks, until it returns false. */
static bool visit_sides(const struct graph *graph, int *sides, bool (*visit)(int *kept, int side))
{
	size_t at = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (!has_pieces(node))
			continue;
		for (size_t e = 0; e < node->rows * node->stride; e++)
			if (node_holds(node, e) && !visit(&sides[at++], op_side(node, e)))
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
		if (has_pieces(graph->nodes[k]))
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

/* How far rounding alone may take a difference quotient from the slope.
 *
 * Adding up n losses rounds n times, and each time the sum so far, at most S = |E_1| + ... + |E_n|,
 * by u = eps / 2 of it at most. Such roundings are as good as independent: together they have a
 * deviation of u S sqrt(n / 9) at the most, for the deviation of one is its bound by sqrt(3), and
 * the sums so far grow evenly, so that the mean of their squares is S^2 / 3. The passes before the
 * sum add a few more, as if n were larger by some. Two such sums stand in a difference, and it is
 * divided by 2h: the quotient's deviation is
 *
 *     sqrt(2) u S sqrt(n / 9) / (2h) = 0.12 eps S sqrt(n) / h,
 *
 * and eps S sqrt(n) / h is more than eight of them: even over a million parameters, none is that
 * far off. Where J is a mean, S is one; a penalty adds a square for each weight. */
static double find_rounding(const struct penalised *loss)
{
	enum { OF_A_PASS = 16 };
	const struct model *model = loss->model;
	const struct node *total = model->total;
	size_t n = total->cols + OF_A_PASS;
	double sum = 0.0, penalty = 0.0;
	for (size_t col = 0; col < total->cols; col++)
		sum += fabs(total->value[col]);
	if (model->over == REDUCE_MEAN && total->cols)
		sum /= (double)total->cols;
	if (loss->stages)
		penalty = stages_penalty(loss->stages, model, loss->weights, loss->n_weights);
	for (size_t k = 0; penalty > 0.0 && k < loss->n_weights; k++)
		n += loss->weights[k].hi - loss->weights[k].lo;
	sum += penalty;
	return DBL_EPSILON * sum * sqrt((double)n) / GRADCHECK_H;
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
	result.tolerance = fmin(GRADCHECK_TOLERANCE + loss->rounding / scale, GRADCHECK_MOST);
	return result;
}

/* Farther off, as tolerances go. Written so that a NaN is the worst there is. */
static bool is_worse(const struct gradcheck_param *a, const struct gradcheck_param *b)
{
	return !isnan(b->metric) && !(a->metric * b->tolerance <= b->metric * a->tolerance);
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

enum status gradcheck_run(struct model *model, const struct stages *stages, const double *grad,
			  struct gradcheck *result,
			  void (*each)(void *ctx, const struct gradcheck_param *param), void *ctx,
			  struct error *err)
{
	struct penalised loss = {.model = model, .stages = stages};
	*result = (struct gradcheck){.worst.tolerance = GRADCHECK_TOLERANCE};
	int *sides = calloc(count_sides(&model->graph) + 1, sizeof *sides);
	if (!sides || (stages && !find_weights(&loss))) {
		free(loss.weights);
		free(sides);
		return error_no_memory(err);
	}
	model_forward(model);
	loss.rounding = find_rounding(&loss);
	for (size_t k = 0; k < model->n_order; k++) {
		size_t p = model->order[k];
		struct gradcheck_param param = check_param(&loss, p, grad[p], sides);
		if (param.skipped) {
			result->n_skipped++;
		} else {
			result->n_checked++;
			result->n_failed += gradcheck_fails(&param);
			if (is_worse(&param, &result->worst))
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
