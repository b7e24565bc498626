/* SPDX-License-Identifier: GPL-3.0-or-later */
/* regrade.c -- a class answers the same questions: a question is opened once, and an answer that
 * was seen before is not judged again. */
#include "regrade.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/session/renumber.h"
#include "backstep/teach/assess.h"
#include "backstep/trace/place_name.h"
#include "assess_private.h"
#include "fresh.h"
#include "student_private.h"
#include "tutor_private.h"

enum { N_QUESTIONS = 64, N_ANSWERS = 4096, N_LESSONS = 16, N_MISSED = 16 };

/* An open question; the oldest gives way. */
struct kept_question {
	uint64_t key;
	struct assessment *a; /* NULL: it cannot be found */
};

struct kept_answer {
	uint64_t key; /* 0: free */
	bool is_known;
	enum verdict_kind verdict;
	char slip[32];
	struct missed missed; /* where it was not right */
};

/* A lesson that is a file of its own. */
struct own_lesson {
	char *id, *path;
};

struct regrader {
	struct session *session;
	char *lesson;                            /* that is open */
	char versioned[LABEL_TEXT], version[17]; /* the lesson whose version is known */
	struct kept_question questions[N_QUESTIONS];
	size_t next_question;
	struct kept_answer answers[N_ANSWERS];
	struct own_lesson lessons[N_LESSONS];
	size_t n_lessons;
	/* What the student got wrong last, with the same numbers: the newest takes the oldest's
	 * place. */
	struct missed missed[N_MISSED];
	size_t n_missed;
	uint64_t numbers;
};

struct regrader *regrader_new(void)
{
	struct regrader *r = calloc(1, sizeof *r);
	if (r && session_new(&r->session, NULL)) {
		free(r);
		return NULL;
	}
	return r;
}

static void forget_question(struct kept_question *question)
{
	if (question->a)
		assess_close(question->a);
	free(question->a);
	*question = (struct kept_question){0};
}

void regrader_free(struct regrader *r)
{
	for (size_t i = 0; r && i < N_QUESTIONS; i++)
		forget_question(&r->questions[i]);
	for (size_t i = 0; r && i < r->n_lessons; i++) {
		free(r->lessons[i].id);
		free(r->lessons[i].path);
	}
	if (r) {
		session_free(r->session);
		free(r->lesson);
	}
	free(r);
}

void regrader_add_lesson(struct regrader *r, const char *path)
{
	struct lesson *lesson;
	struct error_list errors = {0};
	if (r->n_lessons == N_LESSONS || lesson_read_file(path, &lesson, &errors)) {
		error_list_free(&errors);
		return;
	}
	struct own_lesson own = {strdup(lesson->id.text), strdup(path)};
	lesson_free(lesson);
	if (own.id && own.path)
		r->lessons[r->n_lessons++] = own;
}

void regrader_begin_student(struct regrader *r)
{
	r->n_missed = 0;
}

/* The lesson with this id as it is found. */
static const char *lesson_called(const struct regrader *r, const char *id)
{
	for (size_t i = 0; i < r->n_lessons; i++)
		if (strcmp(r->lessons[i].id, id) == 0)
			return r->lessons[i].path;
	return id;
}

/* Opens the lesson of an event. */
static bool open_lesson(struct regrader *r, const struct event *event)
{
	struct error_list errors = {0};
	if (r->lesson && strcmp(r->lesson, event->lesson) == 0)
		return true;
	free(r->lesson);
	r->lesson = NULL;
	bool failed = session_open(r->session, lesson_called(r, event->lesson), &errors);
	error_list_free(&errors);
	r->lesson = failed ? NULL : strdup(event->lesson);
	return r->lesson;
}

/* The same with the event's numbers. */
static bool open_numbers(struct regrader *r, const struct event *event)
{
	struct session *session = r->session;
	if (!open_lesson(r, event))
		return false;
	if (!event->has_seed)
		return !session_own_numbers(session, NULL);
	bool is_same = session->has_fresh && session->fresh == event->seed &&
		       session->fresh_attempt == event->attempt;
	return is_same || !session_renumber(session, event->seed, event->attempt, NULL);
}

/* The index of the step that the place names, in its update; 0: there is none. */
static uint64_t find_place(struct regrader *r, const char *place)
{
	struct stepper *stepper = &r->session->stepper;
	unsigned long long update = 1;
	if (sscanf(place, "update=%llu", &update) != 1 || update == 0 || update > 1000)
		return 0;
	while (stepper_updates(stepper) + 1 < update) {
		if (stepper_update(stepper, NULL))
			return 0;
		stepper_leave_commit(stepper);
	}
	uint64_t n_steps = stepper_n_steps(stepper), found = 0;
	struct arena *scratch = arena_new();
	struct strbuf text = {0};
	for (uint64_t index = 1; scratch && !found && index <= n_steps; index++) {
		struct step step;
		arena_reset(scratch);
		strbuf_clear(&text);
		if (stepper_at(stepper, index, scratch, &step, NULL) || !step.left)
			continue;
		tutor_print_place(&step, &text);
		found = strcmp(strbuf_str(&text), place) == 0 ? index : 0;
	}
	strbuf_free(&text);
	arena_free(scratch);
	return found;
}

/* By its address, which is quick; else by what it is of. */
static uint64_t find_step(struct regrader *r, const struct event *event)
{
	const char *at = event->at ? strchr(event->at, '@') : NULL;
	char name[2 * LABEL_TEXT];
	uint64_t index = 0;
	if (at && place_name_update(at + 1) == stepper_updates(&r->session->stepper) + 1) {
		snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 1, "?"), at + 1);
		index = place_name_find(&r->session->stepper, name);
	}
	return index ? index : find_place(r, event->place);
}

static struct assessment *open_place(struct regrader *r, const struct event *event)
{
	uint64_t index = open_numbers(r, event) ? find_step(r, event) : 0;
	struct assessment *a = index ? calloc(1, sizeof *a) : NULL;
	if (!a)
		return NULL;
	stepper_end_pass(&r->session->stepper);
	if (assess_open(a, &r->session->stepper, index, false, NULL)) {
		free(a);
		return NULL;
	}
	assess_allow_shown(a, r->session->style.digits);
	assess_take_lesson(a, r->session->lesson);
	return a;
}

bool regrade_is_changed(struct regrader *r, const struct event *event)
{
	if (!*event->version || !open_lesson(r, event))
		return false;
	if (strcmp(r->versioned, event->lesson) != 0) {
		snprintf(r->versioned, sizeof r->versioned, "%s", event->lesson);
		digest_lesson(lesson_called(r, event->lesson), r->version);
	}
	return strcmp(r->version, event->version) != 0;
}

uint64_t question_key(const struct event *event)
{
	uint64_t key = hash_text(hash_text(HASH_START, event->lesson), event->place);
	key = hash_number(key, event->has_seed ? event->seed + 1 : 0);
	return hash_number(key, event->attempt) | 1;
}

static struct assessment *find_question(struct regrader *r, const struct event *event)
{
	uint64_t key = question_key(event);
	for (size_t i = 0; i < N_QUESTIONS; i++)
		if (r->questions[i].key == key)
			return r->questions[i].a;
	struct kept_question *question = &r->questions[r->next_question++ % N_QUESTIONS];
	forget_question(question);
	question->key = key;
	question->a = open_place(r, event);
	return question->a;
}

static void judge(struct regrader *r, const struct event *event, struct kept_answer *answer)
{
	struct assessment *a = find_question(r, event);
	answer->is_known = a && assess_text(a, event->typed, NULL) == STATUS_OK;
	if (!answer->is_known)
		return;
	answer->verdict = a->verdict.kind;
	answer->slip[0] = '\0';
	assess_missed(a, &answer->missed);
	if (a->verdict.kind == VERDICT_NAMED)
		snprintf(answer->slip, sizeof answer->slip, "%s", a->verdict.slips[0]->class->name);
}

/* The number of a wrong answer is kept, to be gone on from. */
static void note_missed(struct regrader *r, const struct missed *missed)
{
	size_t i = 0;
	while (i < r->n_missed && strcmp(r->missed[i].name, missed->name) != 0)
		i++;
	if (i == N_MISSED) {
		memmove(r->missed, r->missed + 1, (N_MISSED - 1) * sizeof *r->missed);
		i--;
	}
	r->n_missed += i == r->n_missed;
	r->missed[i] = *missed;
}

/* Whether the answer is right from a wrong one before it with the same numbers, once for each. */
static bool is_carried(struct regrader *r, const struct event *event)
{
	struct assessment *a = r->n_missed ? find_question(r, event) : NULL;
	bool is_read = false;
	for (size_t i = 0; a && i < r->n_missed; i++) {
		if (!*r->missed[i].name)
			continue;
		is_read = is_read || assess_text(a, event->typed, NULL) == STATUS_OK;
		if (!is_read || !assess_carried(a, event->typed, &r->missed[i]))
			continue;
		r->missed[i].name[0] = '\0';
		return true;
	}
	return false;
}

/* Another network: nothing is gone on from. */
static void follow_numbers(struct regrader *r, const struct event *event)
{
	uint64_t numbers = hash_number(hash_text(HASH_START, event->lesson), event->seed);
	numbers = hash_number(numbers, event->attempt);
	if (numbers != r->numbers)
		r->n_missed = 0;
	r->numbers = numbers;
}

bool regrade_event(struct regrader *r, struct event *event)
{
	if (event->kind != EVENT_ANSWER || !event->typed)
		return true;
	uint64_t key = hash_text(question_key(event), event->typed) | 1;
	struct kept_answer *answer = &r->answers[key % N_ANSWERS];
	follow_numbers(r, event);
	if (answer->key != key) {
		*answer = (struct kept_answer){.key = key};
		judge(r, event, answer);
	}
	if (!answer->is_known)
		return false;
	event->verdict = answer->verdict;
	memcpy(event->slip, answer->slip, sizeof event->slip);
	if (event_is_right(event) || event->verdict == VERDICT_MORE_DIGITS)
		return true;
	if (is_carried(r, event)) {
		event->verdict = VERDICT_RIGHT;
		event->slip[0] = '\0';
	} else {
		note_missed(r, &answer->missed);
	}
	return true;
}
