/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_generators.c -- what every data generator of the registry promises, with no line for a
 * particular one. */
#include "check.h"

#include <string.h>

#include "backstep/engine/generator.h"

enum { N_ROWS = 60, MAX_INPUTS = 784 };

static size_t inputs_of(const struct generator *generator)
{
	return generator->n_inputs ? generator->n_inputs : MAX_INPUTS;
}

/* Rows out of a seed. Shapes: x [n_rows * MAX_INPUTS], t [n_rows]. */
static void make(const struct generator *generator, uint64_t seed, size_t n_rows, double noise,
		 double *x, double *t)
{
	struct random random;
	memset(x, 0, n_rows * MAX_INPUTS * sizeof *x);
	random_stream(&random, seed, "data", 0);
	generator_fill(generator, &random, n_rows, noise, inputs_of(generator), x, t, NULL);
}

static void test_rows_are_complete(void **state)
{
	(void)state;
	for (const struct generator *const *row = generator_registry; *row; row++) {
		const struct generator *g = *row;
		struct error err = {0};

		assert_true(g->name && g->summary && g->rule && g->make);
		assert_ptr_equal(generator_find(g->name), g);
		assert_int_equal(generator_fits(g, inputs_of(g), &err), STATUS_OK);
		assert_int_equal(generator_fits(g, 3, &err), STATUS_BAD_INPUT);
		assert_non_null(strstr(err.message, g->name));
	}
	assert_null(generator_find("no-such"));
}

/* Finite numbers; classes that are whole, in range, and all there. */
static void test_numbers(void **state)
{
	static double x[N_ROWS * MAX_INPUTS], t[N_ROWS];
	static const double noises[] = {0.0, 0.3};
	(void)state;
	for (const struct generator *const *row = generator_registry; *row; row++) {
		for (size_t k = 0; k < sizeof noises / sizeof *noises; k++) {
			size_t counts[16] = {0}, n_classes = (*row)->n_classes;

			make(*row, 9, N_ROWS, noises[k], x, t);
			for (size_t i = 0; i < N_ROWS * inputs_of(*row); i++)
				assert_true(isfinite(x[i]));
			for (size_t i = 0; i < N_ROWS; i++) {
				assert_true(isfinite(t[i]));
				if (n_classes == 0)
					continue;
				assert_true(t[i] >= 0 && t[i] < (double)n_classes);
				assert_true(t[i] == floor(t[i]));
				counts[(size_t)t[i]]++;
			}
			for (size_t c = 0; c < n_classes; c++)
				assert_true(counts[c] > 0);
		}
	}
}

/* The same seed gives the same bits, another one others; a single row can be made too. */
static void test_seeds(void **state)
{
	static double x[N_ROWS * MAX_INPUTS], y[N_ROWS * MAX_INPUTS], t[N_ROWS], u[N_ROWS];
	(void)state;
	for (const struct generator *const *row = generator_registry; *row; row++) {
		make(*row, 1, N_ROWS, 0.2, x, t);
		make(*row, 1, N_ROWS, 0.2, y, u);
		assert_memory_equal(x, y, sizeof x);
		assert_memory_equal(t, u, sizeof t);
		make(*row, 2, N_ROWS, 0.2, y, u);
		assert_true(memcmp(x, y, sizeof x) != 0 || memcmp(t, u, sizeof t) != 0);
		make(*row, 1, 1, 0.2, y, u);
		assert_true(isfinite(y[0]) && isfinite(u[0]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_seeds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
