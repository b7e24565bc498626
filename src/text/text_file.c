/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_file.c -- the bytes of a file, or of standard input, that somebody else wrote.
 *
 * Opening a FIFO would wait for its writer for ever, so the file is opened without waiting and
 * refused unless it is a regular one. */
#include "backstep/text/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"

/* A file to be read. */
struct file {
	const char *path;
	const struct text_file_kind *kind;
};

static enum status fail(const struct file *file, int number, struct error *err)
{
	error_set(err, STATUS_IO, "%s: %s", _(file->kind->unreadable), error_reason(number));
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
		  S_ISDIR(info.st_mode) ? _(file->kind->is_folder)
					: _("this is not a regular file"));
	error_at(err, file->path, 0, 0);
	return STATUS_IO;
}

static enum status read_all(int fd, const struct file *file, struct strbuf *out, struct error *err)
{
	char block[16 * 1024];
	while (out->len <= file->kind->max) {
		size_t left = file->kind->max + 1 - out->len;
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

enum status text_file_read(const char *path, const struct text_file_kind *kind, struct strbuf *out,
			   struct error *err)
{
	CONTRACT(kind->max > 0);
	const struct file file = {path, kind};
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	enum status status;
	if (fd < 0)
		return fail(&file, errno, err);
	status = check_regular(fd, &file, err);
	if (status == STATUS_OK)
		status = read_all(fd, &file, out, err);
	close(fd);
	return status;
}

/* Standard input comes once, and may be asked for again: a lesson is opened anew by undo. */
static struct {
	struct strbuf text;
	bool is_read;
} input;

enum status text_input_read(const struct text_file_kind *kind, struct strbuf *out,
			    struct error *err)
{
	const struct file file = {TEXT_FILE_INPUT, kind};
	if (!input.is_read) {
		enum status status = read_all(STDIN_FILENO, &file, &input.text, err);
		if (status)
			return status;
	}
	input.is_read = true;
	strbuf_add_len(out, strbuf_str(&input.text), input.text.len);
	return out->failed ? error_no_memory(err) : STATUS_OK;
}
