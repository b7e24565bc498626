/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h -- what a lesson file says, with the place where it says it.
 *
 * Whoever finds fault with a value later (an unknown activation, say) can so still point at it. */
#ifndef BACKSTEP_TEXT_SOURCE_H
#define BACKSTEP_TEXT_SOURCE_H

#include <stddef.h>

/* A place in a file; lines and columns (in characters) count from 1. Line 0: nowhere. */
struct source_mark {
	size_t line, column;
};

/* text is NULL where the file leaves it out. */
struct source_text {
	const char *text;
	struct source_mark mark;
};

struct source_number {
	double value;
	struct source_mark mark;
};

struct source_count {
	size_t value;
	struct source_mark mark;
};

#endif
