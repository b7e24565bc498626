/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course.h -- the lessons there are as a course: by topic, in order, with what a learner has done,
 * begun, and does next. */
#ifndef BACKSTEP_TEACH_COURSE_H
#define BACKSTEP_TEACH_COURSE_H

#include "backstep/lesson/lesson_find.h"
#include "backstep/teach/learner.h"

/* DONE: every kind of question that the lesson's quiz names, and every other that was answered in
 * it, was answered right. NEXT: the first lesson that was not begun. */
enum lesson_mark { LESSON_NEW, LESSON_BEGUN, LESSON_DONE, LESSON_NEXT };

/* Fills marks [n_items]; a learner without events has none but the first, which is next. */
void course_mark(const struct lesson_list *list, const struct learner *learner,
		 enum lesson_mark *marks);
/* How a mark is drawn: blank, + # > . */
char course_mark_char(enum lesson_mark mark);
/* Which lesson is next; 0 where none is. */
size_t course_next(const struct lesson_list *list, const enum lesson_mark *marks);

/* Appends a line for each lesson, its id first, below the heading of its topic. learner: whose
 * marks stand beside them; NULL, or one without events: none do. Errors: STATUS_NO_MEMORY. */
enum status course_print(const struct lesson_list *list, const struct learner *learner,
			 struct strbuf *out, struct error *err);

#endif
