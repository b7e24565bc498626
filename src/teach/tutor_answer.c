/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_answer.c -- what comes of an answer: to the open question, to a part of it, or at the step
 * that is shown. */
#include <stdlib.h>

#include "backstep/base/i18n.h"
#include "backstep/session/rounding.h"
#include "assess_private.h"
#include "tutor_private.h"

/* The step that is shown, judged without a note. */
static enum status answer_shown(struct tutor *tutor, const char *text, struct error *err)
{
	struct session *session = tutor->session;
	double by_hand;
	if (!session->has_step || session->stepper.index == 0) {
		error_set(err, STATUS_BAD_INPUT, _("no question is open, and no step is shown"));
		error_hint(err, _("predict asks before steps are shown"));
		return STATUS_BAD_INPUT;
	}
	struct assessment *a;
	enum status status = assess_new(&a, session, session->stepper.index, false, err);
	if (status)
		return status;
	if (rounding_step_value(session, &by_hand))
		assess_allow(a, by_hand);
	status = assess_text(a, text, err);
	if (status) {
		assess_free(a);
		return status;
	}
	tutor_drop(&tutor->last);
	tutor->last = a;
	return STATUS_OK;
}

/* Whether the number is right from an earlier one of one's own that was wrong; that counts once. */
static bool take_carried(struct tutor *tutor, const char *text)
{
	bool is_right = assess_carried(tutor->open, text, &tutor->missed);
	if (is_right)
		tutor->missed.name[0] = '\0';
	return is_right;
}

/* It is to be asked once more; not again and again. */
static void note_again(struct tutor *tutor)
{
	if (!tutor->is_quiz && !tutor->is_again && tutor->n_again < MOST_AGAIN)
		tutor->again[tutor->n_again++] = tutor_question(tutor)->index;
}

/* After a miss: where it can be told apart in a part of the question, or nothing could be said
 * twice, the part is asked first. */
static void look_for_part(struct tutor *tutor)
{
	const struct verdict *verdict = &tutor->open->verdict;
	bool is_below = false;
	for (size_t i = 0; verdict->kind == VERDICT_LISTED && i < verdict->n_slips; i++)
		is_below |= verdict->slips[i]->below != NULL;
	tutor->n_unnamed += verdict->kind == VERDICT_NONE;
	tutor->part.is_wanted = is_below || tutor->n_unnamed == 2;
}

static enum outcome outcome_of(const struct tutor *tutor, bool is_right, bool is_spent)
{
	if (is_right)
		return OUTCOME_RIGHT;
	if (!is_spent)
		return OUTCOME_AGAIN;
	return tutor->tries >= tutor->rules.attempts ? OUTCOME_GIVEN : OUTCOME_WRONG;
}

/* Judges the open question itself, which was read. */
static enum status answer_question(struct tutor *tutor, const char *text, enum outcome *outcome,
				   struct error *err)
{
	enum skill skill = tutor->skill;
	bool is_right = assess_is_right(tutor->open) || take_carried(tutor, text);
	bool is_spent = tutor->open->verdict.kind != VERDICT_MORE_DIGITS;
	tutor->tries += is_spent;
	*outcome = outcome_of(tutor, is_right, is_spent);
	bool is_over = *outcome != OUTCOME_AGAIN && *outcome != OUTCOME_WRONG;
	enum status status = tutor_note(tutor, EVENT_ANSWER, text, err);
	if (is_over)
		tutor->n_lost = is_right ? 0 : tutor->n_lost + 1;
	if (is_over && !is_right)
		assess_missed(tutor->open, &tutor->missed);
	if (*outcome == OUTCOME_GIVEN)
		note_again(tutor);
	if (*outcome == OUTCOME_WRONG)
		look_for_part(tutor);
	if (!status && is_over)
		status = tutor_take_step(tutor, err);
	if (!status && *outcome == OUTCOME_RIGHT)
		tutor_ask_rule(tutor, skill);
	return status;
}

enum status tutor_answer(struct tutor *tutor, const char *text, enum outcome *outcome,
			 struct error *err)
{
	*outcome = OUTCOME_SHOWN;
	if (!tutor->open)
		return answer_shown(tutor, text, err);
	enum status status = assess_text(tutor->open, text, err);
	if (status)
		return status;
	if (!tutor->part.is_open || tutor_answers_whole(tutor, text))
		return answer_question(tutor, text, outcome, err);
	return tutor_answer_part(tutor, text, outcome, err);
}
