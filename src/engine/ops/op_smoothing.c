/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_smoothing.c -- label smoothing: targets of 0 and 1 become a little less sure.
 *
 * Of k classes, one form gives the right one 1 - epsilon and each other epsilon / (k - 1); the
 * other mixes the targets with equal shares, epsilon / k for each, the right one too. Source of the
 * first: B. Vazquez, IIMAS-UNAM, Redes neuronales, "suavizado de etiquetas"; of the second: C.
 * Szegedy et al., CVPR 2016, section 7. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

enum { EPSILON, K };

static inline double others_value(double x, const double *a)
{
	return x * (1.0 - a[EPSILON]) + (1.0 - x) * (a[EPSILON] / (a[K] - 1.0));
}

static inline double others_slope(double x, double y, const double *a)
{
	(void)x, (void)y;
	return 1.0 - a[EPSILON] - a[EPSILON] / (a[K] - 1.0);
}

static inline double all_value(double x, const double *a)
{
	return x * (1.0 - a[EPSILON]) + a[EPSILON] / a[K];
}

static inline double all_slope(double x, double y, const double *a)
{
	(void)x, (void)y;
	return 1.0 - a[EPSILON];
}

#ifndef FUNCTIONS_ONLY
static const struct hyper attributes[] = {
    [EPSILON] = {"epsilon", "ε", N_("how much is taken from the right class"), 0.1, 0.0, 1.0},
    [K] = {"k", "k", N_("the number of classes"), 2.0, 2.0, 1e6},
};

#define WHY N_("the smoothed target moves a little less than the target")

static const struct op_slot others_slots[] = {
    {.name = "x", .partial = "1 - epsilon - epsilon/(k - 1)", .why = WHY},
};
static const struct op_slot all_slots[] = {
    {.name = "x", .partial = "1 - epsilon", .why = WHY},
};

const struct op op_smoothing_others = {
    .name = "others",
    .summary = N_("smoothed target: the other classes share what the right one gives away"),
    .family = OP_TARGET,
    SLOTS(others_slots),
    ATTRIBUTES(attributes),
    .rule = "x*(1 - epsilon) + (1 - x)*(epsilon/(k - 1))",
    .value = others_value,
    .slope = others_slope,
    ELEMENTWISE,
};

const struct op op_smoothing_all = {
    .name = "all",
    .summary = N_("smoothed target: all classes share what the right one gives away"),
    .family = OP_TARGET,
    SLOTS(all_slots),
    ATTRIBUTES(attributes),
    .rule = "x*(1 - epsilon) + epsilon/k",
    .value = all_value,
    .slope = all_slope,
    ELEMENTWISE,
};
#endif
