/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_file.c -- the bytes of a lesson file, and of the data that it reads.
 *
 * Opening a FIFO would wait for its writer for ever, so the file is opened without waiting and
 * refused unless it is a regular one. */
#include "lesson_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "backstep/lesson/lesson.h"

/* A file to be read, and how much of it. */
struct file {
	const char *path;
	bool is_data;
	size_t max;
};

static enum status fail(const struct file *file, int number, struct error *err)
{
	error_set(err, STATUS_IO,
		  file->is_data ? _("the data cannot be read: %s")
				: _("the lesson cannot be read: %s"),
		  error_reason(number));
	error_at(err, file->path, 0, 0);
	return STATUS_IO;
}

static enum status check_regular(int fd, const struct file *file, struct error *err)
{
	struct stat info;
	if (fstat(fd, &info) != 0)
		return fail(file, errno, err);
	if (S_ISREG(info.st_mode))
		return STATUS_OK;
	error_set(err, STATUS_IO, "%s",
		  !S_ISDIR(info.st_mode) ? _("this is not a regular file")
		  : file->is_data        ? _("this is a folder, not a file of data")
					 : _("this is a folder, not a lesson"));
	error_at(err, file->path, 0, 0);
	return STATUS_IO;
}

static enum status read_all(int fd, const struct file *file, struct strbuf *out, struct error *err)
{
	char block[16 * 1024];
	while (out->len <= file->max) {
		size_t left = file->max + 1 - out->len;
		ssize_t n = read(fd, block, left < sizeof block ? left : sizeof block);

		if (n == 0)
			break;
		if (n > 0)
			strbuf_add_len(out, block, (size_t)n);
		else if (errno != EINTR)
			return fail(file, errno, err);
		if (out->failed)
			return error_no_memory(err);
	}
	return STATUS_OK;
}

static enum status read_file(const struct file *file, struct strbuf *out, struct error *err)
{
	int fd = open(file->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	enum status status;
	if (fd < 0)
		return fail(file, errno, err);
	status = check_regular(fd, file, err);
	if (status == STATUS_OK)
		status = read_all(fd, file, out, err);
	close(fd);
	return status;
}

enum status lesson_file_read(const char *path, struct strbuf *out, struct error *err)
{
	return read_file(&(struct file){path, false, LESSON_MAX_BYTES}, out, err);
}

enum status lesson_file_read_data(const char *path, size_t max, struct strbuf *out,
				  struct error *err)
{
	return read_file(&(struct file){path, true, max}, out, err);
}
