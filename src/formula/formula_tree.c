/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_tree.c -- builds formulas. A new kind needs a row here and in formula_eval.c. */
#include "formula_private.h"

#include <math.h>
#include <stdint.h>

#include "backstep/base/contract.h"

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

/* With how many arguments formula_node builds a kind; a least of 1 and a most of 0 means never: it
 * needs a value or a name as well. */
static const struct {
	size_t least, most;
} n_args_of[] = {
    [FORMULA_NUMBER] = {1, 0},         [FORMULA_SYMBOL] = {1, 0},     [FORMULA_SUM] = {0, SIZE_MAX},
    [FORMULA_PRODUCT] = {0, SIZE_MAX}, [FORMULA_QUOTIENT] = {2, 2},   [FORMULA_POWER] = {2, 2},
    [FORMULA_NEGATE] = {1, 1},         [FORMULA_CALL] = {1, 0},       [FORMULA_CASES] = {3, 3},
    [FORMULA_COMPARE] = {1, 0},        [FORMULA_DERIVATIVE] = {2, 2}, [FORMULA_ELLIPSIS] = {0, 0},
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
	CONTRACT(n == 0 || args);
	bool is_list = kind == FORMULA_SUM || kind == FORMULA_PRODUCT;
	if (n < n_args_of[kind].least || n > n_args_of[kind].most)
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
