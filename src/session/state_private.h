/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_private.h -- what writing and reading a state share. */
#ifndef BACKSTEP_SESSION_STATE_PRIVATE_H
#define BACKSTEP_SESSION_STATE_PRIVATE_H

#include <stdint.h>

#include "backstep/session/session.h"

#define STATE_MAGIC "backstep-state "
/* Raised when a state's numbers would mean something else, or its lines are others. 2: in a
 * lesson's matrix with names bare numbers are constants; perceptron and adadelta alone stand for
 * other forms of their rules. 3: numbers set by hand, watches, bookmarks, breakpoints. */
#define STATE_VERSION 3
#define STATE_CHECKSUM "checksum "
enum {
	STATE_HEX = 16,
	STATE_CHECKSUM_LINE = sizeof STATE_CHECKSUM - 1 + STATE_HEX + 1,
	STATE_MAX_NAME = 3 * LABEL_TEXT, /* "slot m w5" */
};

/* "paths" or "deltas". */
const char *state_chain(const struct session *session);
/* A sum over all that the numbers of a state belong to. */
uint64_t state_structure(const struct session *session);
/* Every number of a state (parameters, slots, statistics) with the words that its line in the file
 * begins with, in the file's order; ends at the first error of a visit, which it answers. */
typedef enum status (*state_visit)(void *context, const char *name, double *value);
enum status state_numbers(const struct model *model, struct trainer_state *state, state_visit visit,
			  void *context);

/* What a state holds beside its numbers. save: of the file that is read, whose edits it gets. */
struct state_marks {
	struct stepper_save *save;
	struct watch watches[SESSION_MAX_WATCHES];
	struct bookmark bookmarks[SESSION_MAX_BOOKMARKS];
	struct breakpoint breaks[SESSION_MAX_BREAKS];
	size_t n_watches, n_bookmarks, n_breaks;
};
/* Appends a line for each. */
void state_add_marks(const struct session *session, const struct stepper_save *save,
		     struct strbuf *out);
/* What lines of kind i begin with, in the file's order; NULL at the end. */
const char *state_mark_word(size_t i);
/* Reads the rest of a line of kind i. Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY. */
enum status state_read_mark(size_t i, struct state_marks *marks, struct session *session,
			    const char *text, struct error *err);
/* They take the place of the sitting's. */
void state_take_marks(const struct state_marks *marks, struct session *session);

#endif
