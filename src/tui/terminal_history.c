/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_history.c -- readline's history, and its file.
 *
 * A line is appended when it is entered: nothing is lost when the program is killed, and two
 * programs at the same time do not overwrite each other's lines. */
#include "terminal_history.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

#include "backstep/base/paths.h"

enum { LINES_KEPT = 1000 };

/* Where lines are appended, or NULL. Readline's history belongs to the process, and so does
 * this. */
static char *history_file;

/* Appending needs a file that is there. A pipe or a device under its name is left alone. */
static bool create_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0600);
	struct stat status;
	bool usable;
	if (fd < 0)
		return false;
	usable = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
	close(fd);
	return usable;
}

void terminal_history_open(const char *file)
{
	using_history();
	clear_history();
	stifle_history(LINES_KEPT);
	history_file = file && *file ? strdup(file) : NULL;
	if (!history_file)
		return;
	paths_make_folders(history_file);
	if (create_file(history_file)) {
		read_history(history_file);
		history_truncate_file(history_file, LINES_KEPT);
	} else {
		free(history_file);
		history_file = NULL;
	}
}

void terminal_history_close(void)
{
	clear_history();
	free(history_file);
	history_file = NULL;
}

void terminal_history_add(const char *line)
{
	HIST_ENTRY *last = history_get(history_base + history_length - 1);

	if (last && strcmp(last->line, line) == 0)
		return;
	add_history(line);
	if (history_file)
		append_history(1, history_file);
}
