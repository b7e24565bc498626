/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course.c -- what is done of each lesson follows from the answers, and from nothing else. */
#include "backstep/teach/course.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"

/* What was answered in a lesson, by skill. */
struct answered {
	bool any, asked[N_SKILLS], right[N_SKILLS];
};

static void find_answered(const struct learner *learner, const char *id, struct answered *answered)
{
	*answered = (struct answered){.any = false};
	for (size_t i = 0; i < learner->n_events; i++) {
		const struct event *event = &learner->events[i];
		if (strcmp(event->lesson, id) != 0 || event->skill >= N_SKILLS ||
		    !event_counts(event))
			continue;
		answered->any = answered->asked[event->skill] = true;
		answered->right[event->skill] |= event_is_right(event);
	}
}

static enum lesson_mark mark_of(const struct lesson_item *item, const struct learner *learner)
{
	struct answered answered;
	enum skill skill;
	find_answered(learner, item->id, &answered);
	for (size_t i = 0; i < item->n_kinds; i++)
		if (skill_find(item->kinds[i], &skill))
			answered.asked[skill] = true;
	bool is_done = answered.any;
	for (size_t i = 0; i < N_SKILLS; i++)
		is_done &= !answered.asked[i] || answered.right[i];
	return is_done ? LESSON_DONE : answered.any ? LESSON_BEGUN : LESSON_NEW;
}

void course_mark(const struct lesson_list *list, const struct learner *learner,
		 enum lesson_mark *marks)
{
	bool has_next = false;
	for (size_t i = 0; i < list->n_items; i++) {
		marks[i] = mark_of(&list->items[i], learner);
		if (marks[i] == LESSON_NEW && !has_next) {
			marks[i] = LESSON_NEXT;
			has_next = true;
		}
	}
}

char course_mark_char(enum lesson_mark mark)
{
	static const char chars[] = {
	    [LESSON_NEW] = ' ', [LESSON_BEGUN] = '+', [LESSON_DONE] = '#', [LESSON_NEXT] = '>'};
	return chars[mark];
}

size_t course_next(const struct lesson_list *list, const enum lesson_mark *marks)
{
	for (size_t i = 0; i < list->n_items; i++)
		if (marks[i] == LESSON_NEXT)
			return i;
	return 0;
}

static void print_item(const struct lesson_item *item, size_t widest, enum lesson_mark mark,
		       bool has_marks, struct strbuf *out)
{
	strbuf_addf(out, "  %-*s ", (int)widest, item->id);
	if (has_marks)
		strbuf_addf(out, "%c", course_mark_char(mark));
	strbuf_addf(out, " %s\n", item->title[language_current()]);
}

enum status course_print(const struct lesson_list *list, const struct learner *learner,
			 struct strbuf *out, struct error *err)
{
	bool has_marks = learner && learner->n_events > 0;
	enum lesson_mark *marks = calloc(list->n_items + 1, sizeof *marks);
	size_t widest = 0;
	if (!marks)
		return error_no_memory(err);
	if (has_marks)
		course_mark(list, learner, marks);
	for (size_t i = 0; i < list->n_items; i++)
		if (strlen(list->items[i].id) > widest)
			widest = strlen(list->items[i].id);
	for (size_t i = 0; i < list->n_items; i++) {
		const struct lesson_item *item = &list->items[i];
		if (i == 0 || item->topic != item[-1].topic)
			strbuf_addf(out, "%s\n", tr(lesson_topic_titles[item->topic]));
		print_item(item, widest, marks[i], has_marks, out);
	}
	if (has_marks)
		strbuf_addf(out, "%s\n", _("# done, + begun, > next"));
	free(marks);
	return STATUS_OK;
}
