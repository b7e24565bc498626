/* SPDX-License-Identifier: GPL-3.0-or-later */
/* complex_step.c -- evaluates a formula in complex numbers, by the C library's functions: nothing
 * of the program's own arithmetic is in it. */
#include "complex_step.h"

#include <complex.h>
#include <math.h>
#include <string.h>

typedef double complex number;

#define STEP 1e-20

static number eval(const struct formula *f, const char *name);

static number sum(const struct formula *f, const char *name)
{
	number total = 0.0;
	for (size_t k = 0; k < f->n_args; k++)
		total += eval(f->args[k], name);
	return total;
}

static number product(const struct formula *f, const char *name)
{
	number total = 1.0;
	for (size_t k = 0; k < f->n_args; k++)
		total *= eval(f->args[k], name);
	return total;
}

/* A whole exponent is multiplied out: so the base may be negative. */
static number power(number base, number exponent)
{
	double n = creal(exponent);
	if (cimag(exponent) != 0.0 || n != floor(n) || fabs(n) > 64.0)
		return cexp(exponent * clog(base));
	number total = 1.0;
	for (double k = 0.0; k < fabs(n); k++)
		total *= base;
	return n < 0.0 ? 1.0 / total : total;
}

/* The largest, or with sign -1 the least, of the arguments by their real parts. */
static number extreme(const struct formula *f, const char *name, double sign)
{
	number best = eval(f->args[0], name);
	for (size_t k = 1; k < f->n_args; k++) {
		number other = eval(f->args[k], name);
		if (sign * creal(other) > sign * creal(best))
			best = other;
	}
	return best;
}

static number absolute(number z)
{
	return creal(z) < 0.0 ? -z : z;
}

/* Constant on each piece. */
static number sign_of(number z)
{
	return (creal(z) > 0.0) - (creal(z) < 0.0);
}

static number floor_of(number z)
{
	return floor(creal(z));
}

static number call(const struct formula *f, const char *name)
{
	static const struct {
		const char *name;
		number (*function)(number z);
	} functions[] = {{"exp", cexp},     {"log", clog},      {"sqrt", csqrt}, {"tanh", ctanh},
			 {"sin", csin},     {"cos", ccos},      {"tan", ctan},   {"abs", absolute},
			 {"sign", sign_of}, {"floor", floor_of}};
	for (size_t k = 0; k < sizeof functions / sizeof *functions; k++)
		if (strcmp(functions[k].name, f->name) == 0)
			return functions[k].function(eval(f->args[0], name));
	return extreme(f, name, strcmp(f->name, "max") == 0 ? 1.0 : -1.0);
}

static number eval(const struct formula *f, const char *name)
{
	switch (f->kind) {
	case FORMULA_SYMBOL:
		return f->value + (strcmp(f->name, name) == 0 ? STEP * I : 0.0);
	case FORMULA_SUM:
		return sum(f, name);
	case FORMULA_PRODUCT:
		return product(f, name);
	case FORMULA_QUOTIENT:
		return eval(f->args[0], name) / eval(f->args[1], name);
	case FORMULA_POWER:
		return power(eval(f->args[0], name), eval(f->args[1], name));
	case FORMULA_NEGATE:
		return -eval(f->args[0], name);
	case FORMULA_CALL:
		return call(f, name);
	case FORMULA_CASES:
		return eval(f->args[formula_eval(f->args[1]) != 0.0 ? 0 : 2], name);
	default:
		return formula_eval(f);
	}
}

double complex_step(const struct formula *f, const char *name)
{
	return cimag(eval(f, name)) / STEP;
}
