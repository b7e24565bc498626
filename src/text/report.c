/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c -- collects everything that is wrong with one file. */
#include "backstep/text/report.h"
#include "report_path.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"

void report_init(struct report *report, const char *file, struct error_list *errors)
{
	CONTRACT(file);
	*report = (struct report){.file = file, .errors = errors, .first = errors->n_items};
}

void report_error(struct report *report, struct source_mark at, const char *fmt, ...)
{
	struct error err;
	va_list args;
	size_t len;
	report->kept = report->n_errors++ < REPORT_MAX_ERRORS;
	if (!report->kept)
		return;
	va_start(args, fmt);
	error_vset(&err, STATUS_BAD_INPUT, fmt, args);
	va_end(args);
	error_at(&err, report->file, at.line, at.column);
	len = strlen(err.message);
	if (report->path.len > 0)
		snprintf(err.message + len, sizeof err.message - len, _(" [at %s]"),
			 strbuf_str(&report->path));
	len = report->errors->n_items;
	error_list_add(report->errors, &err);
	report->kept = report->errors->n_items > len;
}

void report_hint(struct report *report, const char *fmt, ...)
{
	CONTRACT(report->n_errors > 0);
	char hint[sizeof((struct error *)0)->hint];
	va_list args;
	if (!report->kept)
		return;
	va_start(args, fmt);
	vsnprintf(hint, sizeof hint, fmt, args);
	va_end(args);
	error_hint(&report->errors->items[report->errors->n_items - 1], "%s", hint);
}

void report_failure(struct report *report, struct source_mark at, const struct error *err)
{
	if (err->code == STATUS_NO_MEMORY) {
		report->no_memory = true;
		return;
	}
	report_error(report, at, "%s", err->message);
	if (err->hint[0])
		report_hint(report, "%s", err->hint);
}

bool report_count(struct report *report, struct source_mark at, const char *what, size_t given,
		  size_t needed)
{
	if (given == needed || given == 0 || needed == 0)
		return true;
	report_error(report, at, _("%s: %zu given, %zu needed"), what, given, needed);
	return false;
}

bool report_count_numbers(struct report *report, struct source_mark at, const char *what,
			  size_t given, size_t needed)
{
	bool fit = report_count(report, at, what, given, needed);
	if (!fit && given > needed)
		report_hint(report, "%s", _("write 0.5, not 0,5: a ',' separates two numbers"));
	return fit;
}

bool report_has_memory(struct report *report, const void *pointer)
{
	if (!pointer)
		report->no_memory = true;
	return pointer != NULL;
}

size_t report_enter(struct report *report, const char *fmt, ...)
{
	size_t len = report->path.len;
	char part[64];
	va_list args;
	va_start(args, fmt);
	vsnprintf(part, sizeof part, fmt, args);
	va_end(args);
	strbuf_add(&report->path, part);
	return len;
}

void report_leave(struct report *report, size_t len)
{
	strbuf_truncate(&report->path, len);
}

static bool error_is_before(const struct error *a, const struct error *b)
{
	return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Insertion: the list is short, and errors at one place keep their order. */
static void sort_errors(struct error *errors, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct error err = errors[i];
		size_t at = i;

		for (; at > 0 && error_is_before(&err, &errors[at - 1]); at--)
			errors[at] = errors[at - 1];
		errors[at] = err;
	}
}

enum status report_finish(struct report *report)
{
	struct error_list *errors = report->errors;
	struct error err;
	report->no_memory = report->no_memory || report->path.failed;
	strbuf_free(&report->path);
	if (report->no_memory) {
		error_no_memory(&err);
		error_at(&err, report->file, 0, 0);
		error_list_add(errors, &err);
		return STATUS_NO_MEMORY;
	}
	if (report->n_errors == 0)
		return STATUS_OK;
	if (errors->n_items > report->first)
		sort_errors(errors->items + report->first, errors->n_items - report->first);
	if (report->n_errors > REPORT_MAX_ERRORS) {
		error_set(&err, STATUS_BAD_INPUT, _("%zu more errors are not shown"),
			  report->n_errors - REPORT_MAX_ERRORS);
		error_at(&err, report->file, 0, 0);
		error_list_add(errors, &err);
	}
	return STATUS_BAD_INPUT;
}
