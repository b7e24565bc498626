/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_file.h -- the bytes of a lesson file, and of the data that it reads. */
#ifndef BACKSTEP_LESSON_LESSON_FILE_H
#define BACKSTEP_LESSON_LESSON_FILE_H

#include "backstep/base/strbuf.h"

/* Appends what a regular file holds, up to one byte more than a lesson may have.
 * Errors: STATUS_IO, STATUS_NO_MEMORY, with the path. */
enum status lesson_file_read(const char *path, struct strbuf *out, struct error *err);
/* The same of a file of data: up to one byte more than max. */
enum status lesson_file_read_data(const char *path, size_t max, struct strbuf *out,
				  struct error *err);

#endif
