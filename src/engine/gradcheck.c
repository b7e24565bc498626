/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gradcheck.c -- the loss as a function of one parameter, with kinks watched and rounding measured;
 * what its slope says of the gradient. */
#include "backstep/engine/gradcheck.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/work.h"
#include "backstep/engine/trainer.h"
#include "error_bounds.h"
#include "passes.h"
#include "stages/stage_run.h"

/* The loss whose slope is checked, as a function of one parameter. */
struct penalised {
	struct model *model;
	const struct stages *stages; /* NULL: none */
	struct trainer_range *weights;
	size_t n_weights;
	size_t param;
	int *sides;                 /* room for the pieces on which the units that have some are */
	double size;                /* of the loss: what it is summed up of */
	struct error_bounds bounds; /* of the loss and of its gradient, by rounding */
	enum status stopped;        /* STATUS_INTERRUPTED: a pass was, and said so in err */
	struct error *err;
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

static double loss_now(struct penalised *loss)
{
	if (!loss->stopped)
		loss->stopped = model_try_forward(loss->model, loss->err);
	if (!loss->stages)
		return loss->model->loss;
	return loss->model->loss +
	       stages_penalty(loss->stages, loss->model, loss->weights, loss->n_weights);
}

/* The losses above and below; false where a unit or a penalty has its kink in between. */
static bool loss_pair(void *ctx, double above, double below, double values[2])
{
	struct penalised *loss = ctx;
	struct graph *graph = &loss->model->graph;
	double *theta = &graph->theta[loss->param], kept = *theta;
	*theta = above;
	values[0] = loss_now(loss);
	visit_sides(graph, loss->sides, keep);
	*theta = below;
	values[1] = loss_now(loss);
	*theta = kept;
	bool is_smooth =
	    visit_sides(graph, loss->sides, agree) && isfinite(values[0]) && isfinite(values[1]);
	if (is_smooth && loss->stages && loss->model->is_weight[loss->param])
		is_smooth = !stages_have_kink(loss->stages, kept, above - kept);
	return is_smooth;
}

/* What the loss is summed up of: |E_1| + ... + |E_n|, or their mean, and the penalty. */
static double find_size(const struct penalised *loss)
{
	const struct model *model = loss->model;
	const struct node *total = model->total;
	double sum = 0.0;
	for (size_t col = 0; col < total->cols; col++)
		sum += fabs(total->value[col]);
	if (model->over == REDUCE_MEAN && total->cols)
		sum /= (double)total->cols;
	if (loss->stages)
		sum += stages_penalty(loss->stages, model, loss->weights, loss->n_weights);
	return sum;
}

/* How far rounding takes the sum of the losses.
 *
 * Adding up n losses rounds n times, and each time the sum so far, at most S, by u = eps / 2 of it
 * at most. Such roundings are as good as independent: together they have a deviation of
 * u S sqrt(n / 9) at the most, for the deviation of one is its bound by sqrt(3), and the sums so
 * far grow evenly, so that the mean of their squares is S^2 / 3. eps S sqrt(n) is six of them. A
 * penalty adds a square for each weight. */
static double sum_rounding(const struct penalised *loss)
{
	size_t n = loss->model->total->cols;
	for (size_t k = 0; k < loss->n_weights; k++)
		n += loss->weights[k].hi - loss->weights[k].lo;
	return DBL_EPSILON * loss->size * sqrt((double)n);
}

/* What the gradient of the parameter and the estimate of the slope may be off by. */
static double error_of(const struct penalised *loss, const struct slope_estimate *slope)
{
	return slope->error + loss->bounds.grad[loss->param];
}

/* Whether the two can be the same. Written so that a NaN cannot. */
static bool is_near(const struct penalised *loss, double analytic,
		    const struct slope_estimate *slope)
{
	double size = fmax(fabs(analytic), fabs(slope->value));
	return fabs(analytic - slope->value) <=
	       error_of(loss, slope) + GRADCHECK_TOLERANCE / 4.0 * size;
}

/* Whether the estimate tells the gradient from one that is wrong by the tolerance. */
static bool is_sharp(const struct penalised *loss, double analytic,
		     const struct slope_estimate *slope)
{
	double size = fmax(1.0, fabs(loss->model->graph.theta[loss->param]));
	bool is_zero = fabs(analytic) * size <= DBL_EPSILON * loss->size;
	return is_zero || error_of(loss, slope) <= GRADCHECK_TOLERANCE / 4.0 * fabs(analytic);
}

/* Wide differences are the sharper ones, but do not see what is narrower than they are: where the
 * narrow ones contradict them, those are right. */
static const struct slope_estimate *better_of(const struct slope_search *search)
{
	const struct slope_estimate *wide = &search->wide.best, *narrow = &search->narrow.best;
	bool agree = fabs(wide->value - narrow->value) <= wide->error + narrow->error;
	return agree || isnan(narrow->value) ? wide : narrow;
}

/* Refines the slope until it agrees with the gradient, or cannot be refined. Errors:
 * STATUS_INTERRUPTED. */
static enum status judge(struct penalised *loss, struct slope_search *search,
			 struct gradcheck_param *result, struct error *err)
{
	const struct slope_estimate *slope = &search->wide.best;
	double analytic = result->analytic;
	bool agrees = false;
	enum status status = work_ask(err);
	while (!status && !agrees && slope_refine(search)) {
		agrees = is_near(loss, analytic, slope) && is_sharp(loss, analytic, slope);
		status = loss->stopped ? loss->stopped : work_ask(err);
	}
	status = status ? status : loss->stopped;
	if (status)
		return status;
	if (!agrees)
		slope = better_of(search);
	result->numeric = slope->value;
	result->error = error_of(loss, slope);
	if (search->has_kink && isfinite(analytic))
		result->verdict = GRADCHECK_AT_KINK;
	else if (isnan(slope->value) && isfinite(analytic))
		result->verdict = GRADCHECK_CANNOT_TELL;
	else if (!is_near(loss, analytic, slope))
		result->verdict = GRADCHECK_DIFFERS;
	else if (!agrees && !is_sharp(loss, analytic, slope))
		result->verdict = GRADCHECK_CANNOT_TELL;
	return STATUS_OK;
}

/* Errors: STATUS_INTERRUPTED. */
static enum status check_param(struct penalised *loss, struct gradcheck_param *result,
			       struct error *err)
{
	const struct model *model = loss->model;
	const size_t param = result->param;
	const struct slope_function function = {loss_pair, loss, loss->bounds.loss};
	enum status status = STATUS_OK;
	struct slope_search search;
	loss->param = param;
	slope_begin(&search, &function, model->graph.theta[param]);
	if (!isfinite(loss->size))
		result->verdict = GRADCHECK_DIFFERS; /* there is no slope that it could be */
	else if (loss->stages && model->is_weight[param] &&
		 stages_have_kink(loss->stages, search.x, SLOPE_NEAR))
		result->verdict = GRADCHECK_AT_PENALTY_KINK;
	else
		status = judge(loss, &search, result, err);
	double scale = fmax(1.0, fmax(fabs(result->analytic), fabs(result->numeric)));
	result->distance = fabs(result->analytic - result->numeric) / scale;
	result->error /= scale;
	return status;
}

/* Farther off. Written so that a NaN is the worst there is. */
static bool is_worse(const struct gradcheck_param *a, const struct gradcheck_param *b)
{
	if ((a->verdict == GRADCHECK_DIFFERS) != (b->verdict == GRADCHECK_DIFFERS))
		return a->verdict == GRADCHECK_DIFFERS;
	return !isnan(b->distance) && !(a->distance <= b->distance);
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

/* Measures the loss where it stands. Errors: STATUS_NO_MEMORY, STATUS_INTERRUPTED. */
static enum status prepare(struct penalised *loss, struct error *err)
{
	const struct graph *graph = &loss->model->graph;
	loss->sides = calloc(count_sides(graph) + 1, sizeof *loss->sides);
	if (!loss->sides || (loss->stages && !find_weights(loss)))
		return error_no_memory(err);
	loss_now(loss);
	loss->size = find_size(loss);
	enum status status =
	    loss->stopped ? loss->stopped : work_tell(N_("check"), 0, loss->model->n_order, err);
	if (!status)
		status = error_bounds_find(&loss->bounds, loss->model, err);
	loss->bounds.loss += sum_rounding(loss);
	return status;
}

enum status gradcheck_run(struct model *model, const struct stages *stages, const double *grad,
			  struct gradcheck *result,
			  void (*each)(void *ctx, const struct gradcheck_param *param), void *ctx,
			  struct error *err)
{
	struct penalised loss = {.model = model, .stages = stages, .err = err};
	enum status status = prepare(&loss, err);
	*result = (struct gradcheck){0};
	for (size_t k = 0; !status && k < model->n_order; k++) {
		size_t p = model->order[k];
		struct gradcheck_param param = {.param = p, .analytic = grad[p], .numeric = NAN};
		status = work_tell(N_("check"), k, model->n_order, err);
		if (!status)
			status = check_param(&loss, &param, err);
		if (status)
			break;
		bool is_settled = param.verdict <= GRADCHECK_DIFFERS;
		result->n_of[param.verdict]++;
		if (is_settled && is_worse(&param, &result->worst))
			result->worst = param;
		if (each)
			each(ctx, &param);
	}
	if (!status)
		status = model_try_forward(model, err);
	else if (!model->graph.is_long)
		model_forward(model);
	error_bounds_free(&loss.bounds);
	free(loss.weights);
	free(loss.sides);
	return status;
}
