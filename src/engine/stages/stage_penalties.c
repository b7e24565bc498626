/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_penalties.c -- penalties for large weights: what they add to the loss, and its slope to
 * the gradient. Biases and scales are not penalised. Added to the gradient, an L2 penalty is
 * coupled weight decay; the decoupled one is a stage of its own.
 *
 * |w| has a kink at 0. As for the activations the slope there is a convention: 0. */
#include <math.h>

#include "stage_rows.h"

enum { LAMBDA };
enum { PENALTY, REG, SLOPE, GRADIENT };

static double sum_of_sizes(const double *theta, const struct trainer_range *weights, size_t n)
{
	double sum = 0.0;
	for (size_t k = 0; k < n; k++)
		for (size_t p = weights[k].lo; p < weights[k].hi; p++)
			sum += fabs(theta[p]);
	return sum;
}

static double sum_of_squares(const double *theta, const struct trainer_range *weights, size_t n)
{
	double sum = 0.0;
	for (size_t k = 0; k < n; k++)
		for (size_t p = weights[k].lo; p < weights[k].hi; p++)
			sum += theta[p] * theta[p];
	return sum;
}

/* The numbers of the loss phase. */
static void run_loss(const struct stage_settings *stage, const struct stage_class *class,
		     const struct stage_work *work)
{
	double penalty = class->penalty(stage, work->theta, work->ranges, work->n_ranges);
	*work->numbers[PENALTY] = penalty;
	*work->numbers[REG] = work->before + penalty;
}

enum { L1_FULL, L1_HALF };

static double l1_factor(const struct stage_settings *stage)
{
	double lambda = stage->hypers[LAMBDA];
	return stage->form == L1_HALF ? lambda / 2.0 : lambda;
}

static double l1_penalty(const struct stage_settings *stage, const double *theta,
			 const struct trainer_range *weights, size_t n_weights)
{
	return l1_factor(stage) * sum_of_sizes(theta, weights, n_weights);
}

static bool l1_has_kink(double w, double h)
{
	return fabs(w) <= h;
}

static void l1_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double factor = l1_factor(stage);
	double *slope = work->numbers[SLOPE], *g = work->numbers[GRADIENT];
	run_loss(stage, &stage_l1, work);
	EACH_PARAM(work, p)
	{
		double w = work->theta[p];
		slope[p] = w > 0.0 ? factor : w < 0.0 ? -factor : w; /* a NaN stays */
		g[p] = work->in[p] + slope[p];
	}
}

static const struct hyper l1_hypers[] = {
    [LAMBDA] = HYPER_LAMBDA(N_("how much the size of the weights counts")),
};

#define PENALTY_NUMBERS(symbol_name, symbol_text, rule_text, slope_rule)          \
	[PENALTY] = {.name = symbol_name,                                         \
		     .symbol = symbol_text,                                       \
		     .rule = rule_text,                                           \
		     .summary = N_("the penalty for the weights"),                \
		     .in_loss_phase = true},                                      \
	[REG] = {.name = "reg",                                                   \
		 .rule = "loss + " symbol_name,                                   \
		 .summary = N_("the loss with the penalty: what is made small"),  \
		 .in_loss_phase = true,                                           \
		 .replaces_subject = true,                                        \
		 .subject = STAGE_LOSS},                                          \
	[SLOPE] = {.name = "d" symbol_name,                                       \
		   .rule = slope_rule,                                            \
		   .summary = N_("the slope of the penalty"),                     \
		   .scope = STAGE_PARAM,                                          \
		   .slope_of = symbol_name},                                      \
	[GRADIENT] = {.name = "g",                                                \
		      .rule = "g + d" symbol_name,                                \
		      .summary = N_("the gradient of the loss with the penalty"), \
		      .scope = STAGE_PARAM,                                       \
		      .replaces_subject = true,                                   \
		      .subject = STAGE_GRADIENT}

static const struct stage_number l1_full_numbers[] = {
    PENALTY_NUMBERS("R1", "R₁", "lambda*sum(abs(w))", "lambda*sign(w)"),
};
static const struct stage_number l1_half_numbers[] = {
    PENALTY_NUMBERS("R1", "R₁", "lambda/2*sum(abs(w))", "lambda/2*sign(w)"),
};

static const struct stage_form l1_forms[] = {
    [L1_FULL] = {.name = "full",
		 .summary = N_("λ times the sum of the sizes"),
		 .source = "R. Tibshirani, 1996; I. Goodfellow et al., Deep Learning, 7.1.2",
		 NUMBERS(l1_full_numbers)},
    [L1_HALF] = {.name = "half",
		 .summary = N_("λ/2 times the sum of the sizes"),
		 .source = "B. Vázquez, IIMAS-UNAM",
		 NUMBERS(l1_half_numbers)},
};

const struct stage_class stage_l1 = {
    .name = "l1",
    .summary = N_("a penalty for the sizes of the weights, added to the loss"),
    .subject = STAGE_LOSS,
    HYPERS(l1_hypers),
    FORMS(l1_forms),
    .off = "off",
    .weights_only = true,
    .run = l1_run,
    .penalty = l1_penalty,
    .has_kink = l1_has_kink,
};

enum { L2_HALF, L2_FULL };

static double l2_penalty(const struct stage_settings *stage, const double *theta,
			 const struct trainer_range *weights, size_t n_weights)
{
	double lambda = stage->hypers[LAMBDA];
	double factor = stage->form == L2_HALF ? lambda / 2.0 : lambda;
	return factor * sum_of_squares(theta, weights, n_weights);
}

static void l2_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double lambda = stage->hypers[LAMBDA];
	double factor = stage->form == L2_HALF ? lambda : 2.0 * lambda;
	double *slope = work->numbers[SLOPE], *g = work->numbers[GRADIENT];
	run_loss(stage, &stage_l2, work);
	EACH_PARAM(work, p)
	{
		slope[p] = factor * work->theta[p];
		g[p] = work->in[p] + slope[p];
	}
}

static const struct hyper l2_hypers[] = {
    [LAMBDA] = HYPER_LAMBDA(N_("how much the squares of the weights count")),
};

static const struct stage_number l2_half_numbers[] = {
    PENALTY_NUMBERS("R2", "R₂", "lambda/2*sum(w^2)", "lambda*w"),
};
static const struct stage_number l2_full_numbers[] = {
    PENALTY_NUMBERS("R2", "R₂", "lambda*sum(w^2)", "2*lambda*w"),
};

static const struct stage_form l2_forms[] = {
    [L2_HALF] = {.name = "half",
		 .summary = N_("λ/2 times the sum of the squares"),
		 .source = "B. Vázquez, IIMAS-UNAM; "
			   "I. Goodfellow et al., Deep Learning, 7.1.1",
		 NUMBERS(l2_half_numbers)},
    [L2_FULL] = {.name = "full",
		 .summary = N_("λ times the sum of the squares"),
		 .source = "R. Sandoval, Escuela de Ingeniería UC",
		 NUMBERS(l2_full_numbers)},
};

const struct stage_class stage_l2 = {
    .name = "l2",
    .summary = N_("a penalty for the squares of the weights: coupled weight decay"),
    .subject = STAGE_LOSS,
    HYPERS(l2_hypers),
    FORMS(l2_forms),
    .off = "off",
    .weights_only = true,
    .run = l2_run,
    .penalty = l2_penalty,
};
