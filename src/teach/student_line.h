/* SPDX-License-Identifier: GPL-3.0-or-later */
/* student_line.h -- an event as a line of JSON, and back. */
#ifndef BACKSTEP_TEACH_STUDENT_LINE_H
#define BACKSTEP_TEACH_STUDENT_LINE_H

#include "backstep/base/strbuf.h"
#include "backstep/teach/student_file.h"

/* Appends the line that begins a file, and one of an event, each with its end of line. chain holds
 * the h before, and gets the line's. Errors: STATUS_NO_MEMORY. */
enum status student_line_begin(const char *code, char chain[DIGEST_TEXT], struct strbuf *out,
			       struct error *err);
enum status student_line_event(const struct event *event, char chain[DIGEST_TEXT],
			       struct strbuf *out, struct error *err);

/* What a line holds. */
enum line_kind { LINE_BEGIN, LINE_EVENT };
struct student_line {
	enum line_kind kind;
	char *code, *program; /* BEGIN */
	struct event event;   /* EVENT */
	char chain[DIGEST_TEXT];
	bool is_chained; /* h is what it must be after the h before */
};

/* Reads a line of len bytes. Errors: STATUS_BAD_INPUT, what is wrong with it; STATUS_NO_MEMORY.
 * Owns: the caller (student_line_free), on success. */
enum status student_line_read(const char *text, size_t len, const char before[DIGEST_TEXT],
			      struct student_line *line, struct error *err);
void student_line_free(struct student_line *line);

#endif
