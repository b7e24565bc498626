/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.c -- numbers from and to text.
 *
 * The syntax is checked here, not by strtod, which also takes "nan", "0x1p3", blanks and, in some
 * locales, a comma. To give one more kind of refusal its own hint, add a row to number_hints. */
#include "backstep/base/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { DIGITS_MIN = 1, DIGITS_SAFE = 15, DIGITS_MAX = 17 };

/* What a refused text contains, and what to do instead; the last row fits everything. */
static const struct {
	const char *part, *hint;
} number_hints[] = {
    {",", N_("write the decimal point as '.'")},
    {"−", N_("write the minus sign as '-'")},
    {"0x", N_("write the number in decimal")},
    {"nan", N_("only finite numbers can be used")},
    {"inf", N_("only finite numbers can be used")},
    {"", N_("a number reads like 0.25, -3 or 1e-6")},
};

/* The "C" locale, made at the first use and kept; 0 (which strtod_l must not see, and uselocale
 * ignores) on lack of memory. */
static locale_t c_locale(void)
{
	static locale_t locale;
	if (!locale)
		locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	return locale;
}

static double parse_double(const char *s)
{
	locale_t locale = c_locale();

	return locale ? strtod_l(s, NULL, locale) : strtod(s, NULL);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *s)
{
	while (is_digit(*s))
		s++;
	return s;
}

/* How people and books write what number_parse reads otherwise; one more way is one more row. */
static const struct {
	const char *from, *to;
	bool in_exponent; /* only after the e */
} spellings[] = {
    {"−", "-", false},    {"×10^", "e", false}, {"·10^", "e", false}, {"*10^", "e", false},
    {"x10^", "e", false}, {"×10", "e", false},  {"·10", "e", false},  {"⁻", "-", true},
    {"⁰", "0", true},     {"¹", "1", true},     {"²", "2", true},     {"³", "3", true},
    {"⁴", "4", true},     {"⁵", "5", true},     {"⁶", "6", true},     {"⁷", "7", true},
    {"⁸", "8", true},     {"⁹", "9", true},
};

static const char *skip_sign(const char *s)
{
	return *s == '+' || *s == '-' ? s + 1 : s;
}

static bool is_decimal(const char *s)
{
	const char *start = skip_sign(s), *end = skip_digits(start);
	bool digits = end > start;
	if (*end == '.') {
		start = end + 1;
		end = skip_digits(start);
		digits = digits || end > start;
	}
	if (!digits)
		return false;
	if (*end == 'e' || *end == 'E') {
		start = skip_sign(end + 1);
		end = skip_digits(start);
		if (end == start)
			return false;
	}
	return *end == '\0';
}

enum status number_parse(const char *s, double *value, struct error *err)
{
	char excerpt[TEXT_EXCERPT];
	size_t row = 0;
	double parsed;
	if (!is_decimal(s)) {
		error_set(err, STATUS_BAD_INPUT, _("expected a number, found '%s'"),
			  text_excerpt(excerpt, s));
		while (!strcasestr(s, number_hints[row].part))
			row++;
		error_hint(err, "%s", tr(number_hints[row].hint));
		return STATUS_BAD_INPUT;
	}
	parsed = parse_double(s);
	if (isinf(parsed)) {
		error_set(err, STATUS_BAD_INPUT, _("the number '%s' is too large"),
			  text_excerpt(excerpt, s));
		error_hint(err, "%s", _("the largest is about 1.79e308"));
		return STATUS_BAD_INPUT;
	}
	*value = parsed;
	return STATUS_OK;
}

/* Bytes of the spelling that s begins with; 0: none. *to gets what it means. */
static size_t find_spelling(const char *s, bool in_exponent, const char **to)
{
	bool is_usual = (*s >= '0' && *s <= '9') || *s == '.'; /* no spelling begins so */
	for (size_t i = 0; !is_usual && i < sizeof spellings / sizeof *spellings; i++) {
		size_t len = strlen(spellings[i].from);
		if (strncmp(s, spellings[i].from, len) != 0 ||
		    (spellings[i].in_exponent && !in_exponent))
			continue;
		*to = spellings[i].to;
		return len;
	}
	return 0;
}

void number_plain(const char *text, struct strbuf *out)
{
	const char *to;
	bool in_exponent = false;
	while (*text) {
		size_t len = find_spelling(text, in_exponent, &to);
		if (len)
			strbuf_add(out, to);
		else
			strbuf_add_char(out, *text);
		in_exponent |= *(len ? to : text) == 'e' || *text == 'E';
		text += len ? len : 1;
	}
}

enum status number_parse_typed(const char *s, double *value, struct error *err)
{
	struct strbuf plain = {0};
	number_plain(s, &plain);
	bool is_spelt = !plain.failed && is_decimal(strbuf_str(&plain));
	enum status status = number_parse(is_spelt ? plain.data : s, value, err);
	if (plain.failed)
		status = error_no_memory(err);
	strbuf_free(&plain);
	return status;
}

enum status number_parse_count(const char *s, size_t least, size_t most, size_t *value,
			       struct error *err)
{
	char excerpt[TEXT_EXCERPT];
	bool fits = is_digit(*s) && *skip_digits(s) == '\0';
	size_t parsed = 0;
	for (const char *digit = s; fits && *digit; digit++)
		fits = !__builtin_mul_overflow(parsed, (size_t)10, &parsed) &&
		       !__builtin_add_overflow(parsed, (size_t)(*digit - '0'), &parsed);
	if (!fits || parsed < least || parsed > most)
		return error_set(err, STATUS_BAD_INPUT,
				 _("expected a whole number from %zu to %zu, found '%s'"), least,
				 most, text_excerpt(excerpt, s));
	*value = parsed;
	return STATUS_OK;
}

const char *number_format(char buf[NUMBER_TEXT], double value, int digits)
{
	locale_t before;

	if (digits < DIGITS_MIN)
		digits = DIGITS_MIN;
	if (digits > DIGITS_MAX)
		digits = DIGITS_MAX;
	if (isnan(value))
		return strcpy(buf, "nan");
	if (value == 0)
		return strcpy(buf, "0");
	before = uselocale(c_locale());
	snprintf(buf, NUMBER_TEXT, "%.*g", digits, value);
	uselocale(before);
	return buf;
}

const char *number_format_exact(char buf[NUMBER_TEXT], double value)
{
	/* Every decimal of up to 15 digits survives being a double, so a normal number that has
	 * one is printed as it with 15; a subnormal has fewer bits, and may need fewer digits. */
	int digits = fabs(value) < DBL_MIN ? DIGITS_MIN : DIGITS_SAFE;

	number_format(buf, value, digits);
	while (isfinite(value) && digits < DIGITS_MAX && parse_double(buf) != value)
		number_format(buf, value, ++digits);
	return buf;
}
