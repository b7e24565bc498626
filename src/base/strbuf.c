/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strbuf.c -- the growing string; it knows bytes, not characters (text.h does). */
#include "backstep/base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

static bool fail(struct strbuf *sb)
{
	sb->failed = true;
	error_note_no_memory();
	return false;
}

/* Makes room for extra bytes and the terminator. */
static bool reserve(struct strbuf *sb, size_t extra)
{
	size_t need, capacity = sb->capacity ? sb->capacity : FIRST_CAPACITY;
	char *data;
	if (sb->failed)
		return false;
	if (__builtin_add_overflow(sb->len, extra, &need) ||
	    __builtin_add_overflow(need, (size_t)1, &need))
		return fail(sb);
	if (need <= sb->capacity)
		return true;
	while (capacity < need)
		if (__builtin_mul_overflow(capacity, (size_t)2, &capacity))
			capacity = need;
	data = realloc(sb->data, capacity);
	if (!data)
		return fail(sb);
	sb->data = data;
	sb->capacity = capacity;
	return true;
}

void strbuf_add_len(struct strbuf *sb, const char *s, size_t len)
{
	if (!reserve(sb, len))
		return;
	if (len > 0)
		memcpy(sb->data + sb->len, s, len);
	sb->len += len;
	sb->data[sb->len] = '\0';
}

void strbuf_add(struct strbuf *sb, const char *s)
{
	strbuf_add_len(sb, s, strlen(s));
}

void strbuf_add_char(struct strbuf *sb, char c)
{
	strbuf_add_len(sb, &c, 1);
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list args;
	int len;
	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		fail(sb);
	if (len < 0 || !reserve(sb, (size_t)len))
		return;
	va_start(args, fmt);
	vsnprintf(sb->data + sb->len, (size_t)len + 1, fmt, args);
	va_end(args);
	sb->len += (size_t)len;
}

void strbuf_repeat(struct strbuf *sb, const char *s, size_t n)
{
	size_t len = strlen(s), total;
	if (__builtin_mul_overflow(len, n, &total)) {
		fail(sb);
		return;
	}
	if (!reserve(sb, total))
		return;
	for (size_t i = 0; i < n; i++)
		memcpy(sb->data + sb->len + i * len, s, len);
	sb->len += total;
	sb->data[sb->len] = '\0';
}

void strbuf_truncate(struct strbuf *sb, size_t len)
{
	if (len >= sb->len)
		return;
	sb->len = len;
	sb->data[len] = '\0';
}

void strbuf_clear(struct strbuf *sb)
{
	strbuf_truncate(sb, 0);
	sb->failed = false;
}

const char *strbuf_str(const struct strbuf *sb)
{
	return sb->data ? sb->data : "";
}

void strbuf_free(struct strbuf *sb)
{
	free(sb->data);
	*sb = (struct strbuf){0};
}
