/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_number.c -- numbers from and to text, at their limits. */
#include "check.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/random.h"
#include "backstep/base/text.h"

static void test_parse_accepts(void **state)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
	    {"0", 0},
	    {"-0", -0.0},
	    {"+5", 5},
	    {".5", 0.5},
	    {"5.", 5},
	    {"-.25", -0.25},
	    {"1e-3", 0.001},
	    {"1E+3", 1000},
	    {"2.5e2", 250},
	    {"007", 7},
	    {"0.1", 0.1},
	    {"1.7976931348623157e308", DBL_MAX},
	    {"2.2250738585072014e-308", DBL_MIN},
	    {"5e-324", 4.9406564584124654e-324},
	    {"1e-400", 0},
	    {"0.1000000000000000055511151231257827021181583404541015625", 0.1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		double value = 99;
		struct error err = {0};

		assert_int_equal(number_parse(rows[i].text, &value, &err), STATUS_OK);
		assert_same_bits(value, rows[i].value);
	}
}

static void test_parse_refuses_with_a_hint(void **state)
{
	static const struct {
		const char *text, *hint;
	} rows[] = {
	    {"0,5", "write the decimal point as '.'"},
	    {"1,234.5", "write the decimal point as '.'"},
	    {"−1", "write the minus sign as '-'"},
	    {"0x10", "write the number in decimal"},
	    {"0X1p3", "write the number in decimal"},
	    {"nan", "only finite numbers can be used"},
	    {"NaN(1)", "only finite numbers can be used"},
	    {"-inf", "only finite numbers can be used"},
	    {"Infinity", "only finite numbers can be used"},
	    {"", "a number reads like 0.25, -3 or 1e-6"},
	    {" 1", "a number reads like 0.25, -3 or 1e-6"},
	    {"1 ", "a number reads like 0.25, -3 or 1e-6"},
	    {"1\n", "a number reads like 0.25, -3 or 1e-6"},
	    {"1x", "a number reads like 0.25, -3 or 1e-6"},
	    {"--1", "a number reads like 0.25, -3 or 1e-6"},
	    {"+", "a number reads like 0.25, -3 or 1e-6"},
	    {".", "a number reads like 0.25, -3 or 1e-6"},
	    {"-.", "a number reads like 0.25, -3 or 1e-6"},
	    {"e5", "a number reads like 0.25, -3 or 1e-6"},
	    {".e5", "a number reads like 0.25, -3 or 1e-6"},
	    {"1e", "a number reads like 0.25, -3 or 1e-6"},
	    {"1e+", "a number reads like 0.25, -3 or 1e-6"},
	    {"1e5.0", "a number reads like 0.25, -3 or 1e-6"},
	    {"1.2.3", "a number reads like 0.25, -3 or 1e-6"},
	    {"1/2", "a number reads like 0.25, -3 or 1e-6"},
	    {"١", "a number reads like 0.25, -3 or 1e-6"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		double value = 99;
		struct error err = {0};
		char message[400];

		assert_int_equal(number_parse(rows[i].text, &value, &err), STATUS_BAD_INPUT);
		assert_same_bits(value, 99.0);
		assert_string_equal(err.hint, rows[i].hint);
		if (!strchr(rows[i].text, '\n')) {
			snprintf(message, sizeof message, "expected a number, found '%s'",
				 rows[i].text);
			assert_string_equal(err.message, message);
		}
	}
	assert_int_equal(number_parse("x", &(double){0}, NULL), STATUS_BAD_INPUT);
}

static void test_parse_refuses_overflow(void **state)
{
	struct error err = {0};
	double value = 99;
	(void)state;
	assert_int_equal(number_parse("1e309", &value, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "the number '1e309' is too large");
	assert_string_equal(err.hint, "the largest is about 1.79e308");
	assert_int_equal(number_parse("-1.8e308", &value, &err), STATUS_BAD_INPUT);
	assert_same_bits(value, 99.0);
}

static void test_found_text_is_harmless_and_short(void **state)
{
	struct error err = {0};
	double value;
	char text[5000];
	(void)state;
	number_parse("1\x1b[2J\xff\n2", &value, &err);
	assert_string_equal(err.message, "expected a number, found '1\\u{001B}[2J\\x{FF} 2'");
	memset(text, 'z', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	number_parse(text, &value, &err);
	assert_string_equal(err.message,
			    "expected a number, found 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…'");
}

static void test_messages_in_spanish(void **state)
{
	struct error err = {0};
	double value;
	size_t count;
	(void)state;
	language_set(LANGUAGE_ES);
	number_parse("0,5", &value, &err);
	assert_string_equal(err.message, "se esperaba un número y se encontró '0,5'");
	assert_string_equal(err.hint, "el punto decimal se escribe '.'");
	number_parse_count("-1", 0, 8, &count, &err);
	language_set(LANGUAGE_EN);
	assert_string_equal(err.message,
			    "se esperaba un número entero de 0 a 8 y se encontró '-1'");
}

static void test_count(void **state)
{
	static const char *const refused[] = {"",   "-1",  "+1",  " 1",
					      "1 ", "1.0", "1e3", "0x1",
					      "11", "a",   "1a",  "99999999999999999999999"};
	struct error err = {0};
	size_t value = 99;
	char text[40];
	(void)state;
	assert_int_equal(number_parse_count("0", 0, 10, &value, &err), STATUS_OK);
	assert_int_equal(value, 0);
	assert_int_equal(number_parse_count("010", 0, 10, &value, &err), STATUS_OK);
	assert_int_equal(value, 10);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_int_equal(number_parse_count(refused[i], 0, 10, &value, &err),
				 STATUS_BAD_INPUT);
		assert_int_equal(value, 10);
	}
	assert_string_equal(err.message, "expected a whole number from 0 to 10, found "
					 "'99999999999999999999999'");
	assert_int_equal(number_parse_count("3", 3, 10, &value, &err), STATUS_OK);
	assert_int_equal(number_parse_count("2", 3, 10, &value, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "expected a whole number from 3 to 10, found '2'");
	assert_int_equal(value, 3);
	snprintf(text, sizeof text, "%zu", SIZE_MAX);
	assert_int_equal(number_parse_count(text, 0, SIZE_MAX, &value, &err), STATUS_OK);
	assert_true(value == SIZE_MAX);
	/* 2^64 is 18446744073709551616: one more wraps to 0. */
	assert_int_equal(number_parse_count("18446744073709551616", 0, SIZE_MAX, &value, NULL),
			 STATUS_BAD_INPUT);
	assert_int_equal(number_parse_count("184467440737095516150", 0, SIZE_MAX, &value, NULL),
			 STATUS_BAD_INPUT);
}

static void test_format(void **state)
{
	static const struct {
		double value;
		int digits;
		const char *text;
	} rows[] = {
	    {0, 6, "0"},
	    {-0.0, 6, "0"},
	    {1, 9, "1"},
	    {0.5, 9, "0.5"},
	    {-0.25, 9, "-0.25"},
	    {0.734929, 3, "0.735"},
	    {100, 6, "100"},
	    {1234567, 6, "1.23457e+06"},
	    {1e-6, 6, "1e-06"},
	    {0.0001, 6, "0.0001"},
	    {2.0 / 3, 17, "0.66666666666666663"},
	    {2.0 / 3, 99, "0.66666666666666663"},
	    {2.0 / 3, 1, "0.7"},
	    {2.0 / 3, -5, "0.7"},
	    {-1e-300, 1, "-1e-300"},
	    {-DBL_MAX, 17, "-1.7976931348623157e+308"},
	    {INFINITY, 6, "inf"},
	    {-INFINITY, 6, "-inf"},
	    {NAN, 6, "nan"},
	    {-NAN, 6, "nan"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char buf[NUMBER_TEXT];

		assert_string_equal(number_format(buf, rows[i].value, rows[i].digits),
				    rows[i].text);
		assert_string_equal(buf, rows[i].text);
	}
}

/* Significant digits of a printed number, without the zeros at the end of a whole one. */
static int count_digits(const char *s)
{
	int n = 0, n_significant = 0;
	for (; *s && *s != 'e'; s++) {
		if (*s < '0' || *s > '9')
			continue;
		n += n > 0 || *s != '0';
		n_significant = *s == '0' ? n_significant : n;
	}
	return n_significant;
}

static void test_format_exact(void **state)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = {
	    {0.1, "0.1"},
	    {100, "100"},
	    {0.1 + 0.2, "0.30000000000000004"},
	    {1.0 / 3, "0.3333333333333333"},
	    {5e-324, "5e-324"},
	    {DBL_MAX, "1.7976931348623157e+308"},
	    {DBL_MIN, "2.2250738585072014e-308"},
	    {0, "0"},
	    {-0.0, "0"},
	    {INFINITY, "inf"},
	    {NAN, "nan"},
	};
	struct random r;
	char buf[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(number_format_exact(buf, rows[i].value), rows[i].text);
	/* Any bits that are a number, subnormals among them, read back as the same bits, and one
	 * digit less would not do. */
	random_seed(&r, 3);
	for (int i = 0; i < 20000; i++) {
		uint64_t bits = random_next(&r) >> (i % 2 ? 0 : 12 + random_below(&r, 40));
		double value, back;
		int digits;

		memcpy(&value, &bits, sizeof value);
		if (!isfinite(value) || value == 0)
			continue;
		number_format_exact(buf, value);
		assert_int_equal(number_parse(buf, &back, NULL), STATUS_OK);
		assert_same_bits(back, value);
		digits = count_digits(buf);
		if (digits > 1) {
			number_format(buf, value, digits - 1);
			assert_true(strtod(buf, NULL) != value);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse_accepts),
	    cmocka_unit_test(test_parse_refuses_with_a_hint),
	    cmocka_unit_test(test_parse_refuses_overflow),
	    cmocka_unit_test(test_found_text_is_harmless_and_short),
	    cmocka_unit_test(test_messages_in_spanish),
	    cmocka_unit_test(test_count),
	    cmocka_unit_test(test_format),
	    cmocka_unit_test(test_format_exact),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
