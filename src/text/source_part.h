/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source_part.h -- what the YAML reader asks of parts of a text. Private to text/. */
#ifndef BACKSTEP_TEXT_SOURCE_PART_H
#define BACKSTEP_TEXT_SOURCE_PART_H

#include <stdint.h>

#include "backstep/text/source.h"
#include "backstep/text/source_check.h"

/* A part of the text, in characters from its start. */
struct source_span {
	struct source_mark mark;
	size_t first, last;
};

/* Reports the first character of value, which was read from a part of text, that must not be
 * shown. */
void source_check_value(const char *text, size_t len, struct source_span span, const char *value,
			size_t value_len, struct report *report);

/* The first tab that indents a line of text (lines from 1); false where there is none. */
bool source_find_tab(const char *text, size_t len, size_t line, struct source_mark *tab);
/* The first character in lines first to last (from 1) that looks like a blank or like nothing and
 * is neither; false where there is none. */
bool source_find_odd(const char *text, size_t len, size_t first, size_t last,
		     struct source_mark *mark, uint32_t *code);

#endif
