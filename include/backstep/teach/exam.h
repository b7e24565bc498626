/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exam.h -- the questions of a lesson all at once, as its `quiz:` says: in any order, each to be
 * changed until the exam is handed in.
 *
 * A code draws the numbers: the same code has the same ones on every machine, so they can be judged
 * again. No question tells a number that another one asks. There are no hints. Where the lesson
 * says `reveal: end`, verdicts are kept back until the hand-in, and may be changed until then; else
 * they are told at once, and after the lesson's number of tries a question is over. */
#ifndef BACKSTEP_TEACH_EXAM_H
#define BACKSTEP_TEACH_EXAM_H

#include "backstep/teach/tutor.h"

/* Owns: all of it. */
struct exam_question {
	struct assessment *a;
	enum skill skill;
	struct strbuf address;
	char *typed; /* the answer that counts; NULL: none was given */
	size_t tries;
	bool is_over; /* it cannot be changed any more */
};

/* Owns: everything but the session. It must not be moved: its tutor points at it. */
struct exam {
	struct tutor tutor; /* its rules, and the record of what was answered */
	uint64_t *sheet;    /* [n_questions] the indices of the steps that are asked */
	const struct step **steps;
	struct exam_question *questions;
	size_t n_questions;
	size_t n_of_another; /* answers that were given to another version of the lesson */
	bool is_handed_in;
};

/* The exam of the lesson that is open, in the numbers of the code, or with none in the lesson's
 * own. Errors: STATUS_BAD_INPUT for a lesson that asks nothing; STATUS_NO_MEMORY. */
enum status exam_open(struct exam *exam, struct session *session, const char *code,
		      struct error *err);
void exam_close(struct exam *exam);
/* Where its answers are kept in the state folder. NULL without HOME, or on lack of memory. Owns:
 * the caller (free). */
char *exam_path(const struct exam *exam);
/* Takes up what was answered in an earlier sitting. Owns: the events, which learner has no more. */
void exam_resume(struct exam *exam, struct learner *learner);

/* The first question without an answer, from 1; the first of all where each has one. */
size_t exam_next_question(const struct exam *exam);

/* Answers question n (from 1); an answer before it counts no more. *is_told: its verdict may be
 * told. Errors: STATUS_BAD_INPUT for what cannot be read, or is over; as learner_note. */
enum status exam_answer(struct exam *exam, size_t n, const char *text, bool *is_told,
			struct error *err);
/* Writes the student's file, and ends the exam. Errors: as student_write; as learner_note. */
enum status exam_hand_in(struct exam *exam, const char *path, struct error *err);
/* How many of the answers are right, those from an earlier wrong number of one's own included. */
size_t exam_grade(struct exam *exam);

/* Appends question n, with what was answered; every question's name and answer in a line each; what
 * is known where the questions do not say it; how each was answered. */
void exam_print_question(struct exam *exam, size_t n, struct strbuf *out);
void exam_print_line(const struct exam *exam, size_t n, struct strbuf *out);
void exam_print_given(const struct exam *exam, struct strbuf *out);
void exam_print_result(struct exam *exam, struct strbuf *out);

#endif
