/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_weights.c -- what happens to new weights after the optimizer: decoupled decay, which
 * passes through no mean and no velocity, and a limit for the weights that come into a unit.
 * Biases and scales are left alone. */
#include <math.h>

#include "stage_rows.h"
#include "stage_run.h"

enum { LAMBDA };

static void weight_decay_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double lambda = stage->hypers[LAMBDA], *w = work->numbers[0];
	EACH_PARAM(work, p)
	w[p] = work->in[p] - work->rate * lambda * work->theta[p];
}

static const struct hyper weight_decay_hypers[] = {
    [LAMBDA] = HYPER_LAMBDA(N_("how fast the weights themselves fall")),
};

static const struct stage_number weight_decay_numbers[] = {
    {.name = "w",
     .rule = "u - rate*lambda*w",
     .summary = N_("the weight falls beside the optimizer's step"),
     .scope = STAGE_PARAM,
     .replaces_subject = true,
     .subject = STAGE_VALUE},
};

static const struct stage_form weight_decay_forms[] = {
    {.name = "decoupled",
     .summary = N_("beside the optimizer's step, not in the gradient"),
     .source = "I. Loshchilov, F. Hutter, ICLR 2019",
     NUMBERS(weight_decay_numbers)},
};

const struct stage_class stage_weight_decay = {
    .name = "weight-decay",
    .summary = N_("decoupled weight decay, after any optimizer (coupled: l2)"),
    .subject = STAGE_VALUE,
    HYPERS(weight_decay_hypers),
    FORMS(weight_decay_forms),
    .off = "off",
    .weights_only = true,
    .run = weight_decay_run,
};

enum { LIMIT };
enum { NORM, WEIGHT };

/* Where units share a weight, the one with the largest norm scales it: then all keep the limit. */
static void scale_unit(const struct stage_work *work, const struct stage_unit *unit, double limit,
		       double norm)
{
	double *w = work->numbers[WEIGHT];
	for (size_t q = 0; q < unit->range.count; q++) {
		size_t p = node_param(unit->weights, range_at(unit->range, q));
		double scaled = work->in[p] * limit / norm;
		if (!(fabs(scaled) >= fabs(w[p])))
			w[p] = scaled;
	}
}

static double unit_norm(const struct stage_work *work, const struct stage_unit *unit)
{
	double sum = 0.0;
	for (size_t q = 0; q < unit->range.count; q++) {
		size_t e = range_at(unit->range, q);
		double w = work->in[node_param(unit->weights, e)];
		sum += w * w;
	}
	return sqrt(sum);
}

/* What is not trained counts in its unit's norm, and stays as it is. */
static void keep_untrained(const struct stage_work *work)
{
	double *w = work->numbers[WEIGHT];
	size_t p = 0;
	for (size_t k = 0; k < work->n_ranges; p = work->ranges[k++].hi)
		for (; p < work->ranges[k].lo; p++)
			w[p] = work->in[p];
	for (; p < work->model->graph.n_params; p++)
		w[p] = work->in[p];
}

static void max_norm_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double limit = stage->hypers[LIMIT];
	struct stage_unit unit = {0};
	for (size_t u = 0; stage_unit_next(work->model, &unit); u++) {
		double norm = unit_norm(work, &unit);
		work->numbers[NORM][u] = norm;
		if (norm > limit)
			scale_unit(work, &unit, limit, norm);
	}
	keep_untrained(work);
}

static const struct hyper max_norm_hypers[] = {
    [LIMIT] = {"c", NULL, N_("the limit"), 3.0, 0.0, 1e12},
};

static const struct stage_number max_norm_numbers[] = {
    [NORM] = {.name = "norm",
	      .symbol = "‖w‖",
	      .rule = "sqrt(sum(u^2))",
	      .summary = N_("the norm of the weights that come into the unit"),
	      .scope = STAGE_UNIT},
    [WEIGHT] = {.name = "w",
		.rule = "if(norm > c, u*c/norm, u)",
		.summary = N_("the unit's weights, scaled down to the limit"),
		.scope = STAGE_PARAM,
		.replaces_subject = true,
		.subject = STAGE_VALUE,
		.idle = N_("within the limit: nothing is cut")},
};

static const struct stage_form max_norm_forms[] = {
    {.name = "projection",
     .summary = N_("each unit's weights are scaled back to the limit"),
     .source = "N. Srivastava et al., JMLR 15 (2014), 5.1",
     NUMBERS(max_norm_numbers)},
};

const struct stage_class stage_max_norm = {
    .name = "max-norm",
    .summary = N_("the largest norm of the weights that come into a unit"),
    .subject = STAGE_VALUE,
    HYPERS(max_norm_hypers),
    FORMS(max_norm_forms),
    .off = "off",
    .weights_only = true,
    .run = max_norm_run,
};
