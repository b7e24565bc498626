/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_symbol.c -- makes the Unicode symbol of an ASCII name, and reads it back.
 *
 * ASCII output prints the name. To add a Greek letter, or a sign that formulas are printed with,
 * add a row. */
#include "backstep/formula/formula.h"

#include <string.h>

#include "backstep/base/contract.h"

static const struct {
	const char *name, *letter;
} greek[] = {
    {"alpha", "α"},  {"beta", "β"},    {"gamma", "γ"}, {"delta", "δ"},
    {"eps", "ε"},    {"epsilon", "ε"}, {"eta", "η"},   {"theta", "θ"},
    {"lambda", "λ"}, {"mu", "μ"},      {"sigma", "σ"},
};

/* Signs that formulas are printed with, and what is typed for them. Letters with a mark over them
 * are read as a letter and a mark, for keyboards have them in one. */
static const struct {
	const char *sign, *typed;
} signs[] = {
    {"₀", "0"},       {"₁", "1"},       {"₂", "2"},       {"₃", "3"},       {"₄", "4"},
    {"₅", "5"},       {"₆", "6"},       {"₇", "7"},       {"₈", "8"},       {"₉", "9"},
    {"⁰", "0"},       {"¹", "1"},       {"²", "2"},       {"³", "3"},       {"⁴", "4"},
    {"⁵", "5"},       {"⁶", "6"},       {"⁷", "7"},       {"⁸", "8"},       {"⁹", "9"},
    {"⁽", "("},       {"⁾", ")"},       {"∂", "d"},       {"−", "-"},       {"′", "'"},
    {"’", "'"},       {"â", "a\u0302"}, {"ê", "e\u0302"}, {"ĥ", "h\u0302"}, {"î", "i\u0302"},
    {"ô", "o\u0302"}, {"ŝ", "s\u0302"}, {"û", "u\u0302"}, {"ŵ", "w\u0302"}, {"ŷ", "y\u0302"},
    {"ẑ", "z\u0302"},
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
	CONTRACT(name);
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

/* Appends what is typed for the character at s. Returns its bytes. */
static size_t add_typed(const char *s, struct strbuf *out)
{
	bool is_ascii = (unsigned char)*s < 0x80; /* typed as it is, and the most frequent */
	for (size_t i = 0; !is_ascii && i < sizeof signs / sizeof *signs; i++) {
		size_t len = strlen(signs[i].sign);
		if (strncmp(s, signs[i].sign, len) != 0)
			continue;
		strbuf_add(out, signs[i].typed);
		return len;
	}
	for (size_t i = 0; !is_ascii && i < sizeof greek / sizeof *greek; i++) {
		size_t len = strlen(greek[i].letter);
		if (strncmp(s, greek[i].letter, len) != 0)
			continue;
		strbuf_add(out, greek[i].name);
		return len;
	}
	strbuf_add_char(out, *s);
	return 1;
}

void formula_name_from_symbol(const char *symbol, struct strbuf *out)
{
	while (*symbol)
		symbol += add_typed(symbol, out);
}
