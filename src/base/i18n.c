/* SPDX-License-Identifier: GPL-3.0-or-later */
/* i18n.c -- languages and the reader of compiled message catalogues.
 *
 * libintl is not used: it translates nothing in the C locale or in one that is not installed.
 * A new language is one value of enum language, one row of languages, and src/po/CODE.po.
 * Source: GNU gettext manual, "The Format of GNU MO Files". */
#include "backstep/base/i18n.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "backstep/base/contract.h"

/* Made by CMake out of src/po/es.po. */
extern const unsigned char catalogue_es[];
extern const size_t catalogue_es_size;

const char *const language_codes[N_LANGUAGES + 1] = {
    [LANGUAGE_EN] = "en",
    [LANGUAGE_ES] = "es",
};

/* English is what the source is written in: it has no catalogue. */
static const struct {
	const unsigned char *mo;
	const size_t *size;
} catalogues[N_LANGUAGES] = {
    [LANGUAGE_ES] = {catalogue_es, &catalogue_es_size},
};

/* The language that the person reads: chosen at the start, and by one setting. */
static enum language current;

bool language_parse(const char *s, enum language *language)
{
	for (int i = 0; i < N_LANGUAGES; i++) {
		size_t len = strlen(language_codes[i]);

		if (strncasecmp(s, language_codes[i], len) == 0 &&
		    (s[len] == '\0' || strchr("_-.@", s[len]))) {
			*language = (enum language)i;
			return true;
		}
	}
	return false;
}

enum language language_from_environment(void)
{
	static const char *const variables[] = {"BACKSTEP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		enum language language;

		if (value && value[0])
			return language_parse(value, &language) ? language : LANGUAGE_EN;
	}
	return LANGUAGE_EN;
}

void language_set(enum language language)
{
	CONTRACT(language < N_LANGUAGES);
	current = language;
}

enum language language_current(void)
{
	return current;
}

enum { MO_MAGIC = 0x950412de, MO_COUNT = 8, MO_MSGIDS = 12, MO_MSGSTRS = 16, MO_ROW = 8 };

/* Reads the 32-bit word at offset; false where it is not inside the catalogue. */
static bool mo_word(const unsigned char *mo, size_t size, uint64_t offset, uint32_t *word)
{
	if (offset > size || size - offset < sizeof *word)
		return false;
	memcpy(word, mo + offset, sizeof *word);
	return true;
}

/* The text of a row of a table (the word at offset table says where it starts) and its length,
 * NULL where it is not inside the catalogue or not terminated. */
static const char *mo_text(const unsigned char *mo, size_t size, size_t table, uint32_t row,
			   size_t *len)
{
	uint32_t rows, length, start;
	if (!mo_word(mo, size, table, &rows) ||
	    !mo_word(mo, size, rows + (uint64_t)row * MO_ROW, &length) ||
	    !mo_word(mo, size, rows + (uint64_t)row * MO_ROW + 4, &start))
		return NULL;
	if (start >= size || length >= size - start || mo[(size_t)start + length] != '\0')
		return NULL;
	*len = length;
	return (const char *)mo + start;
}

/* The row of msgid; false where there is none or the catalogue is damaged. The key of a counted
 * message is "singular\0plural", of which strcmp sees the singular. */
static bool mo_find_row(const unsigned char *mo, size_t size, const char *msgid, uint32_t *row)
{
	uint32_t magic, low = 0, high;
	if (!mo_word(mo, size, 0, &magic) || magic != MO_MAGIC ||
	    !mo_word(mo, size, MO_COUNT, &high))
		return false;
	while (low < high) {
		size_t len;
		const char *key;
		int order;

		*row = low + (high - low) / 2;
		key = mo_text(mo, size, MO_MSGIDS, *row, &len);
		if (!key)
			return false;
		order = strcmp(msgid, key);
		if (order == 0)
			return true;
		if (order < 0)
			high = *row;
		else
			low = *row + 1;
	}
	return false;
}

const char *catalogue_find(const unsigned char *mo, size_t size, const char *msgid, size_t form)
{
	const char *text;
	uint32_t row;
	size_t len;
	if (!mo_find_row(mo, size, msgid, &row))
		return NULL;
	text = mo_text(mo, size, MO_MSGSTRS, row, &len);
	/* The forms of a counted message follow one another, each with its terminator. */
	for (; text && form > 0; form--) {
		size_t skip = strlen(text) + 1;

		if (skip > len)
			return NULL;
		text += skip;
		len -= skip;
	}
	return text && text[0] ? text : NULL;
}

static const char *find(const char *msgid, size_t form)
{
	/* The entry of the empty message is the catalogue's header. */
	if (!catalogues[current].mo || !msgid[0])
		return NULL;
	return catalogue_find(catalogues[current].mo, *catalogues[current].size, msgid, form);
}

const char *tr(const char *msgid)
{
	const char *text = find(msgid, 0);
	return text ? text : msgid;
}

const char *tr_n(const char *singular, const char *plural, unsigned long n)
{
	/* One rule serves every language here: 1 is singular, all else, 0 included, is plural. */
	const char *text = find(singular, n != 1);

	if (text)
		return text;
	return n == 1 ? singular : plural;
}
