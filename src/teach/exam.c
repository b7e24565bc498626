/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exam.c -- an exam from its numbers to the hand-in. */
#include "backstep/teach/exam.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess_private.h"
#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/session/address.h"
#include "backstep/session/renumber.h"
#include "carry.h"
#include "fresh.h"
#include "student_private.h"
#include "tutor_private.h"

enum { MOST_STEPS = 4000, MOST_QUESTIONS = 100, MOST_DRAWS = 20 };

/* The first 48 bits of a SHA-256: whoever reads numbers as doubles has them whole. */
static uint64_t seed_of(const struct lesson *lesson, const char *code)
{
	char digest[DIGEST_TEXT];
	struct strbuf text = {0};
	strbuf_addf(&text, "exam\n%s\n%s", lesson->id.text, code);
	digest_bytes(strbuf_str(&text), text.len, digest);
	strbuf_free(&text);
	digest[12] = '\0';
	return strtoull(digest, NULL, 16);
}

/* A code may hold what a file's name must not. */
char *exam_path(const struct exam *exam)
{
	const struct lesson *lesson = exam->tutor.session->lesson;
	struct strbuf name = {0};
	strbuf_addf(&name, "exams/%s-%012llx.bsp", lesson->id.text,
		    (unsigned long long)seed_of(lesson, exam->tutor.learner.code));
	char *path = name.failed ? NULL : paths_state(strbuf_str(&name));
	strbuf_free(&name);
	return path;
}

/* The steps that the rules ask. Errors: STATUS_NO_MEMORY. */
static enum status find_sheet(struct exam *exam, struct error *err)
{
	struct tutor *tutor = &exam->tutor;
	const struct stepper *stepper = &tutor->session->stepper;
	uint64_t n_steps = stepper_n_steps(stepper);
	bool done = true;
	tutor->n_asked = exam->n_questions = 0;
	for (uint64_t index = 1;
	     done && index <= n_steps && index <= MOST_STEPS && exam->n_questions < MOST_QUESTIONS;
	     index++) {
		struct step step;
		struct arena *scratch = arena_new();
		bool wants = scratch && tutor_wants(tutor, index);
		done = scratch && (!wants || (!stepper_at(stepper, index, scratch, &step, NULL) &&
					      tutor_note_asked(tutor, &step)));
		if (wants)
			exam->sheet[exam->n_questions++] = index;
		arena_free(scratch);
	}
	return done ? STATUS_OK : error_no_memory(err);
}

/* Slips that the numbers of the whole sheet do not tell apart. */
static size_t count_collisions(const struct exam *exam)
{
	const struct stepper *stepper = &exam->tutor.session->stepper;
	size_t n = 0;
	if (!fresh_suits_kinks(stepper))
		return SIZE_MAX;
	for (size_t i = 0; i < exam->n_questions; i++) {
		size_t one = fresh_collisions_at(stepper, exam->sheet[i]);
		n += one == SIZE_MAX ? MOST_QUESTIONS : one;
	}
	return n;
}

/* Draws until the sheet tells slips apart; the best draw stays. */
static enum status draw_sheet(struct exam *exam, uint64_t seed, struct error *err)
{
	struct session *session = exam->tutor.session;
	size_t best = 0, fewest = SIZE_MAX;
	for (size_t attempt = 0; attempt <= MOST_DRAWS; attempt++) {
		bool is_last = attempt == MOST_DRAWS;
		enum status status = session_renumber(session, seed, is_last ? best : attempt, err);
		if (status)
			return status;
		stepper_end_pass(&session->stepper);
		status = find_sheet(exam, err);
		if (status || is_last)
			return status;
		size_t collisions = count_collisions(exam);
		if (collisions < fewest) {
			fewest = collisions;
			best = attempt;
		}
		if (collisions == 0)
			return STATUS_OK;
	}
	return STATUS_OK;
}

static enum status open_question(struct exam *exam, size_t i, struct error *err)
{
	struct session *session = exam->tutor.session;
	struct exam_question *question = &exam->questions[i];
	const struct tutor *tutor = &exam->tutor;
	struct assessment *a;
	enum status status = assess_new(&a, session, exam->sheet[i], tutor_hides(tutor), err);
	if (status)
		return status;
	a->board.question.from = tutor_gate(tutor, exam->sheet[i]);
	question->a = a;
	question->skill = skill_of_step(&session->stepper, exam->sheet[i], a->board.arena);
	address_print(session, exam->sheet[i], tutor_asks_how(tutor), &question->address);
	return question->address.failed ? error_no_memory(err) : STATUS_OK;
}

static enum status open_questions(struct exam *exam, struct error *err)
{
	enum status status = STATUS_OK;
	if (exam->n_questions == 0)
		return error_set(err, STATUS_BAD_INPUT, _("this lesson has nothing to be asked"));
	exam->questions = calloc(exam->n_questions, sizeof *exam->questions);
	exam->steps = calloc(exam->n_questions, sizeof *exam->steps);
	if (!exam->questions || !exam->steps)
		return error_no_memory(err);
	for (size_t i = 0; !status && i < exam->n_questions; i++) {
		status = open_question(exam, i, err);
		if (!status)
			exam->steps[i] = &exam->questions[i].a->board.question.step;
	}
	exam->tutor.sheet = exam->steps;
	exam->tutor.n_sheet = status ? 0 : exam->n_questions;
	return status;
}

enum status exam_open(struct exam *exam, struct session *session, const char *code,
		      struct error *err)
{
	*exam = (struct exam){.sheet = calloc(MOST_QUESTIONS, sizeof *exam->sheet)};
	struct tutor *tutor = &exam->tutor;
	tutor_init(tutor, session);
	tutor_lesson_rules(session->lesson, &tutor->rules);
	tutor->rules.has_hints = false;
	tutor->learner.code = strdup(code ? code : "");
	enum status status = exam->sheet && tutor->learner.code ? STATUS_OK : error_no_memory(err);
	if (!status && code)
		status = draw_sheet(exam, seed_of(session->lesson, code), err);
	else if (!status && tutor->rules.has_seed)
		status = draw_sheet(exam, tutor->rules.seed, err);
	else if (!status)
		status = find_sheet(exam, err);
	if (!status)
		status = open_questions(exam, err);
	tutor->opened = learner_now(&tutor->learner);
	if (status)
		exam_close(exam);
	return status;
}

void exam_close(struct exam *exam)
{
	for (size_t i = 0; exam->questions && i < exam->n_questions; i++) {
		struct exam_question *question = &exam->questions[i];
		assess_free(question->a);
		free(question->typed);
		strbuf_free(&question->address);
	}
	free(exam->questions);
	free(exam->sheet);
	free(exam->steps);
	exam->tutor.open = NULL; /* it is one of theirs */
	tutor_free(&exam->tutor);
	*exam = (struct exam){.n_questions = 0};
}

/* What an answer, which was judged, does to its question. */
static void count_answer(struct exam *exam, struct exam_question *question)
{
	const struct tutor_rules *rules = &exam->tutor.rules;
	question->tries += question->a->verdict.kind != VERDICT_MORE_DIGITS;
	question->is_over = !rules->tells_later &&
			    (assess_is_right(question->a) || question->tries >= rules->attempts);
}

static struct exam_question *find_question(struct exam *exam, const char *address)
{
	for (size_t i = 0; i < exam->n_questions; i++)
		if (strcmp(strbuf_str(&exam->questions[i].address), address) == 0)
			return &exam->questions[i];
	return NULL;
}

void exam_resume(struct exam *exam, struct learner *learner)
{
	char version[sizeof learner->events->version];
	digest_lesson(exam->tutor.session->lesson_name, version);
	for (size_t e = 0; e < learner->n_events; e++) {
		const struct event *event = &learner->events[e];
		exam->is_handed_in |= event->kind == EVENT_HAND_IN;
		exam->n_of_another += strcmp(event->version, version) != 0;
		struct exam_question *question = find_question(exam, event->at);
		if (!question || !event->typed || assess_text(question->a, event->typed, NULL))
			continue;
		free(question->typed);
		question->typed = strdup(event->typed);
		count_answer(exam, question);
	}
	learner_take(&exam->tutor.learner, learner);
}

size_t exam_next_question(const struct exam *exam)
{
	for (size_t i = 0; i < exam->n_questions; i++)
		if (!exam->questions[i].typed)
			return i + 1;
	return 1;
}

/* Lends a question to the tutor, which prints it and notes what happens at it. */
static struct tutor *lend(struct exam *exam, size_t i)
{
	struct exam_question *question = &exam->questions[i];
	struct tutor *tutor = &exam->tutor;
	tutor->open = question->a;
	tutor->skill = question->skill;
	tutor->tries = question->tries;
	strbuf_clear(&tutor->address);
	strbuf_add(&tutor->address, strbuf_str(&question->address));
	return tutor;
}

static enum status check_open(const struct exam *exam, size_t n, struct error *err)
{
	if (exam->is_handed_in)
		return error_set(err, STATUS_BAD_INPUT, _("this exam was handed in"));
	if (n < 1 || n > exam->n_questions)
		return error_set(err, STATUS_BAD_INPUT, _("the questions are 1 to %zu"),
				 exam->n_questions);
	if (exam->questions[n - 1].is_over)
		return error_set(err, STATUS_BAD_INPUT, _("question %zu is over"), n);
	return STATUS_OK;
}

enum status exam_answer(struct exam *exam, size_t n, const char *text, bool *is_told,
			struct error *err)
{
	enum status status = check_open(exam, n, err);
	if (status)
		return status;
	struct exam_question *question = &exam->questions[n - 1];
	char *typed = strdup(text);
	status = typed ? assess_text(question->a, text, err) : error_no_memory(err);
	if (status) {
		if (question->typed) /* that answer still counts */
			assess_text(question->a, question->typed, NULL);
		free(typed);
		return status;
	}
	free(question->typed);
	question->typed = typed;
	*is_told = !exam->tutor.rules.tells_later;
	count_answer(exam, question);
	struct tutor *tutor = lend(exam, n - 1);
	return tutor_note(tutor, EVENT_ANSWER, text, err);
}

/* Judges an answer of the record again, all before it being judged: it may be right from one that
 * was wrong. NULL where it is none. */
static struct exam_question *grade_event(struct exam *exam, struct carry *carry,
					 const struct event *event)
{
	struct missed missed;
	struct exam_question *question = find_question(exam, event->at);
	if (!question || !event->typed || assess_text(question->a, event->typed, NULL))
		return NULL;
	assess_missed(question->a, &missed);
	if (assess_is_right(question->a))
		carry_got(carry, &missed);
	else if (question->a->verdict.kind != VERDICT_MORE_DIGITS &&
		 !carry_take(carry, question->a, event->typed))
		carry_miss(carry, &missed);
	return question;
}

size_t exam_grade(struct exam *exam)
{
	const struct learner *learner = &exam->tutor.learner;
	struct carry carry = {.n = 0};
	size_t n = 0;
	for (size_t i = 0; i < learner->n_events; i++)
		grade_event(exam, &carry, &learner->events[i]);
	for (size_t i = 0; i < exam->n_questions; i++)
		n += exam->questions[i].typed && assess_is_right(exam->questions[i].a);
	return n;
}

/* Verdicts that were kept back are told from here on, in the file too. */
static void tell_verdicts(struct exam *exam)
{
	struct learner *learner = &exam->tutor.learner;
	struct carry carry = {.n = 0};
	for (size_t i = 0; i < learner->n_events; i++) {
		struct event *event = &learner->events[i];
		const struct exam_question *question = grade_event(exam, &carry, event);
		if (!question)
			continue;
		event->verdict = question->a->verdict.kind;
		if (event->verdict == VERDICT_NAMED)
			snprintf(event->slip, sizeof event->slip, "%s",
				 question->a->verdict.slips[0]->class->name);
	}
}

enum status exam_hand_in(struct exam *exam, const char *path, struct error *err)
{
	struct learner *learner = &exam->tutor.learner;
	const struct session *session = exam->tutor.session;
	char place[] = "exam";
	if (exam->is_handed_in)
		return check_open(exam, 1, err);
	char *lesson = strdup(session->lesson->id.text);
	if (!lesson)
		return error_no_memory(err);
	struct event event = {
	    .kind = EVENT_HAND_IN,
	    .time = learner_now(learner),
	    .lesson = lesson,
	    .place = place,
	    .at = lesson,
	    .skill = SKILL_NONE,
	    .verdict = N_VERDICT_KINDS,
	    .has_seed = session->has_fresh,
	    .seed = session->fresh,
	    .attempt = session->has_fresh ? session->fresh_attempt : 0,
	};
	digest_lesson(session->lesson_name, event.version);
	tell_verdicts(exam);
	enum status status = student_write(path, learner, &event, err);
	exam->is_handed_in = !status;
	if (!status)
		status = learner_note(learner, &event, err);
	free(lesson);
	return status;
}
