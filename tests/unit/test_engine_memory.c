/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_memory.c -- an update takes no memory: what it needs is there when training begins.
 * The linker leads the calls of the C library's functions through the ones that count here
 * (tests/CMakeLists.txt). */
#include <stdlib.h>

#include "check.h"
#include "support/networks.h"
#include "support/workloads.h"

static size_t n_calls;

#define COUNTED(type, name, params, args)  \
	type __real_##name params;         \
	type __wrap_##name params;         \
	type __wrap_##name params          \
	{                                  \
		n_calls++;                 \
		return __real_##name args; \
	}
COUNTED(void *, malloc, (size_t size), (size))
COUNTED(void *, calloc, (size_t n, size_t size), (n, size))
COUNTED(void *, realloc, (void *old, size_t size), (old, size))
COUNTED(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))

static void test_calls_are_counted(void **state)
{
	(void)state;
	struct network net;
	n_calls = 0;
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_true(n_calls > 0);
	network_free(&net);
}

static void test_random_networks(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		struct network net;
		struct trainer trainer;
		assert_int_equal(network_random(&net, seed), STATUS_OK);
		assert_int_equal(
		    trainer_init(&trainer, net.model, &net.optimizer, &net.data, net.batch, NULL),
		    STATUS_OK);
		n_calls = 0;
		for (size_t k = 0; k < 3; k++) {
			trainer_prepare(&trainer);
			trainer_commit(&trainer);
			trainer_commit(&trainer);
		}
		assert_int_equal(n_calls, 0);
		trainer_free(&trainer);
		network_free(&net);
	}
}

static void test_workloads(void **state)
{
	(void)state;
	for (const struct workload_row *row = workload_rows; row->name; row++) {
		struct workload w;
		assert_int_equal(workload_start(&w, row), STATUS_OK);
		n_calls = 0;
		workload_train(&w, 2);
		assert_int_equal(n_calls, 0);
		workload_free(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_calls_are_counted),
	    cmocka_unit_test(test_random_networks),
	    cmocka_unit_test(test_workloads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
