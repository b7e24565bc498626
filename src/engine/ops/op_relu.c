/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_relu.c -- rectified linear unit, y = max(0, x).
 * At x = 0 there is no derivative; 0 is taken, as Goodfellow, Bengio and Courville do
 * (Deep Learning, 2016, section 6.3). Written so that a NaN stays a NaN. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_KERNEL(relu)

const struct op op_relu = {
    .name = "relu",
    .summary = N_("keep positive elements, make the others 0"),
    .family = OP_ACTIVATION,
    .rule = "max(0, x)",
    .partial_rule = {"if(x > 0, 1, 0)"},
    .partial_why = {N_("a ReLU that is on passes a change on; one that is off stops it")},
    .side = elementwise_side_of_zero,
    ELEMENTWISE_ROW(relu),
    .few = relu_few,
};
