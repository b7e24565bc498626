/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_powers.c -- the gates for powers, roots, exponentials and logarithms.
 *
 * A power with a whole exponent is multiplied out, so it also takes a negative base; any other is
 * exp(p log x), and NaN where the base is negative. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "elementwise.h"

enum { MAX_EXPONENT = 100 };
enum { SLOT_X, SLOT_P };

#define WHY_POWER N_("the exponent comes down as a factor, and one power less remains")

static double square_value(double x, const double *attributes)
{
	(void)attributes;
	return x * x;
}

static double square_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return 2.0 * x;
}

static const struct op_slot square_slots[] = {
    {.name = "x", .partial = "2*x", .why = N_("the input comes in twice: once for each factor")},
};

const struct op op_square = {
    .name = "square",
    .summary = N_("square gate: the input times itself"),
    SLOTS(square_slots),
    .rule = "x^2",
    .value = square_value,
    .slope = square_slope,
    GATE,
};

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

static double power_value(double x, const double *attributes)
{
	return power_number(x, attributes[0]);
}

/* x^0 is 1 everywhere, 0 included, where 0 x^-1 would be no number. */
static double power_slope(double x, double y, const double *attributes)
{
	(void)y;
	return attributes[0] == 0.0 ? 0.0 : attributes[0] * power_number(x, attributes[0] - 1.0);
}

static const char *power_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)i, (void)j;
	return node->attributes[0] == 0.0 ? "0" : node->op->slots[slot].partial;
}

static const struct op_cases power_cases = {.partial = power_partial};

static const struct hyper power_attributes[] = {
    {"exponent", NULL, N_("the number that stands above"), 2.0, -MAX_EXPONENT, MAX_EXPONENT},
};
static const struct op_slot power_slots[] = {
    {.name = "x", .partial = "exponent*x^(exponent - 1)", .why = WHY_POWER},
};

const struct op op_power = {
    .name = "power",
    .summary = N_("power gate: the input to a fixed power"),
    SLOTS(power_slots),
    ATTRIBUTES(power_attributes),
    .rule = "x^exponent",
    .cases = &power_cases,
    .value = power_value,
    .slope = power_slope,
    GATE,
};

/* x^p, of a base that is not positive only where p is whole; 0^0 is 1. */
static double power_of_value(double x, double p, const double *attributes)
{
	(void)attributes;
	return x > 0.0 ? real_exp(p * real_log(x)) : real_power(x, p);
}

/* Where its rule would be no number, or none that it comes near to: x^0 is 1 for every x, and 0^p
 * is 0 for every p above 0. */
static bool is_flat(double x, double p, size_t slot)
{
	return slot == SLOT_X ? p == 0.0 : x == 0.0 && p > 0.0;
}

static double power_of_slope(double x, double p, double y, const double *attributes, size_t slot)
{
	if (is_flat(x, p, slot))
		return 0.0;
	if (slot == SLOT_X)
		return p * power_of_value(x, p - 1.0, attributes);
	return y * real_log(x); /* where x is negative there is none: NaN */
}

static const char *power_of_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	double x = node->inputs[SLOT_X]->value[elementwise_element(node, SLOT_X, i)];
	double p = node->inputs[SLOT_P]->value[elementwise_element(node, SLOT_P, i)];
	(void)j;
	return is_flat(x, p, slot) ? "0" : node->op->slots[slot].partial;
}

static const struct op_cases power_of_cases = {.partial = power_of_partial};

static const struct op_slot power_of_slots[] = {
    {.name = "x", .partial = "p*x^(p - 1)", .why = WHY_POWER, .most = INFINITY},
    {.name = "p",
     .partial = "y*log(x)",
     .why = N_("an exponential grows with its own value, times the log of its base")},
};

const struct op op_power_of = {
    .name = "power-of",
    .summary = N_("power gate: one input to the power of the other"),
    SLOTS(power_of_slots),
    .rule = "x^p",
    .cases = &power_of_cases,
    .value2 = power_of_value,
    .slope2 = power_of_slope,
    GATE,
};

static double sqrt_value(double x, const double *attributes)
{
	(void)attributes;
	return sqrt(x);
}

static double sqrt_slope(double x, double y, const double *attributes)
{
	(void)x, (void)attributes;
	return 1.0 / (2.0 * y);
}

static const struct op_slot sqrt_slots[] = {
    {.name = "x",
     .partial = "1/(2*y)",
     .why = N_("the flatter, the larger the root is already"),
     .most = INFINITY},
};

const struct op op_sqrt = {
    .name = "sqrt",
    .summary = N_("square root gate"),
    SLOTS(sqrt_slots),
    .rule = "sqrt(x)",
    .value = sqrt_value,
    .slope = sqrt_slope,
    GATE,
};

static double exp_value(double x, const double *attributes)
{
	(void)attributes;
	return real_exp(x);
}

static double exp_slope(double x, double y, const double *attributes)
{
	(void)x, (void)attributes;
	return y;
}

static const struct op_slot exp_slots[] = {
    {.name = "x", .partial = "y", .why = N_("the exponential is its own slope")},
};

const struct op op_exp = {
    .name = "exp",
    .summary = N_("exponential gate"),
    SLOTS(exp_slots),
    .rule = "exp(x)",
    .value = exp_value,
    .slope = exp_slope,
    GATE,
};

static double log_value(double x, const double *attributes)
{
	(void)attributes;
	return real_log(x);
}

static double log_slope(double x, double y, const double *attributes)
{
	(void)y, (void)attributes;
	return 1.0 / x;
}

static const struct op_slot log_slots[] = {
    {.name = "x",
     .partial = "1/x",
     .why = N_("the slope of the logarithm: one over its input"),
     .most = INFINITY},
};

const struct op op_log = {
    .name = "log",
    .summary = N_("natural logarithm gate"),
    SLOTS(log_slots),
    .rule = "log(x)",
    .value = log_value,
    .slope = log_slope,
    GATE,
};
