/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quiz_check.h -- whether the questions of a lesson are worth asking with the lesson's own numbers.
 */
#ifndef BACKSTEP_TEACH_QUIZ_CHECK_H
#define BACKSTEP_TEACH_QUIZ_CHECK_H

#include "backstep/session/session.h"
#include "backstep/teach/skill.h"

struct quiz_check {
	size_t n_questions; /* of the skill, in the lesson's first update; each number once */
	size_t n_clean;     /* by whose numbers all likely slips are told apart */
	size_t n_zero;      /* whose number is 0: most slips give it too */
	size_t n_wrong;     /* whose own number, typed, is not told right */
	uint64_t wrong;     /* the step of the first of them */
};

/* Whether the kinds and the classes of slips that the lesson's `quiz` names exist; what does not is
 * appended to errors, with its place. Errors: STATUS_BAD_INPUT. */
enum status quiz_check_words(const struct lesson *lesson, struct error_list *errors);

/* Looks at the questions of each skill, checks [N_SKILLS]. Errors: STATUS_NO_MEMORY. */
enum status quiz_check_lesson(struct session *session, struct quiz_check *checks,
			      struct error *err);

#endif
