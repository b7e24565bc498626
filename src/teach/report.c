/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c -- files into students, and what is counted of them. */
#include "backstep/teach/report.h"

#include <stdlib.h>
#include <string.h>

#include "regrade.h"
#include "student_private.h"

void report_free(struct class_report *report)
{
	for (size_t i = 0; i < report->n_students; i++)
		student_free(&report->students[i]);
	free(report->students);
	*report = (struct class_report){.students = NULL};
}

/* The student with this code. A file without a code is a student of its own. */
static struct student *find_code(struct class_report *report, const char *code)
{
	for (size_t i = 0; *code && i < report->n_students; i++)
		if (strcmp(report->students[i].code, code) == 0)
			return &report->students[i];
	return NULL;
}

static enum status insert(struct class_report *report, const struct student *student,
			  struct error *err)
{
	size_t n = report->n_students;
	struct student *students = realloc(report->students, (n + 1) * sizeof *students);
	if (!students)
		return error_no_memory(err);
	report->students = students;
	size_t at = n;
	for (; at > 0 && strcmp(students[at - 1].code, student->code) > 0; at--)
		students[at] = students[at - 1];
	students[at] = *student;
	report->n_students++;
	return STATUS_OK;
}

enum status report_add(struct class_report *report, const char *path, struct error *err)
{
	struct student student;
	enum status status = student_read(&student, path, err);
	if (status)
		return status;
	report->n_files++;
	struct student *known = find_code(report, student.code);
	if (known) {
		status = student_merge(known, &student, err);
		student_free(&student);
		return status;
	}
	status = insert(report, &student, err);
	if (status)
		student_free(&student);
	return status;
}

enum status report_regrade(struct class_report *report, struct error *err)
{
	struct regrader *regrader = regrader_new();
	if (!regrader)
		return error_no_memory(err);
	for (size_t i = 0; i < report->n_students; i++) {
		struct learner *learner = &report->students[i].learner;
		for (size_t k = 0; k < learner->n_events; k++) {
			report->n_lost += !regrade_event(regrader, &learner->events[k]);
			report->n_changed += regrade_is_changed(regrader, &learner->events[k]);
		}
	}
	regrader_free(regrader);
	return STATUS_OK;
}

static bool is_same_question(const struct event *a, const struct event *b)
{
	return a->has_seed == b->has_seed && a->seed == b->seed &&
	       strcmp(a->lesson, b->lesson) == 0 && strcmp(a->place, b->place) == 0;
}

static bool is_first_of_question(const struct learner *learner, size_t i)
{
	return i == 0 || !is_same_question(&learner->events[i - 1], &learner->events[i]);
}

void report_effort(const struct student *student, enum skill skill, struct effort *effort)
{
	const struct learner *learner = &student->learner;
	bool is_tried = false;
	*effort = (struct effort){0};
	for (size_t i = 0; i < learner->n_events; i++) {
		const struct event *event = &learner->events[i];
		if (event->skill != skill)
			continue;
		if (is_first_of_question(learner, i)) {
			effort->n_questions++;
			is_tried = false;
		}
		bool is_answer = event->kind == EVENT_ANSWER;
		effort->n_tried_first += is_answer && !is_tried && event->hints < 3;
		is_tried |= is_answer;
		effort->n_revealed += event->kind == EVENT_REVEAL;
		effort->n_hints += event->kind == EVENT_HINT;
		if (is_answer && event->seconds < 1800) /* longer was a pause */
			effort->seconds += event->seconds;
	}
}
