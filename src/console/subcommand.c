/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subcommand.c -- the table of subcommands, and --help, which is made from it. */
#include <string.h>

#include "subcommand_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

const struct subcommand subcommand_table[] = {
	{"run", "[--update] [--junit FILE] SCRIPT|FOLDER|-...",
	 N_("replay a script of commands; fails if an expectation does"), 1, -1,
	 subcommand_run_script},
	{"trace", "[--format text|jsonl] [--updates N] [--chain paths|deltas] LESSON",
	 N_("print every step"), 1, 1, subcommand_trace},
	{"check", "[--junit FILE] LESSON|FOLDER...", N_("prove a lesson's numbers: gradient check, steps, way back"), 1,
	 -1, subcommand_check},
	{"list", "", N_("list the lessons"), 0, 0, subcommand_list},
	{"new", "FILE", N_("write a commented lesson to start from"), 1, 1, subcommand_new},
	{"help", "[lesson|manual]",
	 N_("explain the lesson format; print the manual page; alone, as --help"), 0, 1,
	 subcommand_help},
	{0},
};

const struct subcommand *subcommand_find(const char *name)
{
	for (const struct subcommand *row = subcommand_table; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

int subcommand_run(const struct subcommand *row, const struct options *options)
{
	int n = options->n_args - 1;
	if (n >= row->min_args && (row->max_args < 0 || n <= row->max_args))
		return options_finish(options, row->run(options, options->args + 1, n));
	struct error err = {0};
	error_set(&err, STATUS_BAD_INPUT, _("%s takes other arguments"), row->name);
	error_hint(&err, _("usage: backstep %s%s%s"), row->name, *row->usage ? " " : "",
		   row->usage);
	return options_fail(options, &err);
}

const struct option_help option_help_table[] = {
	{"--console", N_("lines instead of a full screen")},
	{"--lang en|es", N_("language of the program and its lessons")},
	{"--glyphs unicode|ascii", N_("how formulas and drawings are written")},
	{"--color auto|always|never", N_("colours (NO_COLOR switches them off)")},
	{"--help", N_("print this")},
	{"--version", N_("print the version")},
	{0},
};

void subcommand_print_help(const struct options *options)
{
	struct strbuf out = {0};
	strbuf_add(&out, _("backstep: a debugger for backpropagation\n\n"));
	strbuf_addf(&out, "  backstep [LESSON]\n      %s\n",
		    _("walk through a lesson, one chain-rule factor at a time"));
	for (const struct subcommand *row = subcommand_table; row->name; row++)
		strbuf_addf(&out, "  backstep %s%s%s\n      %s\n", row->name,
			    *row->usage ? " " : "", row->usage, _(row->summary));
	strbuf_addf(&out, "\n%s\n", _("Options"));
	for (const struct option_help *row = option_help_table; row->option; row++) {
		strbuf_add(&out, "  ");
		text_pad(&out, row->option, 28);
		strbuf_addf(&out, "%s\n", _(row->summary));
	}
	strbuf_addf(&out, "\n%s\n",
		    _("LESSON is a file or the name of a lesson; backstep list names them.\n"
		      "Exit status: 0 good, 1 a check or an expectation failed, 2 misuse."));
	options_print(options, strbuf_str(&out));
	strbuf_free(&out);
}
