/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_terminfo.h -- what the terminal database says, asked before curses starts. */
#ifndef BACKSTEP_TUI_TERMINAL_TERMINFO_H
#define BACKSTEP_TUI_TERMINAL_TERMINFO_H

#include "backstep/base/status.h"

/* Asks the terminal to mark what is pasted, and not to. Older descriptions of terminals do not have
 * them; a terminal that cannot do it takes no notice. */
#define TERMINAL_PASTE_MARKED "\033[?2004h"
#define TERMINAL_PASTE_UNMARKED "\033[?2004l"

/* The bytes that give a terminal back: no attributes, cursor, keypad, the screen from before. A
 * signal handler writes them, so they are computed beforehand. */
struct terminal_farewell {
	char bytes[256];
	size_t len;
};

/* Checks that the full screen is possible here and fills farewell.
 * Errors: STATUS_IO. */
enum status terminal_terminfo_read(struct terminal_farewell *farewell, struct error *err);

#endif
