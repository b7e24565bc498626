/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_schedule.c -- the learning rate as a function of the updates made so far, and the warm-up
 * that any of them may start with. They count updates, not epochs, and from the lesson's start. */
#include "backstep/base/real.h"
#include "stage_rows.h"

#include "backstep/base/circular.h"

enum { GAMMA, EVERY, UPDATES, LEAST, DECAY };
enum { FORM_STEP, FORM_EXPONENTIAL, FORM_COSINE, FORM_INVERSE };

#define PI 3.14159265358979323846

static double step_rate(const double *h, double rate, uint64_t k)
{
	return rate * real_whole_power(h[GAMMA], (uint64_t)((double)k / h[EVERY]));
}

static double exponential_rate(const double *h, double rate, uint64_t k)
{
	return rate * real_whole_power(h[GAMMA], k);
}

static double cosine_rate(const double *h, double rate, uint64_t k)
{
	double done = (double)k < h[UPDATES] ? (double)k / h[UPDATES] : 1.0;
	return h[LEAST] + (rate - h[LEAST]) / 2.0 * (1.0 + circular_cos(PI * done));
}

static double inverse_rate(const double *h, double rate, uint64_t k)
{
	return rate / (1.0 + h[DECAY] * (double)k);
}

static void schedule_run(const struct stage_settings *stage, const struct stage_work *work)
{
	static double (*const rates[])(const double *h, double rate, uint64_t k) = {
	    [FORM_STEP] = step_rate,
	    [FORM_EXPONENTIAL] = exponential_rate,
	    [FORM_COSINE] = cosine_rate,
	    [FORM_INVERSE] = inverse_rate,
	};
	*work->numbers[0] = rates[stage->form](stage->hypers, work->before, work->k);
}

static const struct hyper schedule_hypers[] = {
    [GAMMA] = {"gamma", "γ", N_("what the rate is multiplied by"), 0.5, 0.0, 1.0},
    [EVERY] = {"every", "s", N_("updates between two falls of the rate"), 10.0, 1.0, 1e9},
    [UPDATES] = {"updates", "T", N_("updates until the rate is at its least"), 100.0, 1.0, 1e9},
    [LEAST] = {"least", "η_min", N_("the rate at the end"), 0.0, 0.0, 1e6},
    [DECAY] = {"decay", "κ", N_("how fast the rate falls with the updates"), 0.01, 0.0, 1e6},
};

#define RATE_NUMBER(text, what)                                               \
	{                                                                     \
		.name = "rate", .symbol = "η", .rule = text, .summary = what, \
		.replaces_subject = true, .subject = STAGE_RATE               \
	}

static const struct stage_number step_numbers[] = {
    RATE_NUMBER("rate*gamma^floor(k/every)", N_("the rate falls after every s updates")),
};
static const struct stage_number exponential_numbers[] = {
    RATE_NUMBER("rate*gamma^k", N_("the rate falls with every update")),
};
static const struct stage_number cosine_numbers[] = {
    RATE_NUMBER("least + (rate - least)/2*(1 + cos(pi*min(k, updates)/updates))",
		N_("the rate falls along half a wave, then stays at its least")),
};
static const struct stage_number inverse_numbers[] = {
    RATE_NUMBER("rate/(1 + decay*k)", N_("the rate falls as one over the updates")),
};

static const struct stage_form schedule_forms[] = {
    [FORM_STEP] = {.name = "step",
		   .summary = N_("by a factor after every so many updates"),
		   .source = "PyTorch 1.13, StepLR",
		   NUMBERS(step_numbers)},
    [FORM_EXPONENTIAL] = {.name = "exponential",
			  .summary = N_("by a factor after every update"),
			  .source = "PyTorch 1.13, ExponentialLR",
			  NUMBERS(exponential_numbers)},
    [FORM_COSINE] = {.name = "cosine",
		     .summary = N_("along half a wave of the cosine"),
		     .source = "I. Loshchilov, F. Hutter, ICLR 2017, equation 5",
		     NUMBERS(cosine_numbers)},
    [FORM_INVERSE] = {.name = "inverse",
		      .summary = N_("as one over the updates made"),
		      .source = "H. Robbins, S. Monro, 1951; as in CS231n, 1/t decay",
		      NUMBERS(inverse_numbers)},
};

const struct stage_class stage_schedule = {
    .name = "schedule",
    .summary = N_("how the rate falls: constant, step, exponential, cosine, inverse"),
    .subject = STAGE_RATE,
    HYPERS(schedule_hypers),
    FORMS(schedule_forms),
    .off = "constant",
    .chosen_by_form = true,
    .run = schedule_run,
};

static void warmup_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double done = ((double)work->k + 1.0) / stage->hypers[0];
	*work->numbers[0] = work->before * (done < 1.0 ? done : 1.0);
}

static const struct hyper warmup_hypers[] = {
    {"n", NULL, N_("updates until the rate is whole"), 10.0, 1.0, 1e9},
};

static const struct stage_number warmup_numbers[] = {
    {.name = "rate",
     .symbol = "η",
     .rule = "rate*min((k + 1)/n, 1)",
     .summary = N_("the rate grows evenly in the first n updates"),
     .replaces_subject = true,
     .subject = STAGE_RATE,
     .idle = N_("the warm-up is over: the rate is whole")},
};

static const struct stage_form warmup_forms[] = {
    {.name = "linear",
     .summary = N_("the rate grows evenly at the start"),
     .source = "P. Goyal et al., arXiv 1706.02677, 2.2",
     NUMBERS(warmup_numbers)},
};

const struct stage_class stage_warmup = {
    .name = "warmup",
    .summary = N_("updates in which the rate grows to its value"),
    .subject = STAGE_RATE,
    HYPERS(warmup_hypers),
    FORMS(warmup_forms),
    .off = "off",
    .run = warmup_run,
};
