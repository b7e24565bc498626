/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decimal.c -- decimal numbers as people print and round them.
 *
 * Rounding works on the digits of the number's decimal form, and the result is read back from
 * text: so it is the same double that the printed text reads as, and can be compared with ==. */
#include "backstep/base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"

enum {
	DIGITS = 15, /* every decimal of so many digits survives being a double */
	EXPONENT_MAX = 1000,
	TEXT_MAX = 40, /* bytes of a printed number */
};

/* As number_parse reads it: without blanks, with a point. */
static void normalize(const char *text, struct strbuf *out)
{
	struct strbuf joined = {0};
	for (; *text; text++)
		if (*text != ' ')
			strbuf_add_char(&joined, *text == ',' ? '.' : *text);
	number_plain(strbuf_str(&joined), out);
	out->failed |= joined.failed;
	strbuf_free(&joined);
}

/* Digits after the point of a number that number_parse has accepted. */
static int count_places(const char *s)
{
	const char *dot = strchr(s, '.'), *exponent = strpbrk(s, "eE");
	const char *end = exponent ? exponent : s + strlen(s);
	int places = dot ? (int)(end - dot) - 1 : 0;
	long shift = exponent ? strtol(exponent + 1, NULL, 10) : 0;
	/* far beyond what a double holds, but an int can be computed with */
	shift = shift > EXPONENT_MAX ? EXPONENT_MAX : shift;
	return places - (int)(shift < -EXPONENT_MAX ? -EXPONENT_MAX : shift);
}

/* Its digits from the first that is not 0. */
static int count_digits(const char *s)
{
	int digits = 0;
	for (s += strcspn(s, "123456789"); *s && !strchr("eE", *s); s++)
		digits += *s != '.';
	return digits;
}

enum status decimal_parse(const char *text, struct decimal *decimal, struct error *err)
{
	char excerpt[TEXT_EXCERPT];
	struct strbuf plain = {0};
	enum status status = STATUS_BAD_INPUT;
	if (strlen(text) <= TEXT_MAX) {
		normalize(text, &plain);
		status = plain.failed ? error_no_memory(err)
				      : number_parse(strbuf_str(&plain), &decimal->value, NULL);
	}
	if (!status) {
		decimal->places = count_places(strbuf_str(&plain));
		decimal->digits = count_digits(strbuf_str(&plain));
	}
	strbuf_free(&plain);
	if (status != STATUS_BAD_INPUT)
		return status;
	error_set(err, status, _("'%s' is not a number as a lecture prints it"),
		  text_excerpt(excerpt, text));
	error_hint(err, _("as in 0.41, .5, -0.017, 1,5 or 1.5e-3"));
	return STATUS_BAD_INPUT;
}

/* Whether the digits from position keep on make the one before it go up. */
static bool goes_up(const char digits[DIGITS + 1], int keep, enum decimal_mode mode)
{
	bool is_tie =
	    digits[keep] == '5' && strspn(digits + keep + 1, "0") == (size_t)(DIGITS - keep - 1);
	bool is_even = keep == 0 || (digits[keep - 1] - '0') % 2 == 0;
	if (mode == DECIMAL_CUT || (mode == DECIMAL_HALF_EVEN && is_tie && is_even))
		return false;
	return digits[keep] >= '5';
}

double decimal_round(double value, int places, enum decimal_mode mode)
{
	CONTRACT(mode < N_DECIMAL_MODES);
	char text[DIGITS + 16], digits[DIGITS + 1], rounded[64];
	if (!isfinite(value) || value == 0.0)
		return value;
	snprintf(text, sizeof text, "%.*e", DIGITS - 1, fabs(value));
	int exponent = atoi(strchr(text, 'e') + 1), keep = exponent + 1 + places;
	if (keep >= DIGITS)
		return value;
	if (keep < 0)
		return 0.0;
	digits[0] = text[0];
	memcpy(digits + 1, strchr(text, 'e') - (DIGITS - 1), DIGITS - 1);
	digits[DIGITS] = '\0';
	bool up = goes_up(digits, keep, mode);
	digits[keep] = '\0';
	snprintf(rounded, sizeof rounded, "%llde%d", atoll(digits) + up, -places);
	double result = 0.0;
	number_parse(rounded, &result, NULL);
	return signbit(value) ? -result : result;
}

const char *decimal_format(char buf[NUMBER_TEXT], double value, int places)
{
	CONTRACT(places >= 0 && places <= DECIMAL_MAX_PLACES);
	if (!isfinite(value) || fabs(value) >= 1e15)
		return number_format(buf, value, DIGITS);
	snprintf(buf, NUMBER_TEXT, "%.*f", places, value == 0.0 ? 0.0 : value);
	return buf;
}
