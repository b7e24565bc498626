/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_residual.c -- what a residual block ends in: y = x + F(x), the input added to what the block
 * made of it. The slot of F(x) comes first: it is the layer before, and x the one that was skipped.
 * Source: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition" (2015),
 * eq. 1. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double residual_value(double f, double x, const double *attributes)
{
	(void)attributes;
	return x + f;
}

static inline double residual_slope(double f, double x, double y, const double *attributes,
				    size_t slot)
{
	(void)f, (void)x, (void)y, (void)attributes, (void)slot;
	return 1.0;
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "f",
     .partial = "1",
     .why = N_("a sum passes a change of any of its terms on as it is")},
    {.name = "x",
     .partial = "1",
     .why = N_("the skip passes a change on whole: this path cannot vanish")},
};

const struct op op_residual = {
    .name = "residual",
    .summary = N_("the block's input added to its output"),
    .family = OP_LAYER,
    SLOTS(slots),
    .rule = "x + f",
    .value2 = residual_value,
    .slope2 = residual_slope,
    ELEMENTWISE,
};
#endif
