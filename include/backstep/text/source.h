/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h -- what a file says, with the place where it says it, so that a later check can still
 * report where the value stands. */
#ifndef BACKSTEP_TEXT_SOURCE_H
#define BACKSTEP_TEXT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/label.h"

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

/* NAME=NUMBER, NAME (has_value false) or NUMBER (name NULL). */
struct source_entry {
	const char *name;
	bool has_value;
	double value;
	struct source_mark mark;
};

/* NAME=WORD or NAME=NUMBER. */
struct source_assignment {
	const char *name, *value;
	struct source_mark mark;
};

/* A column of a table, by its name in the header or by its number from 1 (name NULL). */
struct source_column {
	const char *name;
	size_t number;
	struct source_mark mark;
};

#endif
