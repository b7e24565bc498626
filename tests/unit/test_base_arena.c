/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_arena.c -- alignment, zeroes, separateness, reuse, refusal. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/arena.h"
#include "backstep/base/random.h"

/* The tests ask for more memory than there is: the sanitizer must answer NULL, as malloc does. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void assert_zeroed(const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		assert_int_equal(p[i], 0);
}

static void test_memory_is_aligned_and_zeroed(void **state)
{
	static const size_t sizes[] = {0, 1, 63, 64, 65, 16384, 16385, 262144, 262145, 2000000};
	struct arena *arena = arena_new();
	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			unsigned char *p = arena_alloc(arena, sizes[i], 1);

			assert_non_null(p);
			assert_int_equal((uintptr_t)p % 64, 0);
			assert_zeroed(p, sizes[i]);
			memset(p, 0xFF, sizes[i]);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

enum { N_BLOCKS = 3000 };

static void test_blocks_do_not_overlap(void **state)
{
	struct arena *arena = arena_new();
	unsigned char *blocks[N_BLOCKS];
	size_t sizes[N_BLOCKS];
	struct random r;
	(void)state;
	random_seed(&r, 1);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < N_BLOCKS; i++) {
			sizes[i] = random_below(&r, i % 100 == 99 ? 400000 : 700);
			blocks[i] = arena_alloc(arena, sizes[i], 1);
			assert_non_null(blocks[i]);
			memset(blocks[i], (int)(i % 251) + 1, sizes[i]);
		}
		for (size_t i = 0; i < N_BLOCKS; i++)
			for (size_t j = 0; j < sizes[i]; j += 17)
				if (blocks[i][j] != i % 251 + 1)
					fail_msg("block %zu was overwritten", i);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void test_reset_uses_the_same_memory_again(void **state)
{
	struct arena *arena = arena_new();
	void *first[100];
	(void)state;
	for (size_t i = 0; i < 100; i++)
		first[i] = arena_alloc(arena, 1000, 1);
	for (int round = 0; round < 10; round++) {
		arena_reset(arena);
		for (size_t i = 0; i < 100; i++)
			assert_ptr_equal(arena_alloc(arena, 1000, 1), first[i]);
	}
	arena_free(arena);
}

static void test_reset_skips_chunks_that_are_too_small(void **state)
{
	struct arena *arena = arena_new();
	unsigned char *p;
	(void)state;
	for (size_t i = 0; i < 40; i++)
		assert_non_null(arena_alloc(arena, 10000, 1));
	arena_reset(arena);
	p = arena_alloc(arena, 200000, 1);
	assert_non_null(p);
	memset(p, 1, 200000);
	assert_non_null(arena_alloc(arena, 1, 1));
	arena_free(arena);
}

static void test_reset_of_an_unused_arena(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	arena_reset(arena);
	assert_non_null(ARENA_NEW(arena, double));
	arena_free(arena);
	arena_free(NULL);
}

static void test_what_does_not_fit_is_refused(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	assert_false(arena_failed(arena));
	assert_null(arena_alloc(arena, SIZE_MAX, 2));
	assert_true(arena_failed(arena));
	assert_null(arena_alloc(arena, SIZE_MAX / 2 + 1, 2));
	assert_null(arena_alloc(arena, SIZE_MAX, 1));
	assert_null(arena_alloc(arena, SIZE_MAX - 128, 1));
	assert_null(arena_alloc(arena, SIZE_MAX / 4, 1));
	assert_null(arena_strndup(arena, "x", SIZE_MAX));
	/* 65536 * 65536 is 0 in 32 bits. */
	assert_null(ARENA_ARRAY(arena, double, (size_t)1 << 61));
	assert_non_null(ARENA_ARRAY(arena, double, 10));
	assert_true(arena_failed(arena));
	arena_reset(arena);
	assert_false(arena_failed(arena));
	arena_free(arena);
}

static void test_texts_are_copied(void **state)
{
	struct arena *arena = arena_new();
	char source[] = "ŷ₁ and more";
	(void)state;
	assert_string_equal(arena_strdup(arena, ""), "");
	assert_string_equal(arena_strdup(arena, source), source);
	assert_ptr_not_equal(arena_strdup(arena, source), source);
	assert_string_equal(arena_strndup(arena, source, 5), "ŷ₁");
	assert_string_equal(arena_strndup(arena, source, 0), "");
	assert_string_equal(arena_printf(arena, "%s[%d,%d]", "w", 2, 13), "w[2,13]");
	assert_string_equal(arena_printf(arena, "%s", ""), "");
	assert_int_equal(strlen(arena_printf(arena, "%300000d", 1)), 300000);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_memory_is_aligned_and_zeroed),
	    cmocka_unit_test(test_blocks_do_not_overlap),
	    cmocka_unit_test(test_reset_uses_the_same_memory_again),
	    cmocka_unit_test(test_reset_skips_chunks_that_are_too_small),
	    cmocka_unit_test(test_reset_of_an_unused_arena),
	    cmocka_unit_test(test_what_does_not_fit_is_refused),
	    cmocka_unit_test(test_texts_are_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
