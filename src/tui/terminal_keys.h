/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_keys.h -- what was typed, a key at a time, by name and as bytes. */
#ifndef BACKSTEP_TUI_TERMINAL_KEYS_H
#define BACKSTEP_TUI_TERMINAL_KEYS_H

#include <stdbool.h>

#include "backstep/base/status.h"

enum { KEY_TEXT = 32 };

/* name is empty for a key that has none here; terminal.h lists the names. */
struct terminal_key {
	char name[KEY_TEXT];
	char bytes[KEY_TEXT]; /* what the terminal sends for it */
	bool is_function;     /* sends a sequence of its own, not a character */
};

/* The screen is open. Errors: STATUS_NO_MEMORY. */
enum status terminal_keys_open(struct error *err);
void terminal_keys_close(void);

/* Reads the next key; false where no whole key waits. */
bool terminal_keys_read(struct terminal_key *key);

#endif
