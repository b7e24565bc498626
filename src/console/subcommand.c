/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subcommand.c -- the table of subcommands, and --help, which is made from it. */
#include <string.h>

#include "console_private.h"
#include "option_rows.h"
#include "subcommand_list.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"

#define ROW(name) &subcommand_##name,
const struct subcommand *const subcommand_registry[] = {SUBCOMMAND_LIST(ROW) NULL};
#undef ROW

const struct subcommand *subcommand_find(const char *name)
{
	for (const struct subcommand *const *at = subcommand_registry; *at; at++)
		if (strcmp((*at)->name, name) == 0)
			return *at;
	return NULL;
}

static const char *next_subcommand(void *ctx, size_t i)
{
	(void)ctx;
	return subcommand_registry[i] ? subcommand_registry[i]->name : NULL;
}

bool subcommand_hint_nearest(const char *name, struct error *err)
{
	return error_hint_nearest(err, name, next_subcommand, NULL);
}

int subcommand_exec(const struct subcommand *row, const struct options *options)
{
	CONTRACT(row->run && options->n_args > 0);
	int n = options->n_args - 1;
	if (n >= row->min_args && (row->max_args < 0 || n <= row->max_args))
		return options_finish(options, row->run(options, options->args + 1, n));
	struct error err = {0};
	error_set(&err, STATUS_BAD_INPUT, _("%s takes other arguments"), row->name);
	error_hint(&err, _("usage: backstep %s%s%s"), row->name, row->usage ? " " : "",
		   row->usage ? row->usage : "");
	return options_fail(options, &err);
}

static const char *group_title(enum option_group group)
{
	return group == OPTION_OF_TRAIN ? _("Options of train") : _("Options");
}

static void add_option(struct strbuf *out, const struct option_row *row)
{
	struct strbuf written = {0};
	option_write(row, &written);
	strbuf_add(out, "  ");
	text_pad(out, strbuf_str(&written), 28);
	strbuf_addf(out, "%s\n", _(row->summary));
	strbuf_free(&written);
}

static void add_options(struct strbuf *out, enum option_group group)
{
	strbuf_addf(out, "\n%s\n", group_title(group));
	for (const struct option_row *row = option_table; row->name; row++)
		if (row->group == group)
			add_option(out, row);
}

static void add_usage(struct strbuf *out, const struct subcommand *row)
{
	strbuf_addf(out, "  backstep %s%s%s\n      %s\n", row->name, row->usage ? " " : "",
		    row->usage ? row->usage : "", _(row->summary));
}

/* Whether the usage of a subcommand names an option. */
static bool takes(const struct subcommand *row, const struct option_row *option)
{
	size_t len = strlen(option->name);
	for (const char *at = row->usage; at && (at = strstr(at, "--")); at += 2)
		if (strncmp(at + 2, option->name, len) == 0 && strchr(" ]", at[2 + len]))
			return true;
	return false;
}

enum status subcommand_check_option(const struct subcommand *row, const struct option_row *option,
				    struct error *err)
{
	bool is_everywhere = option->group != OPTION_IN_USAGE || option->kind == OPTION_SETTING;
	if (is_everywhere || (row && takes(row, option)))
		return STATUS_OK;
	const struct subcommand *const *owner = subcommand_registry;
	while (*owner && !takes(*owner, option))
		owner++;
	CONTRACT(*owner);
	error_set(err, STATUS_BAD_INPUT, _("--%s is an option of %s"), option->name,
		  (*owner)->name);
	error_hint(err, _("usage: backstep %s%s%s"), (*owner)->name, " ", (*owner)->usage);
	return STATUS_BAD_INPUT;
}

void subcommand_explain(const struct subcommand *row, struct strbuf *out)
{
	add_usage(out, row);
	if (row->usage && strstr(row->usage, "[OPTION]"))
		add_options(out, OPTION_OF_TRAIN);
	else if (row->usage && strstr(row->usage, "--"))
		strbuf_addf(out, "\n%s\n", group_title(OPTION_GENERAL));
	for (const struct option_row *option = option_table; option->name; option++)
		if (takes(row, option))
			add_option(out, option);
}

void subcommand_print_help(const struct options *options)
{
	struct strbuf out = {0};
	strbuf_add(&out, _("backstep: a debugger for backpropagation\n\n"));
	strbuf_addf(&out, "  backstep [LESSON]\n      %s\n",
		    _("walk through a lesson, one chain-rule factor at a time"));
	for (const struct subcommand *const *at = subcommand_registry, *row; (row = *at); at++)
		add_usage(&out, row);
	add_options(&out, OPTION_GENERAL);
	add_options(&out, OPTION_OF_TRAIN);
	strbuf_addf(
	    &out, "\n%s\n",
	    _("LESSON is a file or the name of a lesson; backstep list names them.\n"
	      "Exit status: 0 good, 1 a check or an expectation failed, or a number was not\n"
	      "finite, 2 misuse, 130 a training that Ctrl-C ended, 143 one that SIGTERM did."));
	options_print(options, strbuf_str(&out));
	strbuf_free(&out);
}
