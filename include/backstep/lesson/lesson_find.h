/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_find.h -- where lessons are, and which there are.
 *
 * Lessons are files NN-ID.yaml in these folders, the first one first: those of BACKSTEP_LESSONS
 * (separated by colons), the user's own (XDG_DATA_HOME/backstep/lessons), the installed ones, and
 * those of the source tree. In a topic the order of the file names is the order of teaching. */
#ifndef BACKSTEP_LESSON_LESSON_FIND_H
#define BACKSTEP_LESSON_LESSON_FIND_H

#include "backstep/base/strbuf.h"
#include "backstep/lesson/lesson.h"
#include "backstep/lesson/lesson_topic.h"

/* The path of a lesson: name itself where it is one (it has a '/', or ends in .yaml and exists; or
 * it is LESSON_ON_INPUT), else the lesson's with that id or file name.
 * Errors: STATUS_BAD_INPUT where there is none, STATUS_NO_MEMORY.
 * Owns: the caller, *path (free). */
enum status lesson_find(const char *name, char **path, struct error *err);

/* Whether a name has the looks of a path: a '/' in it, or .yaml at its end. */
bool lesson_may_be_path(const char *name);

struct lesson_item {
	const char *id, *path;
	const char *title[N_LANGUAGES];
	enum lesson_topic topic;
	const char **kinds; /* [n_kinds] what its quiz asks, by name */
	size_t n_kinds;
};

/* Owns: errors, and the arena, in which all the rest lies. */
struct lesson_list {
	struct arena *arena;
	struct lesson_item *items; /* [n_items] by topic, in the order of teaching */
	size_t n_items;
	struct error_list errors; /* the first error of each file that is no lesson */
};

/* Reads all lessons; where two have the same id, the one of the earlier folder is listed.
 * Errors: STATUS_NO_MEMORY; then the list is empty. */
enum status lesson_list_read(struct lesson_list *list, struct error *err);
void lesson_list_free(struct lesson_list *list);

#endif
