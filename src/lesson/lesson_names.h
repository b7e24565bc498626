/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_names.h -- all names of a lesson: each means one thing.
 *
 * A name that is made gives way to one that the file gives, whichever comes first: E is then
 * E_total, after the key that would name it. Who holds a made name sees it move. */
#ifndef BACKSTEP_LESSON_LESSON_NAMES_H
#define BACKSTEP_LESSON_LESSON_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backstep/base/arena.h"
#include "backstep/text/schema.h"

struct report;

#define NAME_IS_NO_PARAM SIZE_MAX
#define NAME_IS_MATRIX (SIZE_MAX - 1) /* of parameters that are made */

/* mark.line is 0 for the names of phases, which no lesson may give to anything else. */
struct name_row {
	const char *name;
	struct source_mark mark;
	size_t param; /* its place in lesson->params, NAME_IS_MATRIX or NAME_IS_NO_PARAM */
	/* Of a made name the same text, after whose end the key follows; NULL: it stays. */
	char *made;
	const char *key;
};

/* Owns: nothing; all of it lies in the arena. */
struct name_table {
	struct arena *arena;
	struct report *report;
	struct name_row *rows; /* [n_rows] in the order in which they were added */
	size_t n_rows, capacity;
	size_t *index; /* [2 * capacity] row + 1, hashed by name; 0: free */
};

/* Starts a table with the names of the phases. */
void name_table_init(struct name_table *table, struct arena *arena, struct report *report);

/* Adds a name; reports it and returns false where it is taken. */
bool name_add(struct name_table *table, const char *name, struct source_mark mark, size_t param);
/* Adds a name that the file does not write; key is what gives it another one. Returns it as it is
 * called for now, NULL where it was refused. One of a matrix stays as it is. */
const char *name_add_made(struct name_table *table, const char *name, struct source_mark mark,
			  const char *key, size_t param);

/* The row of a name, or NULL. */
const struct name_row *name_find(const struct name_table *table, const char *name);

static inline bool name_is_param(const struct name_row *row)
{
	return row && row->param < NAME_IS_MATRIX;
}

/* Adds "did you mean" to the error just reported: the nearest name, of a parameter only where so
 * asked. */
void name_hint(const struct name_table *table, const char *name, bool params_only);

/* Labels are names of what is no parameter; one that is refused loses its name, so that nothing is
 * made of it. */

/* Adds labels that were read, with the symbols given for them (may be NULL). */
void labels_add(struct name_table *table, struct source_labels *labels,
		const struct source_texts *symbols);
/* Adds a label made of prefix and another label, reported there where it is too long or taken. */
struct label label_derive(struct name_table *table, const char *prefix, const struct label *from,
			  const char *key);
/* n such labels. NULL on lack of memory. */
struct label *labels_derive(struct name_table *table, const char *prefix, const struct label *from,
			    size_t n, const char *key);
/* Labels of things that are only counted: prefix1, prefix2, ... */
struct label *labels_count(struct name_table *table, const char *prefix, struct source_count count);

#endif
