/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init.c -- the initialisations and their table. */
#include "backstep/engine/init.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "hyper_private.h"

#define N(rows) (sizeof(rows) / sizeof *(rows))

static double draw_between(struct random *random, double low, double high)
{
	return low + (high - low) * random_uniform(random);
}

static double draw_zero(const struct init *init, struct random *random)
{
	(void)init, (void)random;
	return 0.0;
}

static double draw_constant(const struct init *init, struct random *random)
{
	(void)random;
	return init->numbers[0];
}

static double draw_uniform(const struct init *init, struct random *random)
{
	return draw_between(random, init->numbers[0], init->numbers[1]);
}

static double draw_normal(const struct init *init, struct random *random)
{
	return init->numbers[0] + init->numbers[1] * random_normal(random);
}

static double draw_xavier_uniform(const struct init *init, struct random *random)
{
	double a = sqrt(6.0 / (double)(init->n_in + init->n_out));
	return draw_between(random, -a, a);
}

static double draw_xavier_normal(const struct init *init, struct random *random)
{
	return sqrt(2.0 / (double)(init->n_in + init->n_out)) * random_normal(random);
}

static double draw_he_uniform(const struct init *init, struct random *random)
{
	double a = sqrt(6.0 / (double)init->n_in);
	return draw_between(random, -a, a);
}

static double draw_he_normal(const struct init *init, struct random *random)
{
	return sqrt(2.0 / (double)init->n_in) * random_normal(random);
}

static const struct hyper constant_numbers[] = {
    {"value", NULL, N_("what every parameter starts from"), 0.0, -1e6, 1e6}};
static const struct hyper uniform_numbers[] = {
    {"low", NULL, N_("the lower end of the interval"), -0.05, -1e6, 1e6},
    {"high", NULL, N_("the upper end of the interval"), 0.05, -1e6, 1e6}};
static const struct hyper normal_numbers[] = {
    {"mean", NULL, N_("the mean of the normal distribution"), 0.0, -1e6, 1e6},
    {"sd", NULL, N_("its standard deviation"), 0.05, 0.0, 1e6}};

/* X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", AISTATS 2010; K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV
 * 2015 */
#define GLOROT "Glorot & Bengio 2010"
#define HE "He et al. 2015"

const struct init_class init_registry[] = {
    {"zero", N_("every parameter starts from 0"), "0", NULL, NULL, 0, draw_zero},
    {"constant", N_("every parameter starts from the same number"), "value", NULL, constant_numbers,
     N(constant_numbers), draw_constant},
    {"uniform", N_("any number of an interval is as likely as another"), "U(low, high)", NULL,
     uniform_numbers, N(uniform_numbers), draw_uniform},
    {"normal", N_("numbers near the mean are likelier than far ones"), "N(mean, sd)", NULL,
     normal_numbers, N(normal_numbers), draw_normal},
    {"xavier-uniform", N_("keeps the spread of values and gradients from layer to layer: tanh"),
     "U(-a, a), a = sqrt(6 / (n_in + n_out))", GLOROT, NULL, 0, draw_xavier_uniform},
    {"xavier-normal", N_("the same spread with normal numbers"),
     "N(0, sd), sd = sqrt(2 / (n_in + n_out))", GLOROT, NULL, 0, draw_xavier_normal},
    {"he-uniform", N_("makes up for the half of the values that ReLU sets to 0"),
     "U(-a, a), a = sqrt(6 / n_in)", HE, NULL, 0, draw_he_uniform},
    {"he-normal", N_("makes up for the zeros of ReLU, with normal numbers"),
     "N(0, sd), sd = sqrt(2 / n_in)", HE, NULL, 0, draw_he_normal},
    {0},
};

const struct init_class *init_find(const char *name)
{
	for (const struct init_class *row = init_registry; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

void init_begin(struct init *init, const struct init_class *class, size_t n_in, size_t n_out)
{
	*init = (struct init){.class = class, .n_in = n_in, .n_out = n_out};
	hypers_start(class->numbers, class->n_numbers, init->numbers);
}

enum status init_set(struct init *init, const char *name, double value, struct error *err)
{
	const struct init_class *class = init->class;
	size_t k = hypers_find(class->numbers, class->n_numbers, name);
	if (k < class->n_numbers)
		return hyper_set(&class->numbers[k], name, value, &init->numbers[k], err);
	return error_set(err, STATUS_BAD_INPUT, _("%s has no setting called '%s'"), class->name,
			 name);
}

void init_fill(const struct init *init, struct random *random, double *values, size_t n)
{
	for (size_t k = 0; k < n; k++)
		values[k] = init->class->draw(init, random);
}
