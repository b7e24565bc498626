/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generator.c -- the list of generators, and the loop that makes the rows. */
#include "backstep/engine/generator.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/work.h"

const struct generator *const generator_registry[] = {
#define GENERATOR(name) &generator_##name,
#include "backstep/engine/generator_list.h"
#undef GENERATOR
    NULL,
};

const struct generator *generator_find(const char *name)
{
	for (const struct generator *const *row = generator_registry; *row; row++)
		if (strcmp((*row)->name, name) == 0)
			return *row;
	return NULL;
}

static bool is_image(size_t n_inputs)
{
	size_t side = 8;
	while (side * side < n_inputs)
		side++;
	return side * side == n_inputs;
}

enum status generator_fits(const struct generator *generator, size_t n_inputs, struct error *err)
{
	if (generator->n_inputs ? n_inputs == generator->n_inputs : is_image(n_inputs))
		return STATUS_OK;
	if (!generator->n_inputs)
		return error_set(
		    err, STATUS_BAD_INPUT,
		    _("%s draws square images of 64 inputs or more, such as 64, 196 or "
		      "784; the network has %zu"),
		    generator->name, n_inputs);
	return error_set(err, STATUS_BAD_INPUT,
			 tr_n("%s makes %zu input; the network has %zu",
			      "%s makes %zu inputs; the network has %zu", generator->n_inputs),
			 generator->name, generator->n_inputs, n_inputs);
}

enum status generator_fill(const struct generator *generator, struct random *random, size_t n_rows,
			   double noise, size_t n_inputs, double *x, double *targets,
			   struct error *err)
{
	CONTRACT(!generator_fits(generator, n_inputs, NULL));
	struct generator_row row = {
	    .random = random, .n_rows = n_rows, .noise = noise, .n_inputs = n_inputs};
	enum status status = STATUS_OK;
	for (; !status && row.index < n_rows; row.index++) {
		row.x = x + row.index * n_inputs;
		generator->make(&row);
		targets[row.index] = row.target;
		status = work_tell(N_("reading"), row.index, n_rows, err);
	}
	return status;
}
