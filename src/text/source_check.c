/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source_check.c -- the characters of a text file: of a lesson, of a script.
 *
 * What is invisible or changes the order of text is refused in values only: a comment reaches no
 * screen. */
#include "backstep/text/source_check.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/text/report.h"
#include "source_part.h"

static const char bom[] = "\xEF\xBB\xBF";

/* What the YAML parser would refuse without telling where, or count as a line of its own. */
static const struct {
	uint32_t first, last;
} refused_ranges[] = {
    {0x00, 0x08}, {0x0B, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x2029}, {0xFEFF, 0xFEFF}, {0xFFFE, 0xFFFF},
};

size_t source_bom(const char *text, size_t len)
{
	return len >= sizeof bom - 1 && memcmp(text, bom, sizeof bom - 1) == 0 ? sizeof bom - 1 : 0;
}

static bool code_is_refused(uint32_t code)
{
	if (code >= ' ' && code <= '~')
		return false;
	for (size_t i = 0; i < sizeof refused_ranges / sizeof *refused_ranges; i++)
		if (code >= refused_ranges[i].first && code <= refused_ranges[i].last)
			return true;
	return false;
}

/* The place after the character code at mark. */
static struct source_mark mark_after(struct source_mark mark, uint32_t code)
{
	return code == '\n' ? (struct source_mark){mark.line + 1, 1}
			    : (struct source_mark){mark.line, mark.column + 1};
}

static void report_character(struct report *report, struct source_mark mark, uint32_t code)
{
	report_error(report, mark, _("the character \\u{%04X} is not allowed here"),
		     (unsigned)code);
	report_hint(report, "%s", _("remove it: it is invisible or changes the text around it"));
}

/* Most of a text is ASCII, and every byte of it comes by here. */
static size_t decode(const char *s, size_t len, uint32_t *code)
{
	if ((unsigned char)*s >= 0x80)
		return utf8_decode(s, len, code);
	*code = (unsigned char)*s;
	return 1;
}

bool source_check(const char *text, size_t len, struct report *report)
{
	struct source_mark mark = {1, 1};
	uint32_t code;
	for (size_t i = 0, n; i < len; i += n, mark = mark_after(mark, code)) {
		n = decode(text + i, len - i, &code);
		if (n == 0) {
			report_error(report, mark, _("the byte \\x{%02X} is not valid UTF-8"),
				     (unsigned)(unsigned char)text[i]);
			report_hint(report, "%s", _("save the file as UTF-8"));
			return false;
		}
		if (code == '\r' && i + 1 < len && text[i + 1] == '\n')
			continue;
		if (code_is_refused(code)) {
			report_character(report, mark, code);
			return false;
		}
	}
	return true;
}

/* Bytes of s before the first character that must not be shown: up to there, s is what its safe
 * form is. */
static size_t safe_len(const char *s, size_t len)
{
	struct strbuf safe = {0};
	size_t at = 0;
	text_sanitize(&safe, s, len);
	while (at < len && at < safe.len && s[at] == safe.data[at])
		at++;
	strbuf_free(&safe);
	return at;
}

/* Where code stands in the span, or the span's start where it was written as an escape. */
static struct source_mark find_code(const char *text, size_t len, struct source_span span,
				    uint32_t wanted)
{
	struct source_mark mark = {1, 1};
	uint32_t code;
	size_t character = 0;
	for (size_t i = 0, n; i < len && character < span.last; i += n, character++) {
		n = utf8_decode(text + i, len - i, &code);
		if (character >= span.first && code == wanted)
			return mark;
		mark = mark_after(mark, code);
	}
	return span.mark;
}

void source_check_value(const char *text, size_t len, struct source_span span, const char *value,
			size_t value_len, struct report *report)
{
	uint32_t code = 0;
	size_t at;
	if (text_is_safe(value, value_len))
		return;
	at = safe_len(value, value_len);
	if (at < value_len)
		utf8_decode(value + at, value_len - at, &code);
	report_character(report, find_code(text, len, span, code), code);
}

/* Whether nobody sees the character of n bytes at s, after a letter. */
static bool is_unseen(const char *s, size_t n)
{
	char text[8] = "a";
	memcpy(text + 1, s, n);
	return !text_is_safe(text, 1 + n);
}

bool source_find_odd(const char *text, size_t len, size_t first, size_t last,
		     struct source_mark *mark, uint32_t *code)
{
	*mark = (struct source_mark){1, 1};
	for (size_t i = 0, n; i < len && mark->line <= last; i += n) {
		n = decode(text + i, len - i, code);
		bool is_odd = n && *code >= 0x80 &&
			      (text_odd_blank(text + i, n, code) || is_unseen(text + i, n));
		if (n == 0 || (mark->line >= first && is_odd))
			return n > 0;
		*mark = mark_after(*mark, *code);
	}
	return false;
}

enum status source_check_line(const char *line, struct error *err)
{
	struct source_mark mark;
	uint32_t code;
	if (!source_find_odd(line, strlen(line), 1, 1, &mark, &code))
		return STATUS_OK;
	struct error_list errors = {0};
	struct report report;
	report_init(&report, "", &errors);
	report_character(&report, (struct source_mark){0, 0}, code);
	enum status status = report_finish(&report);
	error_list_end(&errors, err);
	return status;
}

bool source_find_tab(const char *text, size_t len, size_t line, struct source_mark *tab)
{
	const char *s = text, *end = text + len;
	for (size_t i = 1; i < line && s; i++) {
		s = memchr(s, '\n', (size_t)(end - s));
		s = s ? s + 1 : NULL;
	}
	for (size_t column = 1; s && s < end && (*s == ' ' || *s == '\t'); s++, column++) {
		if (*s == '\t') {
			*tab = (struct source_mark){line, column};
			return true;
		}
	}
	return false;
}
