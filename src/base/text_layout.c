/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_layout.c -- clipping, padding and wrapping by columns.
 *
 * It trusts its text: what came from outside has been through text_sanitize. */
#include "backstep/base/text.h"

#include <string.h>

enum { EXCERPT_COLUMNS = 40, EXCERPT_BYTES_READ = 256 };

void text_clip(struct strbuf *out, const char *s, size_t max, bool ascii)
{
	size_t bytes = text_fit(s, max, NULL);
	if (s[bytes] == '\0') {
		strbuf_add_len(out, s, bytes);
		return;
	}
	if (max == 0)
		return;
	bytes = text_fit(s, max - 1, NULL);
	strbuf_add_len(out, s, bytes);
	strbuf_add(out, ascii ? "~" : "…");
}

void text_pad(struct strbuf *out, const char *s, size_t width)
{
	size_t columns = text_columns(s);
	strbuf_add(out, s);
	if (columns < width)
		strbuf_repeat(out, " ", width - columns);
}

/* As text_sanitize, with odd blanks as codes: in what is refused it is they that nobody sees. */
static void show_all(struct strbuf *out, const char *s, size_t len)
{
	while (len > 0) {
		uint32_t code;
		size_t plain = 0, n = 0;
		while (plain < len && !(n = text_odd_blank(s + plain, len - plain, &code)))
			plain++;
		text_sanitize(out, s, plain);
		if (n)
			strbuf_addf(out, "\\u{%04X}", (unsigned)code);
		s += plain + n;
		len -= plain + n;
	}
}

const char *text_excerpt(char buf[TEXT_EXCERPT], const char *s)
{
	struct strbuf safe = {0}, clipped = {0};
	size_t len;
	show_all(&safe, s, strnlen(s, EXCERPT_BYTES_READ));
	text_clip(&clipped, strbuf_str(&safe), EXCERPT_COLUMNS, false);
	/* Forty columns of characters with four marks each may still be too many bytes. */
	len = clipped.len < TEXT_EXCERPT ? clipped.len : TEXT_EXCERPT - 1;
	while (len < clipped.len && len > 0 && ((unsigned char)clipped.data[len] & 0xC0) == 0x80)
		len--;
	for (size_t i = 0; i < len; i++)
		buf[i] = clipped.data[i] == '\n' || clipped.data[i] == '\t' ? ' ' : clipped.data[i];
	buf[len] = '\0';
	strbuf_free(&safe);
	strbuf_free(&clipped);
	return buf;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Bytes of the first line of s: at most width columns of its len bytes, cut before the last
 * word that does not fit, inside a word only where the word is wider than a line. */
static size_t wrap_length(const char *s, size_t len, size_t width)
{
	size_t fit = text_fit(s, width, NULL), cut;
	uint32_t code;
	if (fit >= len)
		return len;
	for (cut = fit; cut > 0 && !is_blank(s[cut]); cut--)
		;
	while (cut > 0 && is_blank(s[cut - 1]))
		cut--;
	if (cut > 0)
		return cut;
	if (fit > 0)
		return fit;
	/* A wide character in one column: it goes over the edge, or the text would never end. */
	fit = utf8_decode(s, len, &code);
	return fit ? fit : 1;
}

void text_wrap(const char *s, size_t width, void (*line)(void *ctx, const char *s, size_t len),
	       void *ctx)
{
	if (width == 0)
		width = 1;
	while (*s) {
		size_t len = strcspn(s, "\n");

		/* The indentation of a line stays; blanks where it is broken go. */
		do {
			size_t n = wrap_length(s, len, width);

			line(ctx, s, n);
			while (n < len && is_blank(s[n]))
				n++;
			s += n;
			len -= n;
		} while (len > 0);
		s += *s == '\n';
	}
}
