/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_formula_place.c -- the places of a formula, and the formula with something else there. */
#include "check.h"

#include "backstep/formula/formula_place.h"

static struct formula *bind(void *ctx, struct arena *arena, const char *name, size_t k)
{
	(void)ctx, (void)k;
	return formula_symbol(arena, name, NULL, name[0] == 'y' ? 0.75 : 0.5);
}

static struct formula *parse(struct arena *arena, const char *rule)
{
	struct formula_binding binding = {.bind = bind};
	struct formula *f = NULL;
	assert_int_equal(formula_parse(arena, rule, &binding, &f, NULL), STATUS_OK);
	return f;
}

static void assert_reads(const struct formula *f, const char *wanted)
{
	struct formula_style style = {GLYPHS_ASCII, false, 6};
	struct strbuf out = {0};
	formula_print(f, &style, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

/* y*(1 - t) has the places 0: all, 1: y, 2: 1 - t, 3: 1, 4: -t, 5: t. */
static void test_places_read_from_the_left(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct formula *f = parse(arena, "y*(1 - t)");
	assert_int_equal(formula_n_places(f), 6);
	assert_ptr_equal(formula_at(f, 0), f);
	assert_reads(formula_at(f, 1), "y");
	assert_reads(formula_at(f, 2), "1 - t");
	assert_reads(formula_at(f, 5), "t");
	arena_free(arena);
}

static void test_put_leaves_the_old_formula_alone(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct formula *f = parse(arena, "y*(1 - t)");
	struct formula *changed = formula_put(arena, f, 5, parse(arena, "y"));
	assert_reads(changed, "y (1 - y)");
	assert_near(formula_eval(changed), 0.75 * 0.25, 1e-15);
	assert_reads(f, "y (1 - t)");
	assert_ptr_equal(formula_at(changed, 1), formula_at(f, 1)); /* what stays is shared */
	assert_null(formula_put(arena, f, 5, NULL));
	arena_free(arena);
}

static struct formula *to_number(void *ctx, struct formula *leaf)
{
	return leaf->name[0] == 't' ? formula_number(ctx, 2.0) : leaf;
}

static void count(void *ctx, struct formula *leaf)
{
	(void)leaf;
	++*(size_t *)ctx;
}

static void test_map_and_visit_meet_every_leaf(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct formula *f = parse(arena, "1/2*(t - y)^2 + if(t > 0, t, y)");
	size_t n = 0;
	formula_visit(f, count, &n);
	assert_int_equal(n, 5);
	assert_reads(formula_map(arena, f, to_number, arena),
		     "1/2 (2 - y)^2 + (2 if 2 > 0, otherwise y)");
	struct formula *without = parse(arena, "y + 1");
	assert_ptr_equal(formula_map(arena, without, to_number, arena), without);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_places_read_from_the_left),
	    cmocka_unit_test(test_put_leaves_the_old_formula_alone),
	    cmocka_unit_test(test_map_and_visit_meet_every_leaf),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
