/* SPDX-License-Identifier: GPL-3.0-or-later */
/* console_private.h -- what the front ends of the console share. */
#ifndef BACKSTEP_CONSOLE_PRIVATE_H
#define BACKSTEP_CONSOLE_PRIVATE_H

#include "backstep/console/subcommand.h"

/* Prints text on stdout; in ASCII where the terminal reads no more. */
void options_print(const struct options *options, const char *text);
/* Prints text on stderr. */
void options_complain(const struct options *options, const char *text);
/* A session with those settings in force that need no lesson. Errors: STATUS_NO_MEMORY,
 * STATUS_BAD_INPUT. */
enum status options_session(const struct options *options, struct session **session,
			    struct error *err);
/* Puts the other settings in force, in a session with its lesson open, as if they had been typed.
 * Their order on the command line does not matter. Errors: as command_exec. */
enum status options_settings(const struct options *options, struct session *session,
			     struct error *err);

/* Prints all subcommands and options. */
void subcommand_print_help(const struct options *options);
/* Appends a subcommand, and the options that its usage names. */
void subcommand_explain(const struct subcommand *row, struct strbuf *out);

struct option_row;
/* Refuses an option that a subcommand (NULL: a walk) does not have. Errors: STATUS_BAD_INPUT. */
enum status subcommand_check_option(const struct subcommand *row, const struct option_row *option,
				    struct error *err);

#endif
