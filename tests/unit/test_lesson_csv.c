/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_csv.c -- what the CSV reader takes; what it refuses is in tests/lessons-bad. */
#include "check.h"

#include <string.h>

#include "../../src/text/csv.h"
#include "backstep/base/random.h"

/* Reads all of a text and writes it as fields in brackets, a record a line. */
static enum status read_all(const char *text, size_t len, char separator, struct strbuf *out,
			    struct error *err)
{
	struct csv csv;
	bool found = true;
	enum status status = STATUS_OK;
	strbuf_clear(out);
	csv_begin(&csv, "f.csv", text, len, separator);
	while (!status && found) {
		status = csv_next(&csv, &found, err);
		for (size_t k = 0; !status && found && k < csv.n_fields; k++)
			strbuf_addf(out, "[%s]", csv_field(&csv, k));
		if (!status && found)
			strbuf_add_char(out, '\n');
	}
	csv_free(&csv);
	return status;
}

static void test_good(void **state)
{
	static const struct {
		const char *text;
		char separator;
		const char *wanted;
	} rows[] = {
	    {"a,b\n1,2\n", ',', "[a][b]\n[1][2]\n"},
	    {"a,b\r\n1,2\r\n", ',', "[a][b]\n[1][2]\n"},
	    {"a,b\n1,2", ',', "[a][b]\n[1][2]\n"},
	    {"\xEF\xBB\xBF"
	     "a,b\n",
	     ',', "[a][b]\n"},
	    {"a;b,c\n", ';', "[a][b,c]\n"},
	    {"a\tb c\td\n", '\t', "[a][b c][d]\n"},
	    {"\"a,b\",\"c\"\"d\"\"\",\"\"\n", ',', "[a,b][c\"d\"][]\n"},
	    {"\"two\r\nlines\",x\n", ',', "[two\nlines][x]\n"},
	    {",,\n", ',', "[][][]\n"},
	    {"a,", ',', "[a][]\n"},
	    {" a , b \n", ',', "[a][b]\n"},
	    {"a b, \" c \" ,\td\n", ',', "[a b][ c ][d]\n"},
	    {" 0  1\t 0.5 \n1 1 0\n", ' ', "[0][1][0.5]\n[1][1][0]\n"},
	    {"\"a b\" c\r\n", ' ', "[a b][c]\n"},
	    {" a\t\tb \n", '\t', "[a][][b]\n"},
	    {" \" a \" ,\tb\tc\n", ',', "[ a ][b\tc]\n"},
	    {" a\t\t b\n", '\t', "[a][][b]\n"},
	    {"\xC3\xB1,\xE2\x88\x82\n", ',', "[\xC3\xB1][\xE2\x88\x82]\n"},
	    {"a\n\n\r\n\n", ',', "[a]\n"},
	    {"", ',', ""},
	    {"\xEF\xBB\xBF", ',', ""},
	};
	struct strbuf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error err = {0};

		assert_int_equal(
		    read_all(rows[i].text, strlen(rows[i].text), rows[i].separator, &out, &err),
		    STATUS_OK);
		assert_string_equal(strbuf_str(&out), rows[i].wanted);
	}
	strbuf_free(&out);
}

/* Places count in characters, and lines also within quotes. */
static void test_places(void **state)
{
	static const char text[] = "\xC3\xB1,\"x\ny\",z\nb,c\"\n";
	struct strbuf out = {0};
	struct error err = {0};
	(void)state;
	assert_int_equal(read_all(text, strlen(text), ',', &out, &err), STATUS_BAD_INPUT);
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 4);
	assert_string_equal(err.file, "f.csv");
	strbuf_free(&out);
}

static void test_too_large(void **state)
{
	static const char text[] = "1,2\n3,4\n";
	struct error err = {0};
	struct csv csv;
	bool found;
	(void)state;
	csv_begin(&csv, "f.csv", text, strlen(text), ',');
	csv.is_cut = true;
	assert_int_equal(csv_next(&csv, &found, &err), STATUS_OK);
	assert_int_equal(csv_next(&csv, &found, &err), STATUS_OK);
	assert_int_equal(csv_next(&csv, &found, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "the file is larger than 64 MiB");
	csv_free(&csv);
}

/* A good text with bytes changed is read or refused with its place, never worse. */
static void test_changed_bytes(void **state)
{
	static const char good[] = "\"a\",b;\"c\"\"\"\r\n1,\"x\ny\"\n\xC3\xB1,2\n";
	static const char bytes[] = "\",;\n\r\t\0a\xFF\xC3";
	struct strbuf out = {0};
	struct random r;
	(void)state;
	random_seed(&r, 1);
	for (int k = 0; k < 20000; k++) {
		char text[sizeof good];
		struct error err = {0};
		size_t len = random_below(&r, sizeof good);

		memcpy(text, good, sizeof good);
		for (size_t n = random_below(&r, 4); n > 0; n--)
			text[random_below(&r, sizeof good)] =
			    bytes[random_below(&r, sizeof bytes - 1)];
		if (read_all(text, len, ',', &out, &err) == STATUS_OK)
			continue;
		assert_true(err.line > 0 && err.column > 0 && err.message[0]);
	}
	strbuf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_too_large),
	    cmocka_unit_test(test_changed_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
