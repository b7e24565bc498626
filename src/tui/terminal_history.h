/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_history.h -- the prompt's history, kept in a file. */
#ifndef BACKSTEP_TUI_TERMINAL_HISTORY_H
#define BACKSTEP_TUI_TERMINAL_HISTORY_H

/* Reads the history of file (NULL: none), which is created with its folders. Where that cannot be
 * done there is a history for this run alone. */
void terminal_history_open(const char *file);
/* Forgets the history that is in memory. */
void terminal_history_close(void);

/* Adds a line, and to the file at once, unless it is the line before again. */
void terminal_history_add(const char *line);

#endif
