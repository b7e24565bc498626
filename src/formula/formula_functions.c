/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_functions.c -- the functions and comparisons of formulas, as rows.
 *
 * To add one: a row with its name, its evaluation, and how it is written in the three styles.
 * if() and sum() are no functions of numbers; the parser knows them (formula_names.c). */
#include "backstep/base/i18n.h"
#include "formula_private.h"

#include <math.h>
#include <string.h>

#include "backstep/base/circular.h"
#include "backstep/base/real.h"

/* A NaN on either side stays, as fmax() and fmin() would not have it: a value that is not known
 * must not turn into one that looks known. */
static double larger(double so_far, double x)
{
	return x > so_far || isnan(x) ? x : so_far;
}

static double smaller(double so_far, double x)
{
	return x < so_far || isnan(x) ? x : so_far;
}

static double sign(double x)
{
	return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x; /* a NaN stays */
}

static double tangent(double x)
{
	return circular_sin(x) / circular_cos(x);
}

static double slope_of_exp(double x, double y)
{
	(void)x;
	return y;
}

static double slope_of_log(double x, double y)
{
	(void)y;
	return 1.0 / x;
}

static double slope_of_root(double x, double y)
{
	(void)x;
	return y > 0.0 ? 0.5 / y : 1.0;
}

static bool is_more(double a, double b)
{
	return a > b;
}

static bool is_not_less(double a, double b)
{
	return a >= b;
}

static bool is_less(double a, double b)
{
	return a < b;
}

static bool is_not_more(double a, double b)
{
	return a <= b;
}

static bool is_equal(double a, double b)
{
	return a == b;
}

static const struct formula_function functions[] = {
    {.name = "exp",
     .unary = real_exp,
     .slope = slope_of_exp,
     .range = RANGE_LEFT,
     .is_power = true,
     .glyphs = {[GLYPHS_UNICODE] = {"e^", "", CALL_EXPONENT},
		[GLYPHS_ASCII] = {"e^", "", CALL_EXPONENT},
		[GLYPHS_WORDS] = {N_("e to the power "), "", CALL_EXPONENT},
		[GLYPHS_LATEX] = {"e^{", "}", CALL_BARE}}},
    {.name = "log",
     .unary = real_log,
     .slope = slope_of_log,
     .range = RANGE_BACK,
     .glyphs = {[GLYPHS_UNICODE] = {"log", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"log", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("logarithm of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\log", "", CALL_PARENS}}},
    {.name = "sqrt",
     .unary = sqrt,
     .slope = slope_of_root,
     .glyphs = {[GLYPHS_UNICODE] = {"√", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"sqrt", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("square root of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\sqrt{", "}", CALL_BARE}}},
    {.name = "tanh",
     .unary = real_tanh,
     .glyphs = {[GLYPHS_UNICODE] = {"tanh", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"tanh", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("hyperbolic tangent of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\tanh", "", CALL_PARENS}}},
    {.name = "abs",
     .unary = fabs,
     .glyphs = {[GLYPHS_UNICODE] = {"|", "|", CALL_BARE},
		[GLYPHS_ASCII] = {"abs", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("absolute value of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\left|", "\\right|", CALL_BARE}}},
    {.name = "sign",
     .unary = sign,
     .glyphs = {[GLYPHS_UNICODE] = {"sign", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"sign", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("sign of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\operatorname{sign}", "", CALL_PARENS}}},
    {.name = "sin",
     .unary = circular_sin,
     .glyphs = {[GLYPHS_UNICODE] = {"sin", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"sin", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("sine of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\sin", "", CALL_PARENS}}},
    {.name = "cos",
     .unary = circular_cos,
     .glyphs = {[GLYPHS_UNICODE] = {"cos", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"cos", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("cosine of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\cos", "", CALL_PARENS}}},
    {.name = "tan",
     .unary = tangent,
     .glyphs = {[GLYPHS_UNICODE] = {"tan", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"tan", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("tangent of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\tan", "", CALL_PARENS}}},
    {.name = "floor",
     .unary = floor,
     .glyphs = {[GLYPHS_UNICODE] = {"⌊", "⌋", CALL_BARE},
		[GLYPHS_ASCII] = {"floor", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("integer part of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\left\\lfloor ", "\\right\\rfloor ", CALL_BARE}}},
    {.name = "max",
     .fold = larger,
     .glyphs = {[GLYPHS_UNICODE] = {"max", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"max", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("the largest of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\max", "", CALL_PARENS}}},
    {.name = "min",
     .fold = smaller,
     .glyphs = {[GLYPHS_UNICODE] = {"min", "", CALL_PARENS},
		[GLYPHS_ASCII] = {"min", "", CALL_PARENS},
		[GLYPHS_WORDS] = {N_("the smallest of "), "", CALL_PARENS},
		[GLYPHS_LATEX] = {"\\min", "", CALL_PARENS}}},
};

static const struct formula_comparison comparisons[] = {
    {">",
     is_more,
     {[GLYPHS_UNICODE] = ">",
      [GLYPHS_ASCII] = ">",
      [GLYPHS_WORDS] = N_("is more than"),
      [GLYPHS_LATEX] = ">"}},
    {">=",
     is_not_less,
     {[GLYPHS_UNICODE] = "≥",
      [GLYPHS_ASCII] = ">=",
      [GLYPHS_WORDS] = N_("is at least"),
      [GLYPHS_LATEX] = "\\ge"}},
    {"<",
     is_less,
     {[GLYPHS_UNICODE] = "<",
      [GLYPHS_ASCII] = "<",
      [GLYPHS_WORDS] = N_("is less than"),
      [GLYPHS_LATEX] = "<"}},
    {"<=",
     is_not_more,
     {[GLYPHS_UNICODE] = "≤",
      [GLYPHS_ASCII] = "<=",
      [GLYPHS_WORDS] = N_("is at most"),
      [GLYPHS_LATEX] = "\\le"}},
    {"=",
     is_equal,
     {[GLYPHS_UNICODE] = "=",
      [GLYPHS_ASCII] = "=",
      [GLYPHS_WORDS] = N_("is equal to"),
      [GLYPHS_LATEX] = "="}},
};

enum {
	N_FUNCTIONS = sizeof functions / sizeof *functions,
	N_COMPARISONS = sizeof comparisons / sizeof *comparisons,
};

const struct formula_function *formula_function_find(const char *name)
{
	for (size_t i = 0; i < N_FUNCTIONS; i++)
		if (strcmp(functions[i].name, name) == 0)
			return &functions[i];
	return NULL;
}

const struct formula_comparison *formula_comparison_find(const char *name)
{
	for (size_t i = 0; i < N_COMPARISONS; i++)
		if (strcmp(comparisons[i].name, name) == 0)
			return &comparisons[i];
	return NULL;
}

const char *formula_function_name(size_t i)
{
	return i < N_FUNCTIONS ? functions[i].name : NULL;
}

bool formula_function_takes(const struct formula_function *function, size_t n_args)
{
	return function->unary ? n_args == 1 : n_args >= 2;
}
