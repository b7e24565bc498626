/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_elu.c -- exponential linear unit, y = x above 0, alpha (exp(x) - 1) below.
 * Below 0 the slope is y + alpha, so it never calls exp() again. With alpha = 1 both sides have
 * slope 1 at 0; with any other there is a kink, where the right side's slope is taken.
 * Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter, ICLR 2016. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double elu_value(double x, const double *attributes)
{
	return x >= 0.0 ? x : attributes[0] * real_expm1(x);
}

static inline double elu_slope(double x, double y, const double *attributes)
{
	return x >= 0.0 ? 1.0 : y + attributes[0];
}

#ifndef FUNCTIONS_ONLY
/* With alpha = 1 the slope still bends at 0, so a central difference across it is off by h / 4:
 * two pieces, but no kink between them. */
static int elu_side(const struct node *node, size_t i)
{
	int side = elementwise_side_of_zero(node, i);
	return side == 0 && node->attributes[0] == 1.0 ? 1 : side;
}

static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "if(x >= 0, 1, y + alpha)",
     .why = N_("1 above 0; below, the slope fades smoothly")},
};
static const struct hyper attributes[] = {
    {"alpha", "α", N_("how far below 0 the output can go"), 1.0, 0.0, 1e6},
};
static const struct op_cases cases = {.side = elu_side};

const struct op op_elu = {
    .name = "elu",
    .summary = N_("keep positive elements, bend the others towards -alpha"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    ATTRIBUTES(attributes),
    .rule = "if(x >= 0, x, alpha*(exp(x) - 1))",
    .cases = &cases,
    .value = elu_value,
    .slope = elu_slope,
    ELEMENTWISE,
};
#endif
