/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_text.h -- a typed expression as formulas write it: ASCII, a decimal point, no derivative
 * that would read as a quotient. */
#ifndef BACKSTEP_TEACH_ANSWER_TEXT_H
#define BACKSTEP_TEACH_ANSWER_TEXT_H

#include "backstep/teach/answer.h"

enum { PLAIN_MAX = 4 * ANSWER_MAX_TEXT, PLAIN_DERIVATIVES = 16 };

/* column[i]: which character of what was typed byte i of text is of, from 1. */
struct plain_text {
	char text[PLAIN_MAX];
	unsigned short column[PLAIN_MAX];
	size_t len;
	/* D_0, D_1, ... stand for these. */
	struct entry *derivatives[PLAIN_DERIVATIVES];
	size_t n_derivatives;
};

/* Errors: STATUS_BAD_INPUT for text that is too long, empty, or has two separators in a number. */
enum status plain_text_make(struct plain_text *plain, const struct board *board, const char *text,
			    struct error *err);

#endif
