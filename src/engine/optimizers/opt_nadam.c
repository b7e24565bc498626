/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_nadam.c -- Nadam: Adam whose mean looks one update ahead, as Nesterov's velocity does. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, BETA1, BETA2, EPSILON };
enum { M, V, MHAT, VHAT, D };

static void nadam_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE], epsilon = optimizer->hypers[EPSILON];
	double beta1 = optimizer->hypers[BETA1], beta2 = optimizer->hypers[BETA2];
	double bias = 1.0 - optimizer_power(beta1, u->t);
	double next_bias = 1.0 - optimizer_power(beta1, u->t + 1);
	double bias2 = 1.0 - optimizer_power(beta2, u->t);
	double *restrict m = u->slots[M], *restrict v = u->slots[V], *restrict d = u->slots[D];
	double *restrict mhat = u->slots[MHAT], *restrict vhat = u->slots[VHAT];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = beta1 * m[p] + (1.0 - beta1) * g[p];
		v[p] = beta2 * v[p] + (1.0 - beta2) * (g[p] * g[p]);
		double mh = beta1 * m[p] / next_bias + (1.0 - beta1) * g[p] / bias;
		double vh = v[p] / bias2;
		SHOW(mhat, p, mh);
		SHOW(vhat, p, vh);
		double step = rate * mh / (sqrt(vh) + epsilon);
		SHOW(d, p, step);
		w[p] -= step;
	}
}

static const struct hyper hypers[] = {
	[RATE] = HYPER_RATE(0.002),
	[BETA1] = HYPER_BETA1,
	[BETA2] = HYPER_BETA2,
	[EPSILON] = HYPER_EPSILON(1e-8),
};

static const struct optimizer_slot slots[] = {
	[M] = SLOT_MEAN,
	[V] = SLOT_MEAN_SQUARE,
	[MHAT] = {"mhat", "m̂", "beta1*m/(1 - beta1^(t + 1)) + (1 - beta1)*g/(1 - beta1^t)",
		  N_("the mean one update ahead, corrected"), false},
	[VHAT] = SLOT_MEAN_SQUARE_CORRECTED,
	[D] = SLOT_STEP("rate*mhat/(sqrt(vhat) + epsilon)"),
};

static const struct optimizer_form forms[] = {
	{.name = "dozat", .summary = N_("a constant beta1"),
	 .source = "T. Dozat, ICLR 2016 workshop", SLOTS(slots),
	 .rule = "w - d"},
};

const struct optimizer_class optimizer_nadam = {
	.name = "nadam", .summary = N_("Nadam: Adam that looks one update ahead"),
	HYPERS(hypers), FORMS(forms), .update = nadam_update,
};
