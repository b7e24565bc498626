/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.c -- writing whole files: create, or write beside and rename. */
#include "backstep/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"

static enum status fail(const char *path, int reason, struct error *err)
{
	char shown[TEXT_EXCERPT];
	return error_set(err, STATUS_IO, _("%s cannot be written: %s"), text_excerpt(shown, path),
			 error_reason(reason));
}

/* Writes all of it to the disk and closes fd. Returns 0, or the reason why not. */
static int write_all(int fd, const char *data, size_t size)
{
	size_t done = 0;
	while (done < size) {
		ssize_t n = write(fd, data + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		done += (size_t)n;
	}
	int reason = done == size && fsync(fd) == 0 ? 0 : errno;
	if (close(fd) != 0 && reason == 0)
		reason = errno;
	return reason;
}

enum status file_create(const char *path, const char *data, size_t size, struct error *err)
{
	char shown[TEXT_EXCERPT];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 && errno == EEXIST) {
		error_set(err, STATUS_IO, _("%s exists already"), text_excerpt(shown, path));
		return error_hint(err, _("choose another name"));
	}
	if (fd < 0)
		return fail(path, errno, err);
	int reason = write_all(fd, data, size);
	if (reason == 0)
		return STATUS_OK;
	unlink(path);
	return fail(path, reason, err);
}

/* The permissions of the file that is there, or those of a new one. */
static mode_t find_mode(const char *path)
{
	struct stat old;
	if (stat(path, &old) == 0)
		return old.st_mode & 0777;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

enum status file_replace(const char *path, const char *data, size_t size, struct error *err)
{
	struct strbuf beside = {0};
	/* A link stays one: what is replaced is what it leads to. */
	char *target = realpath(path, NULL);
	const char *at = target ? target : path;
	strbuf_addf(&beside, "%s.XXXXXX", at);
	int fd = beside.failed ? -1 : mkostemp(beside.data, O_CLOEXEC);
	int reason = beside.failed ? ENOMEM : fd < 0 ? errno : 0;
	if (fd >= 0 && fchmod(fd, find_mode(at)) != 0)
		reason = errno;
	int written = fd >= 0 ? write_all(fd, data, size) : 0;
	reason = reason ? reason : written;
	if (reason == 0 && rename(beside.data, at) != 0)
		reason = errno;
	if (reason && fd >= 0)
		unlink(beside.data);
	strbuf_free(&beside);
	free(target);
	return reason ? fail(path, reason, err) : STATUS_OK;
}
