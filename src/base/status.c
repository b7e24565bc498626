/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.c -- fills, prints and collects errors.
 *
 * It decides no exit code and writes to no stream: that is the front end's. */
#include "backstep/base/status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"

enum { LIST_FIRST_CAPACITY = 8 };

/* Copies s into buf, cut between characters so that a full buffer never ends in half a one. */
static void copy_cut(char *buf, size_t size, const char *s)
{
	size_t len = strlen(s);
	if (len >= size) {
		len = size - 1;
		while (len > 0 && ((unsigned char)s[len] & 0xC0) == 0x80)
			len--;
	}
	memcpy(buf, s, len);
	buf[len] = '\0';
}

enum status error_vset(struct error *err, enum status code, const char *fmt, va_list args)
{
	CONTRACT(code != STATUS_OK);
	/* Four bytes more than the message, so that copy_cut sees where the last character starts;
	 * and apart from err, as args may point into the error that is being replaced. */
	char text[sizeof err->message + 4];

	if (!err)
		return code;
	if (vsnprintf(text, sizeof text, fmt, args) < 0)
		text[0] = '\0';
	memset(err, 0, sizeof *err);
	err->code = code;
	copy_cut(err->message, sizeof err->message, text);
	return code;
}

enum status error_set(struct error *err, enum status code, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	error_vset(err, code, fmt, args);
	va_end(args);
	return code;
}

void error_hint(struct error *err, const char *fmt, ...)
{
	char text[sizeof err->hint + 4];
	va_list args;
	if (!err)
		return;
	CONTRACT(err->code != STATUS_OK);
	va_start(args, fmt);
	if (vsnprintf(text, sizeof text, fmt, args) < 0)
		text[0] = '\0';
	va_end(args);
	copy_cut(err->hint, sizeof err->hint, text);
}

void error_at(struct error *err, const char *file, size_t line, size_t column)
{
	if (!err)
		return;
	copy_cut(err->file, sizeof err->file, file ? file : "");
	err->line = line;
	err->column = column;
}

const char *error_reason(int number)
{
	static const struct {
		int number;
		const char *reason;
	} reasons[] = {
	    {ENOENT, N_("there is no such file")},
	    {ENOTDIR, N_("there is no such file")},
	    {EACCES, N_("no permission")},
	    {EPERM, N_("no permission")},
	    {EISDIR, N_("it is a folder")},
	    {EROFS, N_("nothing can be written there")},
	    {ENOSPC, N_("no space is left")},
	    {ELOOP, N_("its links lead in a circle")},
	    {ENAMETOOLONG, N_("its name is too long")},
	    {EMFILE, N_("too many files are open")},
	};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].number == number)
			return tr(reasons[i].reason);
	return strerror(number);
}

/* Of the whole process, as memory is. */
static size_t n_no_memory;

void error_note_no_memory(void)
{
	n_no_memory++;
}

size_t error_n_no_memory(void)
{
	return n_no_memory;
}

enum status error_no_memory(struct error *err)
{
	error_note_no_memory();
	return error_set(err, STATUS_NO_MEMORY, "%s", _("out of memory"));
}

/* Appends s on one line: a newline in a file name must not start what looks like another error. */
static void add_line(struct strbuf *out, const char *s)
{
	size_t start = out->len;
	text_sanitize(out, s, strlen(s));
	for (size_t i = start; i < out->len; i++)
		if (out->data[i] == '\n' || out->data[i] == '\t')
			out->data[i] = ' ';
}

void error_print(const struct error *err, struct strbuf *out)
{
	if (err->file[0]) {
		add_line(out, err->file);
		strbuf_add_char(out, ':');
	}
	if (err->line)
		strbuf_addf(out, "%zu:", err->line);
	if (err->line && err->column)
		strbuf_addf(out, "%zu:", err->column);
	if (err->file[0] || err->line)
		strbuf_add_char(out, ' ');
	strbuf_add(out, _("error: "));
	add_line(out, err->message);
	if (err->hint[0]) {
		bool is_question = out->len > 0 && out->data[out->len - 1] == '?';
		strbuf_add(out, is_question ? " " : "; ");
		add_line(out, err->hint);
	}
}

static bool list_grow(struct error_list *list)
{
	size_t capacity = list->capacity ? list->capacity : LIST_FIRST_CAPACITY / 2;
	struct error *items;
	if (__builtin_mul_overflow(capacity, (size_t)2, &capacity))
		return false;
	items = reallocarray(list->items, capacity, sizeof *items);
	if (!items)
		return false;
	list->items = items;
	list->capacity = capacity;
	return true;
}

void error_list_add(struct error_list *list, const struct error *err)
{
	CONTRACT(err->code != STATUS_OK);
	if (list->n_items == list->capacity && !list_grow(list)) {
		list->n_dropped++;
		error_note_no_memory();
		return;
	}
	list->items[list->n_items++] = *err;
}

void error_list_free(struct error_list *list)
{
	free(list->items);
	memset(list, 0, sizeof *list);
}

void error_list_end(struct error_list *list, struct error *err)
{
	if (err && list->n_items)
		*err = list->items[0];
	error_list_free(list);
}
