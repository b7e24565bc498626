/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_tree.c -- builds formulas and evaluates them.
 *
 * Evaluation runs in the order in which the formula reads, so that a sum that the engine adds
 * from left to right has the same bits here. A new kind needs a row of kinds. */
#include "formula_private.h"

#include <math.h>
#include <stdint.h>

#include "backstep/base/real.h"

static struct formula *node_new(struct arena *arena, enum formula_kind kind, size_t n,
				struct formula *const args[])
{
	struct formula *f = ARENA_NEW(arena, struct formula);
	if (!f)
		return NULL;
	f->kind = kind;
	f->value = NAN;
	f->n_args = n;
	if (n == 0)
		return f;
	f->args = ARENA_ARRAY(arena, struct formula *, n);
	if (!f->args)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (!args[i])
			return NULL;
		f->args[i] = args[i];
	}
	return f;
}

static struct formula *node_named(struct arena *arena, enum formula_kind kind, const char *name,
				  size_t n, struct formula *const args[])
{
	struct formula *f = node_new(arena, kind, n, args);
	if (f)
		f->name = arena_strdup(arena, name);
	return f && f->name ? f : NULL;
}

static double eval_value(const struct formula *f)
{
	return f->value;
}

static double eval_sum(const struct formula *f)
{
	double sum = formula_eval(f->args[0]);
	for (size_t i = 1; i < f->n_args; i++)
		sum += formula_eval(f->args[i]);
	return sum;
}

static double eval_product(const struct formula *f)
{
	double product = formula_eval(f->args[0]);
	for (size_t i = 1; i < f->n_args; i++)
		product *= formula_eval(f->args[i]);
	return product;
}

static double eval_quotient(const struct formula *f)
{
	return formula_eval(f->args[0]) / formula_eval(f->args[1]);
}

/* Squares and cubes multiply out from the left, as ops compute them. */
static double eval_power(const struct formula *f)
{
	double base = formula_eval(f->args[0]), exponent = formula_eval(f->args[1]);
	if (exponent == 2)
		return base * base;
	if (exponent == 3)
		return base * base * base;
	return real_power(base, exponent);
}

static double eval_negate(const struct formula *f)
{
	return -formula_eval(f->args[0]);
}

static double eval_call(const struct formula *f)
{
	const struct formula_function *function = formula_function_find(f->name);
	double result = formula_eval(f->args[0]);
	if (function->unary)
		return function->unary(result);
	for (size_t i = 1; i < f->n_args; i++)
		result = function->fold(result, formula_eval(f->args[i]));
	return result;
}

static double eval_compare(const struct formula *f)
{
	double left = formula_eval(f->args[0]), right = formula_eval(f->args[1]);
	if (isnan(left) || isnan(right))
		return NAN;
	return formula_comparison_find(f->name)->holds(left, right) ? 1.0 : 0.0;
}

static double eval_cases(const struct formula *f)
{
	double condition = formula_eval(f->args[1]);
	if (isnan(condition))
		return NAN;
	return formula_eval(condition != 0 ? f->args[0] : f->args[2]);
}

/* How a kind is evaluated, and with how many arguments formula_node builds it; min_args of 1 and
 * max_args of 0 means never: it needs a value or a name as well. */
static const struct {
	size_t min_args, max_args;
	double (*eval)(const struct formula *f);
} kinds[] = {
    [FORMULA_NUMBER] = {1, 0, eval_value},      [FORMULA_SYMBOL] = {1, 0, eval_value},
    [FORMULA_SUM] = {0, SIZE_MAX, eval_sum},    [FORMULA_PRODUCT] = {0, SIZE_MAX, eval_product},
    [FORMULA_QUOTIENT] = {2, 2, eval_quotient}, [FORMULA_POWER] = {2, 2, eval_power},
    [FORMULA_NEGATE] = {1, 1, eval_negate},     [FORMULA_CALL] = {1, 0, eval_call},
    [FORMULA_CASES] = {3, 3, eval_cases},       [FORMULA_COMPARE] = {1, 0, eval_compare},
    [FORMULA_DERIVATIVE] = {2, 2, eval_value},  [FORMULA_ELLIPSIS] = {0, 0, eval_value},
};

struct formula *formula_number(struct arena *arena, double value)
{
	struct formula *f = node_new(arena, FORMULA_NUMBER, 0, NULL);
	if (f)
		f->value = value;
	return f;
}

struct formula *formula_symbol(struct arena *arena, const char *name, const char *symbol,
			       double value)
{
	struct formula *f = node_named(arena, FORMULA_SYMBOL, name, 0, NULL);
	if (!f)
		return NULL;
	f->symbol = symbol ? arena_strdup(arena, symbol) : formula_symbol_from_name(arena, name);
	f->value = value;
	return f->symbol ? f : NULL;
}

struct formula *formula_derivative(struct arena *arena, struct formula *of, struct formula *wrt)
{
	return node_new(arena, FORMULA_DERIVATIVE, 2, (struct formula *[]){of, wrt});
}

struct formula *formula_node(struct arena *arena, enum formula_kind kind, size_t n,
			     struct formula *const args[])
{
	bool is_list = kind == FORMULA_SUM || kind == FORMULA_PRODUCT;
	if (n < kinds[kind].min_args || n > kinds[kind].max_args)
		return NULL;
	if (is_list && n == 0)
		return formula_number(arena, kind == FORMULA_SUM ? 0 : 1);
	if (is_list && n == 1)
		return args[0];
	return node_new(arena, kind, n, args);
}

struct formula *formula_call(struct arena *arena, const char *name, size_t n,
			     struct formula *const args[])
{
	const struct formula_function *function = formula_function_find(name);
	if (!function || !formula_function_takes(function, n))
		return NULL;
	return node_named(arena, FORMULA_CALL, name, n, args);
}

struct formula *formula_call_any(struct arena *arena, const char *name, size_t n,
				 struct formula *const args[])
{
	return node_named(arena, FORMULA_CALL, name, n, args);
}

struct formula *formula_compare(struct arena *arena, const char *name, struct formula *left,
				struct formula *right)
{
	return node_named(arena, FORMULA_COMPARE, name, 2, (struct formula *[]){left, right});
}

double formula_eval(const struct formula *f)
{
	return kinds[f->kind].eval(f);
}
