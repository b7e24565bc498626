/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui.h -- the full screen: a session on the terminal. */
#ifndef BACKSTEP_TUI_TUI_H
#define BACKSTEP_TUI_TUI_H

#include "backstep/session/session.h"
#include "backstep/tui/terminal.h"

/* Walks a session on the terminal until the person leaves. Without a lesson in the session, the
 * person chooses one. Errors: as terminal_run. */
enum status tui_run(struct session *session, bool colour, bool ascii, struct error *err);

#endif
