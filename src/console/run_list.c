/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_list.c -- `backstep list`: every lesson, its id first. */
#include "console_private.h"
#include "subcommand_list.h"

#include "backstep/base/i18n.h"
#include "backstep/lesson/lesson_find.h"

static int run(const struct options *options, char **args, int n_args)
{
	(void)args, (void)n_args;
	struct error err = {0};
	struct lesson_list list;
	if (lesson_list_read(&list, &err))
		return options_fail(options, &err);
	struct strbuf line = {0};
	for (size_t i = 0; i < list.n_items; i++) {
		strbuf_clear(&line);
		lesson_list_line(&list, i, &line);
		options_print(options, strbuf_str(&line));
	}
	strbuf_free(&line);
	/* a file that is no lesson is told of, and disturbs no other */
	options_print_errors(options, &list.errors);
	lesson_list_free(&list);
	return EXIT_GOOD;
}

const struct subcommand subcommand_list = {
    .name = "list",
    .summary = N_("list the lessons"),
    .run = run,
};
