/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_softplus.c -- y = log(1 + exp(x)), a smooth ReLU whose slope is the sigmoid.
 * Computed as max(x, 0) + log(1 + exp(-|x|)): exp() never overflows. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double softplus_value(double x, const double *attributes)
{
	(void)attributes;
	return real_softplus(x);
}

static inline double softplus_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return real_sigmoid(x);
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "1/(1 + exp(-x))",
     .why = N_("the slope of the softplus is the sigmoid of its input")},
};

const struct op op_softplus = {
    .name = "softplus",
    .summary = N_("a ReLU with its corner rounded"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "log(1 + exp(x))",
    .value = softplus_value,
    .slope = softplus_slope,
    ELEMENTWISE,
};
#endif
