/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_text.h -- what there is to read about a lesson, part by part: its text, where it is from,
 * what to try. */
#ifndef BACKSTEP_VIEW_LESSON_TEXT_H
#define BACKSTEP_VIEW_LESSON_TEXT_H

#include "pane.h"

struct lesson_part {
	bool is_apart; /* a blank line stands before it */
	struct style style;
	const char *head, *text; /* head: a word before the text, or NULL */
	const char *command;     /* that it proposes, or NULL */
};

/* Part k in the current language; false after the last. */
bool lesson_part(const struct lesson *lesson, size_t k, struct lesson_part *part);
void lesson_part_print(const struct lesson_part *part, struct strbuf *out);

#endif
