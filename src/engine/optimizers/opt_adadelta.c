/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_adadelta.c -- AdaDelta.
 * Zeiler's form multiplies the gradient by the root of a windowed mean of squared changes and
 * divides it by that of squared gradients (his rate is 1). The lecture's has a rate in place of the
 * former. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "optimizer_rows.h"

enum { RATE, DECAY, EPSILON };
enum { FORM_ZEILER, FORM_LECTURE };
enum { S, D, U };

INLINE void lecture_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	double rate = optimizer->hypers[RATE], decay = optimizer->hypers[DECAY];
	double epsilon = optimizer->hypers[EPSILON];
	double *restrict s = u->slots[S], *restrict d = u->slots[D];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		s[p] = decay * s[p] + (1.0 - decay) * (g[p] * g[p]);
		double step = rate / sqrt(s[p] + epsilon) * g[p];
		if (shows)
			d[p] = step;
		w[p] -= step;
	}
}

static void lecture_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(lecture_loop, optimizer, u, u->slots[D]);
}

INLINE void zeiler_loop(const struct optimizer *optimizer, const struct update *u, bool shows)
{
	double rate = optimizer->hypers[RATE], decay = optimizer->hypers[DECAY];
	double epsilon = optimizer->hypers[EPSILON];
	double *restrict s = u->slots[S], *restrict d = u->slots[D], *restrict sum = u->slots[U];
	const double *restrict g = u->signal;
	double *restrict w = u->theta;
	for (size_t p = u->lo; p < u->hi; p++) {
		s[p] = decay * s[p] + (1.0 - decay) * (g[p] * g[p]);
		double change = sqrt(sum[p] + epsilon) / sqrt(s[p] + epsilon) * g[p];
		if (shows)
			d[p] = change;
		sum[p] = decay * sum[p] + (1.0 - decay) * (change * change);
		w[p] -= rate * change;
	}
}

static void zeiler_update(const struct optimizer *optimizer, const struct update *u)
{
	update_either_way(zeiler_loop, optimizer, u, u->slots[D]);
}

static void adadelta_update(const struct optimizer *optimizer, const struct update *u)
{
	(optimizer->form == FORM_LECTURE ? lecture_update : zeiler_update)(optimizer, u);
}

static const struct hyper hypers[] = {
    [RATE] = HYPER_RATE(1.0),
    [DECAY] = {"decay", "γ", N_("how long the window is"), 0.9, 0.0, 1.0},
    [EPSILON] = HYPER_EPSILON(1e-6),
};

#define SLOT_S                                                                                    \
	{                                                                                         \
		"s", NULL, "decay*s + (1 - decay)*g^2", N_("mean of the squared gradients"), true \
	}

static const struct optimizer_slot zeiler_slots[] = {
    [S] = SLOT_S,
    [D] = {"d", NULL, "sqrt(u + epsilon)/sqrt(s + epsilon)*g", N_("the change"), false},
    [U] = {"u", NULL, "decay*u + (1 - decay)*d^2", N_("mean of the squared changes"), true},
};
static const struct optimizer_slot lecture_slots[] = {
    [S] = SLOT_S,
    [D] = SLOT_STEP("rate/sqrt(s + epsilon)*g"),
};

static const struct optimizer_form forms[] = {
    [FORM_ZEILER] = {.name = "zeiler",
		     .summary = N_("past changes set the size of the next"),
		     .source = "M. Zeiler, arXiv 1212.5701, algorithm 1",
		     SLOTS(zeiler_slots),
		     .rule = "w - rate*d"},
    [FORM_LECTURE] = {.name = "lecture",
		      .summary = N_("a rate over the root of a windowed mean"),
		      .source = "A. Pardo, Redes Neuronales",
		      SLOTS(lecture_slots),
		      .rule = "w - d"},
};

const struct optimizer_class ROW(optimizer_adadelta) = {
    .name = "adadelta",
    .summary = N_("AdaDelta: a window instead of all gradients"),
    HYPERS(hypers),
    FORMS(forms),
    .update = adadelta_update,
};
