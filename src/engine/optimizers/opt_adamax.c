/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adamax.c -- Adamax: Adam with the largest gradient instead of the mean square. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "backstep/base/real.h"
#include "optimizer_rows.h"

enum { RATE, BETA1, BETA2, EPSILON };
enum { FORM_PAPER, FORM_PYTORCH };
enum { M, U, D };

INLINE void adamax_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	double beta1 = optimizer->hypers[BETA1], beta2 = optimizer->hypers[BETA2];
	double epsilon = optimizer->form == FORM_PYTORCH ? optimizer->hypers[EPSILON] : 0.0;
	double rate = optimizer->hypers[RATE] / (1.0 - real_whole_power(beta1, u->t));
	double *restrict m = u->slots[M], *restrict largest = u->slots[U];
	double *restrict d = u->slots[D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		double size = fabs(g[p]) + epsilon, faded = beta2 * largest[p];
		m[p] = beta1 * m[p] + (1.0 - beta1) * g[p];
		largest[p] = faded >= size ? faded : size;
		/* a parameter that never had a gradient stays: 0 / 0 must not reach it */
		double step = largest[p] == 0.0 ? 0.0 : rate * m[p] / largest[p];
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void adamax_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(adamax_loop, optimizer, u, u->slots[D]);
}

static const struct hyper hypers[] = {
    [RATE] = HYPER_RATE(0.002),
    [BETA1] = HYPER_BETA1,
    [BETA2] = HYPER_BETA("beta2", 0.999, N_("how slowly the largest gradient fades")),
    [EPSILON] = HYPER_EPSILON(1e-8),
};

#define STEP SLOT_STEP("if(u = 0, 0, rate/(1 - beta1^t)*m/u)")

static const struct optimizer_slot paper_slots[] = {
    [M] = SLOT_MEAN,
    [U] = {"u", NULL, "max(beta2*u, abs(g))", N_("the largest recent gradient"), true},
    [D] = STEP,
};
static const struct optimizer_slot pytorch_slots[] = {
    [M] = SLOT_MEAN,
    [U] = {"u", NULL, "max(beta2*u, abs(g) + epsilon)", N_("the largest recent gradient"), true},
    [D] = STEP,
};

static const struct optimizer_form forms[] = {
    [FORM_PAPER] = {.name = "paper",
		    .summary = N_("without epsilon"),
		    .source = "D. Kingma, J. Ba, ICLR 2015, algorithm 2",
		    SLOTS(paper_slots),
		    .rule = "w - d"},
    [FORM_PYTORCH] = {.name = "pytorch",
		      .summary = N_("epsilon added to the gradient's size"),
		      .source = "PyTorch 1.13, torch.optim.Adamax",
		      SLOTS(pytorch_slots),
		      .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_adamax) = {
    .name = "adamax",
    .summary = N_("Adamax: Adam with the largest gradient as its measure"),
    HYPERS(hypers),
    FORMS(forms),
    .update = adamax_update,
};
