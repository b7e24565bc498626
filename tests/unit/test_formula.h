/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_formula.h -- what the tests of formula/ share: a binding over a table of names, and a
 * comparison of what is printed.
 *
 * A row with terms is an array: term k is called name1, name2, ... and has values[k]. */
#ifndef BACKSTEP_TESTS_FORMULA_H
#define BACKSTEP_TESTS_FORMULA_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/formula/formula.h"

struct fixture_row {
	const char *name, *ascii, *symbol;
	double values[4];
	bool is_array, is_literal;
};

struct fixture {
	const struct fixture_row *rows;
	size_t n_rows, n_terms;
};

static inline struct formula *fixture_bind(void *ctx, struct arena *arena, const char *name,
					   size_t k)
{
	const struct fixture *fixture = ctx;
	k = k == FORMULA_OUTSIDE ? 0 : k;
	for (size_t i = 0; i < fixture->n_rows; i++) {
		const struct fixture_row *row = &fixture->rows[i];

		if (strcmp(row->name, name) != 0)
			continue;
		if (row->is_literal)
			return formula_number(arena, row->values[0]);
		if (row->is_array)
			return formula_symbol(arena, arena_printf(arena, "%s%zu", name, k + 1),
					      NULL, row->values[k % 4]);
		return formula_symbol(arena, row->ascii, row->symbol, row->values[0]);
	}
	return NULL;
}

static inline size_t fixture_n_terms(void *ctx)
{
	return ((const struct fixture *)ctx)->n_terms;
}

static inline struct formula_binding fixture_binding(struct fixture *fixture)
{
	return (struct formula_binding){
	    .bind = fixture_bind, .n_terms = fixture_n_terms, .ctx = fixture};
}

static inline struct formula *fixture_parse(struct arena *arena, struct fixture *fixture,
					    const char *rule)
{
	struct formula_binding binding = fixture_binding(fixture);
	struct formula *f = NULL;
	struct error err = {0};
	if (formula_parse(arena, rule, &binding, &f, &err) != STATUS_OK)
		fail_msg("%s: column %zu: %s; %s", rule, err.column, err.message, err.hint);
	return f;
}

static inline void check_printed(const struct formula *f, enum formula_glyphs glyphs, bool numbers,
				 const char *wanted)
{
	struct formula_style style = {glyphs, numbers, 6};
	struct strbuf out = {0};
	assert_non_null(f);
	formula_print(f, &style, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

#endif
