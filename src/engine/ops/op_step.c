/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_step.c -- threshold, y = 1 above 0 and 0 below; at 0 books disagree, so that is a number of
 * its own, 0 where nothing is said. A NaN stays a NaN. It is flat on both sides, so its slope says
 * nothing about how to learn: the perceptron has a rule of its own (optimizers/opt_perceptron.c).
 */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double step_value(double x, const double *attributes)
{
	return x > 0.0 ? 1.0 : x < 0.0 ? 0.0 : x == 0.0 ? attributes[0] : x;
}

static inline double step_slope(double x, double y, const double *attributes)
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
    {"at_zero", NULL, N_("the output at 0"), 0.0, 0.0, 1.0},
};

static const char *rule(const struct node *node, size_t i)
{
	(void)i;
	return node->attributes[0] == 0.0   ? "if(x > 0, 1, 0)"
	       : node->attributes[0] == 1.0 ? "if(x >= 0, 1, 0)"
					    : "if(x > 0, 1, if(x < 0, 0, at_zero))";
}

static const struct op_cases cases = {.rule = rule, .side = elementwise_side_of_zero};

const struct op op_step = {
    .name = "step",
    .summary = N_("1 above 0, otherwise 0"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    ATTRIBUTES(attributes),
    .rule = "if(x > 0, 1, 0)",
    .cases = &cases,
    .value = step_value,
    .slope = step_slope,
    ELEMENTWISE,
};
#endif
