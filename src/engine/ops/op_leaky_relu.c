/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_leaky_relu.c -- y = max(slope x, x) with 0 <= slope <= 1. At the kink the slope of the left
 * side is taken, as for the ReLU.
 * Source: A. Maas, A. Hannun, A. Ng, "Rectifier nonlinearities improve neural network acoustic
 * models", ICML 2013. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_UNARY(leaky_relu, x > 0.0 ? x : a[0] * x, x > 0.0 ? 1.0 : a[0])

static const struct op_attribute attributes[] = {
    {"slope", "a", N_("slope below 0"), 0.1, 0.0, 1.0},
};

const struct op op_leaky_relu = {
    .name = "leaky-relu",
    .summary = N_("keep positive elements, shrink the others"),
    .family = OP_ACTIVATION,
    .n_attributes = 1,
    .attributes = attributes,
    .rule = "max(slope*x, x)",
    .partial_rule = {"if(x > 0, 1, slope)"},
    .partial_why = {N_("below 0 a little of every change still passes: no unit dies")},
    .side = elementwise_side_of_zero,
    ELEMENTWISE_ROW(leaky_relu),
};
