/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adam.c -- Adam: momentum and RMSProp together, with their bias towards 0 corrected.
 * "outside" and "inside" say where epsilon stands. "folded" puts both corrections into the rate,
 * with an epsilon of its own, as the paper proposes for speed at the end of its section 2. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, BETA1, BETA2, EPSILON };
enum { FORM_OUTSIDE, FORM_INSIDE, FORM_FOLDED };
enum { M, V, MHAT, VHAT, D };
enum { FOLDED_D = 2 };

static void adam_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE], epsilon = optimizer->hypers[EPSILON];
	double beta1 = optimizer->hypers[BETA1], beta2 = optimizer->hypers[BETA2];
	double bias1 = 1.0 - optimizer_power(beta1, u->t);
	double bias2 = 1.0 - optimizer_power(beta2, u->t);
	double *restrict m = u->slots[M], *restrict v = u->slots[V], *restrict d = u->slots[D];
	double *restrict mhat = u->slots[MHAT], *restrict vhat = u->slots[VHAT];
	bool outside = optimizer->form == FORM_OUTSIDE;
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = beta1 * m[p] + (1.0 - beta1) * g[p];
		v[p] = beta2 * v[p] + (1.0 - beta2) * (g[p] * g[p]);
		double mh = m[p] / bias1, vh = v[p] / bias2;
		SHOW(mhat, p, mh);
		SHOW(vhat, p, vh);
		double root = outside ? sqrt(vh) + epsilon : sqrt(vh + epsilon);
		double step = rate * mh / root;
		SHOW(d, p, step);
		w[p] -= step;
	}
}

static void folded_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE], epsilon = optimizer->hypers[EPSILON];
	double beta1 = optimizer->hypers[BETA1], beta2 = optimizer->hypers[BETA2];
	double bias1 = 1.0 - optimizer_power(beta1, u->t);
	double bias2 = 1.0 - optimizer_power(beta2, u->t);
	double scaled = rate * sqrt(bias2) / bias1;
	double *restrict m = u->slots[M], *restrict v = u->slots[V];
	double *restrict d = u->slots[FOLDED_D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = beta1 * m[p] + (1.0 - beta1) * g[p];
		v[p] = beta2 * v[p] + (1.0 - beta2) * (g[p] * g[p]);
		double step = scaled * m[p] / (sqrt(v[p]) + epsilon);
		SHOW(d, p, step);
		w[p] -= step;
	}
}

static void update(const struct optimizer *optimizer, const struct update *u)
{
	(optimizer->form == FORM_FOLDED ? folded_update : adam_update)(optimizer, u);
}

static const struct hyper hypers[] = {
	[RATE] = HYPER_RATE(0.001),
	[BETA1] = HYPER_BETA1,
	[BETA2] = HYPER_BETA2,
	[EPSILON] = HYPER_EPSILON(1e-8),
};

#define MEAN_SLOTS                                                                                 \
	[M] = SLOT_MEAN, [V] = SLOT_MEAN_SQUARE, [MHAT] = SLOT_MEAN_CORRECTED,                     \
	[VHAT] = SLOT_MEAN_SQUARE_CORRECTED

static const struct optimizer_slot outside_slots[] = {
	MEAN_SLOTS,
	[D] = SLOT_STEP("rate*mhat/(sqrt(vhat) + epsilon)"),
};
static const struct optimizer_slot inside_slots[] = {
	MEAN_SLOTS,
	[D] = SLOT_STEP("rate*mhat/sqrt(vhat + epsilon)"),
};
static const struct optimizer_slot folded_slots[] = {
	[M] = SLOT_MEAN,
	[V] = SLOT_MEAN_SQUARE,
	[FOLDED_D] = SLOT_STEP("rate*sqrt(1 - beta2^t)/(1 - beta1^t)*m/(sqrt(v) + epsilon)"),
};

static const struct optimizer_form forms[] = {
	[FORM_OUTSIDE] = {.name = "outside", .summary = N_("epsilon outside the root"),
			  .source = "A. Pardo, Redes Neuronales; D. Kingma, J. Ba, ICLR 2015",
			  SLOTS(outside_slots), .rule = "w - d"},
	[FORM_INSIDE] = {.name = "inside", .summary = N_("epsilon inside the root"),
			 .source = "B. Vázquez, IIMAS-UNAM", SLOTS(inside_slots),
			 .rule = "w - d"},
	[FORM_FOLDED] = {.name = "folded", .summary = N_("both corrections inside the rate"),
			 .source = "D. Kingma, J. Ba, ICLR 2015, end of section 2",
			 SLOTS(folded_slots),
			 .rule = "w - d"},
};

const struct optimizer_class optimizer_adam = {
	.name = "adam", .summary = N_("Adam: means of the gradient and of its square"),
	HYPERS(hypers), FORMS(forms), .update = update,
};
