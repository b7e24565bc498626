/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_gd.c -- gradient descent, w - rate * gradient. With one row a batch it is stochastic, with
 * some rows mini-batch, with all rows full-batch gradient descent: the rule is the same. */
#include "backstep/base/i18n.h"
#include "backstep/engine/kernels.h"
#include "backstep/engine/optimizer.h"

enum { RATE };

/* Small layers leave their gradients in pairs. Math: x - x is 0, or NaN where x is none finite. */
static bool descend_few(size_t n, double rate, const double *restrict g, double *restrict w)
{
	kernels_pair doubts = {0.0, 0.0};
	size_t p = 0;
	for (; p + 2 <= n; p += 2) {
		kernels_pair next =
		    *(kernels_pair *)(w + p) - rate * *(const kernels_pair *)(g + p);
		*(kernels_pair *)(w + p) = next;
		doubts += next - next;
	}
	double doubt = doubts[0] + doubts[1];
	if (p < n) {
		w[p] -= rate * g[p];
		doubt += w[p] - w[p];
	}
	return doubt == 0.0;
}

static __attribute__((noinline)) bool descend_many(size_t n, double rate, const double *g,
						   double *w)
{
	return kernels_current()->descend(n, rate, g, w);
}

static void gd_update(const struct optimizer *optimizer, const struct update *u)
{
	const double rate = optimizer->hypers[RATE];
	const size_t n = u->hi - u->lo;
	const double *g = u->signal + u->lo;
	double *w = u->theta + u->lo;
	bool finite =
	    n < KERNELS_SMALL_DESCENT ? descend_few(n, rate, g, w) : descend_many(n, rate, g, w);
	if (u->finite)
		*u->finite = finite;
}

static const struct hyper hypers[] = {
    [RATE] = {"rate", "η", N_("learning rate"), 0.1, 0.0, 1e6},
};

static const struct optimizer_form forms[] = {
    {.name = "descent",
     .summary = N_("against the gradient"),
     .source = "A. Cauchy, 1847",
     .rule = "w - rate*g",
     .looks = true},
};

const struct optimizer_class optimizer_gd = {
    .name = "gd",
    .summary = N_("gradient descent"),
    .hypers = hypers,
    .n_hypers = sizeof hypers / sizeof *hypers,
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .update = gd_update,
};
