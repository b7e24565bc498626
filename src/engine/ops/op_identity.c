/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_identity.c -- identity, y = x: a linear unit whose activation is shown as a step. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double identity_value(double x, const double *attributes)
{
	(void)attributes;
	return x;
}

static inline double identity_slope(double x, double y, const double *attributes)
{
	(void)x, (void)y, (void)attributes;
	return 1.0;
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x", .partial = "1", .why = N_("a linear unit passes every change on as it is")},
};

const struct op op_identity = {
    .name = "identity",
    .summary = N_("the input as it is"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "x",
    .value = identity_value,
    .slope = identity_slope,
    ELEMENTWISE,
};
#endif
