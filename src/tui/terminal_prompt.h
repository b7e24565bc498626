/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_prompt.h -- the line editor on the last row; terminal.h opens it. */
#ifndef BACKSTEP_TUI_TERMINAL_PROMPT_H
#define BACKSTEP_TUI_TERMINAL_PROMPT_H

#include <stdbool.h>

#include "terminal.h"
#include "terminal_keys.h"

/* Prepares the line editor for app, which must outlive it. Call before the screen is opened.
 * Errors: STATUS_IO. */
enum status terminal_prompt_start(const struct terminal_app *app, const char *history_file,
				  struct error *err);
void terminal_prompt_stop(void);

bool terminal_prompt_is_open(void);
void terminal_prompt_close(void);

/* Gives a key to the prompt; false where it is closed or has no use for the key. */
bool terminal_prompt_key(const struct terminal_key *key);

/* Puts a text at the cursor of the open prompt. Where it has lines that end, the prompt is closed,
 * all of them and what stood there are moved to text, and true is returned. */
bool terminal_prompt_paste(struct strbuf *text);

/* The size of the screen. */
void terminal_prompt_resize(int rows, int columns);

/* Draws the prompt, where it is open, over the last row, candidates above it, and the cursor. */
void terminal_prompt_draw(struct grid *grid);

#endif
