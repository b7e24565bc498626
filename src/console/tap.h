/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tap.h -- results of checks as they come, in TAP (testanything.org) on standard output, and with
 * --junit FILE in the XML that build servers read. */
#ifndef BACKSTEP_CONSOLE_TAP_H
#define BACKSTEP_CONSOLE_TAP_H

#include "backstep/console/options.h"

enum tap_result { TAP_GOOD, TAP_FAILED, TAP_SKIPPED };

/* Owns: xml. Start with tap_begin, end with tap_end. */
struct tap {
	const struct options *options;
	size_t n_cases, n_failed, n_skipped;
	struct strbuf xml; /* the cases so far */
};

/* Texts are shown as they are safe to show; detail stands on the same line, diagnostic on lines
 * below. Both may be empty. */
struct tap_case {
	const char *file, *name;
	enum tap_result result;
	const char *detail, *diagnostic;
	bool is_known; /* standard error has the diagnostic already: it goes into the XML only */
};

void tap_begin(struct tap *tap, const struct options *options);
void tap_add(struct tap *tap, const struct tap_case *one);
/* Lines that belong to the result before, which may be good: after "# ". */
void tap_note(const struct tap *tap, const char *text);
/* Prints the plan, writes the XML where it is asked for. Returns code, or EXIT_MISUSE where the
 * file cannot be written. */
int tap_end(struct tap *tap, const char *suite, int code);

#endif
