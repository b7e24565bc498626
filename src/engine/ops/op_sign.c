/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_sign.c -- sign, y = 1 above 0, -1 below, 0 at 0. Flat wherever it has a slope, as step is. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_UNARY(sign, x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x, 0.0)

const struct op op_sign = {
    .name = "sign",
    .summary = N_("1 above 0, -1 below"),
    .family = OP_ACTIVATION,
    .rule = "if(x > 0, 1, if(x < 0, -1, 0))",
    .partial_rule = {"0"},
    .partial_why = {N_("a step is flat: a small change of its input changes nothing")},
    .side = elementwise_side_of_zero,
    ELEMENTWISE_ROW(sign),
};
