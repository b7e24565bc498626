/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_exam.c -- `backstep exam`: the questions of a lesson as an exam, by lines. At a terminal what
 * is answered is kept at once, and taken up again; from a pipe a script says all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console_private.h"
#include "script_text.h"
#include "subcommand_list.h"

#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"
#include "backstep/command/exam_line.h"
#include "backstep/console/options.h"
#include "backstep/teach/exam.h"
#include "backstep/teach/student_file.h"

/* Owns: everything in it. It must not be moved: what is answered is kept through it. */
struct kept_exam {
	struct session *session;
	struct exam exam;
	char *path; /* NULL: nothing is kept */
	struct student_end end;
};

static enum status keep_event(void *ctx, const struct event *event, struct error *err)
{
	struct kept_exam *kept = ctx;
	return student_append(kept->path, kept->exam.tutor.learner.code, event, &kept->end, err);
}

/* Takes up what was answered, and keeps what is from here on. A damaged file is named, and left
 * alone. */
static enum status resume(struct kept_exam *kept, struct error *err)
{
	struct learner *learner = &kept->exam.tutor.learner;
	struct student student;
	kept->path = exam_path(&kept->exam);
	if (!kept->path)
		return STATUS_OK;
	if (access(kept->path, F_OK) == 0) {
		enum status status = student_read(&student, kept->path, err);
		if (status)
			return status;
		exam_resume(&kept->exam, &student.learner);
		student_free(&student);
	}
	learner->keep = keep_event;
	learner->ctx = kept;
	return STATUS_OK;
}

/* Opens the exam of a lesson; keeps: answers of before are taken up, and new ones written through
 * to the state folder. Every error is appended to errors. Errors: as session_open, exam_open,
 * student_read. Owns: the caller (exam_end), on success. */
static enum status exam_begin(const struct options *options, const char *lesson, bool keeps,
			      struct kept_exam *kept, struct error_list *errors)
{
	struct error err = {0};
	*kept = (struct kept_exam){.path = NULL};
	enum status status = options_session(options, &kept->session, &err);
	if (!status) {
		status = options_open(options, kept->session, lesson, errors);
		if (status) {
			session_free(kept->session);
			return status;
		}
		status = exam_open(&kept->exam, kept->session, options->code, &err);
	}
	if (!status && keeps) {
		status = resume(kept, &err);
		if (status)
			exam_close(&kept->exam);
	}
	if (status) {
		error_list_add(errors, &err);
		session_free(kept->session);
		free(kept->path);
	}
	return status;
}

static void exam_end(struct kept_exam *kept)
{
	exam_close(&kept->exam);
	session_free(kept->session);
	free(kept->path);
}

static void flush(const struct options *options, struct exam_sitting *sitting)
{
	options_print(options, strbuf_str(&sitting->out));
	strbuf_clear(&sitting->out);
	fflush(stdout);
}

static enum status run_line(const struct options *options, struct exam_sitting *sitting,
			    const char *line)
{
	struct error err = {0};
	struct error_list errors = {0};
	enum status status = exam_line_run(sitting, line, &err);
	if (status)
		error_list_add(&errors, &err);
	flush(options, sitting);
	options_print_errors(options, &errors);
	return status;
}

/* Lines of standard input, whose echo is the terminal's. */
static int listen(const struct options *options, struct exam_sitting *sitting)
{
	struct script_line line = {.len = 0};
	bool is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	int code = EXIT_GOOD;
	do {
		struct error err = {0};
		if (is_terminal)
			options_print(options, "exam> ");
		fflush(stdout);
		if (script_line_read(&line, &err)) {
			options_fail(options, &err);
			code = EXIT_MISUSE;
		} else if (line.len > 0 && run_line(options, sitting, line.text)) {
			code = EXIT_MISUSE;
		}
	} while (!sitting->is_over && line.len > 0);
	return code;
}

/* By lines, or on the screen that there is. */
static int take(const struct options *options, struct exam_sitting *sitting, bool is_terminal)
{
	struct error err = {0};
	bool has_screen = options->exam_screen && is_terminal && !options->console;
	if (sitting->exam->is_handed_in || !has_screen) {
		exam_line_begin(sitting);
		flush(options, sitting);
		return sitting->exam->is_handed_in ? EXIT_GOOD : listen(options, sitting);
	}
	if (options->exam_screen(sitting, options->colour, !options->utf8, &err))
		return options_fail(options, &err);
	flush(options, sitting);
	return EXIT_GOOD;
}

static int run(const struct options *options, char **args, int n_args)
{
	struct kept_exam kept;
	struct error_list errors = {0};
	bool is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	(void)n_args;
	enum status status = exam_begin(options, args[0], is_terminal, &kept, &errors);
	options_print_errors(options, &errors);
	if (status)
		return EXIT_MISUSE;
	struct exam_sitting sitting = {.exam = &kept.exam, .shown = exam_next_question(&kept.exam)};
	int code = take(options, &sitting, is_terminal);
	strbuf_free(&sitting.out);
	exam_end(&kept);
	return code;
}

const struct subcommand subcommand_exam = {
    .name = "exam",
    .usage = "[--code CODE] LESSON",
    .summary = N_("the questions of a lesson as an exam, with numbers of one's own by a code"),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
