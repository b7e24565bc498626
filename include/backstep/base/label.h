/* SPDX-License-Identifier: GPL-3.0-or-later */
/* label.h -- what an element of a network is called, and where a file says so. One type from the
 * file's names to those of nodes. */
#ifndef BACKSTEP_BASE_LABEL_H
#define BACKSTEP_BASE_LABEL_H

#include <stddef.h>

/* A place in a file; lines and columns (in characters) count from 1. Line 0: nowhere. */
struct source_mark {
	size_t line, column;
};

/* name in ASCII, symbol in Unicode (NULL: made from the name). */
struct label {
	const char *name, *symbol;
	struct source_mark mark;
};

#endif
