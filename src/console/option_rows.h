/* SPDX-License-Identifier: GPL-3.0-or-later */
/* option_rows.h -- the options of the command line, as rows.
 *
 * Most of them are settings of the session (session/setting.h): what those may be stands in their
 * own row. To add one: a row in option_rows.c, and where it is no setting, a field of struct
 * options. */
#ifndef BACKSTEP_CONSOLE_OPTION_ROWS_H
#define BACKSTEP_CONSOLE_OPTION_ROWS_H

#include "backstep/base/strbuf.h"
#include "backstep/console/options.h"

enum option_kind {
	OPTION_FLAG,    /* a bool: it is there */
	OPTION_WORD,    /* a size_t: the number of one of words */
	OPTION_COUNT,   /* a uint64_t, least to most */
	OPTION_TEXT,    /* a const char * */
	OPTION_SETTING, /* a setting of the session */
	OPTION_ASSIGN,  /* NAME=VALUE: any setting */
};

/* Where help lists it: under this title, or in the usage of its subcommand. */
enum option_group { OPTION_IN_USAGE, OPTION_GENERAL, OPTION_OF_TRAIN, N_OPTION_GROUPS };

/* What is left out does not apply. */
struct option_row {
	const char *name; /* without its dashes */
	char letter;
	enum option_kind kind;
	enum option_group group;
	const char *argument;     /* as help calls it; NULL: none, or the words it may be */
	const char *summary;      /* N_() */
	const char *const *words; /* NULL at the end */
	size_t least, most;
	size_t offset;       /* in struct options */
	const char *setting; /* its name, where it is not the option's */
};

/* Every option, then a row whose name is NULL. */
extern const struct option_row option_table[];

/* The setting that the row is, or NULL. */
const struct setting *option_setting(const struct option_row *row);
/* Appends how the row is written: "--lang en|es", "--rate R". */
void option_write(const struct option_row *row, struct strbuf *out);

#endif
