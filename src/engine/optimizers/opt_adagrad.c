/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adagrad.c -- AdaGrad: each parameter's rate falls with the sum of its squared gradients. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, EPSILON };
enum { FORM_OUTSIDE, FORM_INSIDE };
enum { S, D };

INLINE void adagrad_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	double rate = optimizer->hypers[RATE], epsilon = optimizer->hypers[EPSILON];
	double *restrict s = u->slots[S], *restrict d = u->slots[D];
	bool outside = optimizer->form == FORM_OUTSIDE;
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		s[p] += g[p] * g[p];
		double root = outside ? sqrt(s[p]) + epsilon : sqrt(s[p] + epsilon);
		double step = rate * g[p] / root;
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void adagrad_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(adagrad_loop, optimizer, u, u->slots[D]);
}

static const struct hyper hypers[] = {
    [RATE] = HYPER_RATE(0.1),
    [EPSILON] = HYPER_EPSILON(1e-10),
};

#define SLOT_S                                                                 \
	{                                                                      \
		"s", NULL, "s + g^2", N_("sum of the squared gradients"), true \
	}

static const struct optimizer_slot outside_slots[] = {
    [S] = SLOT_S,
    [D] = SLOT_STEP("rate*g/(sqrt(s) + epsilon)"),
};
static const struct optimizer_slot inside_slots[] = {
    [S] = SLOT_S,
    [D] = SLOT_STEP("rate*g/sqrt(s + epsilon)"),
};

static const struct optimizer_form forms[] = {
    [FORM_OUTSIDE] = {.name = "outside",
		      .summary = N_("epsilon outside the root"),
		      .source = "PyTorch 1.13, torch.optim.Adagrad",
		      SLOTS(outside_slots),
		      .rule = "w - d"},
    [FORM_INSIDE] = {.name = "inside",
		     .summary = N_("epsilon inside the root"),
		     .source = "A. Zhang et al., Dive into Deep Learning, 12.7",
		     SLOTS(inside_slots),
		     .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_adagrad) = {
    .name = "adagrad",
    .summary = N_("AdaGrad: rates that fall with the gradients seen"),
    HYPERS(hypers),
    FORMS(forms),
    .update = adagrad_update,
};
