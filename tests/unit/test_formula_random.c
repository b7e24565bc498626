/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_formula_random.c -- what is printed in ASCII reads back as the same tree, on many random
 * trees, and the LaTeX of all of them has its braces and parentheses in pairs.
 *
 * Left out of the trees that are read back: cases, derivatives and ellipses, whose printed forms
 * are for people only, and negative literals, which read back as a minus before a number. */
#include "test_formula.h"

#include "backstep/base/random.h"

enum { N_TREES = 20000, MAX_DEPTH = 5, MAX_ARGS = 4 };

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static const char *const names[] = {"x1", "w12", "sum_n1", "W1[2,13]", "eta", "B"};
static const char *const unary[] = {"exp", "log", "sqrt", "tanh", "abs"};
static const char *const compares[] = {">", ">=", "<", "<=", "="};
static const double values[] = {0, 1, 2, 3, 0.5, 1e-8, 2.5e10, 1.0 / 3, 0.7349291, 784};

static double value_of(const char *name)
{
	return (double)strlen(name) / 7 - 0.5;
}

static struct formula *bind(void *ctx, struct arena *arena, const char *name, size_t k)
{
	(void)ctx, (void)k;
	for (size_t i = 0; i < LENGTH(names); i++)
		if (strcmp(names[i], name) == 0)
			return formula_symbol(arena, name, NULL, value_of(name));
	return NULL;
}

struct generator {
	struct random random;
	struct arena *arena;
	bool all_kinds;
};

static struct formula *random_tree(struct generator *g, size_t depth);

static struct formula *random_leaf(struct generator *g)
{
	if (random_below(&g->random, 2) == 0) {
		double value = values[random_below(&g->random, LENGTH(values))];
		bool minus = g->all_kinds && random_below(&g->random, 2) == 0;

		return formula_number(g->arena, minus ? -value : value);
	}
	const char *name = names[random_below(&g->random, LENGTH(names))];
	return formula_symbol(g->arena, name, NULL, value_of(name));
}

/* Comparisons have no builder: they are read. */
static struct formula *random_comparison(struct generator *g, struct formula *args[])
{
	static const struct formula_binding binding = {.bind = bind};
	struct formula *f = NULL;
	char rule[16];
	snprintf(rule, sizeof rule, "x1 %s B",
		 compares[random_below(&g->random, LENGTH(compares))]);
	assert_int_equal(formula_parse(g->arena, rule, &binding, &f, NULL), STATUS_OK);
	f->args = args;
	return f;
}

static struct formula *random_node(struct generator *g, struct formula *args[])
{
	static const enum formula_kind kinds[] = {
	    FORMULA_SUM,      FORMULA_SUM,   FORMULA_PRODUCT,    FORMULA_PRODUCT,
	    FORMULA_QUOTIENT, FORMULA_POWER, FORMULA_NEGATE,     FORMULA_CALL,
	    FORMULA_COMPARE,  FORMULA_CASES, FORMULA_DERIVATIVE, FORMULA_ELLIPSIS};
	static const size_t n_args[] = {
	    [FORMULA_QUOTIENT] = 2, [FORMULA_POWER] = 2,      [FORMULA_NEGATE] = 1,
	    [FORMULA_CASES] = 3,    [FORMULA_DERIVATIVE] = 2, [FORMULA_ELLIPSIS] = 0};
	enum formula_kind kind =
	    kinds[random_below(&g->random, LENGTH(kinds) - (g->all_kinds ? 0 : 3))];
	if (kind == FORMULA_SUM || kind == FORMULA_PRODUCT)
		return formula_node(g->arena, kind, 2 + random_below(&g->random, MAX_ARGS - 1),
				    args);
	if (kind == FORMULA_COMPARE)
		return random_comparison(g, args);
	if (kind != FORMULA_CALL)
		return formula_node(g->arena, kind, n_args[kind], args);
	if (random_below(&g->random, 3) == 0)
		return formula_call(g->arena, "max", 3, args);
	return formula_call(g->arena, unary[random_below(&g->random, LENGTH(unary))], 1, args);
}

static struct formula *random_tree(struct generator *g, size_t depth)
{
	struct formula **args = ARENA_ARRAY(g->arena, struct formula *, MAX_ARGS);
	if (depth == 0 || random_below(&g->random, 4) == 0)
		return random_leaf(g);
	for (size_t i = 0; i < MAX_ARGS; i++)
		args[i] = random_tree(g, depth - 1);
	return random_node(g, args);
}

/* (a + b) + c and (a * b) * c as one node, as the parser makes them. */
static struct formula *flattened(struct arena *arena, struct formula *f)
{
	struct formula **args = ARENA_ARRAY(arena, struct formula *, 64);
	struct formula *first;
	size_t n = 0;
	for (size_t i = 0; i < f->n_args; i++)
		f->args[i] = flattened(arena, f->args[i]);
	if ((f->kind != FORMULA_SUM && f->kind != FORMULA_PRODUCT) || f->args[0]->kind != f->kind)
		return f;
	first = f->args[0];
	for (size_t i = 0; i < first->n_args; i++)
		args[n++] = first->args[i];
	for (size_t i = 1; i < f->n_args; i++)
		args[n++] = f->args[i];
	return formula_node(arena, f->kind, n, args);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_tree(const struct formula *a, const struct formula *b)
{
	if (a->kind != b->kind || a->n_args != b->n_args || !same_text(a->name, b->name) ||
	    !same_text(a->symbol, b->symbol))
		return false;
	if ((a->kind == FORMULA_NUMBER || a->kind == FORMULA_SYMBOL) && a->value != b->value)
		return false;
	for (size_t i = 0; i < a->n_args; i++)
		if (!same_tree(a->args[i], b->args[i]))
			return false;
	return true;
}

static void print_to(struct strbuf *out, const struct formula *f, enum formula_glyphs glyphs,
		     bool numbers)
{
	struct formula_style style = {glyphs, numbers, 17};
	strbuf_clear(out);
	formula_print(f, &style, out);
	assert_false(out->failed);
}

static void test_round_trip(void **state)
{
	static const struct formula_binding binding = {.bind = bind};
	struct generator g = {.arena = arena_new()};
	struct strbuf text = {0};
	struct error err = {0};
	(void)state;
	random_seed(&g.random, 1);
	for (size_t i = 0; i < N_TREES; i++) {
		struct formula *tree = random_tree(&g, 1 + i % MAX_DEPTH), *read = NULL;
		double value = formula_eval(tree), again;

		print_to(&text, tree, GLYPHS_ASCII, false);
		if (formula_parse(g.arena, strbuf_str(&text), &binding, &read, &err) != STATUS_OK)
			fail_msg("%s: column %zu: %s", strbuf_str(&text), err.column, err.message);
		again = formula_eval(read);
		if (!same_tree(flattened(g.arena, tree), flattened(g.arena, read)))
			fail_msg("%s reads back as another tree", strbuf_str(&text));
		if (!isnan(value) || !isnan(again))
			assert_same_bits(again, value);
		arena_reset(g.arena);
	}
	strbuf_free(&text);
	arena_free(g.arena);
}

/* With the numbers put in, what is printed still has the tree's value. */
static void test_numbers_keep_the_value(void **state)
{
	static const struct formula_binding binding = {.bind = bind};
	struct generator g = {.arena = arena_new()};
	struct strbuf text = {0};
	(void)state;
	random_seed(&g.random, 2);
	for (size_t i = 0; i < N_TREES; i++) {
		struct formula *tree = random_tree(&g, 1 + i % MAX_DEPTH), *read = NULL;
		double value = formula_eval(tree), again;

		print_to(&text, tree, GLYPHS_ASCII, true);
		assert_int_equal(formula_parse(g.arena, strbuf_str(&text), &binding, &read, NULL),
				 STATUS_OK);
		again = formula_eval(read);
		if (!isnan(value) || !isnan(again))
			assert_same_bits(again, value);
		arena_reset(g.arena);
	}
	strbuf_free(&text);
	arena_free(g.arena);
}

static void check_pairs(const char *latex)
{
	int braces = 0, parens = 0, lefts = 0;
	for (const char *s = latex; *s; s++) {
		braces += (*s == '{') - (*s == '}');
		parens += (*s == '(') - (*s == ')');
		lefts += (strncmp(s, "\\left", 5) == 0) - (strncmp(s, "\\right", 6) == 0);
		if (braces < 0 || parens < 0 || lefts < 0)
			fail_msg("unbalanced: %s", latex);
	}
	if (braces != 0 || parens != 0 || lefts != 0 || strstr(latex, "}^{2}^"))
		fail_msg("unbalanced: %s", latex);
}

static void test_latex_is_balanced(void **state)
{
	struct generator g = {.arena = arena_new(), .all_kinds = true};
	struct strbuf text = {0};
	(void)state;
	random_seed(&g.random, 3);
	for (size_t i = 0; i < N_TREES; i++) {
		struct formula *tree = random_tree(&g, 1 + i % MAX_DEPTH);

		print_to(&text, tree, GLYPHS_LATEX, i % 2 == 0);
		check_pairs(strbuf_str(&text));
		print_to(&text, tree, GLYPHS_ASCII, i % 2 == 0);
		for (size_t k = 0; k < text.len; k++)
			assert_true(text.data[k] >= ' ' && text.data[k] <= '~');
		arena_reset(g.arena);
	}
	strbuf_free(&text);
	arena_free(g.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_numbers_keep_the_value),
	    cmocka_unit_test(test_latex_is_balanced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
