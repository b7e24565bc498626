/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subcommand.c -- the table of subcommands, and --help, which is made from it. */
#include <string.h>

#include "subcommand_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

const struct subcommand subcommand_table[] = {
    {"run", "[--update] [--junit FILE] SCRIPT|FOLDER|-...",
     N_("replay a script of commands; fails if an expectation does"), 1, -1, subcommand_run_script},
    {"trace", "[--format text|jsonl] [--updates N] [--chain paths|deltas] LESSON",
     N_("print every step"), 1, 1, subcommand_trace},
    {"train", "[OPTION]... LESSON", N_("train its network, and say how well it does"), 1, 1,
     subcommand_train},
    {"check", "[--junit FILE] LESSON|FOLDER...",
     N_("prove a lesson's numbers: gradient check, steps, way back"), 1, -1, subcommand_check},
    {"report", "[--format text|md|csv] [--anonymous] FILE|FOLDER...",
     N_("what students' files say: of one student, or of a class"), 1, -1, subcommand_report},
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

static const char *next_subcommand(void *ctx, size_t i)
{
	(void)ctx;
	return subcommand_table[i].name;
}

const char *subcommand_nearest(const char *name)
{
	return text_nearest(name, next_subcommand, NULL);
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
const struct option_help option_help_train[] = {
    {"--epochs N", N_("passes over all rows; else as many as the lesson says")},
    {"--optimizer NAME", N_("another update rule, with its usual numbers")},
    {"--rule FORM", N_("another form of it")},
    {"--rate R", N_("another learning rate")},
    {"--batch N", N_("rows in a batch")},
    {"--seed N", N_("another seed for the lesson's random numbers")},
    {"--set NAME=VALUE", N_("any other setting; may be repeated")},
    {"--metrics FILE.csv", N_("write loss, accuracy, gradient norms ... of each epoch there")},
    {"--quiet", N_("print only how it ended")},
    {0},
};

static void add_options(struct strbuf *out, const char *title, const struct option_help *rows)
{
	strbuf_addf(out, "\n%s\n", title);
	for (; rows->option; rows++) {
		strbuf_add(out, "  ");
		text_pad(out, rows->option, 28);
		strbuf_addf(out, "%s\n", _(rows->summary));
	}
}

void subcommand_print_help(const struct options *options)
{
	struct strbuf out = {0};
	strbuf_add(&out, _("backstep: a debugger for backpropagation\n\n"));
	strbuf_addf(&out, "  backstep [LESSON]\n      %s\n",
		    _("walk through a lesson, one chain-rule factor at a time"));
	for (const struct subcommand *row = subcommand_table; row->name; row++)
		strbuf_addf(&out, "  backstep %s%s%s\n      %s\n", row->name,
			    *row->usage ? " " : "", row->usage, _(row->summary));
	add_options(&out, _("Options"), option_help_table);
	add_options(&out, _("Options of train"), option_help_train);
	strbuf_addf(
	    &out, "\n%s\n",
	    _("LESSON is a file or the name of a lesson; backstep list names them.\n"
	      "Exit status: 0 good, 1 a check or an expectation failed, or a number was not\n"
	      "finite, 2 misuse, 130 a training that was interrupted."));
	options_print(options, strbuf_str(&out));
	strbuf_free(&out);
}
