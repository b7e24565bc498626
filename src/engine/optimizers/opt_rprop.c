/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_rprop.c -- RProp: only the gradient's sign counts; a step size of its own for each parameter
 * grows while the sign stays and shrinks when it turns.
 *
 * M. Riedmiller and H. Braun (ICNN 1993) take a step back where the sign has turned; Riedmiller
 * (Computer Standards & Interfaces 16, 1994) goes on with the smaller step. Here the parameter
 * waits one update, which C. Igel and M. Huesken call iRprop-: the gradient that turned counts as
 * 0. */
#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, GROW, SHRINK, LEAST, MOST };
enum { Q, A, G };

static double clamp(double x, double least, double most)
{
	return x < least ? least : x > most ? most : x;
}

INLINE void rprop_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	const double *h = optimizer->hypers;
	double *restrict turn = u->slots[Q], *restrict size = u->slots[A],
			 *restrict last = u->slots[G];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		double q = g[p] * last[p];
		double before = u->t > 1 ? size[p] : h[RATE];
		double factor = q > 0.0 ? h[GROW] : q < 0.0 ? h[SHRINK] : 1.0;
		if (shows)
			turn[p] = q;
		size[p] = clamp(before * factor, h[LEAST], h[MOST]);
		last[p] = q < 0.0 ? 0.0 : g[p];
		double sign = last[p] > 0.0 ? 1.0 : last[p] < 0.0 ? -1.0 : last[p];
		w[p] -= sign * size[p];
	}
}

static void rprop_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(rprop_loop, optimizer, u, u->slots[Q]);
}

static const struct hyper hypers[] = {
    [RATE] = {"rate", "η", N_("size of the first step"), 0.01, 0.0, 1e6},
    [GROW] = {"grow", "η⁺", N_("factor while the sign stays"), 1.2, 1.0, 10.0},
    [SHRINK] = {"shrink", "η⁻", N_("factor when the sign turns"), 0.5, 0.0, 1.0},
    [LEAST] = {"least", NULL, N_("smallest step"), 1e-6, 0.0, 1e6},
    [MOST] = {"most", NULL, N_("largest step"), 50.0, 0.0, 1e6},
};

static const struct optimizer_slot slots[] = {
    [Q] = {"q", NULL, "g*p", N_("above 0 where the sign stays, below where it turns"), false},
    [A] = {"a", NULL,
	   "min(max(if(t > 1, a, rate)*if(q > 0, grow, if(q < 0, shrink, 1)), least), most)",
	   N_("the step size"), true},
    [G] = {"p", NULL, "if(q < 0, 0, g)", N_("the gradient that the next update compares with"),
	   true},
};

static const struct optimizer_form forms[] = {
    {.name = "irprop-minus",
     .summary = N_("the sign of the gradient times a step size; where it turned, none"),
     .source = "C. Igel, M. Hüsken, NC 2000; PyTorch 1.13",
     SLOTS(slots),
     .rule = "w - if(p > 0, 1, if(p < 0, -1, 0))*a"},
};

const struct optimizer_class ROW(optimizer_rprop) = {
    .name = "rprop",
    .summary = N_("RProp: signs of gradients, step sizes that adapt"),
    HYPERS(hypers),
    FORMS(forms),
    .update = rprop_update,
};
