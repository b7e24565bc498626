/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h -- collects everything that is wrong with one file.
 *
 * Readers report and go on, so that one pass finds all errors; report_finish puts them into the
 * order of the file. */
#ifndef BACKSTEP_TEXT_REPORT_H
#define BACKSTEP_TEXT_REPORT_H

#include <stdbool.h>

#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"
#include "backstep/text/source.h"

enum { REPORT_MAX_ERRORS = 100 }; /* more are counted, not kept */

/* Owns: path. */
struct report {
	const char *file;
	struct error_list *errors;
	size_t first;    /* errors before it are not this report's */
	size_t n_errors; /* reported, kept or not */
	bool kept;       /* whether the last one was kept */
	bool no_memory;
	struct strbuf path; /* where the reader is: network.layers[2].units */
};

void report_init(struct report *report, const char *file, struct error_list *errors);

/* Reports an error at a place; the path is added to the message. */
void report_error(struct report *report, struct source_mark at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Says what to do about the error that was just reported. */
void report_hint(struct report *report, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Reports a failure of something else with its hint; lack of memory is noted. */
void report_failure(struct report *report, struct source_mark at, const struct error *err);
/* Whether there are as many as needed, what is the plural of a thing; reports where not. Unknown
 * (0) numbers fit. */
bool report_count(struct report *report, struct source_mark at, const char *what, size_t given,
		  size_t needed);
/* The same for numbers: more than needed may come of a decimal comma. */
bool report_count_numbers(struct report *report, struct source_mark at, const char *what,
			  size_t given, size_t needed);
/* Whether pointer is there; notes lack of memory where it is not. */
bool report_has_memory(struct report *report, const void *pointer);

/* Sorts the errors and frees the path. STATUS_OK where nothing was reported. */
enum status report_finish(struct report *report);

#endif
