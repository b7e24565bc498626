/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_powers.c -- the gates for powers, roots, exponentials and logarithms.
 *
 * A power with a whole exponent is multiplied out, so it also takes a negative base; any other is
 * exp(p log x), and NaN where the base is negative. */
#include <math.h>

#include "arithmetic.h"
#include "backstep/base/real.h"
#include "backstep/base/i18n.h"

enum { MAX_EXPONENT = 100 };

/* x^p; |p| is at most MAX_EXPONENT + 1. */
static double power_number(double x, double p)
{
	double power = 1.0, base = x;
	if (p != floor(p))
		return real_exp(p * real_log(x));
	for (unsigned n = (unsigned)fabs(p); n; n >>= 1, base *= base)
		if (n & 1)
			power *= base;
	return p < 0.0 ? 1.0 / power : power;
}

ARITHMETIC(square, a *a, 2.0 * a, 0.0)
ARITHMETIC(power, power_number(a, p[0]), p[0] * power_number(a, p[0] - 1.0), 0.0)
ARITHMETIC(power_of, real_exp(b *real_log(a)), b *real_exp((b - 1.0) * real_log(a)), y *real_log(a))
ARITHMETIC(sqrt, sqrt(a), 1.0 / (2.0 * y), 0.0)
ARITHMETIC(exp, real_exp(a), y, 0.0)
ARITHMETIC(log, real_log(a), 1.0 / a, 0.0)

const struct op op_square = {
    .name = "square",
    .summary = N_("square gate: the input times itself"),
    .n_slots = 1,
    .slots = {"x"},
    .rule = "x^2",
    .partial_rule = {"2*x"},
    .partial_why = {N_("the input comes in twice: once for each factor")},
    ARITHMETIC_ROW(square),
};

static const struct op_attribute attributes[] = {
    {"exponent", NULL, N_("the number that stands above"), 2.0, -MAX_EXPONENT, MAX_EXPONENT},
};

const struct op op_power = {
    .name = "power",
    .summary = N_("power gate: the input to a fixed power"),
    .n_attributes = 1,
    .attributes = attributes,
    .n_slots = 1,
    .slots = {"x"},
    .rule = "x^exponent",
    .partial_rule = {"exponent*x^(exponent - 1)"},
    .partial_why = {N_("the exponent comes down as a factor, and one power less remains")},
    ARITHMETIC_ROW(power),
};

const struct op op_power_of = {
    .name = "power-of",
    .summary = N_("power gate: one input to the power of the other"),
    .n_slots = 2,
    .slots = {"x", "p"},
    .least = 0.0,
    .most = INFINITY,
    .rule = "x^p",
    .partial_rule = {"p*x^(p - 1)", "y*log(x)"},
    .partial_why = {N_("the exponent comes down as a factor, and one power less remains"),
		    N_("an exponential grows with its own value, times the log of its base")},
    ARITHMETIC_ROW(power_of),
};

const struct op op_sqrt = {
    .name = "sqrt",
    .summary = N_("square root gate"),
    .n_slots = 1,
    .slots = {"x"},
    .least = 0.0,
    .most = INFINITY,
    .rule = "sqrt(x)",
    .partial_rule = {"1/(2*y)"},
    .partial_why = {N_("the flatter, the larger the root is already")},
    ARITHMETIC_ROW(sqrt),
};

const struct op op_exp = {
    .name = "exp",
    .summary = N_("exponential gate"),
    .n_slots = 1,
    .slots = {"x"},
    .rule = "exp(x)",
    .partial_rule = {"y"},
    .partial_why = {N_("the exponential is its own slope")},
    ARITHMETIC_ROW(exp),
};

const struct op op_log = {
    .name = "log",
    .summary = N_("natural logarithm gate"),
    .n_slots = 1,
    .slots = {"x"},
    .least = 0.0,
    .most = INFINITY,
    .rule = "log(x)",
    .partial_rule = {"1/x"},
    .partial_why = {N_("the slope of the logarithm: one over its input")},
    ARITHMETIC_ROW(log),
};
