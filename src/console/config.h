/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.h -- the commands that a person has at every start. */
#ifndef BACKSTEP_CONSOLE_CONFIG_H
#define BACKSTEP_CONSOLE_CONFIG_H

#include "backstep/command/command.h"

/* Runs the lines of backstep/config in the folder of settings (XDG_CONFIG_HOME, ~/.config), if
 * there is such a file. What goes wrong is appended to remarks, a line each, and the other lines
 * are run. */
void config_run(struct command_context *context, struct strbuf *remarks);

#endif
