/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_rmsprop.c -- RMSProp: the gradient over the root of a moving mean of its square. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, BETA, EPSILON };
enum { FORM_OUTSIDE, FORM_INSIDE, FORM_CENTRED };
enum { V, D };
enum { CENTRED_M = 1, CENTRED_D };

INLINE void centred_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	double rate = optimizer->hypers[RATE], beta = optimizer->hypers[BETA];
	double epsilon = optimizer->hypers[EPSILON];
	double *restrict v = u->slots[V], *restrict m = u->slots[CENTRED_M];
	double *restrict d = u->slots[CENTRED_D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		v[p] = beta * v[p] + (1.0 - beta) * (g[p] * g[p]);
		m[p] = beta * m[p] + (1.0 - beta) * g[p];
		/* rounding can leave the variance of a constant gradient just below 0 */
		double variance = v[p] - m[p] * m[p];
		double step = rate * g[p] / (sqrt(variance < 0.0 ? 0.0 : variance) + epsilon);
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void centred_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(centred_loop, optimizer, u, u->slots[CENTRED_D]);
}

INLINE void plain_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	double rate = optimizer->hypers[RATE], beta = optimizer->hypers[BETA];
	double epsilon = optimizer->hypers[EPSILON];
	double *restrict v = u->slots[V], *restrict d = u->slots[D];
	bool outside = optimizer->form == FORM_OUTSIDE;
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		v[p] = beta * v[p] + (1.0 - beta) * (g[p] * g[p]);
		double root = outside ? sqrt(v[p]) + epsilon : sqrt(v[p] + epsilon);
		double step = rate * g[p] / root;
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void plain_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(plain_loop, optimizer, u, u->slots[D]);
}

static void rmsprop_update(const struct optimizer *optimizer, const struct update *u)
{
	(optimizer->form == FORM_CENTRED ? centred_update : plain_update)(optimizer, u);
}

static const struct hyper hypers[] = {
    [RATE] = HYPER_RATE(0.01),
    [BETA] = {"beta", "β", N_("how slowly the mean forgets"), 0.9, 0.0, 1.0},
    [EPSILON] = HYPER_EPSILON(1e-8),
};

#define SLOT_V                                                                                  \
	{                                                                                       \
		"v", NULL, "beta*v + (1 - beta)*g^2", N_("mean of the squared gradients"), true \
	}

static const struct optimizer_slot outside_slots[] = {
    [V] = SLOT_V,
    [D] = SLOT_STEP("rate*g/(sqrt(v) + epsilon)"),
};
static const struct optimizer_slot inside_slots[] = {
    [V] = SLOT_V,
    [D] = SLOT_STEP("rate*g/sqrt(v + epsilon)"),
};
static const struct optimizer_slot centred_slots[] = {
    [V] = SLOT_V,
    [CENTRED_M] = {"m", NULL, "beta*m + (1 - beta)*g", N_("mean of the gradients"), true},
    [CENTRED_D] = SLOT_STEP("rate*g/(sqrt(max(0, v - m^2)) + epsilon)"),
};

static const struct optimizer_form forms[] = {
    [FORM_OUTSIDE] = {.name = "outside",
		      .summary = N_("epsilon outside the root"),
		      .source = "B. Vázquez, IIMAS-UNAM; G. Hinton, 2012",
		      SLOTS(outside_slots),
		      .rule = "w - d"},
    [FORM_INSIDE] = {.name = "inside",
		     .summary = N_("epsilon inside the root"),
		     .source = "A. Zhang et al., Dive into Deep Learning, 12.8",
		     SLOTS(inside_slots),
		     .rule = "w - d"},
    [FORM_CENTRED] = {.name = "centred",
		      .summary = N_("the variance instead of the mean square"),
		      .source = "A. Graves, arXiv 1308.0850; PyTorch 1.13",
		      SLOTS(centred_slots),
		      .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_rmsprop) = {
    .name = "rmsprop",
    .summary = N_("RMSProp: gradients divided by their recent size"),
    HYPERS(hypers),
    FORMS(forms),
    .update = rmsprop_update,
};
