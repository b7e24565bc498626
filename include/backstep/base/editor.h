/* SPDX-License-Identifier: GPL-3.0-or-later */
/* editor.h -- the person's own editor, on the terminal of this program. */
#ifndef BACKSTEP_BASE_EDITOR_H
#define BACKSTEP_BASE_EDITOR_H

#include <stddef.h>

#include "backstep/base/status.h"

/* Opens a file in $VISUAL, else $EDITOR, else vi, as the shell understands them, and waits for its
 * end; at a line where it is not 0 and the editor is one that takes +LINE. The terminal must be as
 * programs find it. Errors: STATUS_IO, the editor did not begin or
 * did not end well; STATUS_NO_MEMORY. */
enum status editor_run(const char *path, size_t line, struct error *err);

#endif
