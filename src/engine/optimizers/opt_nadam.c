/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_nadam.c -- Nadam: Adam whose mean looks one update ahead, as Nesterov's velocity does. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "moments.h"

enum { MHAT = V + 1, VHAT, D };

INLINE void nadam_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const struct moments c = moments_of(optimizer, u);
	double next_bias = 1.0 - real_whole_power(c.beta1, u->t + 1);
	double *restrict m = u->slots[M], *restrict v = u->slots[V], *restrict d = u->slots[D];
	double *restrict mhat = u->slots[MHAT], *restrict vhat = u->slots[VHAT];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = moment_next(c.beta1, m[p], g[p]);
		v[p] = moment_next(c.beta2, v[p], g[p] * g[p]);
		double mh = c.beta1 * m[p] / next_bias + (1.0 - c.beta1) * g[p] / c.bias1;
		double vh = v[p] / c.bias2;
		double step = c.rate * mh / (sqrt(vh) + c.epsilon);
		if (shows) {
			mhat[p] = mh;
			vhat[p] = vh;
			d[p] = step;
		}
		w[p] -= step;
	}
}

static void nadam_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(nadam_loop, optimizer, u, u->slots[D]);
}

static const struct hyper hypers[] = {
    HYPERS_OF_MOMENTS(0.002),
};

static const struct optimizer_slot slots[] = {
    SLOTS_OF_MOMENTS,
    [MHAT] = {"mhat", "m̂", "beta1*m/(1 - beta1^(t + 1)) + (1 - beta1)*g/(1 - beta1^t)",
	      N_("the mean one update ahead, corrected"), false},
    [VHAT] = SLOT_MEAN_SQUARE_CORRECTED,
    [D] = SLOT_STEP("rate*mhat/(sqrt(vhat) + epsilon)"),
};

static const struct optimizer_form forms[] = {
    {.name = "dozat",
     .summary = N_("a constant beta1"),
     .source = "T. Dozat, ICLR 2016 workshop",
     SLOTS(slots),
     .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_nadam) = {
    .name = "nadam",
    .summary = N_("Nadam: Adam that looks one update ahead"),
    HYPERS(hypers),
    FORMS(forms),
    .update = nadam_update,
};
