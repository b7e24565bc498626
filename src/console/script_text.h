/* SPDX-License-Identifier: GPL-3.0-or-later */
/* script_text.h -- the text of a script, read whole and proved before any of it is run: what a
 * NUL hides would not be run, and what is not run must not look as if it were. */
#ifndef BACKSTEP_CONSOLE_SCRIPT_TEXT_H
#define BACKSTEP_CONSOLE_SCRIPT_TEXT_H

#include <stdio.h>

#include "backstep/base/strbuf.h"

enum { SCRIPT_MAX_BYTES = 1 << 20, SCRIPT_MAX_LINE = 4095 };

/* Appends all of file, which messages call name. Errors: STATUS_IO; STATUS_BAD_INPUT, with line and
 * column, what is no text, has a line longer than SCRIPT_MAX_LINE bytes, or more than
 * SCRIPT_MAX_BYTES; STATUS_NO_MEMORY. */
enum status script_text_read(FILE *file, const char *name, struct strbuf *text, struct error *err);

/* Lines of standard input, one after the other. */
struct script_line {
	char text[SCRIPT_MAX_LINE + 2]; /* with its end */
	size_t len;    /* 0 at the end of the input, and where a line has none: nothing can be read
			  after it */
	size_t number; /* from 1 */
};
/* Reads the next line. Errors: STATUS_BAD_INPUT, it is too long, or no text. */
enum status script_line_read(struct script_line *line, struct error *err);

/* A line longer than SCRIPT_MAX_LINE bytes. Returns STATUS_BAD_INPUT. */
enum status script_text_too_long(struct error *err);

/* Whether the bytes of a line are text. Errors: STATUS_BAD_INPUT, at line and its column. */
enum status script_text_check(const char *bytes, size_t len, const char *name, size_t line,
			      struct error *err);

#endif
