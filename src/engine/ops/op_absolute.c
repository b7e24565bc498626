/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_absolute.c -- the distance from 0, y = |x|. It has no slope at 0; by convention that is 0. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "elementwise.h"

static double absolute_value(double x, const double *attributes)
{
	(void)attributes;
	return fabs(x);
}

static double absolute_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : fabs(x); /* a NaN stays */
}

static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "if(x > 0, 1, if(x < 0, -1, 0))",
     .why = N_("the gradient passes as it is, or with its sign turned where x is negative")},
};
static const struct op_cases cases = {.side = elementwise_side_of_zero};

const struct op op_absolute = {
    .name = "abs",
    .summary = N_("absolute value gate: the input without its sign"),
    SLOTS(slots),
    .rule = "abs(x)",
    .cases = &cases,
    .value = absolute_value,
    .slope = absolute_slope,
    GATE,
};
