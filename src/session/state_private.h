/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_private.h -- what writing and reading a state share. */
#ifndef BACKSTEP_SESSION_STATE_PRIVATE_H
#define BACKSTEP_SESSION_STATE_PRIVATE_H

#include <stdint.h>

#include "backstep/session/session.h"

#define STATE_MAGIC "backstep-state "
/* Raised when a state's numbers would mean something else. 2: in a lesson's matrix with names bare
 * numbers are constants; perceptron and adadelta alone stand for other forms of their rules. */
#define STATE_VERSION 2
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

#endif
