/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c -- options, then one of the front ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"
#include "backstep/console/subcommand.h"
#include "backstep/session/address.h"
#include "backstep/tui/tui.h"

/* The full screen; where it is impossible, the line console, and a line that says so. */
static int run_screen(const struct options *options, const char *lesson)
{
	struct command_context context = {0};
	struct error err = {0};
	struct error_list errors = {0};
	struct strbuf remarks = {0};
	if (!tui_is_usable(&err)) {
		options_note(options, _("%s: this is the line console instead"), err.message);
		return console_run(options, lesson);
	}
	if (options_context(options, &context, &remarks, &err))
		return options_fail(options, &err);
	char *name = lesson ? address_lesson(lesson) : NULL;
	enum status status =
	    name ? options_open(options, context.session, name, &errors) : STATUS_OK;
	const char *place = name && strcmp(name, lesson) != 0 ? lesson : NULL;
	options_print_errors(options, &errors);
	free(name);
	if (!status) {
		status = tui_run(&context, place, strbuf_str(&remarks), options->colour,
				 !options->utf8, &err);
		if (status)
			options_fail(options, &err);
	} else {
		session_free(context.session);
		command_context_free(&context);
	}
	strbuf_free(&remarks);
	return status ? EXIT_MISUSE : EXIT_GOOD;
}

int main(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	bool terminal_utf8 = text_locale_init();
	if (options_read(&options, argc, argv, terminal_utf8, &err))
		return options_fail(&options, &err);
	if (options.help) {
		help_print(&options);
		return options_finish(&options, EXIT_GOOD);
	}
	if (options.version) {
		puts("backstep " BACKSTEP_VERSION);
		return options_finish(&options, EXIT_GOOD);
	}
	const char *lesson = options.n_args ? options.args[0] : NULL;
	const struct subcommand *subcommand = lesson ? subcommand_find(lesson) : NULL;
	if (tui_is_usable(NULL))
		options.exam_screen = tui_exam_run;
	if (subcommand)
		return subcommand_exec(subcommand, &options);
	if (options.n_args > 1) {
		error_set(&err, STATUS_BAD_INPUT, _("one lesson at a time"));
		if (!subcommand_hint_nearest(lesson, &err))
			error_hint(&err, _("backstep --help lists the subcommands"));
		return options_fail(&options, &err);
	}
	return options.console ? console_run(&options, lesson) : run_screen(&options, lesson);
}
