/* SPDX-License-Identifier: GPL-3.0-or-later */
/* regrade.c -- answers judged again; one that was seen before is not judged a second time. */
#include "regrade.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "assess_private.h"
#include "carry.h"
#include "student_private.h"
#include "worlds.h"

enum { N_ANSWERS = 4096 };

struct kept_answer {
	uint64_t key; /* 0: free */
	bool is_known;
	enum verdict_kind verdict;
	char slip[32];
	struct missed missed; /* its number, for who goes on from it */
};

struct regrader {
	struct worlds *worlds;
	struct kept_answer answers[N_ANSWERS];
	struct carry carry; /* of the student at hand, with the same numbers */
	uint64_t numbers;
};

struct regrader *regrader_new(void)
{
	struct regrader *r = calloc(1, sizeof *r);
	if (r && !(r->worlds = worlds_new())) {
		free(r);
		return NULL;
	}
	return r;
}

void regrader_free(struct regrader *r)
{
	if (r)
		worlds_free(r->worlds);
	free(r);
}

void regrader_add_lesson(struct regrader *r, const char *path)
{
	worlds_add_lesson(r->worlds, path);
}

void regrader_begin_student(struct regrader *r)
{
	r->carry.n = 0;
}

bool regrade_is_changed(struct regrader *r, const struct event *event)
{
	const char *version = *event->version ? worlds_version(r->worlds, event) : "";
	return *version && strcmp(version, event->version) != 0;
}

uint64_t question_key(const struct event *event)
{
	const char *query = event->at ? strchr(event->at, '?') : NULL; /* settings too */
	uint64_t key = hash_text(hash_text(HASH_START, event->lesson), event->place);
	key = hash_text(key, query ? query : "");
	key = hash_number(key, event->has_seed ? event->seed + 1 : 0);
	return hash_number(key, event->attempt) | 1;
}

static void judge(struct regrader *r, const struct event *event, struct kept_answer *answer)
{
	struct assessment *a = worlds_question(r->worlds, event);
	answer->is_known = a && assess_text(a, event->typed, NULL) == STATUS_OK;
	if (!answer->is_known)
		return;
	answer->verdict = a->verdict.kind;
	answer->slip[0] = '\0';
	assess_missed(a, &answer->missed);
	if (a->verdict.kind == VERDICT_NAMED)
		snprintf(answer->slip, sizeof answer->slip, "%s", a->verdict.slips[0]->class->name);
}

/* Whether the answer is right from a wrong one before it with the same numbers. */
static bool is_carried(struct regrader *r, const struct event *event)
{
	struct assessment *a = r->carry.n ? worlds_question(r->worlds, event) : NULL;
	return a && carry_take(&r->carry, a, event->typed);
}

/* Another network: nothing is gone on from. */
static void follow_numbers(struct regrader *r, const struct event *event)
{
	uint64_t numbers = hash_number(hash_text(HASH_START, event->lesson), event->seed);
	numbers = hash_number(numbers, event->attempt);
	if (numbers != r->numbers)
		r->carry.n = 0;
	r->numbers = numbers;
}

bool regrade_event(struct regrader *r, struct event *event)
{
	if (event->kind == EVENT_RULE) {
		enum skill picked;
		bool is_known = event->typed && skill_find(event->typed, &picked);
		event->verdict = is_known && picked == event->skill ? VERDICT_RIGHT : VERDICT_NONE;
		return is_known;
	}
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
	if (event->verdict == VERDICT_MORE_DIGITS || event->is_part)
		return true;
	if (event_is_right(event)) {
		carry_got(&r->carry, &answer->missed);
	} else if (is_carried(r, event)) {
		event->verdict = VERDICT_RIGHT;
		event->slip[0] = '\0';
	} else {
		carry_miss(&r->carry, &answer->missed);
	}
	return true;
}
