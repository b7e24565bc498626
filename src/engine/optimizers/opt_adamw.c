/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adamw.c -- AdamW: Adam with weight decay that does not pass through the means. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "moments.h"

enum { DECAY = N_OF_MOMENTS };
enum { MHAT = V + 1, VHAT, D };

INLINE void adamw_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const struct moments c = moments_of(optimizer, u);
	double kept = 1.0 - c.rate * optimizer->hypers[DECAY];
	double *restrict m = u->slots[M], *restrict v = u->slots[V], *restrict d = u->slots[D];
	double *restrict mhat = u->slots[MHAT], *restrict vhat = u->slots[VHAT];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = moment_next(c.beta1, m[p], g[p]);
		v[p] = moment_next(c.beta2, v[p], g[p] * g[p]);
		double mh = m[p] / c.bias1, vh = v[p] / c.bias2;
		double step = c.rate * mh / (sqrt(vh) + c.epsilon);
		if (shows) {
			mhat[p] = mh;
			vhat[p] = vh;
			d[p] = step;
		}
		w[p] = kept * w[p] - step;
	}
}

static void adamw_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(adamw_loop, optimizer, u, u->slots[D]);
}

static const struct hyper hypers[] = {
    HYPERS_OF_MOMENTS(0.001),
    [DECAY] = {"decay", "λ", N_("how fast the parameters themselves fall"), 0.01, 0.0, 1e3},
};

static const struct optimizer_slot slots[] = {
    SLOTS_OF_MOMENTS,
    [MHAT] = SLOT_MEAN_CORRECTED,
    [VHAT] = SLOT_MEAN_SQUARE_CORRECTED,
    [D] = SLOT_STEP("rate*mhat/(sqrt(vhat) + epsilon)"),
};

static const struct optimizer_form forms[] = {
    {.name = "decoupled",
     .summary = N_("the decay beside the step, not inside the gradient"),
     .source = "I. Loshchilov, F. Hutter, ICLR 2019; PyTorch 1.13",
     SLOTS(slots),
     .rule = "(1 - rate*decay)*w - d"},
};

const struct optimizer_class ROW(optimizer_adamw) = {
    .name = "adamw",
    .summary = N_("AdamW: Adam with decoupled weight decay"),
    HYPERS(hypers),
    FORMS(forms),
    .update = adamw_update,
};
