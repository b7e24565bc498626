/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_print.c -- prints a formula in each of the styles.
 *
 * Parentheses come from one rule: an operand that binds less tightly than its place asks for
 * gets them, and so does a minus that is not the first thing. It simplifies nothing: 0.5 - (-0.2)
 * stays. A new kind needs a row of kinds; a new style, a row of glyph_rows. */
#include "formula_printer.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "formula_private.h"

static const struct glyphs glyph_rows[N_GLYPHS] = {
    [GLYPHS_UNICODE] = {.plus = "+",
			.minus = "−",
			.negative = "−",
			.times = " · ",
			.beside = " ",
			.over = " / ",
			.tight_over = "/",
			.power = "^",
			.ellipsis = "…",
			.open = "(",
			.close = ")",
			.derive = "∂",
			.respect = "/∂",
			.derived = ""},
    [GLYPHS_ASCII] = {.plus = "+",
		      .minus = "-",
		      .negative = "-",
		      .times = " * ",
		      .beside = " ",
		      .over = " / ",
		      .tight_over = "/",
		      .power = "^",
		      .ellipsis = "...",
		      .open = "(",
		      .close = ")",
		      .derive = "d",
		      .respect = "/d",
		      .derived = ""},
    [GLYPHS_WORDS] = {.plus = N_("plus"),
		      .minus = N_("minus"),
		      .negative = N_("minus "),
		      .times = N_(" times "),
		      .beside = N_(" times "),
		      .over = N_(" divided by "),
		      .tight_over = N_(" divided by "),
		      .power = N_(" to the power "),
		      .ellipsis = N_("and so on"),
		      .open = N_("open parenthesis "),
		      .close = N_(" close parenthesis"),
		      .derive = N_("derivative of "),
		      .respect = N_(" with respect to "),
		      .derived = ""},
    [GLYPHS_LATEX] = {.plus = "+",
		      .minus = "-",
		      .negative = "-",
		      .times = " \\cdot ",
		      .beside = " ",
		      .over = "}{",
		      .tight_over = "}{",
		      .power = "^",
		      .ellipsis = "\\dots",
		      .open = "(",
		      .close = ")",
		      .derive = "\\frac{\\partial ",
		      .respect = "}{\\partial ",
		      .derived = "}"},
};

/* Appends one of the style's own signs. */
static void add_sign(const struct printer *p, const char *sign)
{
	strbuf_add(p->out, p->style == GLYPHS_WORDS && *sign ? tr(sign) : sign);
}

/* leading: nothing is before it that would make a minus need parentheses. */
static void print_operand(const struct printer *p, const struct formula *f, enum level min,
			  bool leading);

static void open_parens(const struct printer *p, const struct formula *f)
{
	strbuf_add(p->out, p->style == GLYPHS_LATEX && printer_is_tall(p, f) ? "\\left" : "");
	add_sign(p, p->glyphs->open);
}

static void close_parens(const struct printer *p, const struct formula *f)
{
	strbuf_add(p->out, p->style == GLYPHS_LATEX && printer_is_tall(p, f) ? "\\right" : "");
	add_sign(p, p->glyphs->close);
}

/* 6.7e-05 as it is written by hand: 6.7·10⁻⁵. text: without its sign. */
static void print_by_hand(const struct printer *p, const char *text)
{
	static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
	const char *exponent = strchr(text, 'e');
	strbuf_add_len(p->out, text, (size_t)(exponent - text));
	strbuf_add(p->out, exponent[1] == '-' ? "·10⁻" : "·10");
	for (exponent += 2, exponent += *exponent == '0'; *exponent; exponent++)
		strbuf_add(p->out, digits[*exponent - '0']);
}

/* The same in LaTeX: 6.7 \times 10^{-5}. */
static void print_latex_number(const struct printer *p, const char *text)
{
	const char *exponent = strchr(text, 'e');
	if (exponent)
		strbuf_addf(p->out, "%.*s \\times 10^{%ld}", (int)(exponent - text), text,
			    strtol(exponent + 1, NULL, 10));
	else if (strcmp(text, "inf") == 0)
		strbuf_add(p->out, "\\infty");
	else if (strcmp(text, "nan") == 0)
		strbuf_add(p->out, "\\mathrm{nan}");
	else
		strbuf_add(p->out, text);
}

/* And as it is spoken: 6.7 times 10 to the power minus 5. */
static void speak_number(const struct printer *p, const char *text)
{
	const char *exponent = strchr(text, 'e');
	long power = strtol(exponent + 1, NULL, 10);
	strbuf_add_len(p->out, text, (size_t)(exponent - text));
	strbuf_addf(p->out, _(" times 10 to the power %s%ld"), power < 0 ? _("minus ") : "",
		    labs(power));
}

static void print_number(const struct printer *p, double value)
{
	char buf[NUMBER_TEXT];
	const char *text = number_format(buf, value, p->digits);
	if (text[0] == '-') {
		add_sign(p, p->glyphs->negative);
		text++;
	}
	if (p->style == GLYPHS_LATEX)
		print_latex_number(p, text);
	else if (p->style == GLYPHS_UNICODE && strchr(text, 'e'))
		print_by_hand(p, text);
	else if (p->style == GLYPHS_WORDS && strchr(text, 'e'))
		speak_number(p, text);
	else
		strbuf_add(p->out, text);
}

static void print_symbol(const struct printer *p, const struct formula *f, bool leading)
{
	(void)leading;
	if (p->style == GLYPHS_LATEX)
		formula_latex_symbol(f->symbol, p->out);
	else if (p->style == GLYPHS_WORDS)
		formula_speak_symbol(f->symbol, p->out);
	else
		strbuf_add(p->out, p->style == GLYPHS_ASCII ? f->name : f->symbol);
}

static void print_sum(const struct printer *p, const struct formula *f, bool leading)
{
	print_operand(p, f->args[0], LEVEL_PRODUCT, leading);
	for (size_t i = 1; i < f->n_args; i++) {
		const struct formula *term = f->args[i];
		bool minus = term->kind == FORMULA_NEGATE;

		strbuf_add_char(p->out, ' ');
		add_sign(p, minus ? p->glyphs->minus : p->glyphs->plus);
		strbuf_add_char(p->out, ' ');
		print_operand(p, minus ? term->args[0] : term, LEVEL_PRODUCT, false);
	}
}

/* What the first factor of a product, or a numerator, must be: a / b · c is read in two ways. */
static enum level first_factor_min(const struct printer *p, const struct formula *f)
{
	return f->kind == FORMULA_QUOTIENT && !printer_is_tight(p, f) ? LEVEL_FACTOR
								      : LEVEL_PRODUCT;
}

static bool opens_with_parens(const struct printer *p, const struct formula *f)
{
	return printer_needs_parens(p, f, LEVEL_FACTOR, false) ||
	       (f->kind == FORMULA_POWER && printer_needs_parens(p, f->args[0], LEVEL_ATOM, false));
}

static void print_product(const struct printer *p, const struct formula *f, bool leading)
{
	print_operand(p, f->args[0], first_factor_min(p, f->args[0]), leading);
	for (size_t i = 1; i < f->n_args; i++) {
		bool juxtaposed = !p->numbers && opens_with_parens(p, f->args[i]);

		add_sign(p, juxtaposed ? p->glyphs->beside : p->glyphs->times);
		print_operand(p, f->args[i], LEVEL_FACTOR, false);
	}
}

static void print_quotient(const struct printer *p, const struct formula *f, bool leading)
{
	const char *sign = printer_fraction_sign(p, f);
	if (sign) {
		add_sign(p, sign);
	} else if (p->style == GLYPHS_LATEX) {
		strbuf_add(p->out, "\\frac{");
		print_operand(p, f->args[0], LEVEL_CASES, true);
		add_sign(p, p->glyphs->over);
		print_operand(p, f->args[1], LEVEL_CASES, true);
		strbuf_add(p->out, "}");
	} else {
		print_operand(p, f->args[0], first_factor_min(p, f->args[0]), leading);
		add_sign(p, printer_is_tight(p, f) ? p->glyphs->tight_over : p->glyphs->over);
		print_operand(p, f->args[1], LEVEL_POWER, false);
	}
}

/* LaTeX refuses x^{2}^{2}: a symbol that carries an exponent of its own is braced. */
static void print_base(const struct printer *p, const struct formula *f)
{
	size_t start = p->out->len;
	struct strbuf base = {0};
	print_operand(p, f, LEVEL_ATOM, false);
	if (p->style != GLYPHS_LATEX || f->kind != FORMULA_SYMBOL || printer_is_number(p, f) ||
	    !strchr(strbuf_str(p->out) + start, '^'))
		return;
	strbuf_add(&base, strbuf_str(p->out) + start);
	strbuf_truncate(p->out, start);
	strbuf_addf(p->out, "{%s}", strbuf_str(&base));
	p->out->failed = p->out->failed || base.failed;
	strbuf_free(&base);
}

static void print_power(const struct printer *p, const struct formula *f, bool leading)
{
	const struct formula *exponent = f->args[1];
	const char *sign = printer_exponent_sign(p, exponent);
	(void)leading;
	print_base(p, f->args[0]);
	if (sign) {
		add_sign(p, sign);
	} else if (p->style == GLYPHS_LATEX) {
		strbuf_add(p->out, "^{");
		print_operand(p, exponent, LEVEL_CASES, true);
		strbuf_add(p->out, "}");
	} else {
		add_sign(p, p->glyphs->power);
		print_operand(p, exponent, LEVEL_ATOM, false);
	}
}

static void print_negate(const struct printer *p, const struct formula *f, bool leading)
{
	(void)leading;
	add_sign(p, p->glyphs->negative);
	print_operand(p, f->args[0], LEVEL_FACTOR, false);
}

static void print_call(const struct printer *p, const struct formula *f, bool leading)
{
	const struct formula_function *function = formula_function_find(f->name);
	enum call_form form = function->glyphs[p->style].form;
	(void)leading;
	add_sign(p, function->glyphs[p->style].head);
	if (form == CALL_PARENS)
		open_parens(p, f);
	for (size_t i = 0; i < f->n_args; i++) {
		if (i > 0)
			strbuf_add(p->out, ", ");
		print_operand(p, f->args[i], form == CALL_EXPONENT ? LEVEL_ATOM : LEVEL_COMPARE,
			      true);
	}
	if (form == CALL_PARENS)
		close_parens(p, f);
	add_sign(p, function->glyphs[p->style].tail);
}

static void print_word(const struct printer *p, const char *word)
{
	if (p->style == GLYPHS_ASCII)
		text_ascii(p->out, word);
	else
		strbuf_add(p->out, word);
}

static void print_cases(const struct printer *p, const struct formula *f, bool leading)
{
	bool latex = p->style == GLYPHS_LATEX;
	(void)leading;
	strbuf_add(p->out, latex ? "\\begin{cases} " : "");
	print_operand(p, f->args[0], LEVEL_COMPARE, true);
	strbuf_add(p->out, latex ? " & \\text{" : " ");
	print_word(p, _("if"));
	strbuf_add(p->out, latex ? " } " : " ");
	print_operand(p, f->args[1], LEVEL_COMPARE, true);
	if (!latex) {
		strbuf_add(p->out, ", ");
		print_word(p, _("otherwise"));
		strbuf_add(p->out, " ");
		print_operand(p, f->args[2], LEVEL_COMPARE, true);
		return;
	}
	strbuf_add(p->out, " \\\\ ");
	print_operand(p, f->args[2], LEVEL_COMPARE, true);
	strbuf_addf(p->out, " & \\text{%s} \\end{cases}", _("otherwise"));
}

static void print_compare(const struct printer *p, const struct formula *f, bool leading)
{
	(void)leading;
	print_operand(p, f->args[0], LEVEL_SUM, true);
	strbuf_add_char(p->out, ' ');
	add_sign(p, formula_comparison_find(f->name)->glyphs[p->style]);
	strbuf_add_char(p->out, ' ');
	print_operand(p, f->args[1], LEVEL_SUM, true);
}

/* A derivative's parts are always symbols: a number has no derivative. */
static void print_derivative(const struct printer *p, const struct formula *f, bool leading)
{
	struct printer symbols = *p;
	(void)leading;
	symbols.numbers = false;
	add_sign(p, p->glyphs->derive);
	print_operand(&symbols, f->args[0], LEVEL_ATOM, false);
	add_sign(p, p->glyphs->respect);
	print_operand(&symbols, f->args[1], LEVEL_ATOM, false);
	add_sign(p, p->glyphs->derived);
}

static void print_ellipsis(const struct printer *p, const struct formula *f, bool leading)
{
	(void)f, (void)leading;
	add_sign(p, p->glyphs->ellipsis);
}

static void print_operand(const struct printer *p, const struct formula *f, enum level min,
			  bool leading)
{
	static void (*const kinds[])(const struct printer *p, const struct formula *f,
				     bool leading) = {
	    [FORMULA_SYMBOL] = print_symbol,     [FORMULA_SUM] = print_sum,
	    [FORMULA_PRODUCT] = print_product,   [FORMULA_QUOTIENT] = print_quotient,
	    [FORMULA_POWER] = print_power,       [FORMULA_NEGATE] = print_negate,
	    [FORMULA_CALL] = print_call,         [FORMULA_CASES] = print_cases,
	    [FORMULA_COMPARE] = print_compare,   [FORMULA_DERIVATIVE] = print_derivative,
	    [FORMULA_ELLIPSIS] = print_ellipsis,
	};
	bool parens = printer_needs_parens(p, f, min, leading);
	if (parens)
		open_parens(p, f);
	if (printer_is_number(p, f))
		print_number(p, f->value);
	else
		kinds[f->kind](p, f, leading || parens);
	if (parens)
		close_parens(p, f);
}

void formula_print(const struct formula *f, const struct formula_style *style, struct strbuf *out)
{
	CONTRACT(style->digits >= 1 && style->digits <= 17 && style->glyphs < N_GLYPHS);
	const struct printer printer = {
	    .style = style->glyphs,
	    .glyphs = &glyph_rows[style->glyphs],
	    .numbers = style->numbers,
	    .digits = style->digits,
	    .out = out,
	};
	print_operand(&printer, f, LEVEL_CASES, true);
}
