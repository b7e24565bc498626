/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_tally.c -- a student's events, counted by question: one that is answered again, here or
 * elsewhere in the file, is the same question, and its last answer counts. */
#include <stdlib.h>
#include <string.h>

#include "student_private.h"

enum { PAUSE = 1800 }; /* seconds: longer was no work */

struct seen {
	uint64_t key; /* 0: free */
	enum skill skill;
	bool is_tried, is_revealed, is_right;
};

/* The question of an event in a table of n, which has room. */
static struct seen *find(struct seen *table, size_t n, const struct event *event)
{
	uint64_t key = question_key(event);
	size_t i = (size_t)(key % n);
	while (table[i].key && table[i].key != key)
		i = (i + 1) % n;
	table[i].key = key;
	table[i].skill = event->skill;
	return &table[i];
}

static void look_at(struct seen *seen, const struct event *event)
{
	if (event->kind == EVENT_ANSWER) {
		seen->is_tried |= !seen->is_revealed && event->hints < 3;
		seen->is_right = event_is_right(event);
	}
	seen->is_revealed |= event->kind == EVENT_REVEAL;
}

static void count_event(struct tally *tally, const struct event *event)
{
	bool is_answer = event->kind == EVENT_ANSWER, is_right = event_is_right(event);
	tally->n_answers += is_answer && !event->is_part;
	tally->n_parts += is_answer && event->is_part;
	tally->n_parts_right += is_right && event->is_part;
	tally->n_rules += event->kind == EVENT_RULE;
	tally->n_rules_right += event->kind == EVENT_RULE && event->verdict == VERDICT_RIGHT;
	tally->n_slips += is_answer && *event->slip;
	tally->n_hints += event->kind == EVENT_HINT;
	tally->n_revealed += event->kind == EVENT_REVEAL;
	if (is_answer && event->seconds < PAUSE)
		tally->seconds += event->seconds;
}

static void count_question(struct tally *tally, const struct seen *seen)
{
	tally->n_questions++;
	tally->n_right += seen->is_right;
	tally->n_tried_first += seen->is_tried;
}

enum status report_tally(const struct learner *learner, struct tally tallies[N_SKILLS + 1],
			 struct error *err)
{
	size_t n = 2 * learner->n_events + 1;
	struct seen *table = calloc(n, sizeof *table);
	memset(tallies, 0, (N_SKILLS + 1) * sizeof *tallies);
	if (!table)
		return error_no_memory(err);
	for (size_t i = 0; i < learner->n_events; i++) {
		const struct event *event = &learner->events[i];
		if (event->skill >= N_SKILLS)
			continue;
		if (event_counts(event))
			look_at(find(table, n, event), event);
		count_event(&tallies[event->skill], event);
		count_event(&tallies[N_SKILLS], event);
	}
	for (size_t i = 0; i < n; i++) {
		if (!table[i].key)
			continue;
		count_question(&tallies[table[i].skill], &table[i]);
		count_question(&tallies[N_SKILLS], &table[i]);
	}
	free(table);
	return STATUS_OK;
}
