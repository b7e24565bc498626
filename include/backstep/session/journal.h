/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.h -- the commands of a sitting, in order, and where each of them led. What `save` writes,
 * undo and redo, the log, and the place that is offered again are all read from it.
 *
 * A lesson's part begins with the entry that opened it. Entries that were undone stay at the end
 * until something else is done. */
#ifndef BACKSTEP_SESSION_JOURNAL_H
#define BACKSTEP_SESSION_JOURNAL_H

#include <stdint.h>

#include "backstep/base/strbuf.h"

enum journal_kind {
	JOURNAL_OPENS, /* a lesson */
	JOURNAL_MOVES, /* nothing but the position: its number says all */
	JOURNAL_DOES,  /* anything else */
	N_JOURNAL_KINDS,
};

/* Owns: line and settings. */
struct journal_entry {
	enum journal_kind kind;
	uint64_t number; /* of the step that it led to */
	char *line;
	char *settings; /* of one that opens: those in force before it, a line each; else NULL */
};

/* Owns: the entries. */
struct journal {
	struct journal_entry *entries;
	size_t n_entries, capacity, n_done;
	size_t n_changes; /* so far: who keeps the journal sees that there is something new */
	bool failed;      /* memory ended, and the rest is missing */
};

void journal_free(struct journal *journal);

/* Adds an entry in the place of those that were undone. settings may be NULL. */
void journal_add(struct journal *journal, enum journal_kind kind, uint64_t number,
		 const char *settings, const char *line);
/* Takes the last entry that was added away. */
void journal_drop_last(struct journal *journal);
/* Puts the entries of from before entry at, which is done. Owns: them; from is empty then. */
void journal_insert(struct journal *journal, size_t at, struct journal *from);
/* The first n entries are done now, the others are not. */
void journal_set_done(struct journal *journal, size_t n);

/* The last of the first n entries that opens a lesson; false: none does. */
bool journal_opening(const struct journal *journal, size_t n, size_t *at);
/* Whether entries from to end (excluded) only move. */
bool journal_only_moves(const struct journal *journal, size_t from, size_t end);
/* Appends what was done since the lesson was opened, a line each. */
void journal_script(const struct journal *journal, struct strbuf *out);

/* Appends the entries that are done of the lesson that is open, and of the sittings with it right
 * before, as a file: a version, then a line each, NUMBER KIND LINE. Nothing where the sitting has
 * none. */
void journal_write(const struct journal *journal, struct strbuf *out);
/* Reads such a file into an empty journal. Errors: STATUS_BAD_INPUT with the line. */
enum status journal_read(struct journal *journal, const char *text, struct error *err);

#endif
