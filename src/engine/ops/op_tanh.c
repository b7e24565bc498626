/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_tanh.c -- hyperbolic tangent. dy/dx = 1 - y^2, so the slope reads y only. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double tanh_value(double x, const double *attributes)
{
	(void)attributes;
	return real_tanh(x);
}

static inline double tanh_slope(double x, double y, const double *attributes)
{
	(void)x, (void)attributes;
	return 1.0 - y * y;
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "1 - y^2",
     .why = N_("the slope of tanh: largest, 1, at 0, small near -1 and 1")},
};

const struct op op_tanh = {
    .name = "tanh",
    .summary = N_("squash each element into (-1, 1)"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "tanh(x)",
    .value = tanh_value,
    .slope = tanh_slope,
    ELEMENTWISE,
};
#endif
