/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_printer.h -- what the files of the printer share. Private to formula/. */
#ifndef BACKSTEP_FORMULA_PRINTER_H
#define BACKSTEP_FORMULA_PRINTER_H

#include <stdbool.h>

#include "backstep/formula/formula.h"

/* How tightly what is printed holds together, loosest first. */
enum level {
	LEVEL_CASES,
	LEVEL_COMPARE,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_MINUS,  /* -x, and negative numbers */
	LEVEL_FACTOR, /* stands in a product as it is */
	LEVEL_POWER,
	LEVEL_ATOM,
};

/* A style's signs. Those of words are messages. */
struct glyphs {
	const char *plus, *minus;   /* between two terms */
	const char *negative;       /* before a number or an operand */
	const char *times, *beside; /* beside: before a factor in parentheses */
	const char *over, *tight_over, *power, *ellipsis;
	const char *open, *close;               /* parentheses */
	const char *derive, *respect, *derived; /* around and between its parts */
};

struct printer {
	enum formula_glyphs style;
	const struct glyphs *glyphs;
	bool numbers;
	int digits;
	struct strbuf *out;
};

/* Whether f is printed as its value. */
bool printer_is_number(const struct printer *p, const struct formula *f);
/* Whether f needs parentheses where at least min is asked for. leading: nothing is before it that
 * would make a minus need them. */
bool printer_needs_parens(const struct printer *p, const struct formula *f, enum level min,
			  bool leading);
/* Whether LaTeX sets f higher than a line, so that parentheses must grow. */
bool printer_is_tall(const struct printer *p, const struct formula *f);
/* Whether the quotient f is written without spaces. */
bool printer_is_tight(const struct printer *p, const struct formula *f);
/* The one sign for the quotient f, for the exponent f: ½, ². NULL where there is none. */
const char *printer_fraction_sign(const struct printer *p, const struct formula *f);
const char *printer_exponent_sign(const struct printer *p, const struct formula *f);

#endif
