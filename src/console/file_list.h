/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file_list.h -- the files that arguments mean: a folder means those in it with a suffix. */
#ifndef BACKSTEP_CONSOLE_FILE_LIST_H
#define BACKSTEP_CONSOLE_FILE_LIST_H

#include <stddef.h>

#include "backstep/base/status.h"

/* Owns: the names. */
struct file_list {
	char **names; /* [n_names] */
	size_t n_names;
};

/* Arguments that are no folders stay as they are; a folder's files come in the order of their
 * names. Errors: STATUS_BAD_INPUT for a folder without such a file, STATUS_IO, STATUS_NO_MEMORY;
 * then the list is empty. */
enum status file_list_make(struct file_list *list, char *const *args, int n_args,
			   const char *suffix, struct error *err);
void file_list_free(struct file_list *list);

#endif
