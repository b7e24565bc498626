/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_amsgrad.c -- AMSGrad: Adam whose divisor never falls.
 * PyTorch takes the largest mean square and corrects its bias. The paper corrects nothing and has
 * no epsilon; here with a constant rate and beta1, and without its projection onto a feasible set.
 */
#include <math.h>

#include "backstep/base/i18n.h"
#include "moments.h"

enum { FORM_PYTORCH, FORM_PAPER };
enum { VMAX = V + 1, D };

INLINE void pytorch_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const struct moments c = moments_of(optimizer, u);
	double *restrict m = u->slots[M], *restrict v = u->slots[V],
			 *restrict vmax = u->slots[VMAX];
	double *restrict d = u->slots[D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = moment_next(c.beta1, m[p], g[p]);
		v[p] = moment_next(c.beta2, v[p], g[p] * g[p]);
		vmax[p] = v[p] <= vmax[p] ? vmax[p] : v[p];
		double step = c.rate * (m[p] / c.bias1) / (sqrt(vmax[p] / c.bias2) + c.epsilon);
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void pytorch_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(pytorch_loop, optimizer, u, u->slots[D]);
}

INLINE void paper_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const struct moments c = moments_of(optimizer, u);
	double *restrict m = u->slots[M], *restrict v = u->slots[V],
			 *restrict vmax = u->slots[VMAX];
	double *restrict d = u->slots[D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		m[p] = moment_next(c.beta1, m[p], g[p]);
		v[p] = moment_next(c.beta2, v[p], g[p] * g[p]);
		vmax[p] = v[p] <= vmax[p] ? vmax[p] : v[p];
		/* a parameter that never had a gradient stays: 0 / 0 must not reach it */
		double step = vmax[p] == 0.0 ? 0.0 : c.rate * m[p] / sqrt(vmax[p]);
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void paper_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(paper_loop, optimizer, u, u->slots[D]);
}

static void amsgrad_update(const struct optimizer *optimizer, const struct update *u)
{
	(optimizer->form == FORM_PYTORCH ? pytorch_update : paper_update)(optimizer, u);
}

static const struct hyper hypers[] = {
    HYPERS_OF_MOMENTS(0.001),
};

#define MEAN_SLOTS                                                \
	SLOTS_OF_MOMENTS, [VMAX] = {"vmax", NULL, "max(vmax, v)", \
				    N_("the largest mean square so far"), true}

static const struct optimizer_slot pytorch_slots[] = {
    MEAN_SLOTS,
    [D] = SLOT_STEP("rate*(m/(1 - beta1^t))/(sqrt(vmax/(1 - beta2^t)) + epsilon)"),
};
static const struct optimizer_slot paper_slots[] = {
    MEAN_SLOTS,
    [D] = SLOT_STEP("if(vmax = 0, 0, rate*m/sqrt(vmax))"),
};

static const struct optimizer_form forms[] = {
    [FORM_PYTORCH] = {.name = "pytorch",
		      .summary = N_("both means corrected"),
		      .source = "PyTorch 1.13, torch.optim.Adam(amsgrad=True)",
		      SLOTS(pytorch_slots),
		      .rule = "w - d"},
    [FORM_PAPER] = {.name = "paper",
		    .summary = N_("no correction, no epsilon"),
		    .source = "S. Reddi, S. Kale, S. Kumar, ICLR 2018, algorithm 2",
		    SLOTS(paper_slots),
		    .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_amsgrad) = {
    .name = "amsgrad",
    .summary = N_("AMSGrad: Adam whose divisor never falls"),
    HYPERS(hypers),
    FORMS(forms),
    .update = amsgrad_update,
};
