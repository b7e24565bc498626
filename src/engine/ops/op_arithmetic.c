/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_arithmetic.c -- the gates for + - * / and the minus sign, and a parameter as a value of every
 * example. */
#include <math.h>

#include "arithmetic.h"
#include "backstep/base/i18n.h"

ARITHMETIC(add, a + b, 1.0, 1.0)
ARITHMETIC(subtract, a - b, 1.0, -1.0)
ARITHMETIC(multiply, a *b, b, a)
ARITHMETIC(divide, a / b, 1.0 / b, -a / (b * b))
ARITHMETIC(negate, -a, -1.0, 0.0)
ARITHMETIC(spread, a, 1.0, 0.0)

#define WHY_ADD N_("an add gate distributes: each input gets the gradient as it comes")
#define WHY_MULTIPLY N_("a multiply gate scales the gradient by the other input")

const struct op op_add = {
    .name = "add",
    .summary = N_("add gate: the sum of two inputs"),
    .n_slots = 2,
    .slots = {"a", "b"},
    .rule = "a + b",
    .partial_rule = {"1", "1"},
    .partial_why = {WHY_ADD, WHY_ADD},
    ARITHMETIC_ROW(add),
};

const struct op op_subtract = {
    .name = "subtract",
    .summary = N_("subtract gate: the difference of two inputs"),
    .n_slots = 2,
    .slots = {"a", "b"},
    .rule = "a - b",
    .partial_rule = {"1", "-1"},
    .partial_why =
	{N_("a subtract gate distributes: the first input gets the gradient as it comes"),
	 N_("a subtract gate distributes: the second input gets it with its sign turned")},
    ARITHMETIC_ROW(subtract),
};

const struct op op_multiply = {
    .name = "multiply",
    .summary = N_("multiply gate: the product of two inputs"),
    .n_slots = 2,
    .slots = {"a", "b"},
    .rule = "a*b",
    .partial_rule = {"b", "a"},
    .partial_why = {WHY_MULTIPLY, WHY_MULTIPLY},
    ARITHMETIC_ROW(multiply),
};

const struct op op_divide = {
    .name = "divide",
    .summary = N_("divide gate: the first input over the second"),
    .n_slots = 2,
    .slots = {"a", "b"},
    .domain_slot = 1,
    .least = 0.0,
    .most = INFINITY,
    .rule = "a/b",
    .partial_rule = {"1/b", "-a/b^2"},
    .partial_why = {N_("the larger the divisor, the less of the gradient passes"),
		    N_("a larger divisor makes the quotient smaller: minus a over b squared")},
    ARITHMETIC_ROW(divide),
};

const struct op op_negate = {
    .name = "negate",
    .summary = N_("negate gate: the sign turned"),
    .n_slots = 1,
    .slots = {"x"},
    .rule = "-x",
    .partial_rule = {"-1"},
    .partial_why = {N_("what turns the sign turns the gradient's sign too")},
    ARITHMETIC_ROW(negate),
};

const struct op op_spread = {
    .name = "spread",
    .summary = N_("the same number, as a value of its own"),
    .n_slots = 1,
    .slots = {"x"},
    .rule = "x",
    .partial_rule = {"1"},
    .partial_why = {N_("a copy passes the gradient on as it is")},
    ARITHMETIC_ROW(spread),
};
