/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_clipping.c -- gradients that are too large are cut: each by itself, or all by one factor,
 * which keeps their direction. */
#include <math.h>

#include "stage_rows.h"

enum { LIMIT };

static void clip_value_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double limit = stage->hypers[LIMIT], *g = work->numbers[0];
	EACH_PARAM(work, p)
	g[p] = work->in[p] > limit ? limit : work->in[p] < -limit ? -limit : work->in[p];
}

static const struct hyper limit_hypers[] = {[LIMIT] = HYPER_LIMIT};

static const struct stage_number clip_value_numbers[] = {
    {.name = "g",
     .rule = "min(max(g, -c), c)",
     .summary = N_("the gradient, cut at the limit"),
     .scope = STAGE_PARAM,
     .replaces_subject = true,
     .subject = STAGE_GRADIENT,
     .idle = N_("within the limit: nothing is cut")},
};

static const struct stage_form clip_value_forms[] = {
    {.name = "each",
     .summary = N_("each gradient between −c and c"),
     .source = "T. Mikolov, 2012; PyTorch 1.13, clip_grad_value_",
     NUMBERS(clip_value_numbers)},
};

const struct stage_class stage_clip_value = {
    .name = "clip-value",
    .summary = N_("the largest size that a gradient may have"),
    .subject = STAGE_GRADIENT,
    HYPERS(limit_hypers),
    FORMS(clip_value_forms),
    .off = "off",
    .run = clip_value_run,
};

enum { NORM, GRADIENT };
enum { FORM_PAPER, FORM_PYTORCH };

static void clip_norm_run(const struct stage_settings *stage, const struct stage_work *work)
{
	double limit = stage->hypers[LIMIT], sum = 0.0, *g = work->numbers[GRADIENT];
	EACH_PARAM(work, p)
	sum += work->in[p] * work->in[p];
	double norm = sqrt(sum);
	*work->numbers[NORM] = norm;
	if (stage->form == FORM_PYTORCH) {
		double factor = limit / (norm + 1e-6);
		factor = factor > 1.0 ? 1.0 : factor;
		EACH_PARAM(work, p)
		g[p] = work->in[p] * factor;
	} else if (norm > limit) {
		EACH_PARAM(work, p)
		g[p] = work->in[p] * limit / norm;
	}
}

#define NORM_NUMBER                                                                   \
	{                                                                             \
		.name = "norm", .symbol = "‖g‖", .rule = "sqrt(sum(g^2))",            \
		.summary = N_("the norm of the gradient over all trained parameters") \
	}
#define SCALED_NUMBER(text)                                                                    \
	{                                                                                      \
		.name = "g", .rule = text,                                                     \
		.summary = N_("the gradient, scaled down to the limit"), .scope = STAGE_PARAM, \
		.replaces_subject = true, .subject = STAGE_GRADIENT,                           \
		.idle = N_("within the limit: nothing is cut")                                 \
	}

static const struct stage_number paper_numbers[] = {
    [NORM] = NORM_NUMBER,
    [GRADIENT] = SCALED_NUMBER("if(norm > c, g*c/norm, g)"),
};
static const struct stage_number pytorch_numbers[] = {
    [NORM] = NORM_NUMBER,
    [GRADIENT] = SCALED_NUMBER("g*min(c/(norm + 1e-6), 1)"),
};

static const struct stage_form clip_norm_forms[] = {
    [FORM_PAPER] = {.name = "paper",
		    .summary = N_("down to the limit"),
		    .source = "R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013, algorithm 1",
		    NUMBERS(paper_numbers)},
    [FORM_PYTORCH] = {.name = "pytorch",
		      .summary = N_("with 1e-6 beside the norm"),
		      .source = "PyTorch 1.13, clip_grad_norm_",
		      NUMBERS(pytorch_numbers)},
};

const struct stage_class stage_clip_norm = {
    .name = "clip-norm",
    .summary = N_("the largest norm that all gradients together may have"),
    .subject = STAGE_GRADIENT,
    HYPERS(limit_hypers),
    FORMS(clip_norm_forms),
    .off = "off",
    .run = clip_norm_run,
};
