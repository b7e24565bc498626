/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_utf8.c -- the locale, UTF-8 and columns.
 *
 * Widths are the C library's (wcwidth): what it calls ambiguous takes one column, as terminals
 * have it unless they are told otherwise. */
#include "backstep/base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <wchar.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"

/* The LC_CTYPE that text_locale_init chose: setlocale's own string does not outlive the next
 * call. The locale belongs to the process, and so does this. */
static char ctype_name[128] = "C.UTF-8";

static bool codeset_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* What the environment calls the locale of characters; NULL: nothing. */
static const char *environment_locale(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (value && value[0])
			return value;
	}
	return NULL;
}

/* Whether that is a UTF-8 one, be it installed or not: the terminal does not care which locales
 * this machine has. */
static bool environment_says_utf8(void)
{
	const char *value = environment_locale(), *dot = value ? strchr(value, '.') : NULL;
	return dot && (strncasecmp(dot, ".utf-8", 6) == 0 || strncasecmp(dot, ".utf8", 5) == 0);
}

/* The console of Linux reads UTF-8, but none of its fonts has a partial sign or a subscript. */
static bool is_linux_console(void)
{
	const char *term = getenv("TERM");
	return term && strcmp(term, "linux") == 0 && isatty(STDOUT_FILENO);
}

const char *text_why_ascii(void)
{
	if (is_linux_console())
		return N_("in ASCII, for this console's fonts lack most signs of formulas "
			  "(--glyphs unicode shows what they have)");
	if (!environment_locale())
		return N_("in ASCII, for no locale is set; with LANG=C.UTF-8 or --glyphs unicode "
			  "formulas look as in books");
	return NULL;
}

bool text_locale_init(void)
{
	static const char *const fallbacks[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
	bool utf8 = environment_says_utf8();
	const char *name;
	/* One category that is not installed makes LC_ALL fail as a whole. */
	if (!setlocale(LC_ALL, "") && !setlocale(LC_CTYPE, ""))
		setlocale(LC_CTYPE, "C");
	setlocale(LC_NUMERIC, "C");
	utf8 = utf8 || codeset_is_utf8();
	for (size_t i = 0; !codeset_is_utf8() && i < sizeof fallbacks / sizeof *fallbacks; i++)
		setlocale(LC_CTYPE, fallbacks[i]);
	name = setlocale(LC_CTYPE, NULL);
	if (name && strlen(name) < sizeof ctype_name)
		strcpy(ctype_name, name);
	return utf8 && !is_linux_console();
}

void text_locale_again(void)
{
	setlocale(LC_CTYPE, ctype_name);
	setlocale(LC_NUMERIC, "C");
}

/* How a first byte announces a sequence: its length, and the smallest code point that needs it. */
struct utf8_form {
	unsigned char mask, bits;
	size_t len;
	uint32_t smallest;
};

static const struct utf8_form utf8_forms[] = {
    {0x80, 0x00, 1, 0},
    {0xE0, 0xC0, 2, 0x80},
    {0xF0, 0xE0, 3, 0x800},
    {0xF8, 0xF0, 4, 0x10000},
};

enum { N_UTF8_FORMS = sizeof utf8_forms / sizeof *utf8_forms };

size_t utf8_decode(const char *s, size_t len, uint32_t *code)
{
	CONTRACT(len > 0);
	const unsigned char *bytes = (const unsigned char *)s;
	const struct utf8_form *form = utf8_forms, *end = utf8_forms + N_UTF8_FORMS;
	uint32_t c;
	while (form < end && (bytes[0] & form->mask) != form->bits)
		form++;
	if (form == end || form->len > len)
		return 0;
	c = bytes[0] & (unsigned char)~form->mask;
	for (size_t i = 1; i < form->len; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (bytes[i] & 0x3F);
	}
	if (c < form->smallest || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*code = c;
	return form->len;
}

size_t utf8_encode(uint32_t code, char *buf)
{
	size_t form = N_UTF8_FORMS - 1, len;
	while (form > 0 && code < utf8_forms[form].smallest)
		form--;
	len = utf8_forms[form].len;
	for (size_t i = len - 1; i > 0; i--) {
		buf[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	buf[0] = (char)(utf8_forms[form].bits | code);
	return len;
}

int utf8_columns(uint32_t code)
{
	int columns = wcwidth((wchar_t)code);
	return columns < 0 ? 1 : columns;
}

/* Decodes the character at s; a byte that is not UTF-8 takes one column. Returns its bytes. */
static size_t char_columns(const char *s, size_t len, size_t *columns)
{
	uint32_t code;
	size_t n = utf8_decode(s, len, &code);
	*columns = n ? (size_t)utf8_columns(code) : 1;
	return n ? n : 1;
}

size_t text_columns(const char *s)
{
	size_t columns;
	text_fit(s, SIZE_MAX, &columns);
	return columns;
}

size_t text_fit(const char *s, size_t max, size_t *columns)
{
	size_t used = 0, n = 0;
	while (s[n]) {
		size_t width, bytes = char_columns(s + n, strnlen(s + n, 4), &width);

		if (width > max - used)
			break;
		used += width;
		n += bytes;
	}
	if (columns)
		*columns = used;
	return n;
}
