/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subcommand_private.h -- the functions that rows of subcommand_table name. */
#ifndef BACKSTEP_CONSOLE_SUBCOMMAND_PRIVATE_H
#define BACKSTEP_CONSOLE_SUBCOMMAND_PRIVATE_H

#include "backstep/console/subcommand.h"

int subcommand_run_script(const struct options *options, char **args, int n_args);
int subcommand_trace(const struct options *options, char **args, int n_args);
int subcommand_train(const struct options *options, char **args, int n_args);
int subcommand_check(const struct options *options, char **args, int n_args);
int subcommand_report(const struct options *options, char **args, int n_args);
int subcommand_exam(const struct options *options, char **args, int n_args);
int subcommand_list(const struct options *options, char **args, int n_args);
int subcommand_new(const struct options *options, char **args, int n_args);
int subcommand_help(const struct options *options, char **args, int n_args);

#endif
