/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_file.h -- the bytes of a file, or of standard input, that somebody else wrote. */
#ifndef BACKSTEP_TEXT_TEXT_FILE_H
#define BACKSTEP_TEXT_TEXT_FILE_H

#include "backstep/base/strbuf.h"

/* A kind of file: how long it may be, and what messages say of it. */
struct text_file_kind {
	size_t max;             /* bytes */
	const char *unreadable; /* N_(); the reason follows */
	const char *is_folder;  /* N_() */
};

/* Appends what a regular file holds, up to one byte more than its kind may have.
 * Errors: STATUS_IO, STATUS_NO_MEMORY, with the path. */
enum status text_file_read(const char *path, const struct text_file_kind *kind, struct strbuf *out,
			   struct error *err);

/* The path that stands for standard input, also in messages. */
#define TEXT_FILE_INPUT "-"
/* Appends what stands on standard input, which is read once and kept: asked again it is the same.
 * Errors: as text_file_read. */
enum status text_input_read(const struct text_file_kind *kind, struct strbuf *out,
			    struct error *err);

#endif
