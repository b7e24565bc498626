/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_text_utf8.c -- the locale, UTF-8 of every kind, columns. */
#include "check.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/text.h"

static bool init_with(const char *all, const char *ctype, const char *lang)
{
	setenv("LC_ALL", all, 1);
	setenv("LC_CTYPE", ctype, 1);
	setenv("LANG", lang, 1);
	return text_locale_init();
}

static void test_locale_says_what_the_terminal_reads(void **state)
{
	(void)state;
	assert_false(init_with("C", "", "es_MX.UTF-8"));
	assert_int_equal(utf8_columns(0x6F22), 2);
	assert_false(init_with("", "POSIX", "es_MX.UTF-8"));
	assert_false(init_with("", "", ""));
	assert_false(init_with("tr_TR.ISO-8859-9", "", ""));
	assert_int_equal(utf8_columns(0x0302), 0);
	/* The locale need not be installed: the terminal is what counts. */
	assert_true(init_with("", "", "xx_XX.UTF-8"));
	assert_int_equal(utf8_columns(0x6F22), 2);
	assert_true(init_with("", "xx_XX.utf8", "C"));
	assert_true(init_with("C.UTF-8", "C", "C"));
	assert_string_equal(localeconv()->decimal_point, ".");
}

static void test_locale_again_undoes_a_library(void **state)
{
	(void)state;
	assert_false(init_with("C", "", ""));
	setlocale(LC_CTYPE, "C");
	assert_int_equal(utf8_columns(0x6F22), 1);
	text_locale_again();
	assert_int_equal(utf8_columns(0x6F22), 2);
	assert_true(init_with("C.UTF-8", "", ""));
}

static void test_decode_valid(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t code;
	} rows[] = {
	    {"A", 'A'},
	    {"\x7F", 0x7F},
	    {"\xC2\x80", 0x80},
	    {"ŷ", 0x177},
	    {"\xDF\xBF", 0x7FF},
	    {"\xE0\xA0\x80", 0x800},
	    {"₁", 0x2081},
	    {"\xED\x9F\xBF", 0xD7FF},
	    {"\xEE\x80\x80", 0xE000},
	    {"\xEF\xBF\xBF", 0xFFFF},
	    {"\xF0\x90\x80\x80", 0x10000},
	    {"\xF4\x8F\xBF\xBF", 0x10FFFF},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t len = strlen(rows[i].bytes);
		uint32_t code = 0;
		char buf[4];

		assert_int_equal(utf8_decode(rows[i].bytes, len, &code), len);
		assert_int_equal(code, rows[i].code);
		assert_int_equal(utf8_decode(rows[i].bytes, 4 + len, &code), len);
		assert_int_equal(utf8_encode(code, buf), len);
		assert_memory_equal(buf, rows[i].bytes, len);
		/* Cut off at each byte. */
		for (size_t cut = 1; cut < len; cut++)
			assert_int_equal(utf8_decode(rows[i].bytes, cut, &code), 0);
	}
	assert_int_equal(utf8_decode("", 1, &(uint32_t){1}), 1);
}

static const char *const invalid[] = {
    "\x80",             /* continuation alone */
    "\xBF",             /* the same, the last one */
    "\xC0\x80",         /* NUL, overlong */
    "\xC1\xBF",         /* U+007F, overlong */
    "\xE0\x80\x80",     /* NUL, overlong in three */
    "\xE0\x9F\xBF",     /* U+07FF, overlong */
    "\xF0\x80\x80\x80", /* NUL, overlong in four */
    "\xF0\x8F\xBF\xBF", /* U+FFFF, overlong */
    "\xED\xA0\x80",     /* first surrogate */
    "\xED\xBF\xBF",     /* last surrogate */
    "\xF4\x90\x80\x80", /* U+110000 */
    "\xF5\x80\x80\x80", /* beyond */
    "\xF8\x88\x80\x80\x80",
    "\xFC\x84\x80\x80\x80\x80",
    "\xFE",
    "\xFF",
    "\xC3",          /* cut off by the end */
    "\xC3(",         /* cut off by ASCII */
    "\xE2\x88",      /* ∂ without its last byte */
    "\xE2(\x82",     /* ASCII in the middle */
    "\xF0\x9D\x9B",  /* four bytes without the last */
    "\xF0\x9D(\x94", /* ASCII in third place */
    "\xC3\xC3",      /* first byte where a continuation is due */
};

static void test_decode_invalid(void **state)
{
	uint32_t code = 77;
	(void)state;
	for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
		assert_int_equal(utf8_decode(invalid[i], strlen(invalid[i]), &code), 0);
		assert_int_equal(code, 77);
		assert_false(text_is_safe(invalid[i], strlen(invalid[i])));
	}
}

static void test_every_code_point_round_trips(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char buf[4];
		uint32_t back = UINT32_MAX;
		size_t len = utf8_encode(code, buf), n = utf8_decode(buf, len, &back);

		if (code >= 0xD800 && code <= 0xDFFF)
			assert_int_equal(n, 0);
		else if (n != len || back != code)
			fail_msg("U+%04X does not round-trip", (unsigned)code);
	}
}

static void test_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_columns('A'), 1);
	assert_int_equal(utf8_columns(0x2202), 1);
	assert_int_equal(utf8_columns(0x0302), 0);
	assert_int_equal(utf8_columns(0x6F22), 2);
	assert_int_equal(utf8_columns(0x1B), 1);
	assert_int_equal(utf8_columns(0x0378), 1);
	assert_int_equal(text_columns(""), 0);
	assert_int_equal(text_columns("∂ŷ₁/∂sum_ŷ₁"), 11);
	assert_int_equal(text_columns("x\u0302 = 1"), 5);
	assert_int_equal(text_columns("漢字"), 4);
	assert_int_equal(text_columns("a\xFF\xC3"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_locale_says_what_the_terminal_reads),
	    cmocka_unit_test(test_locale_again_undoes_a_library),
	    cmocka_unit_test(test_decode_valid),
	    cmocka_unit_test(test_decode_invalid),
	    cmocka_unit_test(test_every_code_point_round_trips),
	    cmocka_unit_test(test_columns),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
