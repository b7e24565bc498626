/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.h -- whole files: read, and replaced all at once.
 *
 * A file is written beside the one it replaces and renamed over it at the end: at any time, also
 * where the power fails, whoever looks finds the old contents or the new ones, never half of them.
 */
#ifndef BACKSTEP_BASE_FILE_H
#define BACKSTEP_BASE_FILE_H

#include "backstep/base/strbuf.h"

/* Appends what a regular file holds. Errors: STATUS_IO, also for what is no regular file;
 * STATUS_BAD_INPUT beyond max bytes; STATUS_NO_MEMORY. Each names the file. */
enum status file_read(const char *path, size_t max, struct strbuf *out, struct error *err);

/* A file being written. Owns: the names and the temporary file. */
struct file_writer {
	int fd;
	char *path, *temporary;
	int failure; /* the system's number of the first write that failed; 0: none */
};

/* Opens a temporary file in the folder of path, with the permissions of the file that is there
 * already. A symbolic link is followed, so that what it points to is replaced.
 * Errors: STATUS_IO, STATUS_NO_MEMORY. */
enum status file_writer_open(struct file_writer *writer, const char *path, struct error *err);
/* Appends bytes; a failure is kept and reported by file_writer_finish. */
void file_writer_add(struct file_writer *writer, const char *bytes, size_t size);
/* Puts the new file in the place of the old one. Errors: STATUS_IO, with the old one as it was. */
enum status file_writer_finish(struct file_writer *writer, struct error *err);
/* Forgets what was written; the old file stays. */
void file_writer_abandon(struct file_writer *writer);

/* All three at once. Errors: as they. */
enum status file_replace(const char *path, const char *data, size_t size, struct error *err);

/* Writes a file that does not exist yet; an existing one is never touched.
 * Errors: STATUS_IO, and then there is no file. */
enum status file_create(const char *path, const char *data, size_t size, struct error *err);

#endif
