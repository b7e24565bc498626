/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.h -- names of files: where a program keeps its own (the XDG base directories), and what one
 * is called as seen from another. */
#ifndef BACKSTEP_BASE_PATHS_H
#define BACKSTEP_BASE_PATHS_H

/* backstep/NAME in the folder that variable names (XDG_DATA_HOME, XDG_STATE_HOME), or in
 * HOME/fallback where it is not set or not absolute. NULL without HOME, or on lack of memory.
 * Owns: the caller (free). */
char *paths_xdg(const char *variable, const char *fallback, const char *name);

/* The path of a file that the program keeps for its user, in XDG_STATE_HOME; its folders are made.
 * Such are history, what was typed at prompts; progress.bsp, what was answered, of all lessons;
 * sittings, where each lesson was left; exams/, answers of exams, handed in or not. Only who sits
 * at a terminal has them. NULL without HOME, or on lack of memory. Owns: the caller (free). */
char *paths_state(const char *name);

/* Creates the folders that path goes through, for the user alone; whether that worked is seen when
 * the file opens. path is written to and restored. */
void paths_make_folders(char *path);

/* The path of the file called name in the folder of file. NULL on lack of memory.
 * Owns: the caller (free). */
char *paths_beside(const char *file, const char *name);
/* What an existing file is called as seen from the folder of from, which itself need not exist:
 * ../lessons/xor.yaml. NULL where a folder cannot be read, or on lack of memory.
 * Owns: the caller (free). */
char *paths_relative(const char *from, const char *file);

#endif
