/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_keys.h -- what was typed, a key at a time, by name and as bytes. */
#ifndef BACKSTEP_TUI_TERMINAL_KEYS_H
#define BACKSTEP_TUI_TERMINAL_KEYS_H

#include <stdbool.h>

#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"

enum { KEY_TEXT = 32 };

/* The name of a key that stands for a text that was pasted, which terminal_keys_take_paste gives:
 * the terminal marks where it begins and ends (bracketed paste). */
#define TERMINAL_PASTE "paste"

/* name is empty for a key that has none here; terminal.h lists the names. */
struct terminal_key {
	char name[KEY_TEXT];
	char bytes[KEY_TEXT]; /* what the terminal sends for it */
	bool is_function;     /* sends a sequence of its own, not a character */
};

/* The screen is open. Errors: STATUS_NO_MEMORY. */
enum status terminal_keys_open(struct error *err);
void terminal_keys_close(void);

/* Asks the terminal how bright its ground is (xterm's OSC 11) and goes on: an answer is taken out
 * of the keys when it comes, and told to the screen. */
void terminal_keys_ask_ground(void);

/* Reads the next key; false where no whole key waits. */
bool terminal_keys_read(struct terminal_key *key);

/* Moves what was pasted to text, printable characters and newlines alone. Owns: the caller. */
void terminal_keys_take_paste(struct strbuf *text);
/* What is being pasted is forgotten, and keys are keys again. */
void terminal_keys_drop_paste(void);

#endif
