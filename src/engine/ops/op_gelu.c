/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_gelu.c -- Gaussian error linear unit, in the form with tanh.
 * The exact form is x P(X <= x) with X normal; this one comes within 0.0005 of it.
 * Math: u = c (x + k x^3), y = x/2 (1 + tanh u), c = sqrt(2/pi), k = 0.044715.
 * Source: D. Hendrycks, K. Gimpel, arXiv 1606.08415, section 2. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

#define GELU_C 0.79788456080286536 /* sqrt(2/pi) */
#define GELU_K 0.044715

static inline double gelu_inner(double x)
{
	return GELU_C * (x + GELU_K * (x * x * x));
}

static inline double gelu_value(double x, const double *attributes)
{
	(void)attributes;
	return 0.5 * x * (1.0 + real_tanh(gelu_inner(x)));
}

static inline double gelu_slope(double x, double y, const double *attributes)
{
	double t = real_tanh(gelu_inner(x));
	(void)y, (void)attributes;
	return 0.5 * (1.0 + t) +
	       0.5 * x * (1.0 - t * t) * (GELU_C * (1.0 + 3.0 * GELU_K * (x * x)));
}

#ifndef FUNCTIONS_ONLY
#define INNER "0.79788456080286536*(x + 0.044715*x^3)"

static const struct op_slot slots[] = {
    {.name = "x",
     .partial = "1/2*(1 + tanh(" INNER ")) + 1/2*x*(1 - tanh(" INNER
		")^2)*0.79788456080286536*(1 + 3*0.044715*x^2)",
     .why = N_("the slope: near 0 far to the left, near 1 far to the right, a dip in between")},
};

const struct op op_gelu = {
    .name = "gelu",
    .summary = N_("each element weighted by how likely a smaller one is; in the form with tanh"),
    .family = OP_ACTIVATION,
    SLOTS(slots),
    .rule = "1/2*x*(1 + tanh(" INNER "))",
    .value = gelu_value,
    .slope = gelu_slope,
    ELEMENTWISE,
};
#endif
