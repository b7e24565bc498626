/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_quiz.c -- practice of one skill: question after question, each with numbers of its own,
 * until two are right in a row. */
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/base/i18n.h"
#include "backstep/session/renumber.h"
#include "fresh.h"
#include "tutor_private.h"

enum { MOST_DRAWS = 40, MOST_WALK_DRAWS = 20, MOST_STEPS = 4000, MOST_QUESTIONS = 64 };

/* The skills that the lesson has steps of, or with asker those whose steps it would ask. */
static void find_skills(const struct stepper *stepper, const struct tutor *asker,
			bool has[N_SKILLS])
{
	uint64_t n_steps = stepper_n_steps(stepper);
	struct arena *scratch = arena_new();
	memset(has, 0, N_SKILLS * sizeof *has);
	for (uint64_t index = 1; scratch && index <= n_steps && index <= MOST_STEPS; index++) {
		enum skill skill = skill_of_step(stepper, index, scratch);
		if (skill != SKILL_NONE && !has[skill])
			has[skill] = !asker || tutor_wants(asker, index);
		arena_reset(scratch);
	}
	arena_free(scratch);
}

/* Of the skills that can be asked those that the lesson's quiz names; all where it names none. */
static void keep_named(const struct lesson *lesson, bool has[N_SKILLS])
{
	struct tutor_rules rules;
	bool named[N_SKILLS], any = false;
	tutor_lesson_rules(lesson, &rules);
	for (size_t i = 0; i < N_SKILLS; i++) {
		named[i] = has[i] && rules.kinds[i];
		any |= named[i];
	}
	if (any)
		memcpy(has, named, sizeof named);
}

enum skill tutor_weakest(const struct tutor *tutor)
{
	static const enum skill first[] = {SKILL_SLOPE, SKILL_LOSS_SLOPE, SKILL_PRODUCT, SKILL_SUM};
	bool has[N_SKILLS];
	enum skill weakest = SKILL_NONE;
	enum skill_state lowest = STATE_CAN;
	struct skill_report report;
	struct tutor asker = {.session = tutor->session, .rules = {.level = LEVEL_KIND}};
	memset(asker.rules.kinds, true, sizeof asker.rules.kinds);
	find_skills(&tutor->session->stepper, &asker, has);
	keep_named(tutor->session->lesson, has);
	for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
		learner_skill(&tutor->learner, first[i], &report);
		if (has[first[i]] && report.state == STATE_UNSEEN)
			return first[i];
	}
	for (size_t i = 0; i < N_SKILLS; i++) {
		learner_skill(&tutor->learner, (enum skill)i, &report);
		if (has[i] && (weakest == SKILL_NONE || report.state < lowest)) {
			weakest = (enum skill)i;
			lowest = report.state;
		}
	}
	return weakest;
}

/* The indices of the steps that ask the skill. */
static size_t list_questions(const struct tutor *tutor, uint64_t questions[MOST_QUESTIONS])
{
	const struct stepper *stepper = &tutor->session->stepper;
	uint64_t n_steps = stepper_n_steps(stepper);
	size_t n = 0;
	for (uint64_t index = 1; index <= n_steps && index <= MOST_STEPS && n < MOST_QUESTIONS;
	     index++)
		if (tutor_wants(tutor, index))
			questions[n++] = index;
	return n;
}

static enum status fail_skill(enum skill skill, struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT, _("this lesson has no step that asks it: %s"),
			 tr(skill_table[skill].title));
}

/* Draws numbers of a seed until hidden() says that all slips can be told apart; the best draw
 * stays. Errors: as session_renumber. */
static enum status draw(struct tutor *tutor, uint64_t seed, size_t most,
			size_t (*hidden)(struct tutor *tutor, void *ctx), void *ctx,
			struct error *err)
{
	size_t best = 0, fewest = SIZE_MAX;
	for (size_t attempt = 0; attempt <= most; attempt++) {
		bool is_last = attempt == most; /* then the best is taken again */
		enum status status =
		    session_renumber(tutor->session, seed, is_last ? best : attempt, err);
		if (status)
			return status;
		stepper_end_pass(&tutor->session->stepper);
		size_t n = hidden(tutor, ctx);
		if (n == 0)
			return STATUS_OK;
		if (n < fewest) {
			fewest = n;
			best = attempt;
		}
	}
	return STATUS_OK;
}

/* A question of the practice: of step `wanted` (0: any of the skill), and its step; 0: none. */
struct pick {
	uint64_t wanted, index;
};

/* How many slips the question hides that a draw asks. */
static size_t hidden_in_question(struct tutor *tutor, void *ctx)
{
	struct pick *pick = ctx;
	struct stepper *stepper = &tutor->session->stepper;
	uint64_t questions[MOST_QUESTIONS];
	struct random r;
	size_t n =
	    pick->wanted ? tutor_wants(tutor, pick->wanted) : list_questions(tutor, questions);
	pick->index = 0;
	if (n == 0)
		return SIZE_MAX;
	random_stream(&r, tutor->quiz_seed, "question", 0);
	pick->index = pick->wanted ? pick->wanted : questions[random_below(&r, n)];
	return fresh_suits_kinks(stepper) ? fresh_collisions_at(stepper, pick->index) : SIZE_MAX;
}

/* How many slips all the questions of the walk hide. */
static size_t hidden_in_walk(struct tutor *tutor, void *ctx)
{
	const struct stepper *stepper = &tutor->session->stepper;
	uint64_t questions[MOST_QUESTIONS];
	size_t n = list_questions(tutor, questions), n_hidden = 0;
	(void)ctx;
	if (!fresh_suits_kinks(stepper))
		return SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		size_t one = fresh_collisions_at(stepper, questions[i]);
		n_hidden += one == SIZE_MAX ? MOST_QUESTIONS : one;
	}
	return n_hidden;
}

enum status tutor_draw_walk(struct tutor *tutor, struct error *err)
{
	struct session *session = tutor->session;
	const struct tutor_rules *rules = &tutor->rules;
	if (!rules->has_seed)
		return STATUS_OK;
	enum status status = draw(tutor, rules->seed, MOST_WALK_DRAWS, hidden_in_walk, NULL, err);
	if (status)
		return status;
	tutor->draw = session->fresh_attempt;
	status = stepper_go_index(&session->stepper, 0, err);
	return status ? status : session_refresh(session, err);
}

/* Where the walk was, with its numbers. */
static enum status back_to_walk(struct tutor *tutor, struct error *err)
{
	struct session *session = tutor->session;
	if (!tutor->rules.has_seed)
		return session_own_numbers(session, err);
	enum status status = session_renumber(session, tutor->rules.seed, tutor->draw, err);
	if (!status)
		status = stepper_go(&session->stepper, tutor->again_from, err);
	return status ? status : session_refresh(session, err);
}

/* Asks with fresh numbers: any question of the skill, or that of step `wanted`. */
static enum status ask_next(struct tutor *tutor, uint64_t wanted, struct error *err)
{
	struct pick pick = {.wanted = wanted};
	if (!wanted)
		tutor->n_asked = 0;
	enum status status =
	    draw(tutor, tutor->quiz_seed, MOST_DRAWS, hidden_in_question, &pick, err);
	if (!status && pick.index == 0)
		status = fail_skill(tutor->quiz_skill, err);
	if (!status)
		status = tutor_open(tutor, pick.index, err);
	if (!status)
		status = stepper_go_index(&tutor->session->stepper, pick.index - 1, err);
	return status ? status : session_refresh(tutor->session, err);
}

/* Other numbers for everybody, and each time. */
static uint64_t usual_seed(const struct tutor *tutor)
{
	const struct learner *learner = &tutor->learner;
	uint64_t n = 0;
	for (size_t i = 0; i < learner->n_events; i++)
		n += event_counts(&learner->events[i]);
	return hash_number(hash_text(HASH_START, learner->code ? learner->code : ""), n) % 1000000;
}

enum status tutor_quiz(struct tutor *tutor, enum skill skill, const uint64_t *seed,
		       struct error *err)
{
	struct tutor_rules rules;
	tutor_lesson_rules(tutor->session->lesson, &rules);
	rules.level = LEVEL_KIND;
	memset(rules.kinds, 0, sizeof rules.kinds);
	rules.kinds[skill] = rules.skips = rules.adapts = true;
	rules.tells_later = false;
	bool has[N_SKILLS];
	find_skills(&tutor->session->stepper, NULL, has);
	if (!has[skill])
		return fail_skill(skill, err);
	tutor_ask(tutor, &rules);
	tutor->is_quiz = true;
	tutor->quiz_skill = skill;
	tutor->quiz_seed = seed ? *seed : rules.has_seed ? rules.seed : usual_seed(tutor);
	enum status status = ask_next(tutor, 0, err);
	if (status) { /* the numbers that were drawn ask nothing */
		tutor_stop(tutor);
		session_own_numbers(tutor->session, NULL);
	}
	return status;
}

enum status tutor_quiz_next(struct tutor *tutor, bool *is_done, struct error *err)
{
	struct skill_report report;
	learner_skill(&tutor->learner, tutor->quiz_skill, &report);
	*is_done = report.n_row >= tutor->rules.until;
	if (*is_done) {
		tutor_stop(tutor);
		return STATUS_OK;
	}
	tutor->quiz_seed++;
	return ask_next(tutor, 0, err);
}

enum status tutor_again(struct tutor *tutor, bool *asked, struct error *err)
{
	struct stepper *stepper = &tutor->session->stepper;
	enum status status = STATUS_OK;
	*asked = false;
	if (!tutor->is_again &&
	    tutor_find_question(tutor, stepper->index, stepper_n_steps(stepper)) != 0)
		return STATUS_OK;
	while (!*asked && tutor->n_again > 0) {
		uint64_t index = tutor->again[0];
		memmove(tutor->again, tutor->again + 1, --tutor->n_again * sizeof *tutor->again);
		if (!tutor->is_again)
			tutor->again_from = stepper_number(stepper);
		tutor->is_again = true;
		tutor->quiz_seed = usual_seed(tutor);
		status = ask_next(tutor, index, err);
		*asked = !status;
		if (status && status != STATUS_BAD_INPUT) /* some numbers make it no question */
			return status;
	}
	if (*asked || !tutor->is_again)
		return STATUS_OK;
	tutor->is_again = false;
	return back_to_walk(tutor, err);
}
