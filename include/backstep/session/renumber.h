/* SPDX-License-Identifier: GPL-3.0-or-later */
/* renumber.h -- the lesson's shape with other numbers: inputs, targets, weights and biases of a
 * like size, two decimals unless
 * its quiz says otherwise, out of a seed. The same seed is the same numbers on every machine. */
#ifndef BACKSTEP_SESSION_RENUMBER_H
#define BACKSTEP_SESSION_RENUMBER_H

#include "backstep/session/session.h"

/* Goes to the start of the lesson with numbers of a seed. Errors: as session_rebuild. */
enum status session_renumber(struct session *session, uint64_t seed, size_t attempt,
			     struct error *err);
/* The same where numbers were drawn already and no setting was changed since: every node stays
 * where it is, and the layout. own: the lesson as it is built. Errors: STATUS_NO_MEMORY. */
enum status session_renumber_again(struct session *session, const struct lesson_model *own,
				   uint64_t seed, size_t attempt, struct error *err);
/* Goes back to the lesson's own numbers, to where the walk was with them; to the start where a
 * setting has changed what an update is made of. Errors: as session_rebuild. */
enum status session_own_numbers(struct session *session, struct error *err);

#endif
