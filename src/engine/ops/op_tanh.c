/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_tanh.c -- hyperbolic tangent. dy/dx = 1 - y^2, so backward reads y only. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_KERNEL(tanh)

const struct op op_tanh = {
    .name = "tanh",
    .summary = N_("squash each element into (-1, 1)"),
    .family = OP_ACTIVATION,
    .rule = "tanh(x)",
    .partial_rule = {"1 - y^2"},
    .partial_why = {N_("the slope of tanh: largest, 1, at 0, small near -1 and 1")},
    ELEMENTWISE_ROW(tanh),
    .few = tanh_few,
};
