/* SPDX-License-Identifier: GPL-3.0-or-later */
/* student_file.c -- reading and appending. Who appends holds a lock, and takes up the chain where
 * the file ends at that moment: two programs of one student write into one file. */
#include "backstep/teach/student_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/file.h"
#include "backstep/base/i18n.h"
#include "student_line.h"
#include "student_private.h"

enum { MOST_BYTES = 64 * 1024 * 1024 };

void student_free(struct student *student)
{
	learner_free(&student->learner);
	free(student->path);
	free(student->code);
	free(student->program);
	*student = (struct student){.path = NULL};
}

static void note_edited(struct student *student, size_t number)
{
	if (student->n_edited++ == 0)
		student->first_edited = number;
}

/* A clock that runs back was set back. */
static void note_time(struct student *student, const struct event *event, size_t number)
{
	const struct learner *learner = &student->learner;
	if (!student->first_back && learner->n_events > 0 &&
	    event->time < learner->events[learner->n_events - 1].time)
		student->first_back = number;
}

static enum status take_line(struct student *student, struct student_line *line, size_t number,
			     struct error *err)
{
	enum status status = STATUS_OK;
	line->event.is_edited |= !line->is_chained;
	if (line->event.is_edited)
		note_edited(student, number);
	if (line->kind == LINE_EVENT) {
		note_time(student, &line->event, number);
		status = learner_note(&student->learner, &line->event, err);
	} else if (!student->code) {
		student->code = line->code;
		student->program = line->program;
		line->code = line->program = NULL;
	}
	return status;
}

static void hint_cure(enum status status, size_t number, struct error *err)
{
	if (status == STATUS_BAD_INPUT && number == 1)
		error_hint(err, _("hand-in writes such a file; this one is another, or damaged"));
	else if (status == STATUS_BAD_INPUT)
		error_hint(err, _("take the line out in a copy, or have it handed in again"));
}

/* Reads the lines of a file; chain gets the last h. */
static enum status read_lines(struct student *student, const struct strbuf *text,
			      char chain[DIGEST_TEXT], struct error *err)
{
	const char *at = strbuf_str(text), *end = at + text->len;
	size_t number = 1;
	chain[0] = '\0';
	for (const char *stop; at < end; at = stop + 1, number++) {
		struct student_line line;
		stop = memchr(at, '\n', (size_t)(end - at));
		student->is_cut = !stop;
		if (!stop)
			return STATUS_OK;
		if (stop == at) /* after a line that was cut */
			continue;
		enum status status = student_line_read(at, (size_t)(stop - at), chain, &line, err);
		if (!status && number == 1 && line.kind != LINE_BEGIN) {
			student_line_free(&line);
			status = error_set(err, STATUS_BAD_INPUT, _("this is no student's file"));
		}
		if (!status) {
			memcpy(chain, line.chain, DIGEST_TEXT);
			status = take_line(student, &line, number, err);
			student_line_free(&line);
		}
		if (status) {
			error_at(err, student->path, number, 0);
			hint_cure(status, number, err);
			return status;
		}
	}
	return STATUS_OK;
}

static enum status read_file(struct student *student, const char *path, char chain[DIGEST_TEXT],
			     struct error *err)
{
	struct strbuf text = {0};
	*student = (struct student){.path = strdup(path)};
	enum status status =
	    student->path ? file_read(path, MOST_BYTES, &text, err) : error_no_memory(err);
	if (!status)
		status = read_lines(student, &text, chain, err);
	if (!status && !student->code) {
		status = error_set(err, STATUS_BAD_INPUT, _("this is no student's file"));
		error_at(err, path, 1, 0);
	}
	strbuf_free(&text);
	if (status)
		student_free(student);
	return status;
}

enum status student_read(struct student *student, const char *path, struct error *err)
{
	char chain[DIGEST_TEXT];
	return read_file(student, path, chain, err);
}

static enum status fail_io(const char *path, struct error *err)
{
	int number = errno;
	error_set(err, STATUS_IO, "%s", error_reason(number));
	error_at(err, path, 0, 0);
	return STATUS_IO;
}

/* The chain of a file that is not empty, and whether its last line has no end. */
static enum status read_end(const char *path, char chain[DIGEST_TEXT], bool *is_cut,
			    struct error *err)
{
	struct student student;
	enum status status = read_file(&student, path, chain, err);
	if (status)
		return status;
	*is_cut = student.is_cut;
	student_free(&student);
	return STATUS_OK;
}

/* What has to be written after what is there; chain gets the last h. */
static enum status make_lines(const char *path, const struct stat *at, const char *code,
			      const struct event *event, const struct student_end *end,
			      char chain[DIGEST_TEXT], struct strbuf *lines, struct error *err)
{
	bool is_known = end && end->size == (uint64_t)at->st_size && end->inode == at->st_ino &&
			end->device == at->st_dev;
	bool is_cut = false;
	enum status status = STATUS_OK;
	if (at->st_size == 0)
		status = student_line_begin(code, chain, lines, err);
	else if (is_known)
		memcpy(chain, end->chain, DIGEST_TEXT);
	else
		status = read_end(path, chain, &is_cut, err);
	if (is_cut)
		strbuf_add_char(lines, '\n');
	return status ? status : student_line_event(event, chain, lines, err);
}

/* All of it, or nothing. */
static enum status write_lines(int fd, const char *path, const struct stat *at,
			       const struct strbuf *lines, struct error *err)
{
	errno = ENOSPC; /* where the disk took a part */
	if (write(fd, lines->data, lines->len) == (ssize_t)lines->len && fsync(fd) == 0)
		return STATUS_OK;
	enum status status = fail_io(path, err);
	if (ftruncate(fd, at->st_size)) /* the line without an end is seen at the next one */
		error_hint(err, _("its last line is cut off"));
	return status;
}

enum status student_append(const char *path, const char *code, const struct event *event,
			   struct student_end *end, struct error *err)
{
	struct strbuf lines = {0};
	struct stat at;
	char chain[DIGEST_TEXT];
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_io(path, err);
	enum status status = STATUS_OK;
	if (flock(fd, LOCK_EX) || fstat(fd, &at))
		status = fail_io(path, err);
	if (!status)
		status = make_lines(path, &at, code, event, end, chain, &lines, err);
	if (!status)
		status = write_lines(fd, path, &at, &lines, err);
	if (end)
		*end = (struct student_end){.size = 0};
	if (end && !status) {
		*end = (struct student_end){at.st_dev, at.st_ino, (uint64_t)at.st_size + lines.len,
					    ""};
		memcpy(end->chain, chain, DIGEST_TEXT);
	}
	strbuf_free(&lines);
	close(fd);
	return status;
}

enum status student_write(const char *path, const struct learner *learner, const struct event *last,
			  struct error *err)
{
	char chain[DIGEST_TEXT];
	struct strbuf lines = {0};
	enum status status = student_line_begin(learner->code, chain, &lines, err);
	for (size_t i = 0; !status && i < learner->n_events; i++)
		status = student_line_event(&learner->events[i], chain, &lines, err);
	if (!status && last)
		status = student_line_event(last, chain, &lines, err);
	if (!status)
		status = file_create(path, strbuf_str(&lines), lines.len, err);
	strbuf_free(&lines);
	return status;
}

static bool is_same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_same_event(const struct event *a, const struct event *b)
{
	return a->kind == b->kind && a->time == b->time && a->tries == b->tries &&
	       a->hints == b->hints && a->has_seed == b->has_seed && a->seed == b->seed &&
	       is_same_text(a->lesson, b->lesson) && is_same_text(a->place, b->place) &&
	       is_same_text(a->typed, b->typed);
}

/* An event and its place in the order in which events were noted. */
struct placed {
	struct event event;
	size_t place;
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->event.time != y->event.time)
		return x->event.time < y->event.time ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* By time; events of one second stay in the order in which they were noted. */
static enum status sort_events(struct learner *learner, struct error *err)
{
	size_t n = learner->n_events;
	struct placed *placed = calloc(n + 1, sizeof *placed);
	if (!placed)
		return error_no_memory(err);
	for (size_t i = 0; i < n; i++)
		placed[i] = (struct placed){learner->events[i], i};
	qsort(placed, n, sizeof *placed, compare_placed);
	for (size_t i = 0; i < n; i++)
		learner->events[i] = placed[i].event;
	free(placed);
	return STATUS_OK;
}

/* Whether one of the first n events, sorted by time, is the same; *at, where the second of the
 * event begins, only grows. */
static bool has_event(const struct learner *learner, size_t n, const struct event *event,
		      size_t *at)
{
	while (*at < n && learner->events[*at].time < event->time)
		++*at;
	for (size_t i = *at; i < n && learner->events[i].time == event->time; i++)
		if (is_same_event(&learner->events[i], event))
			return true;
	return false;
}

enum status student_merge(struct student *to, struct student *from, struct error *err)
{
	size_t n = to->learner.n_events, at = 0;
	enum status status = sort_events(&to->learner, err);
	if (!status)
		status = sort_events(&from->learner, err);
	for (size_t i = 0; !status && i < from->learner.n_events; i++)
		if (!has_event(&to->learner, n, &from->learner.events[i], &at))
			status = learner_note(&to->learner, &from->learner.events[i], err);
	if (!status)
		status = sort_events(&to->learner, err);
	to->n_edited += from->n_edited;
	to->first_edited = to->first_edited ? to->first_edited : from->first_edited;
	to->first_back = to->first_back ? to->first_back : from->first_back;
	return status;
}
