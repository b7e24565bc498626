/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exam_line.h -- an exam by lines: `3: 0.1948` answers question 3, `3` shows it, `list`, `hand-in
 * FILE`, `quit`. Nothing else of the language: what tells numbers is not there. */
#ifndef BACKSTEP_COMMAND_EXAM_LINE_H
#define BACKSTEP_COMMAND_EXAM_LINE_H

#include "backstep/teach/exam.h"

/* What the front end and the lines share. Owns: out. */
struct exam_sitting {
	struct exam *exam;
	size_t shown;      /* the question that is looked at, from 1 */
	bool is_over;      /* handed in, or left */
	struct strbuf out; /* the answer; the front end shows it and clears it */
};

/* Runs a line. Empty lines and those that start with # do nothing. Errors: STATUS_BAD_INPUT; as
 * exam_answer and exam_hand_in. */
enum status exam_line_run(struct exam_sitting *sitting, const char *line, struct error *err);
/* Appends what the exam is, how it is answered, and the questions. */
void exam_line_begin(struct exam_sitting *sitting);

#endif
