/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formulas.c -- walks over formula trees. */
#include "formulas.h"

#include <math.h>

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
		return formula_scale(f->args[0]) / fabs(formula_eval(f->args[1]));
	case FORMULA_POWER:
		return pow(formula_scale(f->args[0]), fabs(formula_eval(f->args[1])));
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
