/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h -- UTF-8: decoding, columns, safe output of untrusted text, ASCII fallback.
 *
 * Every text that did not come from the program itself (a lesson, a file name, a typed line)
 * goes through text_sanitize before it reaches an output of any kind. */
#ifndef BACKSTEP_BASE_TEXT_H
#define BACKSTEP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backstep/base/strbuf.h"

/* Chooses the process's locale: LC_ALL from the environment, then LC_NUMERIC "C", and LC_CTYPE
 * "C.UTF-8" where the environment's is not UTF-8 (so that widths are known). Returns whether
 * the terminal reads UTF-8, and has the signs of mathematics. Call once, before anything else; call
 * text_locale_again after a library (readline) has changed LC_CTYPE. */
bool text_locale_init(void);
/* Why it does not, N_(), where nobody has said so: NULL where the locale does. */
const char *text_why_ascii(void);
void text_locale_again(void);

/* Decodes one code point at s (len bytes left, > 0). Returns the bytes used, 0 where they are
 * not valid UTF-8 (overlong, surrogate, beyond U+10FFFF, cut off). */
size_t utf8_decode(const char *s, size_t len, uint32_t *code);
/* Encodes into buf (at least 4 bytes); returns the bytes written. */
size_t utf8_encode(uint32_t code, char *buf);
/* Columns of one code point: 0 for combining marks, 2 for wide ones, else 1 (controls and
 * unassigned ones included). Known only after text_locale_init. */
int utf8_columns(uint32_t code);
/* Columns of a text; a byte that is not UTF-8 counts as one. */
size_t text_columns(const char *s);
/* Bytes of the longest start of s that fits in max columns; *columns (may be NULL) gets
 * what it takes. */
size_t text_fit(const char *s, size_t max, size_t *columns);
/* Appends s, cut to max columns with a mark ("…", or "~" in ASCII) where it was cut. */
void text_clip(struct strbuf *out, const char *s, size_t max, bool ascii);
/* Appends s and spaces up to width columns. */
void text_pad(struct strbuf *out, const char *s, size_t width);

/* Appends len bytes of untrusted text, safe for a terminal: newline and tab stay; every other
 * control, bidirectional, zero-width, tag or unassigned character is shown as \u{XXXX}, an
 * invalid byte as \x{XX}; at most four combining marks stay on one character. */
void text_sanitize(struct strbuf *out, const char *s, size_t len);
/* Whether text_sanitize would leave s as it is. */
bool text_is_safe(const char *s, size_t len);

/* Bytes of the character at s if it looks like a blank and is another: a no-break space, as word
 * processors and web pages put it before a unit or a colon, a wide one, ...; else 0. */
size_t text_odd_blank(const char *s, size_t len, uint32_t *code);

enum { TEXT_EXCERPT = 168 }; /* bytes that hold any excerpt, its terminator included */

/* Untrusted text for an error message: sanitized, odd blanks as \u{XXXX}, on one line, cut to 40
 * columns. Returns buf. */
const char *text_excerpt(char buf[TEXT_EXCERPT], const char *s);

/* Appends s in ASCII: Spanish letters lose their accents, mathematical signs get their ASCII
 * spelling (∂ d, ŷ y, ₁ 1, · *, − -, σ s, √ sqrt, ½ 1/2, → ->); what is left becomes '?'. */
void text_ascii(struct strbuf *out, const char *s);
/* Row i of the table after text_ascii (the character; *ascii gets its spelling), NULL at the
 * end. */
const char *text_ascii_row(size_t i, const char **ascii);

/* Breaks s into lines of at most width columns at spaces; newlines in s stay (one at its end adds
 * no empty line), and so does a line's indentation. Calls line() with each (bytes and length). */
void text_wrap(const char *s, size_t width, void (*line)(void *ctx, const char *s, size_t len),
	       void *ctx);

/* The candidate nearest to word by edit distance (at most a third of its length, at least 1), or
 * NULL. next(ctx, i) gives candidate i, NULL at the end. */
const char *text_nearest(const char *word, const char *(*next)(void *ctx, size_t i), void *ctx);

#endif
