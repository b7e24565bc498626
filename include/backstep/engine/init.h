/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init.h -- what parameters start from: constants and random numbers, as constant registry rows.
 *
 * To add one: a row in src/engine/init.c. */
#ifndef BACKSTEP_ENGINE_INIT_H
#define BACKSTEP_ENGINE_INIT_H

#include "backstep/base/random.h"
#include "backstep/engine/optimizer.h"

enum { INIT_MAX_NUMBERS = 2 };

struct init;

struct init_class {
	const char *name, *summary; /* summary N_() */
	const char *rule;   /* the mathematics, in the names of the numbers, n_in and n_out */
	const char *source; /* NULL: nobody's in particular */
	const struct hyper *numbers;
	size_t n_numbers;
	double (*draw)(const struct init *init, struct random *random);
};

/* Every initialisation, then a row whose name is NULL. */
extern const struct init_class init_registry[];
const struct init_class *init_find(const char *name);

/* A class with its numbers, for the weights (or the biases) of a layer. */
struct init {
	const struct init_class *class;
	double numbers[INIT_MAX_NUMBERS];
	size_t n_in, n_out; /* of the layer: what feeds a unit, and the units */
};

/* Starts with the usual numbers. */
void init_begin(struct init *init, const struct init_class *class, size_t n_in, size_t n_out);
/* Errors: STATUS_BAD_INPUT for a number that the class has not, or outside its range. */
enum status init_set(struct init *init, const char *name, double value, struct error *err);
/* Writes n parameters, row by row. The same random state gives the same bits on every machine. */
void init_fill(const struct init *init, struct random *random, double *values, size_t n);

#endif
