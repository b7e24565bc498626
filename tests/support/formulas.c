/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formulas.c -- walks over formula trees. */
#include "formulas.h"

#include <math.h>
#include <string.h>

static double scale_of_sum(const struct formula *f)
{
	double sum = 0.0;
	for (size_t k = 0; k < f->n_args; k++)
		sum += formula_scale(f->args[k]);
	return sum;
}

static double scale_of_product(const struct formula *f)
{
	double product = 1.0;
	for (size_t k = 0; k < f->n_args; k++)
		product *= formula_scale(f->args[k]);
	return product;
}

/* Slopes of the functions that are not 1-Lipschitz: exp, log, sqrt. */
static double slope_of(const char *name, double u)
{
	if (strcmp(name, "exp") == 0)
		return exp(u);
	if (strcmp(name, "log") == 0)
		return 1.0 / fabs(u);
	return strcmp(name, "sqrt") == 0 ? 0.5 / sqrt(u) : 1.0;
}

/* An error of the argument passes on by the function's slope; max and min pass on any. */
static double scale_of_call(const struct formula *f)
{
	double scale = fabs(formula_eval(f));
	if (f->n_args > 1)
		return fmax(scale, scale_of_sum(f));
	double arg = formula_scale(f->args[0]);
	return arg == 0.0 ? scale : scale + arg * slope_of(f->name, formula_eval(f->args[0]));
}

static double scale_of_quotient(const struct formula *f)
{
	double below = fabs(formula_eval(f->args[1]));
	return (formula_scale(f->args[0]) +
		fabs(formula_eval(f)) * (formula_scale(f->args[1]) - below)) /
	       below;
}

static const struct formula *chosen_case(const struct formula *f)
{
	return formula_eval(f->args[1]) != 0.0 ? f->args[0] : f->args[2];
}

double formula_scale(const struct formula *f)
{
	switch (f->kind) {
	case FORMULA_SUM:
		return scale_of_sum(f);
	case FORMULA_PRODUCT:
		return scale_of_product(f);
	case FORMULA_NEGATE:
		return formula_scale(f->args[0]);
	case FORMULA_QUOTIENT:
		return scale_of_quotient(f);
	case FORMULA_POWER:
		return pow(formula_scale(f->args[0]), fabs(formula_eval(f->args[1])));
	case FORMULA_CALL:
		return scale_of_call(f);
	case FORMULA_CASES:
		return formula_scale(chosen_case(f));
	default:
		return fabs(formula_eval(f));
	}
}

bool formula_is_shortened(const struct formula *f)
{
	if (f->kind == FORMULA_ELLIPSIS)
		return true;
	for (size_t k = 0; k < f->n_args; k++)
		if (formula_is_shortened(f->args[k]))
			return true;
	return false;
}
