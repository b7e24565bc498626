/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_folders.h -- the files in all folders where lessons may be. */
#ifndef BACKSTEP_LESSON_LESSON_FOLDERS_H
#define BACKSTEP_LESSON_LESSON_FOLDERS_H

#include <stddef.h>

#include "backstep/base/arena.h"
#include "backstep/base/status.h"

struct folder_file {
	const char *path;
	const char *name; /* the end of path: NN-ID.yaml */
	const char *id;   /* what the name says the id is */
	size_t folder;    /* a smaller number goes first */
};

/* Owns: nothing; all of it lies in the arena. */
struct folder_files {
	struct folder_file *items; /* [n_items] by name, then by folder */
	size_t n_items, capacity;
};

/* Lists every NAME.yaml of the folders. Folders that cannot be read hold none.
 * Errors: STATUS_NO_MEMORY. */
enum status folder_files_read(struct folder_files *files, struct arena *arena, struct error *err);

#endif
