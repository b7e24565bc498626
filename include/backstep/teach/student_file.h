/* SPDX-License-Identifier: GPL-3.0-or-later */
/* student_file.h -- what somebody answered, as a file: JSON lines, only ever appended to.
 *
 * The first line says what it is: {"backstep-student":1,"program":...,"code":...}. Every other line
 * is an event, with the lesson's id and how the SHA-256 of its file begins, what was typed, and
 * last the address of the question. h is the SHA-256 of the h before and the line without h: who
 * edits a line by hand breaks the chain, and a report says so. It is no proof: who can rebuild the
 * program can forge one.
 *
 * A line is written through to the disk before anything is said of the answer, by one write, so a
 * kill loses none and doubles none. Files of one student are merged by what is in them. */
#ifndef BACKSTEP_TEACH_STUDENT_FILE_H
#define BACKSTEP_TEACH_STUDENT_FILE_H

#include "backstep/teach/learner.h"

/* A file as it was read. Owns: all of it. */
struct student {
	char *path, *code, *program;
	struct learner learner;
	size_t n_edited;     /* lines whose chain is broken */
	size_t first_edited; /* the first of them, from 1; 0: none */
	size_t first_back;   /* the first line that is earlier than the one before; 0: none */
	bool is_cut;         /* the last line is not complete: the program was killed as it wrote */
};

/* Reads a file. Errors: STATUS_IO; STATUS_BAD_INPUT with the line that cannot be read;
 * STATUS_NO_MEMORY. */
enum status student_read(struct student *student, const char *path, struct error *err);
void student_free(struct student *student);

/* How a file ended when it was appended to last. */
struct student_end {
	uint64_t device, inode, size; /* size 0: it was not */
	char chain[DIGEST_TEXT];
};

/* Appends an event to a file, which is begun where there is none. A file that is no student file,
 * or is damaged, is left as it is. end (may be NULL) spares reading a file that nobody else wrote
 * to since: it starts as {0}. Errors: STATUS_IO, with the file as it was; STATUS_BAD_INPUT,
 * STATUS_NO_MEMORY. */
enum status student_append(const char *path, const char *code, const struct event *event,
			   struct student_end *end, struct error *err);
/* Writes all events into a new file, and after them last, which may be NULL. Errors: as
 * file_create. */
enum status student_write(const char *path, const struct learner *learner, const struct event *last,
			  struct error *err);

#endif
