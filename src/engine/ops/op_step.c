/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_step.c -- threshold, y = 1 where x > 0, otherwise 0.
 * It is flat on both sides, so its slope says nothing about how to learn: the perceptron has a
 * rule of its own (optimizers/opt_perceptron.c). */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_UNARY(step, x > 0.0 ? 1.0 : x == x ? 0.0 : x, 0.0)

const struct op op_step = {
    .name = "step",
    .summary = N_("1 above 0, otherwise 0"),
    .family = OP_ACTIVATION,
    .rule = "if(x > 0, 1, 0)",
    .partial_rule = {"0"},
    .partial_why = {N_("a step is flat: a small change of its input changes nothing")},
    .side = elementwise_side_of_zero,
    ELEMENTWISE_ROW(step),
};
