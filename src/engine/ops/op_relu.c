/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_relu.c -- rectified linear unit, y = max(0, x).
 * At x = 0 there is no derivative; 0 is taken, as Goodfellow, Bengio and Courville do
 * (Deep Learning, 2016, section 6.3). Written so that a NaN stays a NaN. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static inline double relu_value(double x, const double *attributes)
{
	(void)attributes;
	return x < 0.0 ? 0.0 : x;
}

static inline double relu_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return x > 0.0 ? 1.0 : 0.0;
}

#ifndef FUNCTIONS_ONLY
static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "if(x > 0, 1, 0)",
     .why = N_("a ReLU that is on passes a change on; one that is off stops it")},
};
static const struct op_cases cases = {.side = elementwise_side_of_zero};

const struct op op_relu = {
    .name = "relu",
    .summary = N_("keep positive elements, make the others 0"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "max(0, x)",
    .cases = &cases,
    .value = relu_value,
    .slope = relu_slope,
    ELEMENTWISE,
};
#endif
