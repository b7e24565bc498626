/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.h -- how a function says that it failed, and why.
 *
 * A function that can fail returns enum status and takes struct error *err last (it may be
 * NULL). The error carries one clear line: where, what, and what to do instead. Lists of errors
 * serve readers that report everything in one pass. */
#ifndef BACKSTEP_BASE_STATUS_H
#define BACKSTEP_BASE_STATUS_H

#include <stdarg.h>
#include <stddef.h>

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum status {
	STATUS_OK = 0,
	STATUS_NO_MEMORY,
	STATUS_BAD_INPUT,   /* a lesson, command, number or option that cannot be used */
	STATUS_IO,          /* a file or terminal that cannot be read or written */
	STATUS_NUMERIC,     /* a NaN or an infinity stopped the work */
	STATUS_FAILED,      /* a check or an expectation did not hold */
	STATUS_INTERRUPTED, /* the person wanted the work to stop */
};

/* One failure. file is empty, line and column are 0, where they do not apply. */
struct error {
	enum status code;
	char file[256];
	size_t line, column;
	char message[400];
	char hint[240]; /* what to do instead; empty where there is nothing to add */
};

/* Fills err (may be NULL; its place and hint are cleared) and returns code, so that `return
 * error_set(...)` reads well. */
enum status error_set(struct error *err, enum status code, const char *fmt, ...) PRINTF_LIKE(3, 4);
enum status error_vset(struct error *err, enum status code, const char *fmt, va_list args)
    PRINTF_LIKE(3, 0);

/* Adds what to do instead to an error that was set. */
void error_hint(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Says where the failure is. Lines and columns count from 1. */
void error_at(struct error *err, const char *file, size_t line, size_t column);

/* What the system's error number says, in the current language where a person is likely to meet
 * it. */
const char *error_reason(int number);

/* "out of memory", the same words everywhere. */
enum status error_no_memory(struct error *err);
/* The same where no status can be returned. */
void error_note_no_memory(void);
/* How often memory was lacking in this process, also where nobody could say so. What was made while
 * it has not grown is whole. */
size_t error_n_no_memory(void);

struct strbuf;

/* Appends "file:line:col: error: message; hint" (the place only where it is known). */
void error_print(const struct error *err, struct strbuf *out);

/* A growing list of errors. Owns: its items. */
struct error_list {
	struct error *items;
	size_t n_items, capacity;
	size_t n_dropped; /* errors for which there was no memory */
};

/* Appends a copy of err. On lack of memory it is counted in n_dropped instead. */
void error_list_add(struct error_list *list, const struct error *err);
void error_list_free(struct error_list *list);
/* The same, after a copy of the first one to err, which may be NULL, where there is one. */
void error_list_end(struct error_list *list, struct error *err);

#endif
