/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_inits.c -- what every initialisation of the registry promises, with no line for a particular
 * one. */
#include "check.h"

#include <string.h>

#include "backstep/engine/init.h"

enum { N_IN = 30, N_OUT = 20 };

static void fill(const struct init_class *class, uint64_t seed, double values[N_IN * N_OUT])
{
	struct init init;
	struct random random;
	init_begin(&init, class, N_IN, N_OUT);
	random_stream(&random, seed, "weights", 1);
	init_fill(&init, &random, values, N_IN * N_OUT);
}

static void check_number(const struct init_class *class, size_t k)
{
	const struct hyper *row = &class->numbers[k];
	struct init init;
	struct error err = {0};
	assert_true(row->name && row->summary);
	init_begin(&init, class, N_IN, N_OUT);
	assert_same_bits(init.numbers[k], row->initial);
	assert_int_equal(init_set(&init, row->name, row->max, NULL), STATUS_OK);
	assert_same_bits(init.numbers[k], row->max);
	assert_int_equal(init_set(&init, row->name, row->min, NULL), STATUS_OK);
	assert_int_equal(init_set(&init, row->name, nextafter(row->max, INFINITY), &err),
			 STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, row->name));
	assert_int_equal(init_set(&init, row->name, NAN, &err), STATUS_BAD_INPUT);
	assert_same_bits(init.numbers[k], row->min);
}

static void test_rows_are_complete(void **state)
{
	(void)state;
	for (const struct init_class *class = init_registry; class->name; class ++) {
		struct init init;

		assert_true(class->summary && class->rule && class->draw);
		assert_true(class->n_numbers <= INIT_MAX_NUMBERS);
		assert_ptr_equal(init_find(class->name), class);
		for (size_t k = 0; k < class->n_numbers; k++)
			check_number(class, k);
		init_begin(&init, class, N_IN, N_OUT);
		assert_int_equal(init_set(&init, "no-such", 1, NULL), STATUS_BAD_INPUT);
	}
	assert_null(init_find("no-such"));
}

/* Finite numbers that follow from the seed; those that are drawn follow it, those that are not are
 * all the same. */
static void test_numbers(void **state)
{
	static double a[N_IN * N_OUT], b[N_IN * N_OUT];
	(void)state;
	for (const struct init_class *class = init_registry; class->name; class ++) {
		fill(class, 1, a);
		fill(class, 1, b);
		assert_memory_equal(a, b, sizeof a);
		for (size_t k = 0; k < N_IN * N_OUT; k++)
			assert_true(isfinite(a[k]));
		fill(class, 2, b);
		if (a[0] != a[1])
			assert_memory_not_equal(a, b, sizeof a);
		else
			assert_memory_equal(a, b, sizeof a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
