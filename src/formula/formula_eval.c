/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_eval.c -- the number that a formula stands for, and the size of what it is made of.
 *
 * Evaluation runs in the order in which the formula reads, so that a sum that the engine adds
 * from left to right has the same bits here. An exponential out of range keeps its exponent beside
 * it, as the engine takes care that none leaves the range: log(1 + e^800) is 800. The size says
 * what rounding is relative to: each number counts with its own size, and a sum with those of its
 * terms, however much of them cancels. A new kind needs a row of kinds. */
#include "formula_private.h"

#include <float.h>
#include <math.h>

#include "backstep/base/real.h"

/* value e^exponent, made of numbers as large as size e^exponent. The exponent is 0 but after an
 * exponential that is out of range. */
struct number {
	double value, size, exponent;
};

/* Beyond it exp() would not be far from the end of the range. */
#define EXPONENT_MOST 700.0

static struct number eval(const struct formula *f);

static struct number plain(double value, double size)
{
	return (struct number){value, size, 0.0};
}

/* The same number with another exponent. */
static struct number with_exponent(struct number a, double exponent)
{
	if (a.exponent == exponent)
		return a;
	double half = real_exp((a.exponent - exponent) / 2.0);
	if (a.value != 0.0)
		a.value = a.value * half * half;
	if (a.size != 0.0)
		a.size = a.size * half * half;
	a.exponent = exponent;
	return a;
}

static struct number eval_plain(const struct formula *f)
{
	return with_exponent(eval(f), 0.0);
}

static struct number eval_value(const struct formula *f)
{
	return plain(f->value, fabs(f->value));
}

static struct number eval_sum(const struct formula *f)
{
	struct number sum = eval(f->args[0]);
	for (size_t i = 1; i < f->n_args; i++) {
		struct number term = eval(f->args[i]);
		double exponent = fmax(sum.exponent, term.exponent);

		sum = with_exponent(sum, exponent);
		term = with_exponent(term, exponent);
		sum.value += term.value;
		sum.size += term.size;
	}
	return sum;
}

/* What the smallest of numbers is off by, as a size: what is below it is lost. */
#define SIZE_LEAST (DBL_MIN / DBL_EPSILON)

/* Multiplied in another order, some of the factors may come to less than the smallest number. */
static struct number eval_product(const struct formula *f)
{
	struct number product = eval(f->args[0]);
	double lost = SIZE_LEAST * fmax(1.0, fabs(product.value));
	for (size_t i = 1; i < f->n_args; i++) {
		struct number factor = eval(f->args[i]);

		product.size =
		    product.size * fabs(factor.value) + fabs(product.value) * factor.size;
		product.value *= factor.value;
		product.exponent += factor.exponent;
		lost *= fmax(1.0, fabs(factor.value));
	}
	product.size += lost;
	return product;
}

static struct number eval_quotient(const struct formula *f)
{
	struct number above = eval(f->args[0]), below = eval(f->args[1]);
	double value = above.value / below.value;
	return (struct number){value, (above.size + fabs(value) * below.size) / fabs(below.value),
			       above.exponent - below.exponent};
}

/* Squares and cubes multiply out from the left, as ops compute them. */
static double power_of(double base, double exponent)
{
	if (exponent == 2)
		return base * base;
	if (exponent == 3)
		return base * base * base;
	return real_power(base, exponent);
}

static struct number eval_power(const struct formula *f)
{
	struct number base = eval(f->args[0]), exponent = eval_plain(f->args[1]);
	double value = power_of(base.value, exponent.value), size = fabs(value);
	if (base.value != 0.0)
		size = fabs(value * exponent.value) * (base.size / fabs(base.value));
	return (struct number){value, fmax(size, fabs(value)),
			       base.exponent == 0.0 ? 0.0 : base.exponent * exponent.value};
}

static struct number eval_negate(const struct formula *f)
{
	struct number number = eval(f->args[0]);
	number.value = -number.value;
	return number;
}

/* Of one number. The size of x counts as often as the function is steep. */
static struct number eval_unary(const struct formula_function *function, struct number x)
{
	double exponent = x.exponent;
	if (function->range != RANGE_BACK)
		x = with_exponent(x, 0.0);
	if (function->range == RANGE_LEFT && isfinite(x.value) && fabs(x.value) > EXPONENT_MOST)
		return (struct number){1.0, x.size + 1.0, x.value};
	double value = function->unary(x.value);
	double slope = function->slope ? fabs(function->slope(x.value, value)) : 1.0;
	if (function->range == RANGE_BACK)
		value += exponent;
	return plain(value, slope * x.size + fabs(value));
}

static struct number eval_call(const struct formula *f)
{
	const struct formula_function *function = formula_function_find(f->name);
	if (function->unary)
		return eval_unary(function, eval(f->args[0]));
	struct number result = eval_plain(f->args[0]);
	for (size_t i = 1; i < f->n_args; i++) {
		struct number x = eval_plain(f->args[i]);

		result.value = function->fold(result.value, x.value);
		result.size = fmax(result.size, x.size);
	}
	return result;
}

static struct number eval_compare(const struct formula *f)
{
	double left = eval_plain(f->args[0]).value, right = eval_plain(f->args[1]).value;
	if (isnan(left) || isnan(right))
		return plain(NAN, NAN);
	return plain(formula_comparison_find(f->name)->holds(left, right) ? 1.0 : 0.0, 0.0);
}

static struct number eval_cases(const struct formula *f)
{
	double condition = eval(f->args[1]).value;
	if (isnan(condition))
		return plain(NAN, NAN);
	return eval(condition != 0 ? f->args[0] : f->args[2]);
}

static struct number (*const kinds[])(const struct formula *f) = {
    [FORMULA_NUMBER] = eval_value,      [FORMULA_SYMBOL] = eval_value,
    [FORMULA_SUM] = eval_sum,           [FORMULA_PRODUCT] = eval_product,
    [FORMULA_QUOTIENT] = eval_quotient, [FORMULA_POWER] = eval_power,
    [FORMULA_NEGATE] = eval_negate,     [FORMULA_CALL] = eval_call,
    [FORMULA_CASES] = eval_cases,       [FORMULA_COMPARE] = eval_compare,
    [FORMULA_DERIVATIVE] = eval_value,  [FORMULA_ELLIPSIS] = eval_value,
};

static struct number eval(const struct formula *f)
{
	return kinds[f->kind](f);
}

double formula_eval(const struct formula *f)
{
	return eval_plain(f).value;
}

double formula_eval_sized(const struct formula *f, double *size)
{
	struct number number = eval_plain(f);
	*size = number.size;
	return number.value;
}
