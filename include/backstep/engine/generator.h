/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generator.h -- data that are made by a formula and a seed, as constant registry rows.
 *
 * To add one: one file in src/engine/generators/ and one line in generator_list.h. */
#ifndef BACKSTEP_ENGINE_GENERATOR_H
#define BACKSTEP_ENGINE_GENERATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/random.h"
#include "backstep/base/status.h"

/* One row to be made. Shapes: x [n_inputs]. */
struct generator_row {
	struct random *random;
	size_t index, n_rows; /* which row of how many */
	double noise;
	size_t n_inputs;
	double *x;
	double target; /* the class, from 0; or with n_classes 0, the number itself */
};

struct generator {
	const char *name, *summary; /* summary N_() */
	/* The mathematics: row i of the n of its class c, U uniform, N normal, "/" between classes.
	 */
	const char *rule;
	const char *source; /* NULL: nobody's in particular */
	size_t n_inputs;    /* 0: a square of at least 64, an image with a side of 8 */
	size_t n_classes;   /* they take turns from row to row; 0: the target is a number */
	void (*make)(struct generator_row *row);
};

/* Every generator, in the order of generator_list.h, then NULL. */
extern const struct generator *const generator_registry[];

#define GENERATOR(name) extern const struct generator generator_##name;
#include "backstep/engine/generator_list.h"
#undef GENERATOR

const struct generator *generator_find(const char *name);

/* Whether it makes rows for a network with so many inputs. Errors: STATUS_BAD_INPUT. */
enum status generator_fits(const struct generator *generator, size_t n_inputs, struct error *err);

/* Makes the rows; n_inputs must fit. The same random state gives the same bits on every machine.
 * Shapes: x [n_rows][n_inputs], targets [n_rows]. Errors: STATUS_INTERRUPTED. */
enum status generator_fill(const struct generator *generator, struct random *random, size_t n_rows,
			   double noise, size_t n_inputs, double *x, double *targets,
			   struct error *err);

#endif
