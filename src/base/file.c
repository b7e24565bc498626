/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.c -- reading a file, replacing it, creating it.
 *
 * Opening a FIFO would wait for its other end for ever: files are opened without waiting, and only
 * regular ones are read or replaced. */
#include "backstep/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

static enum status not_regular(const char *path, const struct stat *info, struct error *err)
{
	error_set(err, STATUS_IO, "%s",
		  S_ISDIR(info->st_mode) ? _("this is a folder") : _("this is not a regular file"));
	error_at(err, path, 0, 0);
	return STATUS_IO;
}

static enum status cannot_read(const char *path, int number, struct error *err)
{
	char shown[TEXT_EXCERPT];
	return error_set(err, STATUS_IO, _("%s cannot be read: %s"), text_excerpt(shown, path),
			 error_reason(number));
}

static enum status cannot_write(const char *path, int number, struct error *err)
{
	char shown[TEXT_EXCERPT];
	/* a file that is written need not be there: it is the folder that is missing */
	bool no_folder = number == ENOENT || number == ENOTDIR;
	return error_set(err, STATUS_IO, _("%s cannot be written: %s"), text_excerpt(shown, path),
			 no_folder ? _("there is no such folder") : error_reason(number));
}

static enum status read_all(int fd, const char *path, size_t max, struct strbuf *out,
			    struct error *err)
{
	char block[16 * 1024];
	size_t total = 0;
	ssize_t n;
	while ((n = read(fd, block, sizeof block)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot_read(path, errno, err);
		total += (size_t)n;
		if (total > max) {
			error_set(err, STATUS_BAD_INPUT, _("the file is larger than %zu bytes"),
				  max);
			error_at(err, path, 0, 0);
			return STATUS_BAD_INPUT;
		}
		strbuf_add_len(out, block, (size_t)n);
	}
	return out->failed ? error_no_memory(err) : STATUS_OK;
}

enum status file_read(const char *path, size_t max, struct strbuf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	struct stat info;
	enum status status;
	if (fd < 0)
		return cannot_read(path, errno, err);
	if (fstat(fd, &info))
		status = cannot_read(path, errno, err);
	else if (!S_ISREG(info.st_mode))
		status = not_regular(path, &info, err);
	else
		status = read_all(fd, path, max, out, err);
	close(fd);
	return status;
}

/* Where path really is: the end of its symbolic links, or path itself where nothing is there yet.
 * NULL on lack of memory. Owns: the caller. */
static char *real_path(const char *path)
{
	char *real = realpath(path, NULL);
	return real || errno == ENOMEM ? real : strdup(path);
}

/* The permissions of the file that is replaced, or those that a new one gets. */
static mode_t wanted_mode(const struct stat *old)
{
	if (old)
		return old->st_mode & 0777;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

enum status file_writer_open(struct file_writer *writer, const char *path, struct error *err)
{
	struct stat info;
	*writer = (struct file_writer){.fd = -1};
	if (!*path)
		return error_set(err, STATUS_IO, _("a file's name is missing"));
	writer->path = real_path(path);
	if (!writer->path)
		return error_no_memory(err);
	bool is_there = stat(writer->path, &info) == 0;
	enum status status = STATUS_OK;
	if (is_there && !S_ISREG(info.st_mode))
		status = not_regular(path, &info, err);
	else if (is_there && access(writer->path, W_OK)) /* a rename would not ask */
		status = cannot_write(path, errno, err);
	else if (asprintf(&writer->temporary, "%s.XXXXXX", writer->path) < 0)
		status = error_no_memory(err);
	if (!status) {
		writer->fd = mkostemp(writer->temporary, O_CLOEXEC);
		if (writer->fd < 0)
			status = cannot_write(path, errno, err);
		else if (fchmod(writer->fd, wanted_mode(is_there ? &info : NULL)))
			status = cannot_write(path, errno, err);
	}
	if (status)
		file_writer_abandon(writer);
	return status;
}

/* Writes all of it. Returns 0, or the system's number of why not. */
static int write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);
		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0) {
			bytes += n;
			size -= (size_t)n;
		}
	}
	return 0;
}

void file_writer_add(struct file_writer *writer, const char *bytes, size_t size)
{
	CONTRACT(writer->temporary);
	if (!writer->failure)
		writer->failure = write_all(writer->fd, bytes, size);
}

/* Brings to the disk what was written, unless that failed, and closes. Returns as write_all. */
static int sync_and_close(int fd, int failure)
{
	if (!failure && fsync(fd))
		failure = errno;
	if (close(fd) && !failure)
		failure = errno;
	return failure;
}

/* Makes the rename last over a power cut; where a folder cannot be synchronised nothing is lost
 * that was there before. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

enum status file_writer_finish(struct file_writer *writer, struct error *err)
{
	CONTRACT(writer->temporary);
	writer->failure = sync_and_close(writer->fd, writer->failure);
	writer->fd = -1;
	if (!writer->failure && rename(writer->temporary, writer->path))
		writer->failure = errno;
	enum status status = STATUS_OK;
	if (writer->failure) {
		status = cannot_write(writer->path, writer->failure, err);
	} else {
		sync_folder(writer->path);
		free(writer->temporary);
		writer->temporary = NULL;
	}
	file_writer_abandon(writer);
	return status;
}

void file_writer_abandon(struct file_writer *writer)
{
	if (writer->fd >= 0)
		close(writer->fd);
	if (writer->temporary)
		unlink(writer->temporary);
	free(writer->temporary);
	free(writer->path);
	*writer = (struct file_writer){.fd = -1};
}

enum status file_replace(const char *path, const char *data, size_t size, struct error *err)
{
	struct file_writer writer;
	enum status status = file_writer_open(&writer, path, err);
	if (status)
		return status;
	file_writer_add(&writer, data, size);
	return file_writer_finish(&writer, err);
}

/* Opens a file without a name in the folder of path: who is killed leaves nothing behind. -1 where
 * the file system has none. */
static int open_nameless(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	int fd = folder && access("/proc/self/fd", X_OK) == 0
		     ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666)
		     : -1;
	free(folder);
	return fd;
}

/* Gives it its name. Returns 0, or the system's number of why not. */
static int give_name(int fd, const char *path)
{
	char self[40];
	snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) ? errno : 0;
}

enum status file_create(const char *path, const char *data, size_t size, struct error *err)
{
	char shown[TEXT_EXCERPT];
	int fd = open_nameless(path), failure = 0;
	bool is_nameless = fd >= 0;
	if (!is_nameless)
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		failure = errno;
	bool is_made = fd >= 0;
	if (is_made)
		failure = write_all(fd, data, size);
	if (is_nameless && !failure)
		failure = fsync(fd) ? errno : give_name(fd, path);
	if (is_made)
		failure = sync_and_close(fd, failure);
	if (failure == EEXIST) {
		error_set(err, STATUS_IO, _("%s exists already"), text_excerpt(shown, path));
		error_hint(err, _("choose another name"));
		return STATUS_IO;
	}
	if (failure && is_made && !is_nameless)
		unlink(path);
	return failure ? cannot_write(path, failure, err) : STATUS_OK;
}
