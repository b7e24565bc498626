/* SPDX-License-Identifier: GPL-3.0-or-later */
/* student_private.h -- what the files about students and their answers share. Private to teach/. */
#ifndef BACKSTEP_TEACH_STUDENT_PRIVATE_H
#define BACKSTEP_TEACH_STUDENT_PRIVATE_H

#include "backstep/teach/student_file.h"

/* The SHA-256 of some bytes, in hexadecimal; and how that of the file of a lesson, by its id or
 * path, begins ("" where it cannot be read). */
void digest_bytes(const void *bytes, size_t size, char text[DIGEST_TEXT]);
void digest_lesson(const char *name, char version[17]);

/* Seconds since 1970, by the learner's clock. */
int64_t learner_now(const struct learner *learner);
void event_free(struct event *event);

/* Adds the events of another file of the same student that are not there yet, by time. Errors:
 * STATUS_NO_MEMORY. */
enum status student_merge(struct student *to, const struct student *from, struct error *err);

/* Of a student and a skill: how many questions were answered before their value was shown, and how
 * many values were shown. */
struct effort {
	size_t n_questions, n_tried_first, n_revealed, n_hints, seconds;
};
void report_effort(const struct student *student, enum skill skill, struct effort *effort);

#endif
