/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_momentum.c -- momentum: a velocity that remembers earlier gradients.
 * The lecture's form carries the rate inside the velocity, PyTorch's outside: they differ as soon
 * as the rate changes. PyTorch starts the velocity at the first gradient, without dampening. */
#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, MOMENTUM, DAMPENING };
enum { FORM_LECTURE, FORM_PYTORCH };
enum { V };

static void momentum_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE], momentum = optimizer->hypers[MOMENTUM];
	double share = 1.0 - optimizer->hypers[DAMPENING];
	double *restrict v = u->slots[V];
	bool lecture = optimizer->form == FORM_LECTURE;
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; lecture && p < u->hi; p++) {
		v[p] = momentum * v[p] - rate * g[p];
		w[p] += v[p];
	}
	for (size_t p = u->lo; !lecture && p < u->hi; p++) {
		v[p] = u->t > 1 ? momentum * v[p] + share * g[p] : g[p];
		w[p] -= rate * v[p];
	}
}

static const struct hyper hypers[] = {
    [RATE] = HYPER_RATE(0.1),
    [MOMENTUM] = HYPER_MOMENTUM,
    [DAMPENING] = {"dampening", "d", N_("how much of the gradient is left out"), 0.0, 0.0, 1.0},
};

static const struct optimizer_slot lecture_slots[] = {
    [V] = {"v", NULL, "momentum*v - rate*g", N_("velocity"), true},
};
static const struct optimizer_slot pytorch_slots[] = {
    [V] = {"v", NULL, "if(t > 1, momentum*v + (1 - dampening)*g, g)", N_("velocity"), true},
};

static const struct optimizer_form forms[] = {
    [FORM_LECTURE] = {.name = "lecture",
		      .summary = N_("the rate inside the velocity"),
		      .source = "A. Pardo, Redes Neuronales; B. Polyak, 1964",
		      SLOTS(lecture_slots),
		      .rule = "w + v"},
    [FORM_PYTORCH] = {.name = "pytorch",
		      .summary = N_("the rate outside the velocity"),
		      .source = "PyTorch 1.13, torch.optim.SGD",
		      SLOTS(pytorch_slots),
		      .rule = "w - rate*v"},
};

const struct optimizer_class ROW(optimizer_momentum) = {
    .name = "momentum",
    .summary = N_("gradient descent with momentum"),
    HYPERS(hypers),
    FORMS(forms),
    .update = momentum_update,
};
