/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_folders.c -- the files in all folders where lessons may be.
 *
 * To look in one more folder, add a row to folder_sources. */
#include "lesson_folders.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/strbuf.h"

static const char suffix[] = ".yaml";

/* Folders that were seen already (by device and inode): the same one may be named twice, by
 * BACKSTEP_LESSONS and in the build folder, say. */
enum { MAX_FOLDERS = 64 };

struct scan {
	struct arena *arena;
	struct folder_files *files;
	struct stat seen[MAX_FOLDERS];
	size_t n_seen;
	bool no_memory;
};

static bool folder_is_new(struct scan *scan, const char *folder)
{
	struct stat *info = &scan->seen[scan->n_seen];
	if (scan->n_seen == MAX_FOLDERS || stat(folder, info) != 0)
		return false;
	for (size_t i = 0; i < scan->n_seen; i++)
		if (scan->seen[i].st_dev == info->st_dev && scan->seen[i].st_ino == info->st_ino)
			return false;
	scan->n_seen++;
	return true;
}

/* 02-sigmoid.yaml says that it is sigmoid. */
static const char *id_of(struct arena *arena, const char *name)
{
	const char *id = name + strspn(name, "0123456789");
	id = id > name && *id == '-' ? id + 1 : name;
	return arena_strndup(arena, id, strlen(id) - strlen(suffix));
}

static bool files_grow(struct scan *scan)
{
	struct folder_files *files = scan->files;
	size_t capacity = files->capacity ? 2 * files->capacity : 32;
	struct folder_file *items = ARENA_ARRAY(scan->arena, struct folder_file, capacity);
	if (!items)
		return false;
	if (files->n_items)
		memcpy(items, files->items, files->n_items * sizeof *items);
	files->items = items;
	files->capacity = capacity;
	return true;
}

static void add_file(struct scan *scan, const char *folder, const char *name)
{
	struct folder_files *files = scan->files;
	struct folder_file file = {.folder = scan->n_seen};
	char *path = arena_printf(scan->arena, "%s/%s", folder, name);
	scan->no_memory =
	    scan->no_memory || !path || (files->n_items == files->capacity && !files_grow(scan));
	if (scan->no_memory)
		return;
	file.path = path;
	file.name = path + strlen(folder) + 1;
	file.id = id_of(scan->arena, file.name);
	scan->no_memory = !file.id;
	files->items[files->n_items++] = file;
}

static void scan_folder(struct scan *scan, const char *folder)
{
	struct dirent *entry;
	DIR *dir;
	if (!folder_is_new(scan, folder))
		return;
	dir = opendir(folder);
	if (!dir) {
		scan->no_memory = scan->no_memory || errno == ENOMEM;
		return;
	}
	while (!scan->no_memory && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name), end = sizeof suffix - 1;

		if (entry->d_name[0] != '.' && len > end &&
		    strcmp(entry->d_name + len - end, suffix) == 0)
			add_file(scan, folder, entry->d_name);
	}
	closedir(dir);
}

/* BACKSTEP_LESSONS: folders separated by colons. */
static void scan_environment(struct scan *scan)
{
	const char *part = getenv("BACKSTEP_LESSONS");
	while (part && *part) {
		size_t len = strcspn(part, ":");
		const char *folder = arena_strndup(scan->arena, part, len);

		if (!folder)
			scan->no_memory = true;
		else if (len > 0)
			scan_folder(scan, folder);
		part += len + (part[len] == ':');
	}
}

static void scan_printed(struct scan *scan, const char *folder)
{
	if (folder)
		scan_folder(scan, folder);
	else
		scan->no_memory = true;
}

/* The XDG base directories: a relative XDG_DATA_HOME is to be ignored. */
static void scan_user(struct scan *scan)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (data && data[0] == '/')
		scan_printed(scan, arena_printf(scan->arena, "%s/backstep/lessons", data));
	else if (home && home[0])
		scan_printed(scan,
			     arena_printf(scan->arena, "%s/.local/share/backstep/lessons", home));
}

/* A folder named from that of the program itself, wherever it was moved to. */
static void scan_beside(struct scan *scan, const char *folder)
{
	char program[4096];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
	char *slash;
	if (len <= 0)
		return;
	program[len] = '\0';
	slash = strrchr(program, '/');
	if (!slash)
		return;
	*slash = '\0';
	scan_printed(scan, arena_printf(scan->arena, "%s/%s", program, folder));
}

/* PREFIX/bin/backstep has its lessons in PREFIX/share. */
static void scan_installed(struct scan *scan)
{
	scan_beside(scan, "../" BACKSTEP_LESSONS_INSTALLED);
}

/* A build folder has a link to those of its source tree. */
static void scan_build(struct scan *scan)
{
	scan_beside(scan, "lessons");
}

static void (*const folder_sources[])(struct scan *scan) = {
    scan_environment,
    scan_user,
    scan_installed,
    scan_build,
};

static int compare_files(const void *a, const void *b)
{
	const struct folder_file *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : (x->folder > y->folder) - (x->folder < y->folder);
}

enum status folder_files_read(struct folder_files *files, struct arena *arena, struct error *err)
{
	struct scan *scan = ARENA_NEW(arena, struct scan);
	*files = (struct folder_files){0};
	if (!scan)
		return error_no_memory(err);
	scan->arena = arena;
	scan->files = files;
	for (size_t i = 0; i < sizeof folder_sources / sizeof *folder_sources; i++)
		folder_sources[i](scan);
	if (scan->no_memory)
		return error_no_memory(err);
	if (files->n_items)
		qsort(files->items, files->n_items, sizeof *files->items, compare_files);
	return STATUS_OK;
}
