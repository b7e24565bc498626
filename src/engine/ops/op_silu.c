/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_silu.c -- sigmoid linear unit (swish), y = x sigmoid(x).
 * Math: with s = sigmoid(x), dy/dx = s + x s (1 - s) = s + y (1 - s).
 * Source: S. Elfwing, E. Uchibe, K. Doya, Neural Networks 107 (2018). */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double silu_value(double x, const double *attributes)
{
	(void)attributes;
	return x * real_sigmoid(x);
}

static inline double silu_slope(double x, double y, const double *attributes)
{
	(void)attributes;
	return real_sigmoid(x) + y * (1.0 - real_sigmoid(x));
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "y + 1/(1 + exp(-x))*(1 - y)",
     .why = N_("the slope: near 0 far to the left, near 1 far to the right, a dip in between")},
};

const struct op op_silu = {
    .name = "silu",
    .summary = N_("each element times its own sigmoid"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "x/(1 + exp(-x))",
    .value = silu_value,
    .slope = silu_slope,
    ELEMENTWISE,
};
#endif
