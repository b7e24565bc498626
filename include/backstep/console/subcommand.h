/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subcommand.h -- `backstep run`, `trace`, `train`, `check` and the like, and the line console.
 *
 * To add one: a row with its function in a file of its own, and its name in subcommand_list.h. */
#ifndef BACKSTEP_CONSOLE_SUBCOMMAND_H
#define BACKSTEP_CONSOLE_SUBCOMMAND_H

#include "backstep/console/options.h"

/* A row. What is left out does not apply. */
struct subcommand {
	const char *name, *usage, *summary; /* summary N_() */
	int min_args, max_args;             /* after the name; -1: any number */
	int (*run)(const struct options *options, char **args, int n_args);
};

/* Every subcommand; NULL at the end. */
extern const struct subcommand *const subcommand_registry[];

/* The row called name, or NULL. */
const struct subcommand *subcommand_find(const char *name);
/* The hint that names the subcommand nearest to a misspelt one; false: none is near. */
bool subcommand_hint_nearest(const char *name, struct error *err);
/* Checks the number of arguments and runs it. Returns the exit code. */
int subcommand_exec(const struct subcommand *row, const struct options *options);

/* What --help prints: of the subcommand or the key of lessons that the first argument is, else
 * everything. */
void help_print(const struct options *options);

/* The line console: readline at a terminal, plain lines otherwise. lesson may be NULL. Returns the
 * exit code. */
int console_run(const struct options *options, const char *lesson);

#endif
