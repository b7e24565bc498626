/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_next.c -- what somebody does best next: one skill, in one lesson. */
#include <stdlib.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/teach/course.h"
#include "student_private.h"

/* Of the skills that were met the one that is least sure; SKILL_NONE: all are there. */
static enum skill weakest(const struct learner *learner)
{
	enum skill weakest = SKILL_NONE;
	enum skill_state lowest = STATE_CAN;
	for (size_t k = 0; k < N_SKILLS; k++) {
		struct skill_report report;
		learner_skill(learner, (enum skill)k, &report);
		if (report.state == STATE_UNSEEN || report.state >= lowest)
			continue;
		weakest = (enum skill)k;
		lowest = report.state;
	}
	return weakest;
}

/* Where the skill was asked last. */
static const char *lesson_of(const struct learner *learner, enum skill skill)
{
	const char *lesson = "";
	for (size_t i = 0; i < learner->n_events; i++)
		if (learner->events[i].skill == skill)
			lesson = learner->events[i].lesson;
	return lesson;
}

static void add_next_lesson(const struct learner *learner, struct strbuf *out)
{
	struct lesson_list list;
	if (lesson_list_read(&list, NULL) || list.n_items == 0)
		return;
	enum lesson_mark *marks = calloc(list.n_items, sizeof *marks);
	if (marks) {
		course_mark(&list, learner, marks);
		strbuf_addf(out, _("Next: the lesson %s.\n"),
			    list.items[course_next(&list, marks)].id);
	}
	free(marks);
	lesson_list_free(&list);
}

void report_add_next(const struct learner *learner, struct strbuf *out)
{
	enum skill skill = weakest(learner);
	if (skill == SKILL_NONE) {
		add_next_lesson(learner, out);
		return;
	}
	struct strbuf line = {0};
	const char *lesson = lesson_of(learner, skill);
	strbuf_addf(&line, _("Next: %s, with backstep %s and quiz %s.\n"),
		    tr(skill_table[skill].title), lesson, skill_word(skill));
	text_sanitize(out, strbuf_str(&line), line.len);
	strbuf_free(&line);
}
