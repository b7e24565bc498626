/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_latex.c -- a Unicode symbol as LaTeX mathematics.
 *
 * It knows letters with their marks, subscripts, superscripts, [2,13] and word_sub; formulas are
 * printed in formula_print.c. A character that it does not know goes into \text{}. To extend: a
 * row of letters, scripts, accents or composed. Needs amsmath (\text). */
#include "formula_private.h"

#include <stdint.h>
#include <string.h>

#include "backstep/base/text.h"

enum { MAX_MARKS = 4 };

/* Everything but ASCII letters and digits that has a spelling of its own. */
/* clang-format off */
static const struct {
	uint32_t code;
	const char *latex;
} letters[] = {
	{0x03B1, "\\alpha"}, {0x03B2, "\\beta"}, {0x03B3, "\\gamma"}, {0x03B4, "\\delta"},
	{0x03B5, "\\varepsilon"}, {0x03F5, "\\epsilon"}, {0x03B6, "\\zeta"}, {0x03B7, "\\eta"},
	{0x03B8, "\\theta"}, {0x03D1, "\\vartheta"}, {0x03B9, "\\iota"}, {0x03BA, "\\kappa"},
	{0x03BB, "\\lambda"}, {0x03BC, "\\mu"}, {0x00B5, "\\mu"}, {0x03BD, "\\nu"},
	{0x03BE, "\\xi"}, {0x03C0, "\\pi"}, {0x03C1, "\\rho"}, {0x03C3, "\\sigma"},
	{0x03C2, "\\varsigma"}, {0x03C4, "\\tau"}, {0x03C5, "\\upsilon"}, {0x03C6, "\\varphi"},
	{0x03D5, "\\phi"}, {0x03C7, "\\chi"}, {0x03C8, "\\psi"}, {0x03C9, "\\omega"},
	{0x0393, "\\Gamma"}, {0x0394, "\\Delta"}, {0x0398, "\\Theta"}, {0x039B, "\\Lambda"},
	{0x039E, "\\Xi"}, {0x03A0, "\\Pi"}, {0x03A3, "\\Sigma"}, {0x03A5, "\\Upsilon"},
	{0x03A6, "\\Phi"}, {0x03A8, "\\Psi"}, {0x03A9, "\\Omega"},
	{0x2202, "\\partial"}, {0x2207, "\\nabla"}, {0x2113, "\\ell"}, {0x2112, "\\mathcal{L}"},
	{0x211D, "\\mathbb{R}"}, {0x2032, "'"}, {0x2033, "''"}, {0x2212, "-"}, {0x00B7, "\\cdot"},
	{'#', "\\#"}, {'$', "\\$"}, {'%', "\\%"}, {'&', "\\&"}, {'_', "\\_"}, {'{', "\\{"},
	{'}', "\\}"}, {'~', "\\sim"}, {'^', "\\wedge"}, {'\\', "\\backslash"}, {' ', "\\ "},
};

static const struct script {
	uint32_t code;
	char mark; /* _ below, ^ above */
	const char *latex;
} scripts[] = {
	{0x2080, '_', "0"}, {0x2081, '_', "1"}, {0x2082, '_', "2"}, {0x2083, '_', "3"},
	{0x2084, '_', "4"}, {0x2085, '_', "5"}, {0x2086, '_', "6"}, {0x2087, '_', "7"},
	{0x2088, '_', "8"}, {0x2089, '_', "9"}, {0x208A, '_', "+"}, {0x208B, '_', "-"},
	{0x208C, '_', "="}, {0x208D, '_', "("}, {0x208E, '_', ")"}, {0x2090, '_', "a"},
	{0x2091, '_', "e"}, {0x2092, '_', "o"}, {0x2093, '_', "x"}, {0x2095, '_', "h"},
	{0x2096, '_', "k"}, {0x2097, '_', "l"}, {0x2098, '_', "m"}, {0x2099, '_', "n"},
	{0x209A, '_', "p"}, {0x209B, '_', "s"}, {0x209C, '_', "t"}, {0x1D62, '_', "i"},
	{0x1D63, '_', "r"}, {0x1D64, '_', "u"}, {0x1D65, '_', "v"}, {0x2C7C, '_', "j"},
	{0x2070, '^', "0"}, {0x00B9, '^', "1"}, {0x00B2, '^', "2"}, {0x00B3, '^', "3"},
	{0x2074, '^', "4"}, {0x2075, '^', "5"}, {0x2076, '^', "6"}, {0x2077, '^', "7"},
	{0x2078, '^', "8"}, {0x2079, '^', "9"}, {0x207A, '^', "+"}, {0x207B, '^', "-"},
	{0x207D, '^', "("}, {0x207E, '^', ")"}, {0x207F, '^', "n"}, {0x2071, '^', "i"},
	{0x02B2, '^', "j"}, {0x02E1, '^', "l"}, {0x1D4F, '^', "k"}, {0x1D57, '^', "t"},
	{0x1D40, '^', "T"}, {0x22A4, '^', "\\top"},
};

static const struct {
	uint32_t code;
	const char *latex;
} accents[] = {
	{0x0300, "\\grave{"}, {0x0301, "\\acute{"}, {0x0302, "\\hat{"}, {0x0303, "\\tilde{"},
	{0x0304, "\\bar{"}, {0x0305, "\\bar{"}, {0x0307, "\\dot{"}, {0x0308, "\\ddot{"},
	{0x030C, "\\check{"}, {0x20D7, "\\vec{"},
};

/* Letters that Unicode also has in one piece with their mark. */
static const struct {
	uint32_t code;
	char letter;
	uint16_t accent;
} composed[] = {
	{0x00C2, 'A', 0x0302}, {0x00CA, 'E', 0x0302}, {0x00CE, 'I', 0x0302}, {0x00D4, 'O', 0x0302},
	{0x00DB, 'U', 0x0302}, {0x00E2, 'a', 0x0302}, {0x00EA, 'e', 0x0302}, {0x00EE, 'i', 0x0302},
	{0x00F4, 'o', 0x0302}, {0x00FB, 'u', 0x0302}, {0x0108, 'C', 0x0302}, {0x0109, 'c', 0x0302},
	{0x011C, 'G', 0x0302}, {0x011D, 'g', 0x0302}, {0x0124, 'H', 0x0302}, {0x0125, 'h', 0x0302},
	{0x0134, 'J', 0x0302}, {0x0135, 'j', 0x0302}, {0x015C, 'S', 0x0302}, {0x015D, 's', 0x0302},
	{0x0174, 'W', 0x0302}, {0x0175, 'w', 0x0302}, {0x0176, 'Y', 0x0302}, {0x0177, 'y', 0x0302},
	{0x1E90, 'Z', 0x0302}, {0x1E91, 'z', 0x0302}, {0x00C1, 'A', 0x0301}, {0x00C9, 'E', 0x0301},
	{0x00CD, 'I', 0x0301}, {0x00D3, 'O', 0x0301}, {0x00DA, 'U', 0x0301}, {0x00E1, 'a', 0x0301},
	{0x00E9, 'e', 0x0301}, {0x00ED, 'i', 0x0301}, {0x00F3, 'o', 0x0301}, {0x00FA, 'u', 0x0301},
	{0x00D1, 'N', 0x0303}, {0x00F1, 'n', 0x0303}, {0x1E7D, 'v', 0x0303}, {0x1EF9, 'y', 0x0303},
	{0x00DC, 'U', 0x0308}, {0x00FC, 'u', 0x0308}, {0x0101, 'a', 0x0304}, {0x0113, 'e', 0x0304},
	{0x014D, 'o', 0x0304}, {0x016B, 'u', 0x0304}, {0x0233, 'y', 0x0304},
};
/* clang-format on */

#define LENGTH(table) (sizeof(table) / sizeof *(table))

/* One character with the marks on it. */
struct letter {
	uint32_t code;
	const char *marks[MAX_MARKS];
	size_t n_marks, size;
};

/* The text that is left, and what the last letters already carry. */
struct reader {
	const char *s;
	size_t len;
	size_t base; /* where in out those letters start */
	bool below, above;
	struct strbuf *out;
};

static void latex_part(const char *s, size_t len, struct strbuf *out);

static const char *accent_find(uint32_t code)
{
	for (size_t i = 0; i < LENGTH(accents); i++)
		if (accents[i].code == code)
			return accents[i].latex;
	return NULL;
}

static const struct script *script_find(uint32_t code)
{
	for (size_t i = 0; i < LENGTH(scripts); i++)
		if (scripts[i].code == code)
			return &scripts[i];
	return NULL;
}

static const char *letter_find(uint32_t code)
{
	for (size_t i = 0; i < LENGTH(letters); i++)
		if (letters[i].code == code)
			return letters[i].latex;
	return NULL;
}

/* The letter at s; an invalid byte reads as '?'. */
static struct letter letter_at(const char *s, size_t len)
{
	struct letter letter = {0};
	size_t size;
	uint32_t mark;
	letter.size = utf8_decode(s, len, &letter.code);
	if (letter.size == 0) {
		letter.code = '?';
		letter.size = 1;
	}
	for (size_t i = 0; i < LENGTH(composed); i++)
		if (composed[i].code == letter.code) {
			letter.code = (uint32_t)composed[i].letter;
			letter.marks[letter.n_marks++] = accent_find(composed[i].accent);
			break;
		}
	while (letter.n_marks < MAX_MARKS && letter.size < len) {
		size = utf8_decode(s + letter.size, len - letter.size, &mark);
		if (size == 0 || !accent_find(mark))
			break;
		letter.marks[letter.n_marks++] = accent_find(mark);
		letter.size += size;
	}
	return letter;
}

static bool is_alpha(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static bool is_alnum(uint32_t code)
{
	return is_alpha(code) || (code >= '0' && code <= '9');
}

static void add_letter(struct strbuf *out, const struct letter *letter)
{
	const char *latex = letter_find(letter->code);
	char utf8[5] = {0};
	for (size_t i = letter->n_marks; i > 0; i--)
		strbuf_add(out, letter->marks[i - 1]);
	utf8[utf8_encode(letter->code, utf8)] = '\0';
	if (latex)
		strbuf_add(out, latex);
	else if (letter->code < 0x80)
		strbuf_add(out, utf8);
	else
		strbuf_addf(out, "\\text{%s}", utf8);
	strbuf_repeat(out, "}", letter->n_marks);
}

static void skip(struct reader *r, size_t size)
{
	r->s += size;
	r->len -= size;
}

/* Letters and digits that stand together: x, 13, or a word, which is set upright. */
static void add_word(struct reader *r)
{
	struct letter letter;
	size_t size = 0, n = 0;
	bool alpha = false, upright;
	for (; size < r->len; size += letter.size, n++) {
		letter = letter_at(r->s + size, r->len - size);
		if (!is_alnum(letter.code))
			break;
		alpha = alpha || is_alpha(letter.code);
	}
	upright = alpha && n > 1;
	strbuf_add(r->out, upright ? "\\mathrm{" : "");
	for (; n > 0; n--) {
		letter = letter_at(r->s, r->len);
		add_letter(r->out, &letter);
		skip(r, letter.size);
	}
	strbuf_add(r->out, upright ? "}" : "");
}

/* \alpha would swallow a letter that follows it. */
static void add_sign(struct reader *r, const struct letter *letter)
{
	const char *latex = letter_find(letter->code);
	bool is_word = latex && is_alpha((unsigned char)latex[strlen(latex) - 1]);
	add_letter(r->out, letter);
	skip(r, letter->size);
	if (is_word && letter->n_marks == 0 && r->len > 0 && is_alpha((unsigned char)*r->s))
		strbuf_add(r->out, " ");
}

static void add_letters(struct reader *r)
{
	struct letter letter = letter_at(r->s, r->len);
	r->base = r->out->len;
	r->below = r->above = false;
	if (is_alnum(letter.code))
		add_word(r);
	else
		add_sign(r, &letter);
}

/* Opens a script. LaTeX refuses a second one on the same side: what is there is then braced. */
static void open_script(struct reader *r, char mark)
{
	bool *taken = mark == '_' ? &r->below : &r->above;
	struct strbuf before = {0};
	if (*taken || r->base == r->out->len) {
		strbuf_add(&before, strbuf_str(r->out) + r->base);
		strbuf_truncate(r->out, r->base);
		strbuf_addf(r->out, "{%s}", strbuf_str(&before));
		r->out->failed = r->out->failed || before.failed;
		strbuf_free(&before);
		r->below = r->above = false;
	}
	*taken = true;
	strbuf_addf(r->out, "%c{", mark);
}

/* ₁₂ is one script of two digits. */
static void add_scripts(struct reader *r, const struct script *script)
{
	char mark = script->mark;
	open_script(r, mark);
	while (script && script->mark == mark) {
		uint32_t code = 0;

		strbuf_add(r->out, script->latex);
		skip(r, utf8_decode(r->s, r->len, &code));
		script = r->len > 0 && utf8_decode(r->s, r->len, &code) ? script_find(code) : NULL;
	}
	strbuf_add(r->out, "}");
}

/* A subscript of len bytes that are skip_before bytes away. */
static void add_subscript(struct reader *r, size_t skip_before, size_t len, size_t skip_after)
{
	open_script(r, '_');
	skip(r, skip_before);
	latex_part(r->s, len, r->out);
	skip(r, len + skip_after);
	strbuf_add(r->out, "}");
}

static void latex_part(const char *s, size_t len, struct strbuf *out)
{
	struct reader r = {.s = s, .len = len, .base = out->len, .out = out};
	while (r.len > 0) {
		bool first = r.len == len;
		const char *bracket = *r.s == '[' ? memchr(r.s, ']', r.len) : NULL;
		const struct script *script;
		uint32_t code = 0;

		utf8_decode(r.s, r.len, &code);
		script = script_find(code);
		if (*r.s == '_' && !first && r.len > 1)
			add_subscript(&r, 1, r.len - 1, 0);
		else if (bracket && !first)
			add_subscript(&r, 1, (size_t)(bracket - r.s) - 1, 1);
		else if (script)
			add_scripts(&r, script);
		else
			add_letters(&r);
	}
}

void formula_latex_symbol(const char *symbol, struct strbuf *out)
{
	latex_part(symbol, strlen(symbol), out);
}
