/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_private.h -- what the files of formula/ share with one another, and nobody else uses. */
#ifndef BACKSTEP_FORMULA_PRIVATE_H
#define BACKSTEP_FORMULA_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/formula/formula.h"

/* How a call's arguments stand between head and tail. */
enum call_form {
	CALL_PARENS,   /* head(a, b)tail */
	CALL_BARE,     /* head a tail: tail closes what head opened */
	CALL_EXPONENT, /* head a, with parentheses where a is more than one sign */
};

/* What a function does with numbers that are out of a double's range. */
enum call_range {
	RANGE_KEPT, /* it takes and makes none */
	RANGE_LEFT, /* exp: it makes them */
	RANGE_BACK, /* log: it takes them */
};

/* A row of the functions. Exactly one of unary and fold is set. */
struct formula_function {
	const char *name;
	double (*unary)(double x);               /* of one argument */
	double (*fold)(double so_far, double x); /* of two or more, left to right */
	/* Its slope at x, where it is y, if that can be more than 1. */
	double (*slope)(double x, double y);
	enum call_range range;
	bool is_power; /* binds like a power: parentheses where it is a base */
	struct {
		const char *head, *tail;
		enum call_form form;
	} glyphs[N_GLYPHS];
};

struct formula_comparison {
	const char *name;
	bool (*holds)(double a, double b);
	const char *glyphs[N_GLYPHS];
};

/* The row called name, or NULL. */
const struct formula_function *formula_function_find(const char *name);
const struct formula_comparison *formula_comparison_find(const char *name);
/* The name of function i, NULL at the end. */
const char *formula_function_name(size_t i);
bool formula_function_takes(const struct formula_function *function, size_t n_args);

/* A call of any name, whether or not a function has it. NULL as the public builders. */
struct formula *formula_call_any(struct arena *arena, const char *name, size_t n,
				 struct formula *const args[]);
/* name must be that of a comparison. NULL as the public builders. */
struct formula *formula_compare(struct arena *arena, const char *name, struct formula *left,
				struct formula *right);

/* Appends a Unicode symbol as it is spoken in the current language: sum_ŷ₁ sum y hat 1. */
void formula_speak_symbol(const char *symbol, struct strbuf *out);
/* Appends a Unicode symbol as LaTeX mathematics: ŷ₁ \hat{y}_{1}, sum_n₁ \mathrm{sum}_{n_{1}}. */
void formula_latex_symbol(const char *symbol, struct strbuf *out);

#endif
