/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c -- files into students, and what is counted of them. */
#include "backstep/teach/report.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/text.h"
#include "regrade.h"
#include "student_private.h"

void report_free(struct class_report *report)
{
	for (size_t i = 0; i < report->n_students; i++)
		student_free(&report->students[i]);
	free(report->students);
	free(report->tallies);
	for (size_t i = 0; i < report->n_lessons; i++)
		free(report->lessons[i]);
	free(report->lessons);
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

enum status report_add_lesson(struct class_report *report, const char *path, struct error *err)
{
	char **lessons =
	    realloc(report->lessons, (report->n_lessons + 1) * sizeof *report->lessons);
	if (!lessons)
		return error_no_memory(err);
	report->lessons = lessons;
	lessons[report->n_lessons] = strdup(path);
	return lessons[report->n_lessons++] ? STATUS_OK : error_no_memory(err);
}

void report_name(const struct class_report *report, size_t student, struct strbuf *out)
{
	const char *code = report->students[student].code, *path = report->students[student].path;
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	if (report->is_anonymous)
		strbuf_addf(out, "%zu", student + 1);
	else if (*code)
		text_sanitize(out, code, strlen(code));
	else
		text_sanitize(out, base, strcspn(base, "."));
}

static enum status count(struct class_report *report, struct error *err)
{
	enum status status = STATUS_OK;
	free(report->tallies);
	report->tallies = calloc(report->n_students + 1, sizeof *report->tallies);
	if (!report->tallies)
		return error_no_memory(err);
	for (size_t i = 0; !status && i < report->n_students; i++)
		status = report_tally(&report->students[i].learner, report->tallies[i], err);
	return status;
}

enum status report_regrade(struct class_report *report, struct error *err)
{
	struct regrader *regrader = regrader_new();
	if (!regrader)
		return error_no_memory(err);
	for (size_t i = 0; i < report->n_lessons; i++)
		regrader_add_lesson(regrader, report->lessons[i]);
	for (size_t i = 0; i < report->n_students; i++) {
		struct learner *learner = &report->students[i].learner;
		regrader_begin_student(regrader);
		for (size_t k = 0; k < learner->n_events; k++) {
			report->n_lost += !regrade_event(regrader, &learner->events[k]);
			report->n_changed += regrade_is_changed(regrader, &learner->events[k]);
		}
	}
	regrader_free(regrader);
	return count(report, err);
}
