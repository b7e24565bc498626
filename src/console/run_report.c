/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_report.c -- `backstep report`: what students' files say. A file that cannot be read is named,
 * and the others are reported all the same. */
#include <string.h>

#include "file_list.h"
#include "console_private.h"
#include "subcommand_list.h"

#include "backstep/base/i18n.h"
#include "backstep/teach/report.h"

static bool read_format(const struct options *options, enum report_format *format)
{
	static const enum report_format formats[] = {[OUTPUT_TEXT] = REPORT_TEXT,
						     [OUTPUT_MARKDOWN] = REPORT_MARKDOWN,
						     [OUTPUT_CSV] = REPORT_CSV};
	*format = options->format == OUTPUT_JSONL ? REPORT_TEXT : formats[options->format];
	return options->format != OUTPUT_JSONL;
}

/* A student's file, or a lesson that answers may be about. */
static enum status add_file(struct class_report *report, const char *name, struct error *err)
{
	size_t len = strlen(name);
	bool is_lesson = len > 5 && strcmp(name + len - 5, ".yaml") == 0;
	return is_lesson ? report_add_lesson(report, name, err) : report_add(report, name, err);
}

static int run(const struct options *options, char **args, int n_args)
{
	struct file_list files;
	struct error err = {0};
	struct class_report report = {.is_anonymous = options->anonymous};
	struct error_list errors = {0};
	enum report_format format;
	if (!read_format(options, &format)) {
		error_set(&err, STATUS_BAD_INPUT, _("a report is text, md or csv"));
		return options_fail(options, &err);
	}
	int code = file_list_make(&files, options, args, n_args, ".bsp");
	for (size_t i = 0; i < files.n_names; i++)
		if (add_file(&report, files.names[i], &err))
			error_list_add(&errors, &err);
	file_list_free(&files);
	code = errors.n_items ? EXIT_MISUSE : code;
	options_print_errors(options, &errors);
	if (code == EXIT_GOOD && report.n_students == 0) {
		error_set(&err, STATUS_BAD_INPUT, _("none of these is a student's file"));
		error_hint(&err, _("hand-in writes one: NAME.bsp"));
		code = options_fail(options, &err);
	}
	struct strbuf out = {0};
	if (report.n_students > 0 && !report_regrade(&report, &err)) {
		report_print(&report, format, &out);
		options_print(options, strbuf_str(&out));
	}
	strbuf_free(&out);
	report_free(&report);
	return code;
}

const struct subcommand subcommand_report = {
    .name = "report",
    .usage = "[--format text|md|csv] [--anonymous] FILE|FOLDER|LESSON.yaml...",
    .summary = N_("what students' files say: of one student, or of a class"),
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
