/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_formula.c -- the parser of expressions on any text: a tree that prints in every form and
 * whose ASCII reads back, or an error that says in which column. Corpus: tests/fuzz/formula/. */
#include <stdlib.h>
#include <string.h>

#include "target.h"

#include "backstep/formula/formula.h"

enum { N_TERMS = 3 };

/* Every name that starts with a letter before u is a variable. */
static struct formula *bind(void *ctx, struct arena *arena, const char *name, size_t k)
{
	(void)ctx;
	if (name[0] >= 'u')
		return NULL;
	return formula_symbol(arena, name, NULL, k == FORMULA_OUTSIDE ? 0.5 : (double)k + 1.5);
}

static size_t count_terms(void *ctx)
{
	(void)ctx;
	return N_TERMS;
}

static void check_tree(const struct formula *tree)
{
	for (int glyphs = 0; glyphs < N_GLYPHS; glyphs++) {
		for (int numbers = 0; numbers < 2; numbers++) {
			struct formula_style style = {(enum formula_glyphs)glyphs, numbers, 6};
			struct strbuf out = {0};
			formula_print(tree, &style, &out);
			REQUIRE(out.len > 0 && !out.failed);
			REQUIRE(text_is_safe(out.data, out.len));
			strbuf_free(&out);
		}
	}
	formula_eval(tree);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	text_locale_init();
	return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const struct formula_binding binding = {.bind = bind, .n_terms = count_terms};
	struct arena *arena = arena_new();
	char *rule = malloc(size + 1);
	struct formula *tree;
	struct error err = {0};
	REQUIRE(arena && rule);
	memcpy(rule, data, size);
	rule[size] = '\0';
	enum status status = formula_parse(arena, rule, &binding, &tree, &err);
	REQUIRE(status == STATUS_OK || (err.message[0] && err.line == 1 && err.column >= 1));
	if (status == STATUS_OK)
		check_tree(tree);
	free(rule);
	arena_free(arena);
	return 0;
}
