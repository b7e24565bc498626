/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_screen.h -- copies a grid to the terminal through curses. */
#ifndef BACKSTEP_TUI_TERMINAL_SCREEN_H
#define BACKSTEP_TUI_TERMINAL_SCREEN_H

#include <stdbool.h>

#include "backstep/base/status.h"
#include "backstep/base/theme.h"
#include "backstep/view/grid.h"

/* Errors: STATUS_IO. */
enum status terminal_screen_open(bool colour, struct error *err);
/* Which colours the next screen has; and what the terminal said of its own ground, dark or light.
 */
void terminal_screen_set_theme(enum theme theme);
void terminal_screen_set_ground(enum theme ground);
/* Whether it makes a difference. */
bool terminal_screen_asks_ground(void);
/* Gives the terminal back, unless it is not ours any more. */
void terminal_screen_close(void);

/* Asks the terminal for its size; the next screen is painted as a whole. */
void terminal_screen_measure(int *rows, int *columns);

/* Shows what differs from what was shown before. */
void terminal_screen_show(const struct grid *grid);

/* The next screen is painted as a whole. */
void terminal_screen_repaint(void);

/* Gives the terminal back until the next screen is shown. */
void terminal_screen_suspend(void);

#endif
