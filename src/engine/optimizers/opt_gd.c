/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_gd.c -- gradient descent, w - rate * gradient. With one row a batch it is stochastic, with
 * some rows mini-batch, with all rows full-batch gradient descent: the rule is the same. */
#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE };

static void gd_update(const struct optimizer *optimizer, const struct update *u)
{
	const double rate = optimizer->hypers[RATE];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++)
		w[p] -= rate * g[p];
}

static const struct hyper hypers[] = {
    [RATE] = {"rate", "η", N_("learning rate"), 0.1, 0.0, 1e6},
};

static const struct optimizer_form forms[] = {
    {.name = "descent",
     .summary = N_("against the gradient"),
     .source = "A. Cauchy, 1847",
     .rule = "w - rate*g"},
};

const struct optimizer_class ROW(optimizer_gd) = {
    .name = "gd",
    .summary = N_("gradient descent"),
    .hypers = hypers,
    .n_hypers = sizeof hypers / sizeof *hypers,
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .update = gd_update,
};
