/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_safe.c -- makes untrusted text harmless: no escape sequence, nothing invisible, nothing
 * that changes the order or the place of other text.
 *
 * Curses lets bidirectional and zero-width characters through, and printf everything; so the
 * rules are here, once, before any output. To refuse more, add a row to unsafe_ranges. */
#include "backstep/base/text.h"

#include <wctype.h>

enum { MARKS_MAX = 4 };

struct range {
	uint32_t first, last;
};

/* What iswprint lets pass and a reader cannot see. */
static const struct range unsafe_ranges[] = {
    {0x0000, 0x0008},   /* C0 without tab and newline */
    {0x000B, 0x001F},   /* C0 */
    {0x007F, 0x009F},   /* DEL, C1 */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x180E, 0x180E},   /* Mongolian vowel separator */
    {0x200B, 0x200F},   /* zero width; left-to-right and right-to-left marks */
    {0x2028, 0x202E},   /* line and paragraph separators; bidirectional embeddings, overrides */
    {0x2060, 0x206F},   /* word joiner, invisible operators, isolates, deprecated formats */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xFEFF, 0xFEFF},   /* zero width no-break space */
    {0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
    {0xFFF9, 0xFFFB},   /* interlinear annotation */
    {0xE0000, 0xE007F}, /* tags */
};

static bool code_is_visible(uint32_t code)
{
	for (size_t i = 0; i < sizeof unsafe_ranges / sizeof *unsafe_ranges; i++)
		if (code >= unsafe_ranges[i].first && code <= unsafe_ranges[i].last)
			return false;
	return iswprint((wint_t)code) != 0;
}

/* Decodes the character at s (n gets its bytes, at least 1; code is untouched for a byte that is
 * not UTF-8) and tells whether it may stay. marks counts the combining marks on the current
 * character; it is full where there is none, as a mark must not sit on the program's own text. */
static bool char_is_safe(const char *s, size_t len, int *marks, uint32_t *code, size_t *n)
{
	size_t bytes = utf8_decode(s, len, code);
	bool blank = *s == '\n' || *s == '\t';
	*n = bytes ? bytes : 1;
	if (bytes && code_is_visible(*code)) {
		if (utf8_columns(*code) > 0) {
			*marks = 0;
			return true;
		}
		if (*marks < MARKS_MAX) {
			++*marks;
			return true;
		}
		return false;
	}
	*marks = MARKS_MAX;
	return blank;
}

void text_sanitize(struct strbuf *out, const char *s, size_t len)
{
	int marks = MARKS_MAX;
	while (len > 0) {
		uint32_t code = UINT32_MAX;
		size_t n;

		if (char_is_safe(s, len, &marks, &code, &n))
			strbuf_add_len(out, s, n);
		else if (code == UINT32_MAX)
			strbuf_addf(out, "\\x{%02X}", (unsigned)(unsigned char)*s);
		else
			strbuf_addf(out, "\\u{%04X}", (unsigned)code);
		s += n;
		len -= n;
	}
}

size_t text_odd_blank(const char *s, size_t len, uint32_t *code)
{
	static const struct range blanks[] = {
	    {0x00A0, 0x00A0}, {0x1680, 0x1680}, {0x2000, 0x200A},
	    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
	};
	size_t n = len && (unsigned char)*s >= 0x80 ? utf8_decode(s, len, code) : 0;
	for (size_t i = 0; n && i < sizeof blanks / sizeof *blanks; i++)
		if (*code >= blanks[i].first && *code <= blanks[i].last)
			return n;
	return 0;
}

bool text_is_safe(const char *s, size_t len)
{
	int marks = MARKS_MAX;
	uint32_t code;
	size_t n;
	for (; len > 0; s += n, len -= n)
		if (!char_is_safe(s, len, &marks, &code, &n))
			return false;
	return true;
}
