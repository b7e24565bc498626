/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h -- what students' files say: of one student, or of a class. */
#ifndef BACKSTEP_TEACH_REPORT_H
#define BACKSTEP_TEACH_REPORT_H

#include "backstep/teach/student_file.h"

enum report_format { REPORT_TEXT, REPORT_MARKDOWN, REPORT_CSV };

/* Students, files of one merged. Owns: all of it. */
struct class_report {
	struct student *students; /* [n_students] sorted by code */
	size_t n_students, n_files;
	size_t n_changed; /* answers to another version of the lesson */
	size_t n_lost;    /* answers whose question is not in the lessons any more */
	bool is_anonymous;
};

/* Adds a file: to the student that has its code, or as one more. Errors: as student_read. */
enum status report_add(struct class_report *report, const char *path, struct error *err);
/* Judges every answer again. Errors: STATUS_NO_MEMORY. */
enum status report_regrade(struct class_report *report, struct error *err);
void report_free(struct class_report *report);

/* Appends the report: of one student alone more of each skill. */
void report_print(const struct class_report *report, enum report_format format, struct strbuf *out);

#endif
