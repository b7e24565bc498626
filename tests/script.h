/* SPDX-License-Identifier: GPL-3.0-or-later */
/* script.h -- the lines that a test of random lines has typed: where it fails, they are written as
 * a script that `backstep run` replays. */
#ifndef BACKSTEP_TESTS_SCRIPT_H
#define BACKSTEP_TESTS_SCRIPT_H

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "backstep/base/strbuf.h"

static struct strbuf script_lines;
static char script_path[PATH_MAX];

/* Writes what was typed and not ended. */
static inline void script_tell(void)
{
	struct strbuf lines = script_lines;
	script_lines = (struct strbuf){0};
	FILE *file = lines.len ? fopen(script_path, "w") : NULL;
	if (!file)
		return;
	fputs(strbuf_str(&lines), file);
	if (fclose(file) == 0)
		fprintf(stderr, "the lines that failed: backstep run %s\n", script_path);
}

static inline void script_on_abort(int signal_number)
{
	(void)signal_number;
	script_tell();
}

/* Once in a program; NAME.script will stand in the folder that the test was started in. */
static inline void script_begin(const char *name)
{
	char folder[PATH_MAX - 64];
	if (!getcwd(folder, sizeof folder))
		return;
	snprintf(script_path, sizeof script_path, "%s/failed-%.40s.script", folder, name);
	atexit(script_tell);
	signal(SIGABRT, script_on_abort);
}

static inline void script_add(const char *line)
{
	strbuf_add(&script_lines, line);
	strbuf_add_char(&script_lines, '\n');
}

/* All was well; what is added from now on is another script. */
static inline void script_end(void)
{
	strbuf_free(&script_lines);
	script_lines = (struct strbuf){0};
}

#endif
