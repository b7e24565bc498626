/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_leaky_relu.c -- y = max(slope x, x) with 0 <= slope <= 1. At the kink the slope of the left
 * side is taken, as for the ReLU.
 * Source: A. Maas, A. Hannun, A. Ng, "Rectifier nonlinearities improve neural network acoustic
 * models", ICML 2013. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double leaky_relu_value(double x, const double *attributes)
{
	return x > 0.0 ? x : attributes[0] * x;
}

static inline double leaky_relu_slope(double x, double y, const double *attributes)
{
	(void)y;
	return x > 0.0 ? 1.0 : attributes[0];
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "if(x > 0, 1, slope)",
     .why = N_("below 0 a little of every change still passes: no unit dies")},
};
static const struct hyper attributes[] = {
    {"slope", "a", N_("slope below 0"), 0.1, 0.0, 1.0},
};
static const struct op_cases cases = {.side = elementwise_side_of_zero};

const struct op op_leaky_relu = {
    .name = "leaky-relu",
    .summary = N_("keep positive elements, shrink the others"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    ATTRIBUTES(attributes),
    .rule = "max(slope*x, x)",
    .cases = &cases,
    .value = leaky_relu_value,
    .slope = leaky_relu_slope,
    ELEMENTWISE,
};
#endif
