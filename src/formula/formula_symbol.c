/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_symbol.c -- makes the Unicode symbol of an ASCII name.
 *
 * The other way needs no code: ASCII output prints the name. To add a Greek letter, add a row. */
#include "backstep/formula/formula.h"

#include <string.h>

static const struct {
	const char *name, *letter;
} greek[] = {
    {"alpha", "α"},  {"beta", "β"},    {"gamma", "γ"}, {"delta", "δ"},
    {"eps", "ε"},    {"epsilon", "ε"}, {"eta", "η"},   {"theta", "θ"},
    {"lambda", "λ"}, {"mu", "μ"},      {"sigma", "σ"},
};

/* A subscript digit takes three bytes, no Greek letter more than its name. */
enum { SYMBOL_GROWTH = 3 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char *append(char *out, const char *s, size_t len)
{
	memcpy(out, s, len);
	return out + len;
}

static char *append_word(char *out, const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof greek / sizeof *greek; i++)
		if (strlen(greek[i].name) == len && memcmp(greek[i].name, word, len) == 0)
			return append(out, greek[i].letter, strlen(greek[i].letter));
	return append(out, word, len);
}

/* One piece between underscores: a word and its digits. Digits alone stay as they are, so that
 * w_5 and w5 remain two symbols. */
static char *append_segment(char *out, const char *s, size_t len)
{
	static const char subscripts[] = "₀₁₂₃₄₅₆₇₈₉";
	size_t word = len;
	while (word > 0 && is_digit(s[word - 1]))
		word--;
	if (word == 0)
		return append(out, s, len);
	out = append_word(out, s, word);
	for (size_t i = word; i < len; i++)
		out = append(out, subscripts + 3 * (s[i] - '0'), 3);
	return out;
}

char *formula_symbol_from_name(struct arena *arena, const char *name)
{
	char *symbol = arena_alloc(arena, strlen(name) + 1, SYMBOL_GROWTH);
	char *out = symbol;
	if (!symbol)
		return NULL;
	for (;;) {
		size_t len = strcspn(name, "_[");

		out = append_segment(out, name, len);
		name += len;
		if (*name != '_')
			break;
		*out++ = *name++;
	}
	append(out, name, strlen(name));
	return symbol;
}
