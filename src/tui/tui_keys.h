/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_keys.h -- the keys of the full screen, a table for each of its modes: a key is a command's
 * text.
 *
 * To add a key: a row in tui_key_rows.c. To add a mode: its table there, and what shows it in
 * tui.c. */
#ifndef BACKSTEP_TUI_KEYS_H
#define BACKSTEP_TUI_KEYS_H

#include "backstep/base/strbuf.h"
#include "backstep/view/view.h"

/* What the screen shows: a lesson that is walked, by keys or by a presenter's remote, the lessons
 * to choose from, a page of text, one whose lines lead on, one of lines that were pasted, the rows
 * of a view or of the table or the numbers on the screen to choose from. With a remote, at a
 * question, at lines that lead on, at pasted ones and in the table some keys mean something else;
 * the others mean what they mean on a walk, on a page and in a view. */
enum tui_mode {
	TUI_WALK,
	TUI_CLICKER,
	TUI_QUESTION,
	TUI_CHOICE,
	TUI_PAGE,
	TUI_LINKS,
	TUI_PASTE,
	TUI_ROWS,
	TUI_TABLE,
	TUI_NUMBERS,
	N_TUI_MODES,
};

/* What is left out does not apply. */
struct tui_key {
	const char *keys; /* names as the terminal gives them, between spaces; the first is shown */
	const char *shown;   /* how the first is written, where it is not as it is named; N_() */
	const char *plain;   /* the same in ASCII, where a v would be another key */
	const char *command; /* what it types */
	const char *summary; /* N_() */
	enum hint_when hint; /* on the last line */
	bool counts;         /* a count before it says how often */
	bool takes_key; /* the command is about the key itself, which it gets as its argument */
};

/* The rows of each mode; in the one after the last keys is NULL. Other keys do nothing, and say so.
 */
extern const struct tui_key *const tui_keys[N_TUI_MODES];
/* The line editor's own, which types no commands. */
extern const struct tui_key tui_prompt_keys[];

/* The row of a key, or NULL. */
const struct tui_key *tui_key_find(enum tui_mode mode, const char *key);
/* Appends what a key types after a count; 0: there was none. */
void tui_key_type(const struct tui_key *key, size_t count, struct strbuf *line);
/* What a mode is called. */
const char *tui_mode_title(enum tui_mode mode);
/* How the key is written that types a command on a walk or at a question, or NULL. */
const char *tui_key_of(const char *command, bool ascii);
/* Fills hints (room for max) with the keys of the last line; returns how many. */
size_t tui_key_hints(enum tui_mode mode, struct view_hint *hints, size_t max, bool ascii);
/* Appends the list of keys that `?` shows: those of a mode, then of the others. */
void tui_key_help(enum tui_mode mode, struct strbuf *out);

#endif
