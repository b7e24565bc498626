/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quiz_check.c -- asks every question of an update, and answers it with its own number. */
#include "backstep/teach/quiz_check.h"

#include "assess_private.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "fresh.h"
#include "tutor_private.h"

static const char *next_skill(void *ctx, size_t i)
{
	(void)ctx;
	return i < N_SKILLS ? skill_table[i].name : NULL;
}

static const char *next_class(void *ctx, size_t i)
{
	(void)ctx;
	return slip_registry[i] ? slip_registry[i]->name : NULL;
}

static bool is_among(const char *word, const char *(*next)(void *ctx, size_t i))
{
	size_t i = 0;
	while (next(NULL, i) && strcmp(next(NULL, i), word) != 0)
		i++;
	return next(NULL, i) != NULL;
}

/* Adds the error of a word of the lesson, with its place, and the word that is near. */
static enum status fail_word(const struct lesson *lesson, const struct source_text *word,
			     const char *nearest, struct error *err, struct error_list *errors)
{
	error_at(err, lesson->file, word->mark.line, word->mark.column);
	if (nearest)
		error_hint(err, _("did you mean '%s'?"), nearest);
	error_list_add(errors, err);
	return STATUS_BAD_INPUT;
}

enum status quiz_check_words(const struct lesson *lesson, struct error_list *errors)
{
	const struct lesson_quiz *quiz = &lesson->quiz;
	enum status status = STATUS_OK;
	char shown[TEXT_EXCERPT];
	for (size_t i = 0; i < quiz->kinds.n_items; i++) {
		const struct source_text *word = &quiz->kinds.items[i];
		struct error err = {0};
		enum skill skill;
		if (skill_find(word->text, &skill))
			continue;
		error_set(&err, STATUS_BAD_INPUT, _("'%s' is no kind of step"),
			  text_excerpt(shown, word->text));
		status = fail_word(lesson, word, text_nearest(word->text, next_skill, NULL), &err,
				   errors);
	}
	for (size_t i = 0; i < quiz->slips.n_items; i++) {
		const struct source_text *word = &quiz->slips.items[i].class;
		struct error err = {0};
		if (is_among(word->text, next_class))
			continue;
		error_set(&err, STATUS_BAD_INPUT, _("'%s' is no class of slips"),
			  text_excerpt(shown, word->text));
		status = fail_word(lesson, word, text_nearest(word->text, next_class, NULL), &err,
				   errors);
	}
	return status;
}

enum { MOST_STEPS = 2000, MOST_OF_SKILL = 40 };

/* Whether the number itself, typed with so many digits, is taken for right. */
static bool is_own_right(struct assessment *a)
{
	static const int digits[] = {4, 6, 15};
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
		char text[32];
		snprintf(text, sizeof text, "%.*e", digits[i] - 1, a->board.question.value);
		if (assess_text(a, text, NULL) ||
		    (!assess_is_right(a) && a->verdict.kind != VERDICT_MORE_DIGITS))
			return false;
	}
	return true;
}

static enum status check_question(const struct stepper *stepper, uint64_t index,
				  struct quiz_check *check, struct error *err)
{
	struct assessment a;
	enum status status = assess_open(&a, stepper, index, false, err);
	if (status)
		return status;
	check->n_questions++;
	if (a.board.question.value == 0.0)
		check->n_zero++;
	else if (fresh_collisions(&a.slips) == 0)
		check->n_clean++;
	if (!is_own_right(&a) && check->n_wrong++ == 0)
		check->wrong = a.board.question.step.number;
	assess_close(&a);
	return STATUS_OK;
}

enum status quiz_check_lesson(struct session *session, struct quiz_check *checks, struct error *err)
{
	struct tutor tutor;
	struct tutor_rules rules;
	struct stepper *stepper = &session->stepper;
	tutor_init(&tutor, session);
	tutor_lesson_rules(session->lesson, &rules);
	rules.level = LEVEL_KIND;
	rules.lesson_at = NULL; /* all that can be asked */
	for (size_t i = 0; i < N_SKILLS; i++) {
		rules.kinds[i] = true;
		checks[i] = (struct quiz_check){0};
	}
	tutor_ask(&tutor, &rules);
	enum status status = tutor_draw_walk(&tutor, err);
	stepper_end_pass(stepper);
	uint64_t n_steps = stepper_n_steps(stepper);
	struct arena *scratch = arena_new();
	for (uint64_t index = 1; scratch && !status && index <= n_steps && index <= MOST_STEPS;
	     index++) {
		struct step step;
		arena_reset(scratch);
		enum skill skill = skill_of_step(stepper, index, scratch);
		if (skill == SKILL_NONE || checks[skill].n_questions == MOST_OF_SKILL ||
		    !tutor_wants(&tutor, index) ||
		    stepper_at(stepper, index, scratch, &step, NULL) ||
		    !tutor_note_asked(&tutor, &step))
			continue;
		status = check_question(stepper, index, &checks[skill], err);
	}
	if (!scratch)
		status = error_no_memory(err);
	arena_free(scratch);
	tutor_free(&tutor);
	return status;
}
