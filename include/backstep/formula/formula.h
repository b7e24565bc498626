/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula.h -- mathematics as a small tree, rendered as Unicode, ASCII or LaTeX.
 *
 * It knows no neural network. A rule is a formula's text, such as "y*(1 - y)"; formula_parse
 * turns it into a tree in which each variable has been bound to a symbol and a number, so the
 * same tree prints as symbols, prints with its numbers put in, and evaluates.
 *
 * To extend: a new function is a row of formula_functions (formula_functions.c). */
#ifndef BACKSTEP_FORMULA_FORMULA_H
#define BACKSTEP_FORMULA_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backstep/base/arena.h"
#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"

enum formula_kind {
	FORMULA_NUMBER,     /* 2, 1/2 is a QUOTIENT of two */
	FORMULA_SYMBOL,     /* w₅ with its value */
	FORMULA_SUM,        /* n terms; a term that is a NEGATE prints with a minus */
	FORMULA_PRODUCT,    /* n factors */
	FORMULA_QUOTIENT,   /* args[0] / args[1] */
	FORMULA_POWER,      /* args[0] ^ args[1] */
	FORMULA_NEGATE,     /* -args[0] */
	FORMULA_CALL,       /* function name and args */
	FORMULA_CASES,      /* args[0] if args[1], otherwise args[2] */
	FORMULA_COMPARE,    /* args[0] (name: ">", ">=", "<", "<=", "=") args[1] */
	FORMULA_DERIVATIVE, /* d args[0] / d args[1], partial */
	FORMULA_ELLIPSIS,   /* terms left out of a long sum */
};

/* One node of the tree. Owns: nothing; everything lies in the arena it was built in. */
struct formula {
	enum formula_kind kind;
	double value;       /* NUMBER, SYMBOL; DERIVATIVE: NaN until the caller knows it */
	const char *name;   /* SYMBOL: the ASCII name; CALL, COMPARE: the function */
	const char *symbol; /* SYMBOL: the Unicode symbol */
	bool is_setting; /* SYMBOL: a number that somebody set (η, β₁): no step computes it */
	struct formula **args;
	size_t n_args;
	size_t column; /* where it begins in the rule it was parsed from, from 1; 0: it was built */
};

/* Builders; they copy names, symbols and the array of arguments (not the arguments). NULL on lack
 * of memory, where an argument is NULL, or where the kind or function takes another number of
 * arguments; so trees can be nested and tested once. */
struct formula *formula_number(struct arena *arena, double value);
/* symbol may be NULL: it is then made from name (w5 -> w₅, sum_n1 -> sum_n₁). */
struct formula *formula_symbol(struct arena *arena, const char *name, const char *symbol,
			       double value);
/* d of / d wrt. Its value is NaN: a caller that knows it sets it, and it is then printed and
 * evaluated as a symbol would be. */
struct formula *formula_derivative(struct arena *arena, struct formula *of, struct formula *wrt);
/* A node with n arguments: SUM, PRODUCT (of any number: of one it is that argument, of none 0 or
 * 1), QUOTIENT, POWER, NEGATE, CASES, or ELLIPSIS (of none). */
struct formula *formula_node(struct arena *arena, enum formula_kind kind, size_t n,
			     struct formula *const args[]);
/* name: exp log sqrt tanh abs sign cos floor (of one), max min (of two or more). */
struct formula *formula_call(struct arena *arena, const char *name, size_t n,
			     struct formula *const args[]);

#define FORMULA_OUTSIDE SIZE_MAX /* the term of a variable that stands outside sum() */

/* How a rule's variables are found while it is parsed. */
struct formula_binding {
	/* The tree of variable name (a SYMBOL or NUMBER, normally) as term k of the enclosing
	 * sum() (FORMULA_OUTSIDE outside). NULL where there is no such variable. */
	struct formula *(*bind)(void *ctx, struct arena *arena, const char *name, size_t k);
	/* How many terms sum() has. NULL, or a result of 0, where sum() has no meaning. */
	size_t (*n_terms)(void *ctx);
	void *ctx;
	/* sum() of more terms than this shows the first max_terms - 1, an ellipsis and the last
	 * (0: all are shown). */
	size_t max_terms;
	/* Where the rule begins on the line that it was taken from (0: it is the line), so that
	 * columns, also those in messages, are those of the line. */
	size_t column;
	/* Function i of those that stand in for the usual ones and the forms, for trees that are
	 * only looked at: they can be neither printed nor evaluated. NULL after the last.
	 * function itself may be NULL: then the usual ones hold. */
	const char *(*function)(void *ctx, size_t i);
};

/* Parses a rule. Grammar, loosest first: comparison (> >= < <= =); + -; * / and a '(' that follows
 * a factor, left to right (1/n (x + y) is (1/n)*(x + y)); unary -; ^ (right associative);
 * primary: number, name, name(args), (expr). Functions: those of formula_call; if(comparison,
 * then, otherwise); sum(expr) over the terms of the binding, never inside another sum(), and
 * largest(expr), the max() of the terms. e^u is
 * exp(u) where no variable is called e. Names are letters, digits and _, with an index or not:
 * w5, sum_n1, W1[2,13]. Nesting is at most 64 deep.
 * Errors: STATUS_BAD_INPUT with line 1 and the column (in characters) where it went wrong. */
enum status formula_parse(struct arena *arena, const char *rule,
			  const struct formula_binding *binding, struct formula **formula,
			  struct error *err);

/* The number that the tree stands for; NaN where it depends on an ELLIPSIS or on a DERIVATIVE
 * whose value is not known. Sums and products run left to right; ^2 and ^3 multiply out; no
 * exponential in between leaves the range: log(1 + e^800) is 800. */
double formula_eval(const struct formula *f);
/* The same; *size gets how large the numbers are that it is made of: what rounding is relative to,
 * where terms of a sum cancel. */
double formula_eval_sized(const struct formula *f, double *size);

/* WORDS: as it is spoken, in the current language, for a screen reader. */
enum formula_glyphs { GLYPHS_UNICODE, GLYPHS_ASCII, GLYPHS_WORDS, GLYPHS_LATEX, N_GLYPHS };

struct formula_style {
	enum formula_glyphs glyphs;
	bool numbers; /* symbols are replaced by their values */
	int digits;   /* significant digits of numbers, 1 to 17 */
};

/* Appends the formula. Unicode: ∂ŷ₁/∂sum_ŷ₁, ŷ₁ (1 − ŷ₁), 0.734929 · (1 − 0.734929),
 * 1 / (1 + e^(−0.41)), ½ (t₁ − ŷ₁)², max(0, z₁), 1 if z₁ > 0, otherwise 0.
 * ASCII: dy1/dsum_y1, y1 (1 - y1), 0.734929 * (1 - 0.734929), 1 / (1 + e^(-0.41)),
 * 1/2 (t1 - y1)^2. Words: derivative of y hat 1 with respect to sum y hat 1.
 * LaTeX: \frac{\partial \hat{y}_{1}}{\partial \mathrm{sum}_{\hat{y}_{1}}}. */
void formula_print(const struct formula *f, const struct formula_style *style, struct strbuf *out);

/* The name as a Unicode symbol: trailing digits become subscripts, also after an underscore, and
 * Greek letters' names become letters: w5 w₅, sum_n1 sum_n₁, W1[2,13] W₁[2,13], beta1 β₁.
 * NULL on lack of memory. */
char *formula_symbol_from_name(struct arena *arena, const char *name);
/* Appends what is typed for a symbol, or for a derivative as it is printed: w₅ w5, ∂E/∂β₁
 * dE/dbeta1, E⁽²⁾ E(2), w₅′ w5'. What has no other spelling stays. */
void formula_name_from_symbol(const char *symbol, struct strbuf *out);

#endif
