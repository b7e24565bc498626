/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_circular.c -- the gates for sine, cosine and tangent, of angles in radians.
 *
 * Beyond CIRCULAR_MAX they are NaN: there the digits of a double no longer say where on the circle
 * an angle lies. */
#include "backstep/base/circular.h"
#include "backstep/base/i18n.h"
#include "elementwise.h"

static double sin_value(double x, const double *attributes)
{
	(void)attributes;
	return circular_sin(x);
}

static double sin_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return circular_cos(x);
}

static const struct op_slot sin_slots[] = {
    {.name = "x",
     .partial = "cos(x)",
     .why = N_("steepest at 0, flat at the top: the slope of the sine is the cosine"),
     .least = -CIRCULAR_MAX,
     .most = CIRCULAR_MAX},
};

const struct op op_sin = {
    .name = "sin",
    .summary = N_("sine gate, of an angle in radians"),
    SLOTS(sin_slots),
    .rule = "sin(x)",
    .value = sin_value,
    .slope = sin_slope,
    GATE,
};

static double cos_value(double x, const double *attributes)
{
	(void)attributes;
	return circular_cos(x);
}

static double cos_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return -circular_sin(x);
}

static const struct op_slot cos_slots[] = {
    {.name = "x",
     .partial = "-sin(x)",
     .why = N_("it falls from its top at 0: the slope of the cosine is minus the sine"),
     .least = -CIRCULAR_MAX,
     .most = CIRCULAR_MAX},
};

const struct op op_cos = {
    .name = "cos",
    .summary = N_("cosine gate, of an angle in radians"),
    SLOTS(cos_slots),
    .rule = "cos(x)",
    .value = cos_value,
    .slope = cos_slope,
    GATE,
};

static double tan_value(double x, const double *attributes)
{
	(void)attributes;
	return circular_sin(x) / circular_cos(x);
}

static double tan_slope(double x, double y, const double *attributes)
{
	(void)x, (void)attributes;
	return 1.0 + y * y;
}

static const struct op_slot tan_slots[] = {
    {.name = "x",
     .partial = "1 + y^2",
     .why = N_("the steeper, the larger the tangent is already"),
     .least = -CIRCULAR_MAX,
     .most = CIRCULAR_MAX},
};

const struct op op_tan = {
    .name = "tan",
    .summary = N_("tangent gate, of an angle in radians"),
    SLOTS(tan_slots),
    .rule = "tan(x)",
    .value = tan_value,
    .slope = tan_slope,
    GATE,
};
