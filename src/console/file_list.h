/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file_list.h -- the files that arguments mean: a folder means those in it with a suffix. */
#ifndef BACKSTEP_CONSOLE_FILE_LIST_H
#define BACKSTEP_CONSOLE_FILE_LIST_H

#include <stddef.h>

#include "backstep/console/options.h"

/* Owns: the names. */
struct file_list {
	char **names; /* [n_names] */
	size_t n_names;
};

/* Arguments that are no folders stay as they are; a folder's files come in the order of their
 * names. A folder that has none, or cannot be read, is said in a line, and the others are taken all
 * the same. Returns EXIT_GOOD, or EXIT_MISUSE where something was said. */
int file_list_make(struct file_list *list, const struct options *options, char *const *args,
		   int n_args, const char *suffix);
void file_list_free(struct file_list *list);

#endif
