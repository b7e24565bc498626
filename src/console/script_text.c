/* SPDX-License-Identifier: GPL-3.0-or-later */
/* script_text.c -- scripts are read as lessons are: UTF-8, with a byte order mark or without, with
 * LF or CRLF, and without characters that nobody sees. */
#include "script_text.h"

#include <errno.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/text/report.h"
#include "backstep/text/source_check.h"

static enum status read_all(FILE *file, const char *name, struct strbuf *text, struct error *err)
{
	char block[4096], shown[TEXT_EXCERPT];
	size_t n;
	while (text->len <= SCRIPT_MAX_BYTES && !text->failed &&
	       (n = fread(block, 1, sizeof block, file)) > 0)
		strbuf_add_len(text, block, n);
	if (text->failed)
		return error_no_memory(err);
	if (ferror(file))
		return error_set(err, STATUS_IO, _("%s cannot be read: %s"),
				 text_excerpt(shown, name), error_reason(errno));
	if (text->len <= SCRIPT_MAX_BYTES)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("the file is larger than %zu bytes"),
		  (size_t)SCRIPT_MAX_BYTES);
	error_at(err, name, 0, 0);
	return STATUS_BAD_INPUT;
}

enum status script_text_too_long(struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT, _("a line is longer than %d bytes"),
			 SCRIPT_MAX_LINE);
}

static enum status check_lines(const struct strbuf *text, const char *name, struct error *err)
{
	size_t line = 1;
	for (size_t at = 0, len; at < text->len; at += len + 1, line++) {
		const char *end = memchr(text->data + at, '\n', text->len - at);

		len = end ? (size_t)(end - text->data) - at : text->len - at;
		if (len <= SCRIPT_MAX_LINE)
			continue;
		script_text_too_long(err);
		error_at(err, name, line, 0);
		return STATUS_BAD_INPUT;
	}
	return STATUS_OK;
}

enum status script_text_check(const char *bytes, size_t len, const char *name, size_t line,
			      struct error *err)
{
	struct error_list errors = {0};
	struct report report;
	size_t bom = line == 1 ? source_bom(bytes, len) : 0;
	report_init(&report, name, &errors);
	source_check(bytes + bom, len - bom, &report);
	enum status status = report_finish(&report);
	error_list_end(&errors, err);
	if (status && err)
		err->line += line - 1;
	return status;
}

enum status script_text_read(FILE *file, const char *name, struct strbuf *text, struct error *err)
{
	enum status status = read_all(file, name, text, err);
	if (!status)
		status = check_lines(text, name, err);
	if (!status)
		status = script_text_check(strbuf_str(text), text->len, name, 1, err);
	return status;
}

enum status script_line_read(struct script_line *line, struct error *err)
{
	char *text = line->text;
	int c = '\0';
	line->len = 0;
	line->number++;
	while (c != '\n' && line->len <= SCRIPT_MAX_LINE && (c = getc_unlocked(stdin)) != EOF)
		text[line->len++] = (char)c;
	text[line->len] = '\0';
	if (line->len > SCRIPT_MAX_LINE && c != '\n') {
		line->len = 0;
		return script_text_too_long(err);
	}
	enum status status = script_text_check(text, line->len, "", line->number, err);
	size_t bom = line->number == 1 ? source_bom(text, line->len) : 0;
	memmove(text, text + bom, line->len - bom + 1);
	return status;
}
