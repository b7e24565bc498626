/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exam.h -- an exam as the command line asks for it, with the file that its answers are kept in. */
#ifndef BACKSTEP_CONSOLE_EXAM_H
#define BACKSTEP_CONSOLE_EXAM_H

#include "backstep/console/options.h"
#include "backstep/teach/exam.h"
#include "backstep/teach/student_file.h"

/* Owns: everything in it. It must not be moved: what is answered is kept through it. */
struct kept_exam {
	struct session *session;
	struct exam exam;
	char *path; /* NULL: nothing is kept */
	struct student_end end;
};

/* Opens the exam of a lesson; keeps: answers of before are taken up, and new ones written through
 * to the state folder. Every error is appended to errors. Errors: as session_open, exam_open,
 * student_read. Owns: the caller (exam_end), on success. */
enum status exam_begin(const struct options *options, const char *lesson, bool keeps,
		       struct kept_exam *kept, struct error_list *errors);
void exam_end(struct kept_exam *kept);

#endif
