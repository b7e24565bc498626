/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_path.h -- where in a file the reader is, for the messages of its report. Private to text/.
 */
#ifndef BACKSTEP_TEXT_REPORT_PATH_H
#define BACKSTEP_TEXT_REPORT_PATH_H

#include "backstep/text/report.h"

/* Appends to the path; returns its length before, for report_leave. */
size_t report_enter(struct report *report, const char *fmt, ...) PRINTF_LIKE(2, 3);
void report_leave(struct report *report, size_t len);

#endif
