/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_smoothing.c -- label smoothing: targets of 0 and 1 become a little less sure.
 *
 * Of k classes, one form gives the right one 1 - epsilon and each other epsilon / (k - 1); the
 * other mixes the targets with equal shares, epsilon / k for each, the right one too. Source of the
 * first: B. Vazquez, IIMAS-UNAM, Redes neuronales, "suavizado de etiquetas"; of the second: C.
 * Szegedy et al., CVPR 2016, section 7. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_UNARY(others, x *(1.0 - a[0]) + (1.0 - x) * (a[0] / (a[1] - 1.0)),
		  1.0 - a[0] - a[0] / (a[1] - 1.0))
ELEMENTWISE_UNARY(all, x *(1.0 - a[0]) + a[0] / a[1], 1.0 - a[0])

static const struct op_attribute attributes[] = {
    {"epsilon", "ε", N_("how much is taken from the right class"), 0.1, 0.0, 1.0},
    {"k", "k", N_("the number of classes"), 2.0, 2.0, 1e6},
};

const struct op op_smoothing_others = {
    .name = "others",
    .summary = N_("smoothed target: the other classes share what the right one gives away"),
    .family = OP_TARGET,
    .n_attributes = 2,
    .attributes = attributes,
    .rule = "x*(1 - epsilon) + (1 - x)*(epsilon/(k - 1))",
    .partial_rule = {"1 - epsilon - epsilon/(k - 1)"},
    .partial_why = {N_("the smoothed target moves a little less than the target")},
    ELEMENTWISE_ROW(others),
};

const struct op op_smoothing_all = {
    .name = "all",
    .summary = N_("smoothed target: all classes share what the right one gives away"),
    .family = OP_TARGET,
    .n_attributes = 2,
    .attributes = attributes,
    .rule = "x*(1 - epsilon) + epsilon/k",
    .partial_rule = {"1 - epsilon"},
    .partial_why = {N_("the smoothed target moves a little less than the target")},
    ELEMENTWISE_ROW(all),
};
