/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_words.c -- lists of words: in order, copied, and the one that was meant. */
#include "check.h"

#include <string.h>

#include "backstep/base/words.h"

static void words_come_in_order_and_are_copies(void **state)
{
	struct words words = {0};
	char word[] = "first";
	(void)state;
	assert_null(words_next(&words, NULL));
	words_add(&words, word);
	word[0] = 'F';
	words_add(&words, "ŷ₁ of two words");
	words_add(&words, "first");
	assert_int_equal(words.n, 3);
	const char *at = words_next(&words, NULL);
	assert_string_equal(at, "first");
	at = words_next(&words, at);
	assert_string_equal(at, "ŷ₁ of two words");
	at = words_next(&words, at);
	assert_string_equal(at, "first");
	assert_null(words_next(&words, at));
	words_clear(&words);
	assert_int_equal(words.n, 0);
	assert_null(words_next(&words, NULL));
	words_free(&words);
}

static void the_nearest_is_found(void **state)
{
	struct words words = {0};
	struct error err;
	(void)state;
	error_set(&err, STATUS_BAD_INPUT, "there is no such word");
	assert_false(words_hint_nearest(&words, "rate", &err));
	words_add(&words, "rule");
	words_add(&words, "rate");
	assert_false(words_hint_nearest(&words, "optimizer", &err));
	assert_string_equal(err.hint, "");
	assert_true(words_hint_nearest(&words, "raet", &err));
	assert_string_equal(err.hint, "did you mean 'rate'?");
	words_free(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_come_in_order_and_are_copies),
	    cmocka_unit_test(the_nearest_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
