/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses.c -- the loss of one output p against its target t, element by element: the squared
 * error, with and without the half, and the error itself. */
#include "backstep/base/i18n.h"
#include "elementwise.h"
#include "loss.h"

static inline double half_squared_error_value(double p, double t, const double *attributes)
{
	(void)attributes;
	return 0.5 * ((t - p) * (t - p));
}

static inline double half_squared_error_slope(double p, double t, double y,
					      const double *attributes, size_t slot)
{
	(void)y, (void)attributes;
	return slot == SLOT_P ? p - t : t - p;
}

static inline double squared_error_value(double p, double t, const double *attributes)
{
	(void)attributes;
	return (p - t) * (p - t);
}

static inline double squared_error_slope(double p, double t, double y, const double *attributes,
					 size_t slot)
{
	(void)y, (void)attributes;
	return slot == SLOT_P ? 2.0 * (p - t) : 2.0 * (t - p);
}

static inline double error_value(double p, double t, const double *attributes)
{
	(void)attributes;
	return t - p;
}

static inline double error_slope(double p, double t, double y, const double *attributes,
				 size_t slot)
{
	(void)p, (void)t, (void)y, (void)attributes;
	return slot == SLOT_P ? -1.0 : 1.0;
}

#ifndef FUNCTIONS_ONLY
#define WHY_P N_("how far the output is from its target, and on which side")
#define WHY_T N_("how far the target is from the output, and on which side")

static const struct op_slot half_squared_error_slots[] = {
    {.name = "p", .partial = "p - t", .why = WHY_P},
    {.name = "t", .partial = "t - p", .why = WHY_T},
};

const struct op op_half_squared_error = {
    .name = "half-squared-error",
    .summary = N_("half the squared error of one output"),
    .family = OP_LOSS,
    SLOTS(half_squared_error_slots),
    .rule = "1/2*(t - p)^2",
    .value2 = half_squared_error_value,
    .slope2 = half_squared_error_slope,
    ELEMENTWISE,
};

static const struct op_slot squared_error_slots[] = {
    {.name = "p", .partial = "2*(p - t)", .why = WHY_P},
    {.name = "t", .partial = "2*(t - p)", .why = WHY_T},
};

const struct op op_squared_error = {
    .name = "squared-error",
    .summary = N_("the squared error of one output"),
    .family = OP_LOSS,
    SLOTS(squared_error_slots),
    .rule = "(p - t)^2",
    .value2 = squared_error_value,
    .slope2 = squared_error_slope,
    ELEMENTWISE,
};

static const struct op_slot error_slots[] = {
    {.name = "p", .partial = "-1", .why = N_("the error falls by as much as the output rises")},
    {.name = "t", .partial = "1", .why = N_("the error rises by as much as the target does")},
};

const struct op op_error = {
    .name = "error",
    .summary = N_("target minus output"),
    .family = OP_LOSS,
    SLOTS(error_slots),
    .rule = "t - p",
    .value2 = error_value,
    .slope2 = error_slope,
    ELEMENTWISE,
};
#endif
