/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor.c -- the open question from its opening to its end. */
#include "backstep/teach/tutor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/session/address.h"
#include "assess_private.h"
#include "student_private.h"
#include "tutor_private.h"

enum { MOST_STEPS = 4000 }; /* that are looked through for a question */

void tutor_init(struct tutor *tutor, struct session *session)
{
	*tutor = (struct tutor){.session = session, .lesson = session->lesson};
}

void tutor_drop(struct assessment **a)
{
	assess_free(*a);
	*a = NULL;
}

void tutor_stop(struct tutor *tutor)
{
	if (tutor->open && tutor->session->lesson == tutor->lesson)
		tutor->session->stepper.asked = 0;
	tutor_drop(&tutor->open);
	tutor->rules = (struct tutor_rules){.level = LEVEL_NONE};
	tutor->is_asking = tutor->is_quiz = tutor->is_again = false;
	tutor->rule.is_open = tutor->part.is_open = false;
	tutor->n_asked = tutor->n_again = tutor->n_lost = 0;
	tutor->was_proposed = false;
}

void tutor_free(struct tutor *tutor)
{
	tutor_drop(&tutor->open); /* the session may be gone already */
	tutor_drop(&tutor->last);
	free(tutor->asked);
	strbuf_free(&tutor->address);
	learner_free(&tutor->learner);
}

void tutor_close(struct tutor *tutor)
{
	tutor_close_part(tutor);
	tutor_drop(&tutor->last);
	tutor->last = tutor->open;
	tutor->open = NULL;
	tutor->session->stepper.asked = 0;
}

const struct assessment *tutor_judged(const struct tutor *tutor)
{
	return tutor->open && tutor->tries > 0 ? tutor->open : tutor->last;
}

void tutor_lesson_rules(const struct lesson *lesson, struct tutor_rules *rules)
{
	const struct lesson_quiz *quiz = &lesson->quiz;
	*rules = (struct tutor_rules){
	    .level = quiz->level.mark.line ? (int)quiz->level.value : LEVEL_FACTORS,
	    .attempts = quiz->attempts.mark.line ? quiz->attempts.value : 3,
	    .until = quiz->until.mark.line ? quiz->until.value : 2,
	    .has_hints = quiz->hints.value == 0,
	    .asks_rule = quiz->ask_rule.value == 0,
	    .skips = quiz->skip,
	    .tells_later = quiz->reveal.value == 1,
	    .lesson_at = &quiz->at,
	    .has_seed = quiz->seed.mark.line > 0,
	    .seed = quiz->seed.value,
	};
	for (size_t i = 0; i < quiz->kinds.n_items; i++) {
		enum skill skill;
		rules->level = LEVEL_KIND;
		if (skill_find(quiz->kinds.items[i].text, &skill))
			rules->kinds[skill] = true;
	}
}

void tutor_ask(struct tutor *tutor, const struct tutor_rules *rules)
{
	const struct tutor_rules new = *rules;
	tutor_stop(tutor);
	tutor->rules = new;
	if (tutor->rules.attempts == 0)
		tutor->rules.attempts = 3;
	tutor->lesson = tutor->session->lesson;
	tutor->is_asking = true;
	for (size_t i = 0; i < N_SKILLS; i++) {
		struct skill_report report;
		learner_skill(&tutor->learner, (enum skill)i, &report);
		tutor->can[i] = tutor->able[i] = report.state == STATE_CAN;
		tutor->met[i] = false;
	}
}

enum status tutor_open(struct tutor *tutor, uint64_t index, struct error *err)
{
	const struct stepper *stepper = &tutor->session->stepper;
	struct assessment *a;
	enum status status = assess_new(&a, tutor->session, index, tutor_hides(tutor), err);
	if (status)
		return status;
	a->board.question.from = tutor_gate(tutor, index);
	tutor_drop(&tutor->open);
	tutor->open = a;
	tutor->session->stepper.asked = index;
	tutor->number = a->board.question.step.number;
	strbuf_clear(&tutor->address);
	address_print(tutor->session, index, tutor_asks_how(tutor), &tutor->address);
	tutor->skill = skill_of_step(stepper, index, a->board.arena);
	tutor->tries = tutor->n_unnamed = 0;
	tutor->hint = HINT_NONE;
	tutor->rule.is_open = false;
	tutor->part = (struct part_question){.is_open = false};
	if (tutor->skill != SKILL_NONE)
		tutor->met[tutor->skill] = true;
	tutor->opened = learner_now(&tutor->learner);
	return tutor_note_asked(tutor, &a->board.question.step) ? STATUS_OK : error_no_memory(err);
}

enum status tutor_ask_step(struct tutor *tutor, uint64_t index, enum address_ask how,
			   struct error *err)
{
	struct tutor_rules rules;
	tutor_lesson_rules(tutor->session->lesson, &rules);
	rules.level = LEVEL_NONE;
	rules.tells_later = false;
	rules.hides = how == ASK_CHAIN;
	memset(rules.kinds, 0, sizeof rules.kinds);
	tutor_ask(tutor, &rules);
	struct stepper *stepper = &tutor->session->stepper;
	enum status status = stepper_go_index(stepper, tutor_gate(tutor, index) - 1, err);
	if (!status)
		status = tutor_open(tutor, index, err);
	if (status)
		tutor_stop(tutor);
	else if (how == ASK_PART)
		tutor_open_part(tutor);
	return status;
}

uint64_t tutor_find_question(const struct tutor *tutor, uint64_t from, uint64_t to)
{
	uint64_t n_steps = stepper_n_steps(&tutor->session->stepper);
	uint64_t first = from + 1, last = to < n_steps ? to : n_steps;
	if (tutor_hides(tutor)) /* the chain is asked before its first factor */
		last = n_steps;
	for (uint64_t index = first; index <= last && index - first < MOST_STEPS; index++)
		if (tutor_wants(tutor, index))
			return tutor_gate(tutor, index) <= to ? index : 0;
	return 0;
}

/* Moves to before the question's step. */
static enum status stop_before(struct tutor *tutor, uint64_t number, struct error *err)
{
	enum status status = stepper_go(&tutor->session->stepper, number - 1, err);
	return status ? status : session_refresh(tutor->session, err);
}

/* Looks through one update, from the step numbered before up to the one numbered now; *end gets the
 * number of its last step. */
static enum status look_for_question(struct tutor *tutor, uint64_t before, uint64_t now,
				     uint64_t *end, bool *stopped, struct error *err)
{
	struct stepper *stepper = &tutor->session->stepper;
	enum status status = stepper_go(stepper, before, err);
	if (status)
		return status;
	stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
	uint64_t at = stepper->index, start = stepper_number(stepper) - at;
	uint64_t index = tutor_find_question(tutor, at, now - start);
	*end = start + stepper_n_steps(stepper);
	if (index == 0)
		return STATUS_OK;
	*stopped = true;
	uint64_t gate = tutor_gate(tutor, index);
	status = tutor_open(tutor, index, err);
	return status ? status : stop_before(tutor, start + gate, err);
}

/* A move past the open question. */
static enum status leave_question(struct tutor *tutor, bool *stopped, struct error *err)
{
	uint64_t index = tutor_question(tutor)->index;
	uint64_t number = tutor->number;
	if (!tutor->rules.skips) {
		*stopped = true;
		return stop_before(tutor, number - index + tutor_gate(tutor, index), err);
	}
	enum status status = tutor_note(tutor, EVENT_SKIP, NULL, err);
	tutor_close(tutor);
	return status;
}

/* However far the move went, it stops at the first question on its way; where there is none in so
 * many steps, as where all can be done, it is not looked for further. */
static enum status follow_move(struct tutor *tutor, uint64_t before, uint64_t now, bool *stopped,
			       struct error *err)
{
	enum status status = STATUS_OK;
	uint64_t far = now - before < MOST_STEPS ? now : before + MOST_STEPS;
	for (uint64_t at = before, end = now; !status && !*stopped && at < far; at = end)
		status = look_for_question(tutor, at, now, &end, stopped, err);
	if (!status && !*stopped)
		status = stepper_go(&tutor->session->stepper, now, err);
	return status ? status : session_refresh(tutor->session, err);
}

/* Whether the open question's step is still the one at its index: another chain form or optimizer
 * counts steps otherwise. */
static bool is_still_there(const struct tutor *tutor)
{
	const struct stepper *stepper = &tutor->session->stepper;
	const struct question *question = tutor_question(tutor);
	struct arena *scratch = arena_new();
	struct step step;
	bool is_there = true;
	if (scratch && stepper_updates(stepper) + 1 == question->step.update)
		is_there = question->index <= stepper_n_steps(stepper) &&
			   !stepper_at(stepper, question->index, scratch, &step, NULL) &&
			   tutor_is_same_step(&step, &question->step);
	arena_free(scratch);
	return is_there;
}

/* Forgets the open question as if it had not been asked. */
static void drop_question(struct tutor *tutor)
{
	tutor->session->stepper.asked = 0;
	tutor->part.is_open = false;
	tutor_drop(&tutor->open);
	tutor->n_asked -= tutor->n_asked > 0;
}

enum status tutor_follow(struct tutor *tutor, uint64_t before, bool *stopped, struct error *err)
{
	struct session *session = tutor->session;
	*stopped = false;
	if (tutor->lesson != session->lesson) {
		tutor_stop(tutor);
		tutor_drop(&tutor->last);
		tutor->lesson = session->lesson;
	}
	if (!tutor->is_asking || !session->lesson)
		return STATUS_OK;
	if (tutor->open && !is_still_there(tutor)) { /* steps are counted otherwise now */
		drop_question(tutor);
		before = stepper_number(&session->stepper);
	}
	uint64_t now = stepper_number(&session->stepper);
	tutor->rule.is_open &= now == tutor->rule.at;
	if (tutor->open && now >= tutor->number) {
		enum status status = leave_question(tutor, stopped, err);
		if (status || *stopped)
			return status;
	}
	if (tutor->open || now <= before)
		return STATUS_OK;
	return follow_move(tutor, before, now, stopped, err);
}

enum status tutor_take_step(struct tutor *tutor, struct error *err)
{
	uint64_t number = tutor->number;
	tutor_close(tutor);
	if (tutor->is_quiz || tutor->is_again) /* one question of each draw */
		return STATUS_OK;
	enum status status = stepper_go(&tutor->session->stepper, number, err);
	return status ? status : session_refresh(tutor->session, err);
}

void tutor_keep(struct tutor *tutor, struct assessment *a)
{
	tutor_drop(&tutor->last);
	tutor->last = a;
}

static enum status no_question(struct error *err)
{
	error_set(err, STATUS_BAD_INPUT, _("no question is open"));
	error_hint(err, _("predict asks before steps are shown"));
	return STATUS_BAD_INPUT;
}

enum status tutor_hint(struct tutor *tutor, struct error *err)
{
	if (!tutor->open)
		return no_question(err);
	if (!tutor->rules.has_hints)
		return error_set(err, STATUS_BAD_INPUT, _("there are no hints here"));
	if (tutor->part.is_open) { /* with the numbers, then the value */
		tutor->part.hint = tutor->part.hint ? HINT_VALUE : HINT_NUMBERS;
		return tutor_note(tutor, EVENT_HINT, NULL, err);
	}
	tutor->hint++;
	enum status status = tutor_note(tutor, EVENT_HINT, NULL, err);
	if (status || tutor->hint < HINT_VALUE)
		return status;
	tutor->n_lost++;
	return tutor_take_step(tutor, err);
}

enum status tutor_reveal(struct tutor *tutor, struct error *err)
{
	if (!tutor->open)
		return no_question(err);
	tutor_close_part(tutor); /* it is the question that is given up */
	enum status status = tutor_note(tutor, EVENT_REVEAL, NULL, err);
	tutor->n_lost++;
	return status ? status : tutor_take_step(tutor, err);
}
