/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strbuf.h -- a growing, always terminated string of bytes.
 *
 * Lack of memory is sticky: the buffer keeps what it held, further appends do nothing, and
 * failed says so. So a long run of appends needs one test at its end. */
#ifndef BACKSTEP_BASE_STRBUF_H
#define BACKSTEP_BASE_STRBUF_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"

/* Owns: data (NULL until the first append). Start with = {0}; end with strbuf_free. */
struct strbuf {
	char *data;
	size_t len, capacity;
	bool failed;
};

void strbuf_add(struct strbuf *sb, const char *s);
void strbuf_add_len(struct strbuf *sb, const char *s, size_t len);
void strbuf_add_char(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Appends s n times. */
void strbuf_repeat(struct strbuf *sb, const char *s, size_t n);
/* Shortens to len bytes (no effect where it is shorter already). */
void strbuf_truncate(struct strbuf *sb, size_t len);
/* Begins again: nothing is lacking of a text that is empty. */
void strbuf_clear(struct strbuf *sb);
/* The text, never NULL. Valid until the next append. */
const char *strbuf_str(const struct strbuf *sb);
void strbuf_free(struct strbuf *sb);

#endif
