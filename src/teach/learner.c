/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learner.c -- the record of a sitting, and the rule of two right in a row. */
#include "backstep/teach/learner.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "student_private.h"

const char *const event_kind_names[N_EVENT_KINDS] = {
    [EVENT_ANSWER] = "answer", [EVENT_HINT] = "hint", [EVENT_REVEAL] = "reveal",
    [EVENT_SKIP] = "skip",     [EVENT_RULE] = "rule", [EVENT_HAND_IN] = "hand-in",
};

char skill_state_mark(enum skill_state state)
{
	static const char marks[] = {
	    [STATE_UNSEEN] = '.', [STATE_TRYING] = '-', [STATE_ONCE] = '+', [STATE_CAN] = '#'};
	return marks[state];
}

void event_free(struct event *event)
{
	free(event->lesson);
	free(event->place);
	free(event->typed);
	free(event->at);
	*event = (struct event){.lesson = NULL};
}

static char *copy_text(const char *text, bool *failed)
{
	char *copy = text ? strdup(text) : NULL;
	*failed |= text && !copy;
	return copy;
}

static bool event_copy(struct event *to, const struct event *from)
{
	bool failed = false;
	*to = *from;
	to->lesson = copy_text(from->lesson, &failed);
	to->place = copy_text(from->place, &failed);
	to->typed = copy_text(from->typed, &failed);
	to->at = copy_text(from->at, &failed);
	if (failed)
		event_free(to);
	return !failed;
}

void learner_forget(struct learner *learner)
{
	for (size_t i = 0; i < learner->n_events; i++)
		event_free(&learner->events[i]);
	free(learner->events);
	learner->events = NULL;
	learner->n_events = learner->capacity = 0;
}

void learner_take(struct learner *learner, struct learner *from)
{
	learner_forget(learner);
	learner->events = from->events;
	learner->n_events = from->n_events;
	learner->capacity = from->capacity;
	from->events = NULL;
	from->n_events = from->capacity = 0;
}

void learner_free(struct learner *learner)
{
	learner_forget(learner);
	free(learner->code);
	learner->code = NULL;
}

int64_t learner_now(const struct learner *learner)
{
	return learner->now ? learner->now() : (int64_t)time(NULL);
}

enum status learner_note(struct learner *learner, const struct event *event, struct error *err)
{
	if (learner->n_events == learner->capacity) {
		size_t capacity = learner->capacity ? 2 * learner->capacity : 64;
		struct event *events = realloc(learner->events, capacity * sizeof *events);
		if (!events)
			return error_no_memory(err);
		learner->events = events;
		learner->capacity = capacity;
	}
	struct event *noted = &learner->events[learner->n_events];
	if (!event_copy(noted, event))
		return error_no_memory(err);
	learner->n_events++;
	return learner->keep ? learner->keep(learner->ctx, noted, err) : STATUS_OK;
}

bool event_is_right(const struct event *event)
{
	return event->kind == EVENT_ANSWER &&
	       (event->verdict == VERDICT_RIGHT || event->verdict == VERDICT_REMARK);
}

bool event_counts(const struct event *event)
{
	return !event->is_part && event->kind != EVENT_RULE && event->kind != EVENT_HAND_IN;
}

/* How many are right in a row after an event. A right answer at the first try counts; after a hint
 * that gives the numbers it does not; the same numbers do not count twice. */
static size_t next_row(size_t n, const struct event *event, bool is_fresh)
{
	bool is_open = event->kind == EVENT_ANSWER && event->verdict == VERDICT_MORE_DIGITS;
	if (is_open || event->kind == EVENT_SKIP || event->kind == EVENT_HINT)
		return n;
	if (!event_is_right(event))
		return 0;
	if (event->tries > 1 || event->hints >= 3)
		return n;
	return n == 0 || is_fresh ? n + 1 : n;
}

/* Whether the numbers are others than those of the right answer before. */
static bool is_fresh(const struct event *event, const struct event *before)
{
	return !before || event->seed != before->seed || event->has_seed != before->has_seed ||
	       strcmp(event->place, before->place) != 0 ||
	       strcmp(event->lesson, before->lesson) != 0;
}

static void add_mark(char strip[8], const struct event *event)
{
	size_t n = strlen(strip);
	char mark = event_is_right(event) ? '+' : event->verdict == VERDICT_MORE_DIGITS ? '?' : 'x';
	if (n == 5)
		memmove(strip, strip + 1, n--);
	strip[n] = mark;
	strip[n + 1] = '\0';
}

void learner_skill(const struct learner *learner, enum skill skill, struct skill_report *report)
{
	const struct event *right = NULL;
	*report = (struct skill_report){.state = STATE_UNSEEN};
	for (size_t i = 0; i < learner->n_events; i++) {
		const struct event *event = &learner->events[i];
		if (event->skill != skill || !event_counts(event))
			continue;
		report->n_row = next_row(report->n_row, event, is_fresh(event, right));
		report->state = report->n_row == 0   ? STATE_TRYING
				: report->n_row == 1 ? STATE_ONCE
						     : STATE_CAN;
		report->n_revealed += event->kind == EVENT_REVEAL;
		if (event->kind != EVENT_ANSWER)
			continue;
		report->n_tried++;
		report->n_right += event_is_right(event);
		add_mark(report->strip, event);
		if (event_is_right(event))
			right = event;
	}
}

size_t learner_slips(const struct learner *learner, const char *name)
{
	size_t n = 0;
	for (size_t i = 0; i < learner->n_events; i++)
		n += learner->events[i].kind == EVENT_ANSWER &&
		     strcmp(learner->events[i].slip, name) == 0;
	return n;
}
