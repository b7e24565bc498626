/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_text_safe.c -- untrusted text, excerpts, the ASCII spelling. */
#include "check.h"

#include <string.h>

#include "backstep/base/random.h"
#include "backstep/base/text.h"

static void assert_sanitized(const char *s, size_t len, const char *wanted)
{
	struct strbuf out = {0}, again = {0};
	text_sanitize(&out, s, len);
	assert_string_equal(strbuf_str(&out), wanted);
	assert_int_equal(text_is_safe(s, len), out.len == len && memcmp(out.data, s, len) == 0);
	text_sanitize(&again, out.data, out.len);
	assert_string_equal(strbuf_str(&again), wanted);
	assert_true(text_is_safe(out.data, out.len));
	strbuf_free(&out);
	strbuf_free(&again);
}

static void test_sanitize_keeps_what_is_harmless(void **state)
{
	static const char *const kept[] = {
	    "plain text\n\twith a tab",
	    "Retropropagación paso a paso: ¿señal?",
	    "∂E/∂w₅ = (ŷ₁ − t₁) · σ′(z) ≈ 0.08 ½ √ε → ✓",
	    "漢字 x\u0302",
	    "e\u0301\u0302\u0303\u0304 four marks",
	    "é\u0301\u0301\u0301\u0301x\u0301",
	};
	(void)state;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		assert_sanitized(kept[i], strlen(kept[i]), kept[i]);
		assert_true(text_is_safe(kept[i], strlen(kept[i])));
	}
	assert_true(text_is_safe("", 0));
}

#define SANITIZED(from, to)                \
	{                                  \
		from, sizeof(from) - 1, to \
	}

static void test_sanitize_shows_what_is_not(void **state)
{
	static const struct {
		const char *from;
		size_t len;
		const char *to;
	} rows[] = {
	    SANITIZED("\x1b]0;title\x07", "\\u{001B}]0;title\\u{0007}"),
	    SANITIZED("a\0b", "a\\u{0000}b"),
	    SANITIZED("a\rb", "a\\u{000D}b"),
	    SANITIZED("\x7f", "\\u{007F}"),
	    SANITIZED("\xC2\x9b"
		      "2J",
		      "\\u{009B}2J"),
	    SANITIZED("\x9b", "\\x{9B}"),
	    SANITIZED("\u202Eabc\u2066", "\\u{202E}abc\\u{2066}"),
	    SANITIZED("\u200B\uFEFF", "\\u{200B}\\u{FEFF}"),
	    SANITIZED("\U000E0041", "\\u{E0041}"),
	    SANITIZED("\u0378", "\\u{0378}"),
	    SANITIZED("\U0010FFFF", "\\u{10FFFF}"),
	    SANITIZED("\xC0\x80", "\\x{C0}\\x{80}"),
	    SANITIZED("\xED\xA0\x80!", "\\x{ED}\\x{A0}\\x{80}!"),
	    SANITIZED("\xE2\x88", "\\x{E2}\\x{88}"),
	    SANITIZED("\xC3(", "\\x{C3}("),
	    /* The fifth mark; then a new character starts a new count. */
	    SANITIZED("e\u0301\u0301\u0301\u0301\u0301e\u0301",
		      "e\u0301\u0301\u0301\u0301\\u{0301}e\u0301"),
	    /* A mark must not sit on what the program printed before. */
	    SANITIZED("\u0301", "\\u{0301}"),
	    SANITIZED("a\n\u0301", "a\n\\u{0301}"),
	    SANITIZED("\x07\u0301", "\\u{0007}\\u{0301}"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_sanitized(rows[i].from, rows[i].len, rows[i].to);
}

/* Every character that the rule names. */
static void test_sanitize_leaves_no_hidden_character(void **state)
{
	static const uint32_t ranges[][2] = {
	    {0x00, 0x08},     {0x0B, 0x1F},       {0x7F, 0x9F},     {0x61C, 0x61C},
	    {0x200B, 0x200F}, {0x202A, 0x202E},   {0x2060, 0x2060}, {0x2066, 0x2069},
	    {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F},
	};
	(void)state;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		for (uint32_t code = ranges[i][0]; code <= ranges[i][1]; code++) {
			char buf[4], wanted[16];
			size_t len = utf8_encode(code, buf);

			snprintf(wanted, sizeof wanted, "\\u{%04X}", (unsigned)code);
			assert_sanitized(buf, len, wanted);
		}
	}
}

/* Random bytes, biased towards the first bytes of long sequences. */
static void test_sanitize_makes_any_bytes_safe(void **state)
{
	struct random r;
	(void)state;
	random_seed(&r, 11);
	for (int round = 0; round < 20000; round++) {
		struct strbuf out = {0};
		char bytes[24];

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (char)(random_next(&r) >> 56 | (random_below(&r, 3) ? 0x80 : 0));
		text_sanitize(&out, bytes, sizeof bytes);
		assert_false(out.failed);
		assert_true(text_is_safe(out.data, out.len));
		strbuf_free(&out);
	}
}

static void test_excerpt(void **state)
{
	char buf[TEXT_EXCERPT];
	char marks[1000] = "";
	(void)state;
	assert_string_equal(text_excerpt(buf, ""), "");
	assert_string_equal(text_excerpt(buf, "0,5"), "0,5");
	assert_string_equal(text_excerpt(buf, "a\nb\t\x1b"), "a b \\u{001B}");
	assert_string_equal(text_excerpt(buf, "1234567890123456789012345678901234567890"),
			    "1234567890123456789012345678901234567890");
	assert_string_equal(text_excerpt(buf, "12345678901234567890123456789012345678901"),
			    "123456789012345678901234567890123456789…");
	for (int i = 0; i < 60; i++)
		strcat(marks, "漢\u0301\u0301\u0301\u0301");
	assert_true(strlen(text_excerpt(buf, marks)) < TEXT_EXCERPT);
	assert_true(text_columns(buf) <= 40);
	assert_true(text_is_safe(buf, strlen(buf)));
}

static void assert_ascii(const char *s, const char *wanted)
{
	struct strbuf out = {0};
	text_ascii(&out, s);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static void test_ascii(void **state)
{
	(void)state;
	assert_ascii("", "");
	assert_ascii("plain ~!\n", "plain ~!\n");
	assert_ascii("∂ŷ₁/∂sum_ŷ₁ = ŷ₁ (1 − ŷ₁)", "dy1/dsum_y1 = y1 (1 - y1)");
	assert_ascii("½ (t₁ − ŷ₁)² · η × ε", "1/2 (t1 - y1)^2 * eta * eps");
	assert_ascii("σ′(z) → √v̂ ≈ 1, Σ ≤ Δ ≥ …", "s'(z) -> sqrtv ~ 1, Sum <= Delta >= ...");
	assert_ascii("x\u0302 m\u0302", "x m");
	assert_ascii("10⁻¹² e⁻ˣ x²y³", "10^-12 e^-x x^2y^3");
	assert_ascii("▲▲ ↑↑", "^^ ^^");
	assert_ascii("¿Qué señal? ¡Árbol, pingüino, Ñandú, ÁÉÍÓÚÜ!",
		     "Que senal? Arbol, pinguino, Nandu, AEIOUU!");
	assert_ascii("«cita» “quote” ‘q’ 1.º 2.ª – —", "\"cita\" \"quote\" 'q' 1.o 2.a - -");
	assert_ascii("┌─┬━┐│├┼┤└┴┘╱╲╳", "+-+=+|++++++/\\X");
	assert_ascii("▶▸●✓✗ α β γ δ λ μ θ ∇ ᵢⱼₙ", ">>*okx alpha beta gamma delta lambda mu theta "
						  "grad ijn");
	assert_ascii("漢字", "??");
	assert_ascii("\xFF\xE2\x88", "???");
}

static void test_ascii_table_is_sorted_and_complete(void **state)
{
	const char *from, *to, *before = "";
	size_t i;
	(void)state;
	for (i = 0; (from = text_ascii_row(i, &to)); i++) {
		uint32_t code;

		assert_int_equal(utf8_decode(from, strlen(from), &code), strlen(from));
		assert_true(code >= 0x80);
		assert_true(strcmp(before, from) < 0);
		for (const char *c = to; *c; c++)
			assert_in_range(*c, ' ', '~');
		assert_ascii(from, to);
		before = from;
	}
	assert_true(i > 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sanitize_keeps_what_is_harmless),
	    cmocka_unit_test(test_sanitize_shows_what_is_not),
	    cmocka_unit_test(test_sanitize_leaves_no_hidden_character),
	    cmocka_unit_test(test_sanitize_makes_any_bytes_safe),
	    cmocka_unit_test(test_excerpt),
	    cmocka_unit_test(test_ascii),
	    cmocka_unit_test(test_ascii_table_is_sorted_and_complete),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
