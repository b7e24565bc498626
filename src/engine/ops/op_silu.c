/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_silu.c -- sigmoid linear unit (swish), y = x sigmoid(x).
 * Math: with s = sigmoid(x), dy/dx = s + x s (1 - s) = y + s (1 - y).
 * Source: S. Elfwing, E. Uchibe, K. Doya, Neural Networks 107 (2018). */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_KERNEL(silu)

const struct op op_silu = {
    .name = "silu",
    .summary = N_("each element times its own sigmoid"),
    .family = OP_ACTIVATION,
    .rule = "x/(1 + exp(-x))",
    .partial_rule = {"y + 1/(1 + exp(-x))*(1 - y)"},
    .partial_why = {N_(
	"the slope: near 0 far to the left, near 1 far to the right, a dip in between")},
    ELEMENTWISE_ROW(silu),
    .few = silu_few,
};
