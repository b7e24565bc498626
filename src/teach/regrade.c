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
#include "assess_private.h"
#include "fresh.h"
#include "student_private.h"
#include "tutor_private.h"

enum { N_QUESTIONS = 64, N_ANSWERS = 4096 };

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
};

struct regrader {
	struct session *session;
	char *lesson;                            /* that is open */
	char versioned[LABEL_TEXT], version[17]; /* the lesson whose version is known */
	bool has_seed;
	uint64_t seed;
	struct kept_question questions[N_QUESTIONS];
	size_t next_question;
	struct kept_answer answers[N_ANSWERS];
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
	if (r) {
		session_free(r->session);
		free(r->lesson);
	}
	free(r);
}

/* Opens the lesson with the numbers of the event. */
static bool open_lesson(struct regrader *r, const struct event *event)
{
	struct error_list errors = {0};
	bool is_same = r->lesson && strcmp(r->lesson, event->lesson) == 0 &&
		       r->has_seed == event->has_seed && r->seed == event->seed;
	if (is_same)
		return true;
	free(r->lesson);
	r->lesson = NULL;
	bool failed = session_open(r->session, event->lesson, &errors) != STATUS_OK;
	error_list_free(&errors);
	if (failed)
		return false;
	r->lesson = strdup(event->lesson);
	r->has_seed = event->has_seed;
	r->seed = event->seed;
	return r->lesson && (!event->has_seed ||
			     !session_renumber(r->session, event->seed, event->attempt, NULL));
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

static struct assessment *open_place(struct regrader *r, const struct event *event)
{
	uint64_t index = open_lesson(r, event) ? find_place(r, event->place) : 0;
	struct assessment *a = index ? calloc(1, sizeof *a) : NULL;
	if (!a)
		return NULL;
	stepper_end_pass(&r->session->stepper);
	if (assess_open(a, &r->session->stepper, index, false, NULL)) {
		free(a);
		return NULL;
	}
	assess_allow_shown(a, r->session->style.digits);
	return a;
}

bool regrade_is_changed(struct regrader *r, const struct event *event)
{
	if (!*event->version || !open_lesson(r, event))
		return false;
	if (strcmp(r->versioned, event->lesson) != 0) {
		snprintf(r->versioned, sizeof r->versioned, "%s", event->lesson);
		digest_lesson(event->lesson, r->version);
	}
	return strcmp(r->version, event->version) != 0;
}

static uint64_t question_key(const struct event *event)
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
	if (a->verdict.kind == VERDICT_NAMED)
		snprintf(answer->slip, sizeof answer->slip, "%s", a->verdict.slips[0]->class->name);
}

bool regrade_event(struct regrader *r, struct event *event)
{
	if (event->kind != EVENT_ANSWER || !event->typed)
		return true;
	uint64_t key = hash_text(question_key(event), event->typed) | 1;
	struct kept_answer *answer = &r->answers[key % N_ANSWERS];
	if (answer->key != key) {
		*answer = (struct kept_answer){.key = key};
		judge(r, event, answer);
	}
	if (!answer->is_known)
		return false;
	event->verdict = answer->verdict;
	memcpy(event->slip, answer->slip, sizeof event->slip);
	return true;
}
