/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_keys.h -- the keys of the full screen, as a table: a key is a command's text. */
#ifndef BACKSTEP_TUI_KEYS_H
#define BACKSTEP_TUI_KEYS_H

#include "backstep/base/strbuf.h"
#include "backstep/view/view.h"

struct tui_key {
	const char *keys; /* names as the terminal gives them, between spaces; the first is shown */
	const char *shown;   /* how the first is written; NULL: as it is named */
	const char *plain;   /* the same in ASCII, where a v would be another key; NULL: as shown */
	const char *command; /* what it types */
	const char *summary; /* N_() */
	bool hint;           /* stands on the last line */
};

extern const struct tui_key tui_key_table[];

/* The command of a key, or NULL. */
const char *tui_key_command(const char *key);
/* The same of the keys that mean something else at a question. */
const char *tui_question_command(const char *key);
/* Fills hints (room for max) with the keys of the last line; returns how many. */
size_t tui_key_hints(struct view_hint *hints, size_t max, bool ascii);
/* Appends the list of keys that `?` shows. */
void tui_key_help(struct strbuf *out);

#endif
