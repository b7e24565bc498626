/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_formula_print.c -- the exact text of formulas in the three styles, as symbols and with
 * the numbers of the lecture's 2-2-2 network put in. */
#include "test_formula.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"

static const struct fixture_row rows[] = {
    {.name = "x", .values = {0.1, 0.5}, .is_array = true},
    {.name = "w", .values = {0.1, 0.3}, .is_array = true},
    {.name = "b", .ascii = "B1", .values = {0.25}},
    {.name = "s", .ascii = "sum_n1", .values = {0.41}},
    {.name = "y", .ascii = "y1", .symbol = "ŷ₁", .values = {0.7349291}},
    {.name = "t", .ascii = "t1", .values = {0.05}},
    {.name = "z", .ascii = "z1", .values = {-0.5}},
    {.name = "v", .ascii = "v5", .values = {-0.2}},
    {.name = "rate", .ascii = "eta", .values = {0.6}},
    {.name = "eps", .ascii = "eps", .values = {1e-8}},
    {.name = "m", .ascii = "m5", .symbol = "m̂₅", .values = {0.0802031}},
    {.name = "k", .ascii = "k", .values = {5}},
    {.name = "n", .values = {2}, .is_literal = true},
    {.name = "minus", .values = {-2}, .is_literal = true},
};

struct rendering {
	const char *rule;
	const char *unicode, *ascii, *latex;
};

static const struct rendering symbols[] = {
    {"sum(x*w) + b", "x₁ · w₁ + x₂ · w₂ + B₁", "x1 * w1 + x2 * w2 + B1",
     "x_{1} \\cdot w_{1} + x_{2} \\cdot w_{2} + B_{1}"},
    {"1/(1 + exp(-s))", "1 / (1 + e^(−sum_n₁))", "1 / (1 + e^(-sum_n1))",
     "\\frac{1}{1 + e^{-\\mathrm{sum}_{n_{1}}}}"},
    {"y*(1 - y)", "ŷ₁ (1 − ŷ₁)", "y1 (1 - y1)", "\\hat{y}_{1} (1 - \\hat{y}_{1})"},
    {"1/2*(t - y)^2", "½ (t₁ − ŷ₁)²", "1/2 (t1 - y1)^2", "\\frac{1}{2} (t_{1} - \\hat{y}_{1})^{2}"},
    {"2*(y - t)", "2 (ŷ₁ − t₁)", "2 (y1 - t1)", "2 (\\hat{y}_{1} - t_{1})"},
    {"y - t", "ŷ₁ − t₁", "y1 - t1", "\\hat{y}_{1} - t_{1}"},
    {"max(0, z)", "max(0, z₁)", "max(0, z1)", "\\max(0, z_{1})"},
    {"if(z > 0, 1, 0)", "1 if z₁ > 0, otherwise 0", "1 if z1 > 0, otherwise 0",
     "\\begin{cases} 1 & \\text{if } z_{1} > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"},
    {"if(z <= 0, -1, x*w)*b", "(−1 if z₁ ≤ 0, otherwise x₁ · w₁) · B₁",
     "(-1 if z1 <= 0, otherwise x1 * w1) * B1",
     "\\left(\\begin{cases} -1 & \\text{if } z_{1} \\le 0 \\\\ x_{1} \\cdot w_{1} & "
     "\\text{otherwise} \\end{cases}\\right) \\cdot B_{1}"},
    {"1/n*sum(x)", "½ (x₁ + x₂)", "1/2 (x1 + x2)", "\\frac{1}{2} (x_{1} + x_{2})"},
    {"1/k*sum(x)", "1/k (x₁ + x₂)", "1/k (x1 + x2)", "\\frac{1}{k} (x_{1} + x_{2})"},
    {"1/3 + 1/4 + 3/4 + 1/8", "⅓ + ¼ + 3/4 + 1/8", "1/3 + 1/4 + 3/4 + 1/8",
     "\\frac{1}{3} + \\frac{1}{4} + \\frac{3}{4} + \\frac{1}{8}"},
    {"b - rate*y", "B₁ − η · ŷ₁", "B1 - eta * y1", "B_{1} - \\eta \\cdot \\hat{y}_{1}"},
    {"m/(sqrt(y) + eps)", "m̂₅ / (√(ŷ₁) + ε)", "m5 / (sqrt(y1) + eps)",
     "\\frac{\\hat{m}_{5}}{\\sqrt{\\hat{y}_{1}} + \\varepsilon}"},
    {"y^k + y^2 + y^3 + y^4", "ŷ₁^k + ŷ₁² + ŷ₁³ + ŷ₁^4", "y1^k + y1^2 + y1^3 + y1^4",
     "\\hat{y}_{1}^{k} + \\hat{y}_{1}^{2} + \\hat{y}_{1}^{3} + \\hat{y}_{1}^{4}"},
    {"-t*log(y) - (1 - t)*log(1 - y)", "−t₁ · log(ŷ₁) − (1 − t₁) · log(1 − ŷ₁)",
     "-t1 * log(y1) - (1 - t1) * log(1 - y1)",
     "-t_{1} \\cdot \\log(\\hat{y}_{1}) - (1 - t_{1}) \\cdot \\log(1 - \\hat{y}_{1})"},
    {"1 - tanh(s/2)^2", "1 − tanh(sum_n₁ / 2)²", "1 - tanh(sum_n1 / 2)^2",
     "1 - \\tanh\\left(\\frac{\\mathrm{sum}_{n_{1}}}{2}\\right)^{2}"},
    {"abs(t - y)", "|t₁ − ŷ₁|", "abs(t1 - y1)", "\\left|t_{1} - \\hat{y}_{1}\\right|"},
    {"min(t, y, 1) = 1", "min(t₁, ŷ₁, 1) = 1", "min(t1, y1, 1) = 1",
     "\\min(t_{1}, \\hat{y}_{1}, 1) = 1"},
    {"z >= 0", "z₁ ≥ 0", "z1 >= 0", "z_{1} \\ge 0"},
    {"0.00000001", "1·10⁻⁸", "1e-08", "1 \\times 10^{-8}"},
    {"2.5e10*y", "2.5·10¹⁰ · ŷ₁", "2.5e+10 * y1", "2.5 \\times 10^{10} \\cdot \\hat{y}_{1}"},
};

/* The same with each symbol's number. */
static const struct rendering numbers[] = {
    {"sum(x*w) + b", "0.1 · 0.1 + 0.5 · 0.3 + 0.25", "0.1 * 0.1 + 0.5 * 0.3 + 0.25",
     "0.1 \\cdot 0.1 + 0.5 \\cdot 0.3 + 0.25"},
    {"1/(1 + exp(-s))", "1 / (1 + e^(−0.41))", "1 / (1 + e^(-0.41))", "\\frac{1}{1 + e^{-0.41}}"},
    {"y*(1 - y)", "0.734929 · (1 − 0.734929)", "0.734929 * (1 - 0.734929)",
     "0.734929 \\cdot (1 - 0.734929)"},
    {"1/2*(t - y)^2", "½ · (0.05 − 0.734929)²", "1/2 * (0.05 - 0.734929)^2",
     "\\frac{1}{2} \\cdot (0.05 - 0.734929)^{2}"},
    {"1/n*sum(x)", "½ · (0.1 + 0.5)", "1/2 * (0.1 + 0.5)", "\\frac{1}{2} \\cdot (0.1 + 0.5)"},
    {"1/k*sum(x)", "(1 / 5) · (0.1 + 0.5)", "(1 / 5) * (0.1 + 0.5)",
     "\\frac{1}{5} \\cdot (0.1 + 0.5)"},
    {"if(z > 0, 1, 0)", "1 if −0.5 > 0, otherwise 0", "1 if -0.5 > 0, otherwise 0",
     "\\begin{cases} 1 & \\text{if } -0.5 > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"},
    {"max(0, z)", "max(0, −0.5)", "max(0, -0.5)", "\\max(0, -0.5)"},
    /* A negative number is in parentheses where it is not the first thing. */
    {"x + z", "0.1 + (−0.5)", "0.1 + (-0.5)", "0.1 + (-0.5)"},
    {"z - v", "−0.5 − (−0.2)", "-0.5 - (-0.2)", "-0.5 - (-0.2)"},
    {"-z", "−(−0.5)", "-(-0.5)", "-(-0.5)"},
    {"x*v", "0.1 · (−0.2)", "0.1 * (-0.2)", "0.1 \\cdot (-0.2)"},
    {"v*x", "−0.2 · 0.1", "-0.2 * 0.1", "-0.2 \\cdot 0.1"},
    {"x + v*b", "0.1 + (−0.2) · 0.25", "0.1 + (-0.2) * 0.25", "0.1 + (-0.2) \\cdot 0.25"},
    {"x - v^2", "0.1 − (−0.2)²", "0.1 - (-0.2)^2", "0.1 - (-0.2)^{2}"},
    {"v^2", "(−0.2)²", "(-0.2)^2", "(-0.2)^{2}"},
    {"x/v", "0.1 / (−0.2)", "0.1 / (-0.2)", "\\frac{0.1}{-0.2}"},
    {"x*v/b", "0.1 · (−0.2) / 0.25", "0.1 * (-0.2) / 0.25", "\\frac{0.1 \\cdot (-0.2)}{0.25}"},
    {"exp(v)", "e^(−0.2)", "e^(-0.2)", "e^{-0.2}"},
    {"exp(b)", "e^0.25", "e^0.25", "e^{0.25}"},
    {"(z > v)*b", "(−0.5 > −0.2) · 0.25", "(-0.5 > -0.2) * 0.25", "(-0.5 > -0.2) \\cdot 0.25"},
    {"x*eps^2", "0.1 · (1·10⁻⁸)²", "0.1 * (1e-08)^2", "0.1 \\cdot (1 \\times 10^{-8})^{2}"},
    {"x + minus", "0.1 + (−2)", "0.1 + (-2)", "0.1 + (-2)"},
    {"1/minus", "1 / (−2)", "1 / (-2)", "\\frac{1}{-2}"},
    {"m/(sqrt(y) + eps)", "0.0802031 / (√(0.734929) + 1·10⁻⁸)",
     "0.0802031 / (sqrt(0.734929) + 1e-08)",
     "\\frac{0.0802031}{\\sqrt{0.734929} + 1 \\times 10^{-8}}"},
};

/* Where parentheses belong, and where they do not. */
static const struct rendering parens[] = {
    {"a*(b*c)", "a (b · c)", "a (b * c)", "a (b \\cdot c)"},
    {"(a*b)*c", "a · b · c", "a * b * c", "a \\cdot b \\cdot c"},
    {"(a + b) + c", "a + b + c", "a + b + c", "a + b + c"},
    {"a + (b + c)", "a + (b + c)", "a + (b + c)", "a + (b + c)"},
    {"a - (b - c)", "a − (b − c)", "a - (b - c)", "a - (b - c)"},
    {"a - (b + c)*d", "a − (b + c) · d", "a - (b + c) * d", "a - (b + c) \\cdot d"},
    {"(a + b)*(c + d)", "(a + b) (c + d)", "(a + b) (c + d)", "(a + b) (c + d)"},
    {"a*(b/c)", "a (b / c)", "a (b / c)", "a \\cdot \\frac{b}{c}"},
    {"a*b/c", "a · b / c", "a * b / c", "\\frac{a \\cdot b}{c}"},
    {"a/b*c", "(a / b) · c", "(a / b) * c", "\\frac{a}{b} \\cdot c"},
    {"a/(b*c)", "a / (b · c)", "a / (b * c)", "\\frac{a}{b \\cdot c}"},
    {"a/b/c", "(a / b) / c", "(a / b) / c", "\\frac{\\frac{a}{b}}{c}"},
    {"a/(b/c)", "a / (b / c)", "a / (b / c)", "\\frac{a}{\\frac{b}{c}}"},
    {"a*(1/2)", "a · ½", "a (1/2)", "a \\cdot \\frac{1}{2}"},
    {"(1/2)^2", "(½)²", "(1/2)^2", "\\left(\\frac{1}{2}\\right)^{2}"},
    {"-1/a*(b + c)", "−1/a (b + c)", "-1/a (b + c)", "\\frac{-1}{a} (b + c)"},
    {"-a^2", "−a²", "-a^2", "-a^{2}"},
    {"(-a)^2", "(−a)²", "(-a)^2", "(-a)^{2}"},
    {"-a*b", "−a · b", "-a * b", "-a \\cdot b"},
    {"-(a*b)", "−(a · b)", "-(a * b)", "-(a \\cdot b)"},
    {"a*-b", "a (−b)", "a (-b)", "a (-b)"},
    {"a + -b", "a − b", "a - b", "a - b"},
    {"a + -b*c", "a + (−b) · c", "a + (-b) * c", "a + (-b) \\cdot c"},
    {"a - -b", "a − (−b)", "a - (-b)", "a - (-b)"},
    {"--a", "−(−a)", "-(-a)", "-(-a)"},
    {"a^b^c", "a^(b^c)", "a^(b^c)", "a^{b^{c}}"},
    {"(a^b)^c", "(a^b)^c", "(a^b)^c", "(a^{b})^{c}"},
    {"a^-b", "a^(−b)", "a^(-b)", "a^{-b}"},
    {"a^(b + 1)", "a^(b + 1)", "a^(b + 1)", "a^{b + 1}"},
    {"exp(a)^2", "(e^a)²", "(e^a)^2", "(e^{a})^{2}"},
    {"exp(a^2)", "e^(a²)", "e^(a^2)", "e^{a^{2}}"},
    {"e^-a", "e^(−a)", "e^(-a)", "e^{-a}"},
    {"(a > b) + c", "(a > b) + c", "(a > b) + c", "(a > b) + c"},
    {"a + b > c*d", "a + b > c · d", "a + b > c * d", "a + b > c \\cdot d"},
    {"(a/b + c)*d", "(a / b + c) · d", "(a / b + c) * d",
     "\\left(\\frac{a}{b} + c\\right) \\cdot d"},
    {"a*log(b)", "a · log(b)", "a * log(b)", "a \\cdot \\log(b)"},
};

static const struct fixture_row letters[] = {
    {.name = "a", .ascii = "a"},
    {.name = "b", .ascii = "b"},
    {.name = "c", .ascii = "c"},
    {.name = "d", .ascii = "d"},
};

static void check_table(const struct fixture_row *names, size_t n_names,
			const struct rendering *table, size_t n, bool with_numbers)
{
	struct fixture fixture = {names, n_names, 2};
	struct arena *arena = arena_new();
	assert_non_null(arena);
	for (size_t i = 0; i < n; i++) {
		struct formula *f = fixture_parse(arena, &fixture, table[i].rule);

		check_printed(f, GLYPHS_UNICODE, with_numbers, table[i].unicode);
		check_printed(f, GLYPHS_ASCII, with_numbers, table[i].ascii);
		check_printed(f, GLYPHS_LATEX, with_numbers, table[i].latex);
		arena_reset(arena);
	}
	arena_free(arena);
}

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static void test_symbols(void **state)
{
	(void)state;
	check_table(rows, LENGTH(rows), symbols, LENGTH(symbols), false);
}

static void test_numbers(void **state)
{
	(void)state;
	check_table(rows, LENGTH(rows), numbers, LENGTH(numbers), true);
}

static void test_parentheses(void **state)
{
	(void)state;
	check_table(letters, LENGTH(letters), parens, LENGTH(parens), false);
}

/* As it is spoken: the same parentheses as in signs, or it would be another formula. */
static void test_words(void **state)
{
	static const struct {
		const char *rule, *en, *es;
	} cases[] = {
	    {"1/2*(t - y)^2",
	     "one half times open parenthesis t 1 minus y hat 1 close parenthesis squared",
	     "un medio por abre paréntesis t 1 menos ŷ 1 cierra paréntesis al cuadrado"},
	    {"1/(1 + exp(-s))",
	     "1 divided by open parenthesis 1 plus e to the power open parenthesis minus sum n 1 "
	     "close parenthesis close parenthesis",
	     "1 dividido por abre paréntesis 1 más e a la potencia abre paréntesis menos suma n 1 "
	     "cierra paréntesis cierra paréntesis"},
	    {"if(z > 0, 1, 0)", "1 if z 1 is more than 0, otherwise 0",
	     "1 si z 1 es mayor que 0, en otro caso 0"},
	    {"b - rate*y", "B 1 minus eta times y hat 1", "B 1 menos eta por ŷ 1"},
	};
	struct fixture fixture = {rows, LENGTH(rows), 2};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct formula *f = fixture_parse(arena, &fixture, cases[i].rule);
		check_printed(f, GLYPHS_WORDS, false, cases[i].en);
		language_set(LANGUAGE_ES);
		check_printed(f, GLYPHS_WORDS, false, cases[i].es);
		language_set(LANGUAGE_EN);
	}
	check_printed(formula_number(arena, -2.5e-20), GLYPHS_WORDS, true,
		      "minus 2.5 times 10 to the power minus 20");
	check_printed(formula_symbol(arena, "E(2)", "E⁽²⁾", 1), GLYPHS_WORDS, false, "E row 2");
	check_printed(formula_symbol(arena, "W1[2,13]", "W₁[2,13]", 1), GLYPHS_WORDS, false,
		      "W 1 2 13");
	check_printed(formula_symbol(arena, "w5'", "w₅′", 1), GLYPHS_WORDS, false, "w 5 prime");
	arena_free(arena);
}

/* Each term of sum() that is a sum keeps its own parentheses, the first one too. */
static void test_sum_of_sums(void **state)
{
	struct fixture fixture = {rows, LENGTH(rows), 2};
	struct arena *arena = arena_new();
	(void)state;
	check_printed(fixture_parse(arena, &fixture, "sum(x - w) + b"), GLYPHS_UNICODE, false,
		      "(x₁ − w₁) + (x₂ − w₂) + B₁");
	check_printed(fixture_parse(arena, &fixture, "b - sum(x*w)"), GLYPHS_UNICODE, false,
		      "B₁ − (x₁ · w₁ + x₂ · w₂)");
	fixture.n_terms = 1;
	check_printed(fixture_parse(arena, &fixture, "1/n*sum(x) + sum(x*w)"), GLYPHS_UNICODE,
		      false, "½ · x₁ + x₁ · w₁");
	arena_free(arena);
}

static void test_derivative(void **state)
{
	struct arena *arena = arena_new();
	struct formula *y = formula_symbol(arena, "y1", "ŷ₁", 0.7);
	struct formula *s = formula_symbol(arena, "sum_y1", "sum_ŷ₁", 0.3);
	struct formula *e = formula_symbol(arena, "E1", NULL, 0.2);
	struct formula *rate = formula_symbol(arena, "rate", "η", 0.6);
	struct formula *dy = formula_derivative(arena, y, s), *de = formula_derivative(arena, e, y);
	struct formula *chain =
	    formula_node(arena, FORMULA_PRODUCT, 2, (struct formula *[]){de, dy});
	struct formula *change =
	    formula_node(arena, FORMULA_PRODUCT, 2, (struct formula *[]){rate, dy});
	(void)state;
	check_printed(dy, GLYPHS_UNICODE, false, "∂ŷ₁/∂sum_ŷ₁");
	check_printed(dy, GLYPHS_ASCII, false, "dy1/dsum_y1");
	check_printed(dy, GLYPHS_WORDS, false, "derivative of y hat 1 with respect to sum y hat 1");
	language_set(LANGUAGE_ES);
	check_printed(dy, GLYPHS_WORDS, false, "derivada de ŷ 1 respecto de suma ŷ 1");
	language_set(LANGUAGE_EN);
	check_printed(dy, GLYPHS_LATEX, false,
		      "\\frac{\\partial \\hat{y}_{1}}{\\partial \\mathrm{sum}_{\\hat{y}_{1}}}");
	check_printed(chain, GLYPHS_UNICODE, false, "∂E₁/∂ŷ₁ · ∂ŷ₁/∂sum_ŷ₁");
	check_printed(chain, GLYPHS_ASCII, false, "dE1/dy1 * dy1/dsum_y1");
	/* Not known yet: it stays a symbol, and nothing that needs it has a value. */
	check_printed(change, GLYPHS_UNICODE, true, "0.6 · ∂ŷ₁/∂sum_ŷ₁");
	assert_true(isnan(formula_eval(change)));
	dy->value = -0.25;
	check_printed(change, GLYPHS_UNICODE, true, "0.6 · (−0.25)");
	check_printed(change, GLYPHS_UNICODE, false, "η · ∂ŷ₁/∂sum_ŷ₁");
	assert_same_bits(formula_eval(change), 0.6 * -0.25);
	arena_free(arena);
}

static void test_ellipsis(void **state)
{
	struct arena *arena = arena_new();
	struct formula *sum =
	    formula_node(arena, FORMULA_SUM, 3,
			 (struct formula *[]){formula_symbol(arena, "x1", NULL, 1),
					      formula_node(arena, FORMULA_ELLIPSIS, 0, NULL),
					      formula_symbol(arena, "x784", NULL, 2)});
	(void)state;
	check_printed(sum, GLYPHS_UNICODE, false, "x₁ + … + x₇₈₄");
	check_printed(sum, GLYPHS_ASCII, true, "1 + ... + 2");
	check_printed(sum, GLYPHS_LATEX, false, "x_{1} + \\dots + x_{784}");
	assert_true(isnan(formula_eval(sum)));
	arena_free(arena);
}

static void test_numbers_of_every_kind(void **state)
{
	struct arena *arena = arena_new();
	struct formula *third = formula_number(arena, 1.0 / 3);
	struct formula_style style = {GLYPHS_UNICODE, true, 17};
	struct strbuf out = {0};
	(void)state;
	formula_print(third, &style, &out);
	assert_string_equal(strbuf_str(&out), "0.33333333333333331");
	strbuf_clear(&out);
	style.digits = 2;
	formula_print(third, &style, &out);
	assert_string_equal(strbuf_str(&out), "0.33");
	strbuf_free(&out);
	check_printed(formula_number(arena, -0.0), GLYPHS_UNICODE, true, "0");
	check_printed(formula_number(arena, -2.5e-20), GLYPHS_UNICODE, true, "−2.5·10⁻²⁰");
	check_printed(formula_number(arena, -2.5e-20), GLYPHS_LATEX, true, "-2.5 \\times 10^{-20}");
	check_printed(formula_number(arena, -INFINITY), GLYPHS_UNICODE, true, "−inf");
	check_printed(formula_number(arena, -INFINITY), GLYPHS_LATEX, true, "-\\infty");
	check_printed(formula_number(arena, NAN), GLYPHS_LATEX, true, "\\mathrm{nan}");
	arena_free(arena);
}

/* The two words of cases go through the translation. */
static void test_cases_in_spanish(void **state)
{
	struct fixture fixture = {rows, LENGTH(rows), 2};
	struct arena *arena = arena_new();
	struct strbuf wanted = {0};
	(void)state;
	language_set(LANGUAGE_ES);
	strbuf_addf(&wanted, "1 %s z₁ > 0, %s 0", tr("if"), tr("otherwise"));
	check_printed(fixture_parse(arena, &fixture, "if(z > 0, 1, 0)"), GLYPHS_UNICODE, false,
		      strbuf_str(&wanted));
	language_set(LANGUAGE_EN);
	strbuf_free(&wanted);
	arena_free(arena);
}

/* Whatever its size, a number that is printed can be typed back, to the bit. */
static void test_printed_numbers_read_back(void **state)
{
	struct arena *arena = arena_new();
	const struct formula_style style = {GLYPHS_UNICODE, true, 17};
	(void)state;
	for (int exponent = -320; exponent <= 308; exponent += 4) {
		double number = -1.2345678901234567 * pow(10.0, exponent), read = 0.0;
		struct strbuf out = {0};
		formula_print(formula_number(arena, number), &style, &out);
		assert_int_equal(number_parse_typed(strbuf_str(&out), &read, NULL), STATUS_OK);
		assert_true(read == number);
		assert_null(strpbrk(strbuf_str(&out), "eE-"));
		strbuf_free(&out);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_symbols),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_parentheses),
	    cmocka_unit_test(test_sum_of_sums),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_derivative),
	    cmocka_unit_test(test_ellipsis),
	    cmocka_unit_test(test_numbers_of_every_kind),
	    cmocka_unit_test(test_printed_numbers_read_back),
	    cmocka_unit_test(test_cases_in_spanish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
