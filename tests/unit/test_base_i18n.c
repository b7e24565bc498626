/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_i18n.c -- choosing a language; catalogues, whole and damaged. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"

extern const unsigned char catalogue_es[];
extern const size_t catalogue_es_size;

static void test_parse(void **state)
{
	static const char *const spanish[] = {"es",    "ES",       "es_MX.UTF-8",
					      "es-MX", "es.UTF-8", "es@euro"};
	static const char *const unknown[] = {"",          "e",       "fr",  "C",    "POSIX",
					      "esperanto", "español", " es", "es MX"};
	enum language language = LANGUAGE_EN;
	(void)state;
	for (size_t i = 0; i < sizeof spanish / sizeof *spanish; i++) {
		language = LANGUAGE_EN;
		assert_true(language_parse(spanish[i], &language));
		assert_int_equal(language, LANGUAGE_ES);
	}
	assert_true(language_parse("en_GB.UTF-8", &language));
	assert_int_equal(language, LANGUAGE_EN);
	language = LANGUAGE_ES;
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_false(language_parse(unknown[i], &language));
		assert_int_equal(language, LANGUAGE_ES);
	}
	for (int i = 0; i < N_LANGUAGES; i++) {
		assert_true(language_parse(language_codes[i], &language));
		assert_int_equal(language, i);
	}
}

static void set_environment(const char *own, const char *all, const char *messages,
			    const char *lang)
{
	setenv("BACKSTEP_LANG", own, 1);
	setenv("LC_ALL", all, 1);
	setenv("LC_MESSAGES", messages, 1);
	setenv("LANG", lang, 1);
}

static void test_environment_in_order(void **state)
{
	(void)state;
	set_environment("", "", "", "");
	assert_int_equal(language_from_environment(), LANGUAGE_EN);
	set_environment("", "", "", "es_MX.UTF-8");
	assert_int_equal(language_from_environment(), LANGUAGE_ES);
	set_environment("", "", "es_MX.UTF-8", "en_US.UTF-8");
	assert_int_equal(language_from_environment(), LANGUAGE_ES);
	set_environment("", "C", "es_MX.UTF-8", "es_MX.UTF-8");
	assert_int_equal(language_from_environment(), LANGUAGE_EN);
	set_environment("es", "C", "en_US.UTF-8", "en_US.UTF-8");
	assert_int_equal(language_from_environment(), LANGUAGE_ES);
	set_environment("fr", "es_MX", "es_MX", "es_MX");
	assert_int_equal(language_from_environment(), LANGUAGE_EN);
	unsetenv("BACKSTEP_LANG");
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	assert_int_equal(language_from_environment(), LANGUAGE_ES);
	unsetenv("LANG");
	assert_int_equal(language_from_environment(), LANGUAGE_EN);
}

static void test_translates_to_the_current_language(void **state)
{
	static const char unknown[] = "a message in no catalogue";
	(void)state;
	assert_int_equal(language_current(), LANGUAGE_EN);
	assert_string_equal(_("out of memory"), "out of memory");
	language_set(LANGUAGE_ES);
	assert_int_equal(language_current(), LANGUAGE_ES);
	assert_string_equal(_("out of memory"), "no queda memoria");
	assert_ptr_equal(tr(unknown), unknown);
	/* Not the header, which is what a catalogue keeps for the empty message. */
	assert_string_equal(tr(""), "");
	assert_string_equal(tr_n("one thing", "many things", 1), "one thing");
	assert_string_equal(tr_n("one thing", "many things", 0), "many things");
	assert_string_equal(tr_n("one thing", "many things", 2), "many things");
	language_set(LANGUAGE_EN);
	assert_string_equal(_("out of memory"), "out of memory");
}

/* One message of a catalogue made by hand; sizes without the last terminator. */
struct entry {
	const char *msgid;
	uint32_t msgid_size;
	const char *msgstr;
	uint32_t msgstr_size;
};

#define ENTRY(msgid, msgstr)                                         \
	{                                                            \
		msgid, sizeof(msgid) - 1, msgstr, sizeof(msgstr) - 1 \
	}

/* Sorted by msgid, as msgfmt writes them. */
static const struct entry entries[] = {
    ENTRY("", "Language: es\n"),  ENTRY("%zu step\0%zu steps", "%zu paso\0%zu pasos"),
    ENTRY("back", "atrás"),       ENTRY("empty", ""),
    ENTRY("forward", "adelante"), ENTRY("one form\0two forms", "una forma"),
};

enum { N_ENTRIES = sizeof entries / sizeof *entries };

/* Returns the bytes of a catalogue with these entries; the caller frees them. */
static unsigned char *make_mo(size_t *size)
{
	uint32_t head[7] = {0x950412de, 0, N_ENTRIES, 28, 28 + 8 * N_ENTRIES, 0, 0};
	uint32_t end = 28 + 16 * N_ENTRIES;
	unsigned char *mo = calloc(1, 4096);
	assert_non_null(mo);
	memcpy(mo, head, sizeof head);
	for (uint32_t i = 0; i < N_ENTRIES; i++) {
		uint32_t msgid[2] = {entries[i].msgid_size, end};
		uint32_t msgstr[2] = {entries[i].msgstr_size, end + msgid[0] + 1};

		memcpy(mo + 28 + 8 * i, msgid, sizeof msgid);
		memcpy(mo + 28 + 8 * (N_ENTRIES + i), msgstr, sizeof msgstr);
		memcpy(mo + msgid[1], entries[i].msgid, msgid[0]);
		memcpy(mo + msgstr[1], entries[i].msgstr, msgstr[0]);
		end = msgstr[1] + msgstr[0] + 1;
	}
	*size = end;
	return mo;
}

static void test_find(void **state)
{
	size_t size;
	unsigned char *mo = make_mo(&size);
	(void)state;
	assert_string_equal(catalogue_find(mo, size, "back", 0), "atrás");
	assert_string_equal(catalogue_find(mo, size, "forward", 0), "adelante");
	assert_string_equal(catalogue_find(mo, size, "%zu step", 0), "%zu paso");
	assert_string_equal(catalogue_find(mo, size, "%zu step", 1), "%zu pasos");
	assert_null(catalogue_find(mo, size, "%zu step", 2));
	assert_null(catalogue_find(mo, size, "%zu steps", 0));
	assert_null(catalogue_find(mo, size, "one form", 1));
	assert_null(catalogue_find(mo, size, "back", 1));
	assert_null(catalogue_find(mo, size, "empty", 0));
	assert_null(catalogue_find(mo, size, "bac", 0));
	assert_null(catalogue_find(mo, size, "backs", 0));
	assert_null(catalogue_find(mo, size, "!", 0));
	assert_null(catalogue_find(mo, size, "zzz", 0));
	free(mo);
}

static void test_find_where_words_are_not_aligned(void **state)
{
	size_t size;
	unsigned char *mo = make_mo(&size);
	(void)state;
	memmove(mo + 1, mo, size);
	assert_string_equal(catalogue_find(mo + 1, size, "back", 0), "atrás");
	free(mo);
}

/* Looks everything up in a copy that ends where the damage does, so that the sanitizer sees a
 * byte read after it. */
static void find_all(const unsigned char *mo, size_t size, bool must_be_right)
{
	unsigned char *copy = malloc(size ? size : 1);
	assert_non_null(copy);
	memcpy(copy, mo, size);
	for (size_t i = 1; i < N_ENTRIES; i++) {
		for (size_t form = 0; form < 2; form++) {
			const char *found = catalogue_find(copy, size, entries[i].msgid, form);
			const char *wanted = entries[i].msgstr;

			if (!found)
				continue;
			/* Inside the copy, and terminated there. */
			assert_non_null(memchr(found, 0, size - (size_t)(found - (char *)copy)));
			if (must_be_right)
				assert_string_equal(found, form ? strchr(wanted, 0) + 1 : wanted);
		}
	}
	free(copy);
}

static void test_cut_off_at_every_byte(void **state)
{
	size_t size, n_found = 0;
	unsigned char *mo = make_mo(&size);
	(void)state;
	for (size_t cut = 0; cut <= size; cut++)
		find_all(mo, cut, true);
	for (size_t cut = 0; cut < size; cut++)
		n_found += catalogue_find(mo, cut, "one form", 0) != NULL;
	assert_int_equal(n_found, 0);
	assert_string_equal(catalogue_find(mo, size, "one form", 0), "una forma");
	free(mo);
}

static void test_every_byte_damaged(void **state)
{
	static const unsigned char values[] = {0, 1, 0x1b, 0x7f, 0x80, 0xfe, 0xff};
	size_t size;
	unsigned char *mo = make_mo(&size);
	(void)state;
	for (size_t i = 0; i < size; i++) {
		unsigned char was = mo[i];

		for (size_t v = 0; v < sizeof values; v++) {
			mo[i] = values[v];
			find_all(mo, size, false);
		}
		mo[i] = was;
	}
	find_all(mo, size, true);
	free(mo);
}

static void test_own_catalogue_cut_off(void **state)
{
	const char *whole = catalogue_find(catalogue_es, catalogue_es_size, "out of memory", 0);
	(void)state;
	assert_non_null(whole);
	for (size_t cut = 0; cut < catalogue_es_size; cut++) {
		const char *found = catalogue_find(catalogue_es, cut, "out of memory", 0);

		if (found)
			assert_ptr_equal(found, whole);
	}
	assert_null(catalogue_find(catalogue_es, catalogue_es_size / 16, "out of memory", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_environment_in_order),
	    cmocka_unit_test(test_translates_to_the_current_language),
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_find_where_words_are_not_aligned),
	    cmocka_unit_test(test_cut_off_at_every_byte),
	    cmocka_unit_test(test_every_byte_damaged),
	    cmocka_unit_test(test_own_catalogue_cut_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
