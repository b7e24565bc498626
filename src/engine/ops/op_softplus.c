/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_softplus.c -- y = log(1 + exp(x)), a smooth ReLU whose slope is the sigmoid.
 * Computed as max(x, 0) + log(1 + exp(-|x|)): exp() never overflows. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_KERNEL(softplus)

const struct op op_softplus = {
    .name = "softplus",
    .summary = N_("a ReLU with its corner rounded"),
    .family = OP_ACTIVATION,
    .rule = "log(1 + exp(x))",
    .partial_rule = {"1/(1 + exp(-x))"},
    .partial_why = {N_("the slope of the softplus is the sigmoid of its input")},
    ELEMENTWISE_ROW(softplus),
    .few = softplus_few,
};
