/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_find.c -- from what a person types to the path of a lesson.
 *
 * File names are enough for a lesson that follows the rule NN-ID.yaml; only when no name fits are
 * the files read, for the ids they hold and for "did you mean". */
#include "backstep/lesson/lesson_find.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/arena.h"
#include "backstep/base/contract.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "lesson_folders.h"

static bool ends_in_yaml(const char *name)
{
	size_t len = strlen(name);
	return len > 5 && strcmp(name + len - 5, ".yaml") == 0;
}

static enum status give_path(const char *found, char **path, struct error *err)
{
	*path = strdup(found);
	return *path ? STATUS_OK : error_no_memory(err);
}

/* Whether name is the file's id, its name, or its name without .yaml. */
static bool file_is_called(const struct folder_file *file, const char *name)
{
	size_t len = strlen(name);
	return strcmp(file->id, name) == 0 || strcmp(file->name, name) == 0 ||
	       (strncmp(file->name, name, len) == 0 && strcmp(file->name + len, ".yaml") == 0);
}

/* The file of the earliest folder that is called name; of one folder, the first by name. */
static const struct folder_file *find_file(const struct folder_files *files, const char *name)
{
	const struct folder_file *found = NULL;
	for (size_t i = 0; i < files->n_items; i++)
		if (file_is_called(&files->items[i], name) &&
		    (!found || files->items[i].folder < found->folder))
			found = &files->items[i];
	return found;
}

static const char *next_id(void *ctx, size_t i)
{
	const struct lesson_list *list = ctx;
	return i < list->n_items ? list->items[i].id : NULL;
}

/* Finds a lesson whose file name does not say its id. */
static enum status find_by_reading(const char *name, char **path, struct error *err)
{
	struct lesson_list list;
	char excerpt[TEXT_EXCERPT];
	enum status status = lesson_list_read(&list, err);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < list.n_items; i++) {
		if (strcmp(list.items[i].id, name) == 0) {
			status = give_path(list.items[i].path, path, err);
			goto out;
		}
	}
	status = error_set(err, STATUS_BAD_INPUT, _("there is no lesson '%s'"),
			   text_excerpt(excerpt, name));
	if (!error_hint_nearest(err, name, next_id, &list))
		error_hint(err, "%s", _("'backstep list' shows all lessons"));
out:
	lesson_list_free(&list);
	return status;
}

bool lesson_may_be_path(const char *name)
{
	return strchr(name, '/') || ends_in_yaml(name);
}

enum status lesson_find(const char *name, char **path, struct error *err)
{
	CONTRACT(name && path);
	const struct folder_file *file;
	struct folder_files files;
	struct arena *arena;
	enum status status;
	*path = NULL;
	if (strcmp(name, LESSON_ON_INPUT) == 0 || strchr(name, '/') ||
	    (lesson_may_be_path(name) && access(name, F_OK) == 0))
		return give_path(name, path, err);
	arena = arena_new();
	if (!arena)
		return error_no_memory(err);
	status = folder_files_read(&files, arena, err);
	if (status == STATUS_OK) {
		file = find_file(&files, name);
		status = file ? give_path(file->path, path, err) : find_by_reading(name, path, err);
	}
	arena_free(arena);
	return status;
}
