/* SPDX-License-Identifier: GPL-3.0-or-later */
/* student_private.h -- what the files about students and their answers share. Private to teach/. */
#ifndef BACKSTEP_TEACH_STUDENT_PRIVATE_H
#define BACKSTEP_TEACH_STUDENT_PRIVATE_H

#include "backstep/teach/report.h"

/* The SHA-256 of some bytes, in hexadecimal; and how that of the file of a lesson, by its id or
 * path, begins ("" where it cannot be read). */
void digest_bytes(const void *bytes, size_t size, char text[DIGEST_TEXT]);
void digest_lesson(const char *name, char version[17]);

/* Seconds since 1970, by the learner's clock. */
int64_t learner_now(const struct learner *learner);
void event_free(struct event *event);

/* Adds the events of another file of the same student that are not there yet, by time. Errors:
 * STATUS_NO_MEMORY. */
enum status student_merge(struct student *to, struct student *from, struct error *err);

/* Which question it was, numbers included. */
uint64_t question_key(const struct event *event);
/* Fills what was done at each skill, and last at all of them. Errors: STATUS_NO_MEMORY. */
enum status report_tally(const struct learner *learner, struct tally tallies[N_SKILLS + 1],
			 struct error *err);
/* Appends what a student is called: the code, else the file, made safe; or a number. */
void report_name(const struct class_report *report, size_t student, struct strbuf *out);
/* Appends what to do next: a skill, and the lesson that asked it last; else the next lesson. */
void report_add_next(const struct learner *learner, struct strbuf *out);
/* Appends what is odd about the files, and what two students have alike that they should not. */
void report_add_signs(const struct class_report *report, struct strbuf *out);

#endif
