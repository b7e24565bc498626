/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_level.c -- what the printer asks about a formula before it prints it: how tightly it
 * holds together, and whether it has a sign of its own. It prints nothing. */
#include "formula_printer.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "formula_private.h"

/* Quotients of two literals, and exponents, that have a sign or a word of their own. */
static const struct {
	double numerator, denominator;
	const char *glyphs[N_GLYPHS];
} fractions[] = {
    {1, 2, {[GLYPHS_UNICODE] = "½", [GLYPHS_WORDS] = N_("one half")}},
    {1, 3, {[GLYPHS_UNICODE] = "⅓", [GLYPHS_WORDS] = N_("one third")}},
    {1, 4, {[GLYPHS_UNICODE] = "¼", [GLYPHS_WORDS] = N_("one quarter")}},
};

static const struct {
	double exponent;
	const char *glyphs[N_GLYPHS];
} exponents[] = {
    {2, {[GLYPHS_UNICODE] = "²", [GLYPHS_WORDS] = N_(" squared")}},
    {3, {[GLYPHS_UNICODE] = "³", [GLYPHS_WORDS] = N_(" cubed")}},
};

const char *printer_fraction_sign(const struct printer *p, const struct formula *f)
{
	const struct formula *a = f->args[0], *b = f->args[1];
	if (a->kind != FORMULA_NUMBER || b->kind != FORMULA_NUMBER)
		return NULL;
	for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
		if (fractions[i].numerator == a->value && fractions[i].denominator == b->value)
			return fractions[i].glyphs[p->style];
	return NULL;
}

const char *printer_exponent_sign(const struct printer *p, const struct formula *f)
{
	if (f->kind != FORMULA_NUMBER)
		return NULL;
	for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++)
		if (exponents[i].exponent == f->value)
			return exponents[i].glyphs[p->style];
	return NULL;
}

bool printer_is_number(const struct printer *p, const struct formula *f)
{
	return f->kind == FORMULA_NUMBER ||
	       (p->numbers &&
		(f->kind == FORMULA_SYMBOL || (f->kind == FORMULA_DERIVATIVE && !isnan(f->value))));
}

/* 1e-08 is no base: 1e-08² would read as if the exponent were squared. */
static enum level number_level(const struct printer *p, double value)
{
	char text[NUMBER_TEXT];
	if (value < 0.0)
		return LEVEL_MINUS;
	if (value >= 1e-4 && value < 1.0) /* however few its digits: most numbers are such */
		return LEVEL_ATOM;
	number_format(text, value, p->digits);
	return strchr(text, 'e') ? LEVEL_POWER : LEVEL_ATOM;
}

static enum level quotient_level(const struct printer *p, const struct formula *f)
{
	if (p->style == GLYPHS_LATEX)
		return LEVEL_FACTOR;
	return printer_fraction_sign(p, f) ? LEVEL_POWER : LEVEL_PRODUCT;
}

static enum level level_of(const struct printer *p, const struct formula *f)
{
	static const enum level levels[] = {
	    [FORMULA_SUM] = LEVEL_SUM,           [FORMULA_PRODUCT] = LEVEL_PRODUCT,
	    [FORMULA_POWER] = LEVEL_POWER,       [FORMULA_NEGATE] = LEVEL_MINUS,
	    [FORMULA_CASES] = LEVEL_CASES,       [FORMULA_COMPARE] = LEVEL_COMPARE,
	    [FORMULA_DERIVATIVE] = LEVEL_FACTOR, [FORMULA_SYMBOL] = LEVEL_ATOM,
	    [FORMULA_ELLIPSIS] = LEVEL_ATOM,
	};
	if (printer_is_number(p, f))
		return number_level(p, f->value);
	if (f->kind == FORMULA_QUOTIENT)
		return quotient_level(p, f);
	if (f->kind == FORMULA_CALL)
		return formula_function_find(f->name)->is_power ? LEVEL_POWER : LEVEL_ATOM;
	return levels[f->kind];
}

bool printer_needs_parens(const struct printer *p, const struct formula *f, enum level min,
			  bool leading)
{
	enum level level = level_of(p, f);
	return level < min || (level == LEVEL_MINUS && !leading);
}

bool printer_is_tall(const struct printer *p, const struct formula *f)
{
	if (printer_is_number(p, f))
		return false;
	if (f->kind == FORMULA_QUOTIENT || f->kind == FORMULA_DERIVATIVE ||
	    f->kind == FORMULA_CASES)
		return true;
	for (size_t i = 0; i < f->n_args; i++)
		if (printer_is_tall(p, f->args[i]))
			return true;
	return false;
}

/* 1/n and 1/2, and -1/n, are written without spaces, as one number would be. */
bool printer_is_tight(const struct printer *p, const struct formula *f)
{
	const struct formula *numerator = f->args[0], *denominator = f->args[1];
	if (numerator->kind == FORMULA_NEGATE)
		numerator = numerator->args[0];
	return numerator->kind == FORMULA_NUMBER &&
	       (denominator->kind == FORMULA_NUMBER ||
		(denominator->kind == FORMULA_SYMBOL && !p->numbers)) &&
	       !printer_needs_parens(p, denominator, LEVEL_POWER, false);
}
