/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.h -- writing whole files, so that nobody ever sees half of one. */
#ifndef BACKSTEP_BASE_FILE_H
#define BACKSTEP_BASE_FILE_H

#include <stddef.h>

#include "backstep/base/status.h"

/* Writes a file that does not exist yet; an existing one is never touched.
 * Errors: STATUS_IO, and then there is no file. */
enum status file_create(const char *path, const char *data, size_t size, struct error *err);

/* Writes a file, or puts new contents in the place of an existing one, whose permissions stay:
 * at any time, also where the power fails, the path names all of the old or all of the new.
 * Errors: STATUS_IO, STATUS_NO_MEMORY, and then the old file is as it was. */
enum status file_replace(const char *path, const char *data, size_t size, struct error *err);

#endif
