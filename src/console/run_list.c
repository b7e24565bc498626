/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_list.c -- `backstep list`: every lesson, its id first, by topic; with what the person has
 * done and begun where answers of theirs are kept. */
#include <stdlib.h>
#include <unistd.h>

#include "console_private.h"
#include "subcommand_list.h"

#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/teach/course.h"
#include "backstep/teach/student_file.h"

/* Takes up the person's own progress; a file that is damaged is told of, and the list is good
 * without it. */
static void read_progress(struct lesson_list *list, struct student *student)
{
	struct error err = {0};
	char *path = paths_xdg("XDG_STATE_HOME", ".local/state", "progress.bsp");
	if (path && access(path, F_OK) == 0 && student_read(student, path, &err))
		error_list_add(&list->errors, &err);
	free(path);
}

static int run(const struct options *options, char **args, int n_args)
{
	(void)args, (void)n_args;
	struct error err = {0};
	struct lesson_list list;
	struct student student = {.path = NULL};
	struct strbuf text = {0};
	if (lesson_list_read(&list, &err))
		return options_fail(options, &err);
	read_progress(&list, &student);
	enum status status = course_print(&list, &student.learner, &text, &err);
	options_print(options, strbuf_str(&text));
	/* a file that is no lesson is told of, and disturbs no other */
	options_print_errors(options, &list.errors);
	strbuf_free(&text);
	student_free(&student);
	lesson_list_free(&list);
	return status ? options_fail(options, &err) : EXIT_GOOD;
}

const struct subcommand subcommand_list = {
    .name = "list",
    .summary = N_("list the lessons by topic, with what is done"),
    .run = run,
};
