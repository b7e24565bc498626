/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file_watch.h -- waits until somebody has saved one of some files.
 *
 * Editors save in several ways: they write the file anew, or write another one and give it the
 * name; for a moment it may be away. So their folders are watched, and a file was saved where it is
 * there, closed, and not what it was. */
#ifndef BACKSTEP_CONSOLE_FILE_WATCH_H
#define BACKSTEP_CONSOLE_FILE_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"

struct watched;

/* Owns: files and what they hold, and the file descriptor. */
struct file_watch {
	int fd;
	struct watched *files; /* [n_files] */
	size_t n_files, capacity;
};

/* Errors: STATUS_IO. */
enum status file_watch_begin(struct file_watch *watch, struct error *err);
/* Looks at a file from now on, for owner; the same again changes nothing. Errors: STATUS_IO for a
 * folder that is not there or cannot be watched; STATUS_NO_MEMORY. */
enum status file_watch_add(struct file_watch *watch, const char *file, size_t owner,
			   struct error *err);
/* Waits; *owner gets that of a file that was saved. Errors: STATUS_IO. */
enum status file_watch_next(struct file_watch *watch, size_t *owner, struct error *err);
void file_watch_end(struct file_watch *watch);

#endif
