/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_signals.h -- signals as events of the loop, and a terminal that is given back whatever
 * kills the program. */
#ifndef BACKSTEP_TUI_TERMINAL_SIGNALS_H
#define BACKSTEP_TUI_TERMINAL_SIGNALS_H

#include <stdbool.h>

#include "terminal_terminfo.h"

/* Catches the signals; remembers the terminal's present modes. Ignored signals stay ignored.
 * Errors: STATUS_IO. */
enum status terminal_signals_catch(const struct terminal_farewell *farewell, struct error *err);

/* Gives the signals back. Returns the signal that asked the program to end, or 0. */
int terminal_signals_release(void);

/* Readable while a signal waits. */
int terminal_signals_fd(void);

/* The next signal that waits (SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP), or 0. */
int terminal_signals_next(void);

/* Stops the process as Ctrl-Z does; returns when it is continued. */
void terminal_signals_stop(void);

/* Whether the terminal is ours to use: in the background it is the shell's. */
bool terminal_signals_foreground(void);

#endif
