/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.h -- a CSV file, record by record, read strictly: RFC 4180, with another separator where one
 * is asked for, with LF as well as CRLF, and with blanks round a field. The separator ' ' is any
 * run of blanks and tabs. */
#ifndef BACKSTEP_TEXT_CSV_H
#define BACKSTEP_TEXT_CSV_H

#include <stdbool.h>

#include "backstep/base/strbuf.h"
#include "backstep/text/source.h"

enum { CSV_MAX_BYTES = 64 << 20, CSV_MAX_COLUMNS = 4096 };

struct csv_field {
	size_t start; /* in text */
	struct source_mark mark;
};

/* Owns: its buffers (csv_free); the source belongs to the caller. */
struct csv {
	const char *file; /* what messages call it */
	const char *source;
	size_t len, at;
	bool is_cut; /* the source is only the beginning of the file */
	char separator;
	struct source_mark mark;
	/* The record that was read last. */
	struct strbuf text;
	struct csv_field *fields; /* [n_fields] */
	size_t n_fields, capacity;
};

/* Starts after the byte order mark, if there is one. */
void csv_begin(struct csv *csv, const char *file, const char *source, size_t len, char separator);
void csv_free(struct csv *csv);

/* Reads the next record; *found is false at the end. Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY,
 * with file, line and column. */
enum status csv_next(struct csv *csv, bool *found, struct error *err);
/* The text of a field of that record, without its quotes. Valid until the next record. */
const char *csv_field(const struct csv *csv, size_t k);

#endif
