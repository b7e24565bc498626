/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui.h -- the full screen: a session on the terminal. */
#ifndef BACKSTEP_TUI_TUI_H
#define BACKSTEP_TUI_TUI_H

#include <stdbool.h>

#include "backstep/base/status.h"

/* Whether the full screen is possible here: err says why not, and hints at the line console. */
bool tui_is_usable(struct error *err);

struct command_context;
/* Walks a context's session on the terminal until the person leaves. Without a lesson in it, the
 * person chooses one. place: the address of where the walk begins, or NULL. remarks: what is to be
 * said at the start. Errors: STATUS_IO where the terminal cannot be used or goes away;
 * STATUS_NO_MEMORY. Owns: the context and its session, which are freed at the end. */
enum status tui_run(struct command_context *context, const char *place, const char *remarks,
		    bool colour, bool ascii, struct error *err);

struct exam_sitting;
/* An exam, until it is handed in or left; what is to be said after it stands in its out. Errors: as
 * tui_run. */
enum status tui_exam_run(struct exam_sitting *sitting, bool colour, bool ascii, struct error *err);

#endif
