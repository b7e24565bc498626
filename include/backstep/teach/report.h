/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h -- what students' files say: of one student, or of a class. */
#ifndef BACKSTEP_TEACH_REPORT_H
#define BACKSTEP_TEACH_REPORT_H

#include "backstep/teach/student_file.h"

enum report_format { REPORT_TEXT, REPORT_MARKDOWN, REPORT_CSV };

/* What somebody did at a skill, or in all. A question is right by its last answer. */
struct tally {
	size_t n_questions, n_right;
	size_t n_tried_first; /* answered before the value, or the numbers, were shown */
	size_t n_answers, n_slips, n_hints, n_revealed, seconds;
	size_t n_parts, n_parts_right; /* answers to parts of questions */
	size_t n_rules, n_rules_right; /* "which rule was it?" */
};

/* Students, files of one merged. Owns: all of it. */
struct class_report {
	struct student *students;              /* [n_students] sorted by code */
	struct tally (*tallies)[N_SKILLS + 1]; /* [n_students] of each skill, and of all */
	char **lessons;                        /* [n_lessons] files that answers may be about */
	size_t n_lessons;
	size_t n_students, n_files;
	size_t n_changed; /* answers to another version of the lesson */
	size_t n_lost;    /* answers whose question is not in the lessons any more */
	bool is_anonymous;
};

/* Adds a file: to the student that has its code, or as one more. Errors: as student_read. */
enum status report_add(struct class_report *report, const char *path, struct error *err);
/* Adds a lesson's file: answers about its id are judged by it. Errors: STATUS_NO_MEMORY. */
enum status report_add_lesson(struct class_report *report, const char *path, struct error *err);
/* Judges every answer again, and counts. Errors: STATUS_NO_MEMORY. */
enum status report_regrade(struct class_report *report, struct error *err);
void report_free(struct class_report *report);

/* Appends the report: of one student alone more of each skill. */
void report_print(const struct class_report *report, enum report_format format, struct strbuf *out);

#endif
