/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adam.c -- Adam: momentum and RMSProp together, with their bias towards 0 corrected.
 * "outside" and "inside" say where epsilon stands. "folded" puts both corrections into the rate,
 * with an epsilon of its own, as the paper proposes for speed at the end of its section 2.
 * "uncorrected" leaves the corrections out, as exercises on paper do. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "moments.h"

enum { FORM_OUTSIDE, FORM_INSIDE, FORM_FOLDED, FORM_UNCORRECTED };
enum { MHAT = V + 1, VHAT, D };
enum { DIRECT_D = V + 1 };

INLINE void adam_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const struct moments c = moments_of(optimizer, u);
	double *restrict m = u->slots[M], *restrict v = u->slots[V], *restrict d = u->slots[D];
	double *restrict mhat = u->slots[MHAT], *restrict vhat = u->slots[VHAT];
	bool outside = optimizer->form == FORM_OUTSIDE;
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = moment_next(c.beta1, m[p], g[p]);
		v[p] = moment_next(c.beta2, v[p], g[p] * g[p]);
		double mh = m[p] / c.bias1, vh = v[p] / c.bias2;
		double root = outside ? sqrt(vh) + c.epsilon : sqrt(vh + c.epsilon);
		double step = c.rate * mh / root;
		if (shows) {
			mhat[p] = mh;
			vhat[p] = vh;
			d[p] = step;
		}
		w[p] -= step;
	}
}

static void adam_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(adam_loop, optimizer, u, u->slots[D]);
}

/* The step comes straight from m and v. */
INLINE void direct_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const struct moments c = moments_of(optimizer, u);
	bool folded = optimizer->form == FORM_FOLDED;
	double scaled = folded ? c.rate * sqrt(c.bias2) / c.bias1 : c.rate;
	double *restrict m = u->slots[M], *restrict v = u->slots[V];
	double *restrict d = u->slots[DIRECT_D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = moment_next(c.beta1, m[p], g[p]);
		v[p] = moment_next(c.beta2, v[p], g[p] * g[p]);
		double step = scaled * m[p] / (sqrt(v[p]) + c.epsilon);
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void direct_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(direct_loop, optimizer, u, u->slots[DIRECT_D]);
}

static void update(const struct optimizer *optimizer, const struct update *u)
{
	bool direct = optimizer->form == FORM_FOLDED || optimizer->form == FORM_UNCORRECTED;
	(direct ? direct_update : adam_update)(optimizer, u);
}

static const struct hyper hypers[] = {
    HYPERS_OF_MOMENTS(0.001),
};

#define MEAN_SLOTS \
	SLOTS_OF_MOMENTS, [MHAT] = SLOT_MEAN_CORRECTED, [VHAT] = SLOT_MEAN_SQUARE_CORRECTED

static const struct optimizer_slot outside_slots[] = {
    MEAN_SLOTS,
    [D] = SLOT_STEP("rate*mhat/(sqrt(vhat) + epsilon)"),
};
static const struct optimizer_slot inside_slots[] = {
    MEAN_SLOTS,
    [D] = SLOT_STEP("rate*mhat/sqrt(vhat + epsilon)"),
};
static const struct optimizer_slot folded_slots[] = {
    SLOTS_OF_MOMENTS,
    [DIRECT_D] = SLOT_STEP("rate*sqrt(1 - beta2^t)/(1 - beta1^t)*m/(sqrt(v) + epsilon)"),
};
static const struct optimizer_slot uncorrected_slots[] = {
    SLOTS_OF_MOMENTS,
    [DIRECT_D] = SLOT_STEP("rate*m/(sqrt(v) + epsilon)"),
};

static const struct optimizer_form forms[] = {
    [FORM_OUTSIDE] = {.name = "outside",
		      .summary = N_("epsilon outside the root"),
		      .source = "A. Pardo, Redes Neuronales; D. Kingma, J. Ba, ICLR 2015",
		      SLOTS(outside_slots),
		      .rule = "w - d"},
    [FORM_INSIDE] = {.name = "inside",
		     .summary = N_("epsilon inside the root"),
		     .source = "B. Vázquez, IIMAS-UNAM",
		     SLOTS(inside_slots),
		     .rule = "w - d"},
    [FORM_FOLDED] = {.name = "folded",
		     .summary = N_("both corrections inside the rate"),
		     .source = "D. Kingma, J. Ba, ICLR 2015, end of section 2",
		     SLOTS(folded_slots),
		     .rule = "w - d"},
    [FORM_UNCORRECTED] = {.name = "uncorrected",
			  .summary = N_("without the correction of the bias towards 0"),
			  .source = "Stanford CS231n, Adam (almost)",
			  SLOTS(uncorrected_slots),
			  .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_adam) = {
    .name = "adam",
    .summary = N_("Adam: means of the gradient and of its square"),
    HYPERS(hypers),
    FORMS(forms),
    .update = update,
};
