/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_file.c -- the bytes of a lesson file.
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

static enum status fail(const char *path, int number, struct error *err)
{
	error_set(err, STATUS_IO, _("the lesson cannot be read: %s"), error_reason(number));
	error_at(err, path, 0, 0);
	return STATUS_IO;
}

static enum status check_regular(int fd, const char *path, struct error *err)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return fail(path, errno, err);
	if (S_ISREG(info.st_mode))
		return STATUS_OK;
	error_set(err, STATUS_IO, "%s",
		  S_ISDIR(info.st_mode) ? _("this is a folder, not a lesson")
					: _("this is not a regular file"));
	error_at(err, path, 0, 0);
	return STATUS_IO;
}

static enum status read_all(int fd, const char *path, struct strbuf *out, struct error *err)
{
	char block[16 * 1024];

	while (out->len <= LESSON_MAX_BYTES) {
		size_t left = (size_t)LESSON_MAX_BYTES + 1 - out->len;
		ssize_t n = read(fd, block, left < sizeof block ? left : sizeof block);

		if (n == 0)
			break;
		if (n > 0)
			strbuf_add_len(out, block, (size_t)n);
		else if (errno != EINTR)
			return fail(path, errno, err);
		if (out->failed)
			return error_no_memory(err);
	}
	return STATUS_OK;
}

enum status lesson_file_read(const char *path, struct strbuf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	enum status status;

	if (fd < 0)
		return fail(path, errno, err);
	status = check_regular(fd, path, err);
	if (status == STATUS_OK)
		status = read_all(fd, path, out, err);
	close(fd);
	return status;
}
