/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_gelu.c -- Gaussian error linear unit, in the form with tanh.
 * The exact form is x P(X <= x) with X normal; this one comes within 0.0005 of it.
 * Math: u = c (x + k x^3), y = x/2 (1 + tanh u), c = sqrt(2/pi), k = 0.044715.
 * Source: D. Hendrycks, K. Gimpel, arXiv 1606.08415, section 2. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

#define C 0.79788456080286536 /* sqrt(2/pi) */
#define K 0.044715

static inline double gelu_inner(double x)
{
	return C * (x + K * (x * x * x));
}

static inline double gelu_derivative(double x)
{
	double t = real_tanh(gelu_inner(x));
	return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * (C * (1.0 + 3.0 * K * (x * x)));
}

ELEMENTWISE_UNARY(gelu, 0.5 * x * (1.0 + real_tanh(gelu_inner(x))), gelu_derivative(x))

#define INNER "0.79788456080286536*(x + 0.044715*x^3)"

const struct op op_gelu = {
    .name = "gelu",
    .summary = N_("each element weighted by how likely a smaller one is; in the form with tanh"),
    .family = OP_ACTIVATION,
    .rule = "1/2*x*(1 + tanh(" INNER "))",
    .partial_rule = {"1/2*(1 + tanh(" INNER ")) + 1/2*x*(1 - tanh(" INNER ")^2)"
		     "*0.79788456080286536*(1 + 3*0.044715*x^2)"},
    .partial_why = {N_(
	"the slope: near 0 far to the left, near 1 far to the right, a dip in between")},
    ELEMENTWISE_ROW(gelu),
};
