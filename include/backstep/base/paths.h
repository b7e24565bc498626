/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.h -- where a program keeps its files: the XDG base directories. */
#ifndef BACKSTEP_BASE_PATHS_H
#define BACKSTEP_BASE_PATHS_H

/* backstep/NAME in the folder that variable names (XDG_DATA_HOME, XDG_STATE_HOME), or in
 * HOME/fallback where it is not set or not absolute. NULL without HOME, or on lack of memory.
 * Owns: the caller (free). */
char *paths_xdg(const char *variable, const char *fallback, const char *name);

/* Creates the folders that path goes through, for the user alone; whether that worked is seen when
 * the file opens. path is written to and restored. */
void paths_make_folders(char *path);

#endif
