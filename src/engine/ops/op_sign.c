/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_sign.c -- sign, y = 1 above 0, -1 below, and at 0 what is said, else 0. Flat wherever it has a
 * slope, as step is. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double sign_value(double x, const double *attributes)
{
	return x > 0.0                            ? 1.0
	       : x < 0.0                          ? -1.0
	       : x == 0.0 && attributes[0] != 0.0 ? attributes[0]
						  : x;
}

static inline double sign_slope(double x, double y, const double *attributes)
{
	(void)x, (void)y, (void)attributes;
	return 0.0;
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "0",
     .why = N_("a step is flat: a small change of its input changes nothing")},
};
static const struct hyper attributes[] = {
    {"at_zero", NULL, N_("the output at 0"), 0.0, -1.0, 1.0},
};

static const char *rule(const struct node *node, size_t i)
{
	double at_zero = node->attributes[0];
	(void)i;
	return at_zero == 1.0    ? "if(x >= 0, 1, -1)"
	       : at_zero == -1.0 ? "if(x > 0, 1, -1)"
	       : at_zero == 0.0  ? "if(x > 0, 1, if(x < 0, -1, 0))"
				 : "if(x > 0, 1, if(x < 0, -1, at_zero))";
}

static const struct op_cases cases = {.rule = rule, .side = elementwise_side_of_zero};

const struct op op_sign = {
    .name = "sign",
    .summary = N_("1 above 0, -1 below"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    ATTRIBUTES(attributes),
    .rule = "if(x > 0, 1, if(x < 0, -1, 0))",
    .cases = &cases,
    .value = sign_value,
    .slope = sign_slope,
    ELEMENTWISE,
};
#endif
