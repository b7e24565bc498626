/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_nesterov.c -- Nesterov's accelerated gradient.
 * The lecture's form takes the gradient at the point where the velocity alone would lead. The
 * reformulated one, PyTorch's, changes variables so that the gradient is taken at the parameters.
 */
#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, MOMENTUM };
enum { FORM_LECTURE, FORM_REFORMULATED };
enum { V };

static void nesterov_look_ahead(const struct optimizer *optimizer, const struct update *u,
				double *point)
{
	double momentum = optimizer->hypers[MOMENTUM];
	for (size_t p = u->lo; p < u->hi; p++)
		point[p] = u->theta[p] + momentum * u->slots[V][p];
}

static void nesterov_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE], momentum = optimizer->hypers[MOMENTUM];
	double *restrict v = u->slots[V];
	bool lecture = optimizer->form == FORM_LECTURE;
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; lecture && p < u->hi; p++) {
		v[p] = momentum * v[p] - rate * g[p];
		w[p] += v[p];
	}
	for (size_t p = u->lo; !lecture && p < u->hi; p++) {
		v[p] = momentum * v[p] + g[p];
		w[p] -= rate * (g[p] + momentum * v[p]);
	}
}

static const struct hyper hypers[] = {
    [RATE] = HYPER_RATE(0.1),
    [MOMENTUM] = HYPER_MOMENTUM,
};

static const struct optimizer_slot lecture_slots[] = {
    [V] = {"v", NULL, "momentum*v - rate*g", N_("velocity"), true},
};
static const struct optimizer_slot reformulated_slots[] = {
    [V] = {"v", NULL, "momentum*v + g", N_("velocity"), true},
};

static const struct optimizer_form forms[] = {
    [FORM_LECTURE] = {.name = "lecture",
		      .summary = N_("the gradient where the velocity leads"),
		      .source = "A. Pardo, Redes Neuronales; Y. Nesterov, 1983",
		      SLOTS(lecture_slots),
		      .ahead = "w + momentum*v",
		      .rule = "w + v"},
    [FORM_REFORMULATED] = {.name = "reformulated",
			   .summary = N_("the same idea with the gradient at the parameters"),
			   .source = "Y. Bengio et al., ICASSP 2013; PyTorch 1.13",
			   SLOTS(reformulated_slots),
			   .rule = "w - rate*(g + momentum*v)"},
};

const struct optimizer_class ROW(optimizer_nesterov) = {
    .name = "nesterov",
    .summary = N_("Nesterov's accelerated gradient"),
    HYPERS(hypers),
    FORMS(forms),
    .look_ahead = nesterov_look_ahead,
    .update = nesterov_update,
};
