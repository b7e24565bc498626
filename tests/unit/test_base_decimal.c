/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_decimal.c -- printed numbers: what they read as, how many places they have, and what
 * rounds to them. */
#include "check.h"

#include <string.h>

#include "backstep/base/decimal.h"
#include "backstep/base/text.h"

static void printed_numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		double value;
		int places;
	} rows[] = {
	    {"0.50", 0.5, 2},
	    {"0", 0, 0},
	    {".17", 0.17, 2},
	    {"-.23", -0.23, 2},
	    {"−0.17044", -0.17044, 5},
	    {"1,5", 1.5, 1},
	    {"1.5e-3", 0.0015, 4},
	    {"1.50E2", 150, 0},
	    {"1e3", 1000, -3},
	    {"1.5×10^-3", 0.0015, 4},
	    {"1.5 · 10⁻³", 0.0015, 4},
	    {"2×10¹²", 2e12, -12},
	    {"3*10^2", 300, -2},
	    {"+0.10", 0.1, 2},
	    {"12", 12, 0},
	    {"1e-99999999999999999999", 0, 1000},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct decimal got;
		assert_int_equal(decimal_parse(rows[i].text, &got, NULL), STATUS_OK);
		assert_true(got.value == rows[i].value);
		assert_int_equal(got.places, rows[i].places);
	}
}

static void what_is_no_number_is_refused(void **state)
{
	static const char *const rows[] = {
	    "",   "x", "1.2.3", "1,234.5", "0x10", "nan",
	    "1²", "½", "1e",    "--1",     "≈0.4", "0.1234567890123456789012345678901234567890"};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct decimal got;
		struct error err;
		assert_int_equal(decimal_parse(rows[i], &got, &err), STATUS_BAD_INPUT);
		assert_true(strstr(err.message, "is not a number as a lecture prints it"));
	}
}

/* What a person writes, also where the number's bits lie just below the tie. */
static void numbers_are_rounded_as_by_hand(void **state)
{
	static const struct {
		double value;
		int places;
		double half_up, cut, half_even;
	} rows[] = {
	    {0.285, 2, 0.29, 0.28, 0.28},
	    {0.295, 2, 0.30, 0.29, 0.30},
	    {0.1 + 0.2, 1, 0.3, 0.3, 0.3},
	    {0.1 * 3 - 0.0, 2, 0.3, 0.3, 0.3},
	    {-0.285, 2, -0.29, -0.28, -0.28},
	    {0.2850001, 2, 0.29, 0.28, 0.29},
	    {0.999, 2, 1.0, 0.99, 1.0},
	    {99.5, 0, 100, 99, 100},
	    {98.5, 0, 99, 98, 98},
	    {0.004, 2, 0, 0, 0},
	    {0.005, 2, 0.01, 0, 0},
	    {0.5, 0, 1, 0, 0},
	    {0.0049, 1, 0, 0, 0},
	    {1234.5, -2, 1200, 1200, 1200},
	    {1250, -2, 1300, 1200, 1200},
	    {60, -2, 100, 0, 100},
	    {1e-300, 2, 0, 0, 0},
	    {1e300, 2, 1e300, 1e300, 1e300},
	    {0, 2, 0, 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(decimal_round(rows[i].value, rows[i].places, DECIMAL_HALF_UP) ==
			    rows[i].half_up);
		assert_true(decimal_round(rows[i].value, rows[i].places, DECIMAL_CUT) ==
			    rows[i].cut);
		assert_true(decimal_round(rows[i].value, rows[i].places, DECIMAL_HALF_EVEN) ==
			    rows[i].half_even);
	}
	assert_true(isnan(decimal_round(NAN, 2, DECIMAL_CUT)));
	assert_true(isinf(decimal_round(INFINITY, 2, DECIMAL_CUT)));
}

static void all_places_are_printed(void **state)
{
	char buf[NUMBER_TEXT];
	(void)state;
	assert_string_equal(decimal_format(buf, 0.5, 2), "0.50");
	assert_string_equal(decimal_format(buf, -0.0, 2), "0.00");
	assert_string_equal(decimal_format(buf, 3, 0), "3");
	assert_string_equal(decimal_format(buf, 1e20, 2), "1e+20");
	assert_string_equal(decimal_format(buf, -999999999999999.0, 12),
			    "-999999999999999.000000000000");
	assert_string_equal(decimal_format(buf, NAN, 2), "nan");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(printed_numbers_are_read),
	    cmocka_unit_test(what_is_no_number_is_refused),
	    cmocka_unit_test(numbers_are_rounded_as_by_hand),
	    cmocka_unit_test(all_places_are_printed),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
