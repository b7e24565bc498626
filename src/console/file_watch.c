/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file_watch.c -- inotify(7) wakes us; what was saved is seen at the files themselves, so that no
 * event has to be understood, and none can be missed. */
#include "file_watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"

/* What tells one state of a file from another; all 0: it is not there. */
struct file_mark {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec written;
};

/* Owns: name. */
struct watched {
	char *name;
	size_t owner;
	struct file_mark mark;
};

static struct file_mark mark_of(const char *file)
{
	struct stat info;
	if (stat(file, &info))
		return (struct file_mark){0};
	return (struct file_mark){info.st_dev, info.st_ino, info.st_size, info.st_mtim};
}

static bool is_same(const struct file_mark *a, const struct file_mark *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->written.tv_sec == b->written.tv_sec && a->written.tv_nsec == b->written.tv_nsec;
}

static enum status cannot_watch(const char *what, struct error *err)
{
	char shown[TEXT_EXCERPT];
	return error_set(err, STATUS_IO, _("%s cannot be watched: %s"), text_excerpt(shown, what),
			 error_reason(errno));
}

/* The folder of a file is told of the end of writing, and of a name that is given. A link's own
 * folder too: the link may be turned to another file. */
static enum status add_folder(struct file_watch *watch, const char *file, struct error *err)
{
	char *folder = paths_beside(file, ".");
	enum status status = STATUS_OK;
	if (!folder)
		return error_no_memory(err);
	if (inotify_add_watch(watch->fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
		status = cannot_watch(folder, err);
	free(folder);
	return status;
}

enum status file_watch_begin(struct file_watch *watch, struct error *err)
{
	*watch = (struct file_watch){.fd = inotify_init1(IN_CLOEXEC)};
	return watch->fd < 0 ? cannot_watch(_("files"), err) : STATUS_OK;
}

static bool is_known(const struct file_watch *watch, const char *file, size_t owner)
{
	for (size_t i = 0; i < watch->n_files; i++)
		if (watch->files[i].owner == owner && strcmp(watch->files[i].name, file) == 0)
			return true;
	return false;
}

static bool make_room(struct file_watch *watch)
{
	if (watch->n_files < watch->capacity)
		return true;
	size_t capacity = watch->capacity ? 2 * watch->capacity : 16;
	struct watched *files = realloc(watch->files, capacity * sizeof *files);
	if (!files)
		return false;
	watch->files = files;
	watch->capacity = capacity;
	return true;
}

enum status file_watch_add(struct file_watch *watch, const char *file, size_t owner,
			   struct error *err)
{
	if (is_known(watch, file, owner))
		return STATUS_OK;
	char *real = realpath(file, NULL); /* NULL where it is not there yet */
	enum status status = add_folder(watch, file, err);
	if (!status && real)
		status = add_folder(watch, real, err);
	free(real);
	char *name = status ? NULL : strdup(file);
	if (status || !name || !make_room(watch)) {
		free(name);
		return status ? status : error_no_memory(err);
	}
	watch->files[watch->n_files++] = (struct watched){name, owner, mark_of(file)};
	return STATUS_OK;
}

/* A file that is there and is not what it was; NULL: none is. */
static const struct watched *find_saved(struct file_watch *watch)
{
	static const struct file_mark away;
	for (size_t i = 0; i < watch->n_files; i++) {
		struct watched *file = &watch->files[i];
		const struct file_mark now = mark_of(file->name);
		if (is_same(&now, &away) || is_same(&now, &file->mark))
			continue;
		file->mark = now;
		return file;
	}
	return NULL;
}

enum status file_watch_next(struct file_watch *watch, size_t *owner, struct error *err)
{
	const struct watched *saved;
	char events[4096];
	while (!(saved = find_saved(watch)))
		if (read(watch->fd, events, sizeof events) < 0 && errno != EINTR)
			return cannot_watch(watch->files[0].name, err);
	*owner = saved->owner;
	return STATUS_OK;
}

void file_watch_end(struct file_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	for (size_t i = 0; i < watch->n_files; i++)
		free(watch->files[i].name);
	free(watch->files);
	*watch = (struct file_watch){.fd = -1};
}
