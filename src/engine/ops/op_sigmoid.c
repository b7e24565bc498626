/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_sigmoid.c -- logistic sigmoid, y = 1 / (1 + exp(-x)).
 * dy/dx = y (1 - y), so the slope reads y and never calls exp() again.
 * exp(-x) overflows below x = -709; real_sigmoid (base/real.h) then goes on to 0 all the same, and
 * rounds alike on every machine. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double sigmoid_value(double x, const double *attributes)
{
	(void)attributes;
	return real_sigmoid(x);
}

static inline double sigmoid_slope(double x, double y, const double *attributes)
{
	(void)x, (void)attributes;
	return y * (1.0 - y);
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "y*(1 - y)",
     .why = N_("the slope of the sigmoid: largest at 1/2, small near 0 and 1")},
};

const struct op op_sigmoid = {
    .name = "sigmoid",
    .summary = N_("squash each element into (0, 1)"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "1/(1 + exp(-x))",
    .value = sigmoid_value,
    .slope = sigmoid_slope,
    ELEMENTWISE,
};
#endif
