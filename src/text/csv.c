/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.c -- one record after another out of a text.
 *
 * Source: Y. Shafranovich, RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV)
 * Files", 2005. Blanks around a field are no part of it, as files by hand have them. */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/text/source_check.h"

/* Excel's first line, sep=; is no row: it says the separator. */
static void skip_separator_line(struct csv *csv)
{
	const char *line = csv->source + csv->at;
	size_t left = csv->len - csv->at, len = strlen("sep=") + 1;
	if (left <= len || strncmp(line, "sep=", len - 1) != 0)
		return;
	size_t end = line[len] == '\r' && left > len + 1 ? len + 1 : len;
	if (line[end] != '\n')
		return;
	csv->separator = line[len - 1];
	csv->at += end + 1;
	csv->mark.line++;
}

void csv_begin(struct csv *csv, const char *file, const char *source, size_t len, char separator)
{
	*csv = (struct csv){.file = file,
			    .source = source,
			    .len = len,
			    .at = source_bom(source, len),
			    .separator = separator,
			    .mark = {1, 1}};
	skip_separator_line(csv);
}

void csv_free(struct csv *csv)
{
	strbuf_free(&csv->text);
	free(csv->fields);
}

const char *csv_field(const struct csv *csv, size_t k)
{
	return strbuf_str(&csv->text) + csv->fields[k].start;
}

static enum status fail(const struct csv *csv, struct source_mark mark, struct error *err,
			const char *message)
{
	error_set(err, STATUS_BAD_INPUT, "%s", message);
	error_at(err, csv->file, mark.line, mark.column);
	return STATUS_BAD_INPUT;
}

static bool at_end(const struct csv *csv)
{
	return csv->at == csv->len;
}

/* Bytes of the end of line that stands here: 0, 1 or 2. */
static size_t end_of_line(const struct csv *csv)
{
	const char *s = csv->source + csv->at;
	size_t left = csv->len - csv->at;
	if (left > 0 && s[0] == '\n')
		return 1;
	return left > 1 && s[0] == '\r' && s[1] == '\n' ? 2 : 0;
}

static void skip_line_end(struct csv *csv)
{
	csv->at += end_of_line(csv);
	csv->mark = (struct source_mark){csv->mark.line + 1, 1};
}

static bool at_blank(const struct csv *csv)
{
	char c = at_end(csv) ? '\n' : csv->source[csv->at];
	return c == ' ' || (c == '\t' && csv->separator != '\t');
}

static void skip_blanks(struct csv *csv)
{
	for (; at_blank(csv); csv->at++)
		csv->mark.column++;
}

static bool at_separator(const struct csv *csv)
{
	return csv->separator == ' ' ? at_blank(csv)
				     : !at_end(csv) && csv->source[csv->at] == csv->separator;
}

/* Takes one character into the field. */
static enum status take(struct csv *csv, struct error *err)
{
	uint32_t code;
	size_t size = utf8_decode(csv->source + csv->at, csv->len - csv->at, &code);
	if (size == 0)
		return fail(csv, csv->mark, err, _("this is not UTF-8"));
	if (code < ' ' && code != '\t')
		return fail(csv, csv->mark, err, _("a control character"));
	strbuf_add_len(&csv->text, csv->source + csv->at, size);
	csv->at += size;
	csv->mark.column++;
	return STATUS_OK;
}

static enum status take_plain(struct csv *csv, struct error *err)
{
	enum status status = STATUS_OK;
	while (!status && !at_end(csv) && !at_separator(csv) && !end_of_line(csv)) {
		if (csv->source[csv->at] == '"') {
			fail(csv, csv->mark, err, _("a quote within a field"));
			error_hint(err, "%s",
				   _("put the whole field in quotes, and double this one"));
			return STATUS_BAD_INPUT;
		}
		status = take(csv, err);
	}
	size_t start = csv->fields[csv->n_fields - 1].start, len = csv->text.len;
	while (len > start && strchr(" \t", csv->text.data[len - 1]))
		len--;
	strbuf_truncate(&csv->text, len);
	return status;
}

/* A field in quotes, in which two quotes are one, and lines may end. */
static enum status take_quoted(struct csv *csv, struct error *err)
{
	struct source_mark start = csv->mark;
	enum status status = STATUS_OK;
	csv->at++;
	csv->mark.column++;
	while (!status && !at_end(csv)) {
		bool is_quote = csv->source[csv->at] == '"';
		bool is_double = csv->at + 1 < csv->len && csv->source[csv->at + 1] == '"';

		if (is_quote) {
			csv->at++;
			csv->mark.column++;
			if (!is_double)
				return STATUS_OK;
		}
		if (end_of_line(csv)) {
			strbuf_add_char(&csv->text, '\n');
			skip_line_end(csv);
		} else {
			status = take(csv, err);
		}
	}
	return status ? status : fail(csv, start, err, _("this quote is not closed"));
}

static enum status add_field(struct csv *csv, struct error *err)
{
	if (csv->n_fields == CSV_MAX_COLUMNS)
		return fail(csv, csv->mark, err, _("the file has too many columns"));
	if (csv->n_fields == csv->capacity) {
		size_t capacity = csv->capacity ? 2 * csv->capacity : 16;
		struct csv_field *fields = realloc(csv->fields, capacity * sizeof *fields);

		if (!fields)
			return error_no_memory(err);
		csv->fields = fields;
		csv->capacity = capacity;
	}
	csv->fields[csv->n_fields++] = (struct csv_field){csv->text.len, csv->mark};
	return STATUS_OK;
}

/* Reads a field up to what separates it from the next; blanks outside of quotes are no part of it.
 */
static enum status read_field(struct csv *csv, struct error *err)
{
	skip_blanks(csv);
	enum status status = add_field(csv, err);
	if (status)
		return status;
	status = !at_end(csv) && csv->source[csv->at] == '"' ? take_quoted(csv, err)
							     : take_plain(csv, err);
	if (status)
		return status;
	strbuf_add_char(&csv->text, '\0');
	if (csv->text.failed)
		return error_no_memory(err);
	bool is_apart = at_blank(csv);
	skip_blanks(csv);
	if (!at_end(csv) && !end_of_line(csv) &&
	    !(csv->separator == ' ' ? is_apart : at_separator(csv)))
		return fail(csv, csv->mark, err, _("this stands after a closing quote"));
	return STATUS_OK;
}

/* Only at the end of the file may lines be empty. */
static enum status skip_empty_lines(struct csv *csv, struct error *err)
{
	struct source_mark first = csv->mark;
	while (end_of_line(csv))
		skip_line_end(csv);
	return at_end(csv) || first.line == csv->mark.line
		   ? STATUS_OK
		   : fail(csv, first, err, _("an empty line"));
}

/* At the end of what was read of the file, it is too large unless that is all. */
static enum status check_end(const struct csv *csv, struct error *err)
{
	if (!at_end(csv) || !csv->is_cut)
		return STATUS_OK;
	fail(csv, (struct source_mark){0}, err, _("the file is larger than 64 MiB"));
	error_hint(err, "%s", _("with rows: N only its first N rows are read"));
	return STATUS_BAD_INPUT;
}

enum status csv_next(struct csv *csv, bool *found, struct error *err)
{
	enum status status = skip_empty_lines(csv, err);
	csv->n_fields = 0;
	strbuf_clear(&csv->text);
	*found = !status && !at_end(csv);
	if (!*found)
		return status ? status : check_end(csv, err);
	status = read_field(csv, err);
	while (!status && !at_end(csv) && !end_of_line(csv)) {
		if (csv->separator != ' ') { /* which was skipped with its field */
			csv->at++;
			csv->mark.column++;
		}
		status = read_field(csv, err);
	}
	if (status)
		return status;
	if (at_end(csv))
		return check_end(csv, err);
	skip_line_end(csv);
	return STATUS_OK;
}
