/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_sigmoid.c -- logistic sigmoid, y = 1 / (1 + exp(-x)).
 * dy/dx = y (1 - y), so backward reads y and never calls exp() again.
 * exp(-x) overflows to +inf below x = -709; 1 / (1 + inf) is then exactly 0. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_KERNEL(sigmoid)

const struct op op_sigmoid = {
    .name = "sigmoid",
    .summary = N_("squash each element into (0, 1)"),
    .family = OP_ACTIVATION,
    .rule = "1/(1 + exp(-x))",
    .partial_rule = {"y*(1 - y)"},
    .partial_why = {N_("the slope of the sigmoid: largest at 1/2, small near 0 and 1")},
    ELEMENTWISE_ROW(sigmoid),
    .few = sigmoid_few,
};
