/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_strbuf.c -- the growing string, and that lack of memory sticks. */
#include "check.h"

#include <string.h>

#include "backstep/base/strbuf.h"

/* The tests ask for more memory than there is: the sanitizer must answer NULL, as malloc does. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void test_empty_is_an_empty_text(void **state)
{
	struct strbuf sb = {0};
	(void)state;
	assert_string_equal(strbuf_str(&sb), "");
	strbuf_clear(&sb);
	strbuf_truncate(&sb, 0);
	assert_string_equal(strbuf_str(&sb), "");
	strbuf_free(&sb);
}

static void test_appends_follow_one_another(void **state)
{
	struct strbuf sb = {0};
	(void)state;
	strbuf_add(&sb, "w5 ");
	strbuf_add_char(&sb, '=');
	strbuf_addf(&sb, " %.1f, %s", 0.5, "w6");
	strbuf_add_len(&sb, " = 0.6 and more", 6);
	strbuf_repeat(&sb, "-+", 3);
	assert_string_equal(strbuf_str(&sb), "w5 = 0.5, w6 = 0.6-+-+-+");
	assert_int_equal(sb.len, 24);
	assert_false(sb.failed);
	strbuf_truncate(&sb, 100);
	assert_int_equal(sb.len, 24);
	strbuf_truncate(&sb, 2);
	assert_string_equal(strbuf_str(&sb), "w5");
	strbuf_clear(&sb);
	assert_string_equal(strbuf_str(&sb), "");
	strbuf_free(&sb);
	assert_null(sb.data);
}

static void test_nothing_appended_still_terminates(void **state)
{
	struct strbuf sb = {0};
	(void)state;
	strbuf_add_len(&sb, NULL, 0);
	strbuf_repeat(&sb, "x", 0);
	strbuf_repeat(&sb, "", 10);
	assert_non_null(sb.data);
	assert_string_equal(strbuf_str(&sb), "");
	strbuf_free(&sb);
}

static void test_bytes_of_zero_are_kept(void **state)
{
	struct strbuf sb = {0};
	(void)state;
	strbuf_add_len(&sb, "a\0b", 3);
	assert_int_equal(sb.len, 3);
	assert_memory_equal(sb.data, "a\0b", 4);
	strbuf_free(&sb);
}

static void test_every_length_grows_rightly(void **state)
{
	(void)state;
	for (size_t len = 0; len < 300; len++) {
		struct strbuf sb = {0};

		for (size_t i = 0; i < len; i++)
			strbuf_add_char(&sb, (char)('a' + i % 26));
		strbuf_addf(&sb, "%zu", len);
		assert_false(sb.failed);
		assert_int_equal(strlen(strbuf_str(&sb)), sb.len);
		assert_true(sb.capacity > sb.len);
		assert_true(len == 0 || sb.data[len - 1] == (char)('a' + (len - 1) % 26));
		strbuf_free(&sb);
	}
}

/* Neither grows nor forgets once it has failed. */
static void assert_stuck(struct strbuf *sb, const char *text)
{
	assert_true(sb->failed);
	strbuf_add(sb, "more");
	strbuf_add_char(sb, '!');
	strbuf_addf(sb, "%d", 1);
	strbuf_repeat(sb, "-", 3);
	assert_string_equal(strbuf_str(sb), text);
	strbuf_free(sb);
}

static void test_lack_of_memory_sticks(void **state)
{
	struct strbuf sb = {0}, never = {0};
	(void)state;
	strbuf_add(&sb, "kept");
	strbuf_repeat(&sb, "x", SIZE_MAX / 4);
	assert_stuck(&sb, "kept");
	strbuf_repeat(&never, "x", SIZE_MAX / 4);
	assert_stuck(&never, "");
}

static void test_overflow_sticks(void **state)
{
	struct strbuf product = {0}, sum = {0}, terminator = {0};
	(void)state;
	strbuf_repeat(&product, "ab", SIZE_MAX);
	assert_stuck(&product, "");
	strbuf_add(&sum, "ab");
	strbuf_repeat(&sum, "x", SIZE_MAX);
	assert_stuck(&sum, "ab");
	strbuf_repeat(&terminator, "x", SIZE_MAX);
	assert_stuck(&terminator, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_empty_is_an_empty_text),
	    cmocka_unit_test(test_appends_follow_one_another),
	    cmocka_unit_test(test_nothing_appended_still_terminates),
	    cmocka_unit_test(test_bytes_of_zero_are_kept),
	    cmocka_unit_test(test_every_length_grows_rightly),
	    cmocka_unit_test(test_lack_of_memory_sticks),
	    cmocka_unit_test(test_overflow_sticks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
