/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_status.c -- errors: filling, cutting, printing, collecting. */
#include "check.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"

static enum status set_through_va_list(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

static enum status set_through_va_list(struct error *err, const char *fmt, ...)
{
	va_list args;
	enum status status;
	va_start(args, fmt);
	status = error_vset(err, STATUS_IO, fmt, args);
	va_end(args);
	return status;
}

static void assert_printed(const struct error *err, const char *wanted)
{
	struct strbuf out = {0};
	error_print(err, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static void test_set_fills_and_returns_the_code(void **state)
{
	struct error err;
	(void)state;
	memset(&err, 'x', sizeof err);
	assert_int_equal(error_set(&err, STATUS_BAD_INPUT, "%d of %s", 3, "them"),
			 STATUS_BAD_INPUT);
	assert_int_equal(err.code, STATUS_BAD_INPUT);
	assert_string_equal(err.message, "3 of them");
	assert_string_equal(err.file, "");
	assert_string_equal(err.hint, "");
	assert_int_equal(err.line, 0);
	assert_int_equal(err.column, 0);
	assert_int_equal(set_through_va_list(&err, "cannot read %s", "a.yaml"), STATUS_IO);
	assert_string_equal(err.message, "cannot read a.yaml");
}

static void test_null_error_is_fine(void **state)
{
	(void)state;
	assert_int_equal(error_set(NULL, STATUS_NUMERIC, "NaN"), STATUS_NUMERIC);
	error_hint(NULL, "lower the rate");
	assert_int_equal(error_no_memory(NULL), STATUS_NO_MEMORY);
	error_at(NULL, "a.yaml", 1, 1);
}

static void test_message_may_come_from_the_same_error(void **state)
{
	struct error err;
	(void)state;
	error_set(&err, STATUS_IO, "inner");
	error_set(&err, STATUS_BAD_INPUT, "outer: %s", err.message);
	assert_string_equal(err.message, "outer: inner");
	error_hint(&err, "first");
	error_hint(&err, "%s, then this", err.hint);
	assert_string_equal(err.hint, "first, then this");
}

static void test_long_message_is_cut_between_characters(void **state)
{
	struct error err;
	char text[1001];
	(void)state;
	/* 0 to 3 bytes of x, then 4-byte characters: every way of meeting the end of the buffer. */
	for (size_t shift = 0; shift < 4; shift++) {
		size_t len;

		for (size_t i = 0; i < 1000; i++)
			text[i] = i < shift ? 'x' : "\xF0\x9D\x9B\x94"[(i - shift) % 4];
		text[1000] = '\0';
		error_set(&err, STATUS_IO, "%s", text);
		len = strlen(err.message);
		assert_int_equal((len - shift) % 4, 0);
		assert_in_range(len, sizeof err.message - 4, sizeof err.message - 1);
		assert_memory_equal(err.message, text, len);
	}
	error_hint(&err, "%s", text);
	assert_in_range(strlen(err.hint), sizeof err.hint - 4, sizeof err.hint - 1);
	error_at(&err, text, 1, 1);
	assert_in_range(strlen(err.file), sizeof err.file - 4, sizeof err.file - 1);
}

static void test_message_that_just_fits_stays_whole(void **state)
{
	struct error err;
	char text[400];
	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	error_set(&err, STATUS_IO, "%s", text);
	assert_string_equal(err.message, text);
}

static void test_print_shows_the_place_that_is_known(void **state)
{
	struct error err;
	(void)state;
	error_set(&err, STATUS_BAD_INPUT, "unknown key 'inputz'");
	assert_printed(&err, "error: unknown key 'inputz'");
	error_at(&err, "a.yaml", 0, 0);
	assert_printed(&err, "a.yaml: error: unknown key 'inputz'");
	error_at(&err, "a.yaml", 12, 0);
	assert_printed(&err, "a.yaml:12: error: unknown key 'inputz'");
	error_at(&err, "a.yaml", 12, 5);
	error_hint(&err, "did you mean '%s'?", "inputs");
	assert_printed(&err, "a.yaml:12:5: error: unknown key 'inputz'; did you mean 'inputs'?");
	error_at(&err, NULL, 1, 5);
	err.hint[0] = '\0';
	assert_printed(&err, "1:5: error: unknown key 'inputz'");
	error_set(&err, STATUS_BAD_INPUT, "which file?");
	error_hint(&err, "for example: a.yaml");
	assert_printed(&err, "error: which file? for example: a.yaml");
}

static void test_print_is_safe_and_on_one_line(void **state)
{
	struct error err;
	(void)state;
	error_set(&err, STATUS_IO, "bad\nb.yaml:1:1: error: \x1b[2J");
	error_at(&err, "a\n\t\x07.yaml", 1, 2);
	assert_printed(&err, "a  \\u{0007}.yaml:1:2: error: "
			     "bad b.yaml:1:1: error: \\u{001B}[2J");
}

static void test_no_memory_has_its_own_words(void **state)
{
	struct error err;
	(void)state;
	assert_int_equal(error_no_memory(&err), STATUS_NO_MEMORY);
	assert_printed(&err, "error: out of memory");
	language_set(LANGUAGE_ES);
	error_no_memory(&err);
	language_set(LANGUAGE_EN);
	assert_printed(&err, "error: no queda memoria");
}

static void test_list_keeps_copies_in_order(void **state)
{
	struct error_list list = {0};
	struct error err;
	(void)state;
	for (size_t i = 0; i < 100; i++) {
		error_set(&err, STATUS_BAD_INPUT, "error %zu", i);
		error_list_add(&list, &err);
	}
	assert_int_equal(list.n_items, 100);
	assert_int_equal(list.n_dropped, 0);
	assert_string_equal(list.items[0].message, "error 0");
	assert_string_equal(list.items[99].message, "error 99");
	error_list_free(&list);
	assert_null(list.items);
	assert_int_equal(list.n_items, 0);
}

static void test_list_counts_what_it_cannot_hold(void **state)
{
	struct error_list list = {.n_items = SIZE_MAX, .capacity = SIZE_MAX};
	struct error err;
	(void)state;
	error_set(&err, STATUS_BAD_INPUT, "one too many");
	error_list_add(&list, &err);
	assert_int_equal(list.n_dropped, 1);
	assert_true(list.n_items == SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_set_fills_and_returns_the_code),
	    cmocka_unit_test(test_null_error_is_fine),
	    cmocka_unit_test(test_message_may_come_from_the_same_error),
	    cmocka_unit_test(test_long_message_is_cut_between_characters),
	    cmocka_unit_test(test_message_that_just_fits_stays_whole),
	    cmocka_unit_test(test_print_shows_the_place_that_is_known),
	    cmocka_unit_test(test_print_is_safe_and_on_one_line),
	    cmocka_unit_test(test_no_memory_has_its_own_words),
	    cmocka_unit_test(test_list_keeps_copies_in_order),
	    cmocka_unit_test(test_list_counts_what_it_cannot_hold),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
