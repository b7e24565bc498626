/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_arithmetic.c -- the gates for + - * / and the minus sign, and a parameter as a value of every
 * example. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "elementwise.h"

enum { SLOT_A, SLOT_B };

static double add_value(double a, double b, const double *attributes)
{
	(void)attributes;
	return a + b;
}

static double add_slope(double a, double b, double y, const double *attributes, size_t slot)
{
	(void)a, (void)b, (void)y, (void)attributes, (void)slot;
	return 1.0;
}

#define WHY_ADD N_("an add gate distributes: each input gets the gradient as it comes")

static const struct op_slot add_slots[] = {
    {.name = "a", .partial = "1", .why = WHY_ADD},
    {.name = "b", .partial = "1", .why = WHY_ADD},
};

const struct op op_add = {
    .name = "add",
    .summary = N_("add gate: the sum of two inputs"),
    SLOTS(add_slots),
    .rule = "a + b",
    .value2 = add_value,
    .slope2 = add_slope,
    GATE,
};

static double subtract_value(double a, double b, const double *attributes)
{
	(void)attributes;
	return a - b;
}

static double subtract_slope(double a, double b, double y, const double *attributes, size_t slot)
{
	(void)a, (void)b, (void)y, (void)attributes;
	return slot == SLOT_A ? 1.0 : -1.0;
}

static const struct op_slot subtract_slots[] = {
    {.name = "a",
     .partial = "1",
     .why = N_("a subtract gate distributes: the first input gets the gradient as it comes")},
    {.name = "b",
     .partial = "-1",
     .why = N_("a subtract gate distributes: the second input gets it with its sign turned")},
};

const struct op op_subtract = {
    .name = "subtract",
    .summary = N_("subtract gate: the difference of two inputs"),
    SLOTS(subtract_slots),
    .rule = "a - b",
    .value2 = subtract_value,
    .slope2 = subtract_slope,
    GATE,
};

static double multiply_value(double a, double b, const double *attributes)
{
	(void)attributes;
	return a * b;
}

static double multiply_slope(double a, double b, double y, const double *attributes, size_t slot)
{
	(void)y, (void)attributes;
	return slot == SLOT_A ? b : a;
}

#define WHY_MULTIPLY N_("a multiply gate scales the gradient by the other input")

static const struct op_slot multiply_slots[] = {
    {.name = "a", .partial = "b", .why = WHY_MULTIPLY},
    {.name = "b", .partial = "a", .why = WHY_MULTIPLY},
};

const struct op op_multiply = {
    .name = "multiply",
    .summary = N_("multiply gate: the product of two inputs"),
    SLOTS(multiply_slots),
    .rule = "a*b",
    .value2 = multiply_value,
    .slope2 = multiply_slope,
    GATE,
};

static double divide_value(double a, double b, const double *attributes)
{
	(void)attributes;
	return a / b;
}

static double divide_slope(double a, double b, double y, const double *attributes, size_t slot)
{
	(void)y, (void)attributes;
	return slot == SLOT_A ? 1.0 / b : -a / (b * b);
}

static const struct op_slot divide_slots[] = {
    {.name = "a",
     .partial = "1/b",
     .why = N_("the larger the divisor, the less of the gradient passes")},
    {.name = "b",
     .partial = "-a/b^2",
     .why = N_("a larger divisor makes the quotient smaller: minus a over b squared"),
     .most = INFINITY},
};

const struct op op_divide = {
    .name = "divide",
    .summary = N_("divide gate: the first input over the second"),
    SLOTS(divide_slots),
    .rule = "a/b",
    .value2 = divide_value,
    .slope2 = divide_slope,
    GATE,
};

static double negate_value(double x, const double *attributes)
{
	(void)attributes;
	return -x;
}

static double negate_slope(double x, double y, const double *attributes)
{
	(void)x, (void)y, (void)attributes;
	return -1.0;
}

static const struct op_slot negate_slots[] = {
    {.name = "x", .partial = "-1", .why = N_("what turns the sign turns the gradient's sign too")},
};

const struct op op_negate = {
    .name = "negate",
    .summary = N_("negate gate: the sign turned"),
    SLOTS(negate_slots),
    .rule = "-x",
    .value = negate_value,
    .slope = negate_slope,
    GATE,
};

static double spread_value(double x, const double *attributes)
{
	(void)attributes;
	return x;
}

static double spread_slope(double x, double y, const double *attributes)
{
	(void)x, (void)y, (void)attributes;
	return 1.0;
}

static const struct op_slot spread_slots[] = {
    {.name = "x", .partial = "1", .why = N_("a copy passes the gradient on as it is")},
};

const struct op op_spread = {
    .name = "spread",
    .summary = N_("the same number, as a value of its own"),
    SLOTS(spread_slots),
    .rule = "x",
    .value = spread_value,
    .slope = spread_slope,
    GATE,
};
