/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_text_layout.c -- fitting, clipping, padding, wrapping, "did you mean". */
#include "check.h"

#include <string.h>

#include "backstep/base/text.h"

static void assert_fit(const char *s, size_t max, size_t bytes, size_t columns)
{
	size_t got;
	assert_int_equal(text_fit(s, max, &got), bytes);
	assert_int_equal(got, columns);
	assert_int_equal(text_fit(s, max, NULL), bytes);
}

static void test_fit(void **state)
{
	(void)state;
	assert_fit("", 5, 0, 0);
	assert_fit("abc", 0, 0, 0);
	assert_fit("abc", 2, 2, 2);
	assert_fit("abc", 3, 3, 3);
	assert_fit("abc", SIZE_MAX, 3, 3);
	assert_fit("漢字", 1, 0, 0);
	assert_fit("漢字", 2, 3, 2);
	assert_fit("漢字", 3, 3, 2);
	assert_fit("漢字", 4, 6, 4);
	/* A mark goes with its character. */
	assert_fit("x\u0302y", 1, 3, 1);
	assert_fit("\xFF\xFFz", 2, 2, 2);
}

static void assert_clip(const char *s, size_t max, bool ascii, const char *wanted)
{
	struct strbuf out = {0};
	text_clip(&out, s, max, ascii);
	assert_string_equal(strbuf_str(&out), wanted);
	assert_true(text_columns(strbuf_str(&out)) <= max);
	strbuf_free(&out);
}

static void test_clip(void **state)
{
	(void)state;
	assert_clip("gradient", 8, false, "gradient");
	assert_clip("gradient", 7, false, "gradie…");
	assert_clip("gradient", 7, true, "gradie~");
	assert_clip("gradient", 1, false, "…");
	assert_clip("gradient", 0, false, "");
	assert_clip("", 0, false, "");
	assert_clip("漢字漢", 6, false, "漢字漢");
	assert_clip("漢字漢", 5, false, "漢字…");
	assert_clip("漢字漢", 4, false, "漢…");
	assert_clip("漢字漢", 2, true, "~");
	assert_clip("x\u0302x\u0302", 2, false, "x\u0302x\u0302");
	assert_clip("x\u0302x\u0302x\u0302", 2, false, "x\u0302…");
}

static void test_pad(void **state)
{
	struct strbuf out = {0};
	(void)state;
	text_pad(&out, "ŷ₁", 4);
	text_pad(&out, "|", 0);
	text_pad(&out, "漢", 3);
	text_pad(&out, "", 1);
	text_pad(&out, "toolong", 3);
	assert_string_equal(strbuf_str(&out), "ŷ₁  |漢  toolong");
	strbuf_free(&out);
}

static void add_line(void *ctx, const char *s, size_t len)
{
	strbuf_add_char(ctx, '[');
	strbuf_add_len(ctx, s, len);
	strbuf_add_char(ctx, ']');
}

static void assert_wrap(const char *s, size_t width, const char *wanted)
{
	struct strbuf out = {0};
	text_wrap(s, width, add_line, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static void test_wrap(void **state)
{
	(void)state;
	assert_wrap("", 10, "");
	assert_wrap("one two", 7, "[one two]");
	assert_wrap("one two", 6, "[one][two]");
	assert_wrap("one two", 3, "[one][two]");
	assert_wrap("one  two ", 5, "[one][two ]");
	assert_wrap("one  two ", 3, "[one][two]");
	assert_wrap("one two\n", 10, "[one two]");
	assert_wrap("a\n\nb\n", 10, "[a][][b]");
	assert_wrap("\n", 10, "[]");
	assert_wrap("abcdefgh", 3, "[abc][def][gh]");
	assert_wrap("ab cdefgh", 4, "[ab][cdef][gh]");
	assert_wrap("  two words", 6, "[  two][words]");
	assert_wrap("abc", 0, "[a][b][c]");
	assert_wrap("漢字", 3, "[漢][字]");
	assert_wrap("漢字", 1, "[漢][字]");
	assert_wrap("ŷ₁ − t₁", 4, "[ŷ₁ −][t₁]");
	assert_wrap("x\u0302y\u0302", 1, "[x\u0302][y\u0302]");
	assert_wrap("\xFF\xFF", 1, "[\xFF][\xFF]");
	assert_wrap("    ", 2, "[  ]");
}

static const char *next_word(void *ctx, size_t i)
{
	return ((const char *const *)ctx)[i];
}

static const char *nearest(const char *word)
{
	static const char *words[] = {
	    "back",
	    "break",
	    "chain",
	    "continue",
	    "next",
	    "goto",
	    "lesson",
	    "a candidate of more than sixty-four bytes, which nobody types by mistake, ever",
	    NULL,
	};
	return text_nearest(word, next_word, words);
}

static void test_nearest(void **state)
{
	(void)state;
	assert_string_equal(nearest("chian"), "chain"); /* swapped */
	assert_string_equal(nearest("nex"), "next");    /* missing */
	assert_string_equal(nearest("nextt"), "next");  /* too many */
	assert_string_equal(nearest("goti"), "goto");   /* wrong */
	assert_string_equal(nearest("GOTO"), "goto");   /* case does not count */
	assert_string_equal(nearest("cantinoe"), "continue");
	assert_string_equal(nearest("brak"), "break");
	assert_string_equal(nearest("lessno"), "lesson");
	assert_null(nearest("conntnue!!x"));
	assert_null(nearest("quit"));
	assert_null(nearest("x"));
	assert_null(nearest(""));
	assert_null(nearest("a candidate of more than sixty-four bytes, which nobody types"
			    " by mistake, ever"));
}

/* The first of equals, so that the answer does not hang on the order of search. */
static void test_nearest_of_equals_is_the_first(void **state)
{
	const char *words[] = {"w12", "w13", NULL}, *none[] = {NULL};
	(void)state;
	assert_string_equal(text_nearest("w14", next_word, words), "w12");
	assert_null(text_nearest("w14", next_word, none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fit),     cmocka_unit_test(test_clip),
	    cmocka_unit_test(test_pad),     cmocka_unit_test(test_wrap),
	    cmocka_unit_test(test_nearest), cmocka_unit_test(test_nearest_of_equals_is_the_first),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
