/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adamw.c -- AdamW: Adam with weight decay that does not pass through the means. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, BETA1, BETA2, EPSILON, DECAY };
enum { M, V, MHAT, VHAT, D };

static void adamw_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE], epsilon = optimizer->hypers[EPSILON];
	double beta1 = optimizer->hypers[BETA1], beta2 = optimizer->hypers[BETA2];
	double kept = 1.0 - rate * optimizer->hypers[DECAY];
	double bias1 = 1.0 - optimizer_power(beta1, u->t);
	double bias2 = 1.0 - optimizer_power(beta2, u->t);
	double *restrict m = u->slots[M], *restrict v = u->slots[V], *restrict d = u->slots[D];
	double *restrict mhat = u->slots[MHAT], *restrict vhat = u->slots[VHAT];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = beta1 * m[p] + (1.0 - beta1) * g[p];
		v[p] = beta2 * v[p] + (1.0 - beta2) * (g[p] * g[p]);
		double mh = m[p] / bias1, vh = v[p] / bias2;
		SHOW(mhat, p, mh);
		SHOW(vhat, p, vh);
		double step = rate * mh / (sqrt(vh) + epsilon);
		SHOW(d, p, step);
		w[p] = kept * w[p] - step;
	}
}

static const struct hyper hypers[] = {
	[RATE] = HYPER_RATE(0.001),
	[BETA1] = HYPER_BETA1,
	[BETA2] = HYPER_BETA2,
	[EPSILON] = HYPER_EPSILON(1e-8),
	[DECAY] = {"decay", "λ", N_("how fast the parameters themselves fall"), 0.01, 0.0, 1e3},
};

static const struct optimizer_slot slots[] = {
	[M] = SLOT_MEAN,
	[V] = SLOT_MEAN_SQUARE,
	[MHAT] = SLOT_MEAN_CORRECTED,
	[VHAT] = SLOT_MEAN_SQUARE_CORRECTED,
	[D] = SLOT_STEP("rate*mhat/(sqrt(vhat) + epsilon)"),
};

static const struct optimizer_form forms[] = {
	{.name = "decoupled", .summary = N_("the decay beside the step, not inside the gradient"),
	 .source = "I. Loshchilov, F. Hutter, ICLR 2019; PyTorch 1.13", SLOTS(slots),
	 .rule = "(1 - rate*decay)*w - d"},
};

const struct optimizer_class optimizer_adamw = {
	.name = "adamw", .summary = N_("AdamW: Adam with decoupled weight decay"),
	HYPERS(hypers), FORMS(forms), .update = adamw_update,
};
