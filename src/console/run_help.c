/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_help.c -- `backstep help`, and --help with a name: the lesson format and one key of it, a
 * subcommand, the manual page; made from the tables of subcommands, options, commands and lesson
 * keys.
 *
 * To add a topic: a function and a row in topics. */
#include <string.h>

#include "console_private.h"
#include "option_rows.h"
#include "subcommand_list.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/words.h"
#include "backstep/command/command.h"
#include "backstep/lesson/lesson_guide.h"

/* Appends text as roff sets it: no sign of it is an instruction. */
static void add_roff(struct strbuf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		strbuf_add(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			strbuf_add(out, "\\e");
		else if (*text == '-')
			strbuf_add(out, "\\-");
		else
			strbuf_add_char(out, *text);
	}
}

/* A section's heading. */
static void add_section(struct strbuf *out, const char *title)
{
	strbuf_add(out, ".SH ");
	add_roff(out, title);
	strbuf_add_char(out, '\n');
}

/* A term of several parts, and below it what it means. */
static void add_term(struct strbuf *out, const char *const parts[], const char *meaning)
{
	strbuf_add(out, ".TP\n\\fB");
	for (size_t i = 0; parts[i]; i++) {
		strbuf_add(out, i && *parts[i] ? " " : "");
		add_roff(out, parts[i]);
		strbuf_add(out, i == 0 ? "\\fR" : "");
	}
	strbuf_add_char(out, '\n');
	add_roff(out, meaning);
	strbuf_add_char(out, '\n');
}

#define TERM(...) ((const char *const[]){__VA_ARGS__, NULL})

static void add_options(struct strbuf *out, enum option_group group)
{
	for (const struct option_row *row = option_table; row->name; row++) {
		struct strbuf written = {0};
		if (row->group != group)
			continue;
		option_write(row, &written);
		add_term(out, TERM(strbuf_str(&written)), _(row->summary));
		strbuf_free(&written);
	}
}

static void add_key(void *ctx, const struct lesson_guide_key *key)
{
	struct strbuf *out = ctx, meaning = {0};
	strbuf_addf(&meaning, "%s. %s. ", key->summary, key->type);
	if (key->initial)
		strbuf_addf(&meaning, _("Left out: %s."), key->initial);
	else
		strbuf_add(&meaning, _("Required."));
	add_term(out, TERM(key->path), strbuf_str(&meaning));
	strbuf_clear(&meaning);
	strbuf_addf(&meaning, _("Example: %s"), key->example);
	strbuf_add(out, ".br\n");
	add_roff(out, strbuf_str(&meaning));
	strbuf_add_char(out, '\n');
	strbuf_free(&meaning);
}

static void print_manual(struct strbuf *out)
{
	strbuf_addf(out, ".TH BACKSTEP 1 \"\" \"backstep\" \"%s\"\n", _("Manual of backstep"));
	add_section(out, _("NAME"));
	add_roff(out, _("backstep - a debugger for backpropagation"));
	strbuf_add_char(out, '\n');
	add_section(out, _("SYNOPSIS"));
	add_term(out, TERM("backstep", "[LESSON]"),
		 _("walk through a lesson, one chain-rule factor at a time"));
	for (const struct subcommand *const *at = subcommand_registry, *row; (row = *at); at++)
		add_term(out, TERM("backstep", row->name, row->usage ? row->usage : ""),
			 _(row->summary));
	add_section(out, _("OPTIONS"));
	add_options(out, OPTION_GENERAL);
	add_section(out, _("OPTIONS OF TRAIN"));
	add_options(out, OPTION_OF_TRAIN);
	add_section(out, _("COMMANDS"));
	for (const struct command *const *at = command_registry, *row; (row = *at); at++)
		add_term(out, TERM(row->name, row->usage ? _(row->usage) : ""), _(row->summary));
	add_section(out, _("LESSON FORMAT"));
	lesson_guide_each(add_key, out);
	add_section(out, _("EXIT STATUS"));
	add_roff(out,
		 _("0 good, 1 a check or an expectation failed or a number was not finite, 2 "
		   "misuse, a bad file or no terminal, 130 a training that Ctrl-C ended, 143 one "
		   "that SIGTERM did."));
	strbuf_add_char(out, '\n');
}

static const struct topic {
	const char *name;
	void (*print)(struct strbuf *out);
} topics[] = {{"lesson", lesson_guide_print}, {"manual", print_manual}, {0}};

/* Appends what is known of a name: a topic, a subcommand, a key of lessons. Nothing: it is none. */
static void explain(const char *name, struct strbuf *out)
{
	const struct subcommand *subcommand = subcommand_find(name);
	const struct topic *topic = topics;
	while (topic->name && strcmp(topic->name, name) != 0)
		topic++;
	if (topic->name)
		topic->print(out);
	else if (subcommand)
		subcommand_explain(subcommand, out);
	else
		lesson_guide_print_key(name, out);
}

static void add_key_name(void *ctx, const struct lesson_guide_key *key)
{
	const char *dot = strrchr(key->path, '.');
	words_add(ctx, dot ? dot + 1 : key->path);
}

static int refuse(const struct options *options, const char *name)
{
	struct words known = {0};
	struct error err = {0};
	char shown[TEXT_EXCERPT];
	for (const struct subcommand *const *at = subcommand_registry; *at; at++)
		words_add(&known, (*at)->name);
	lesson_guide_each(add_key_name, &known);
	error_set(&err, STATUS_BAD_INPUT, _("there is no help on '%s'"), text_excerpt(shown, name));
	if (!words_hint_nearest(&known, name, &err))
		error_hint(&err, _("topics: lesson, manual, a subcommand, a key of lessons; "
				   "commands are explained by help in the program"));
	words_free(&known);
	return options_fail(options, &err);
}

void help_print(const struct options *options)
{
	struct strbuf out = {0};
	if (options->n_args > 0)
		explain(options->args[0], &out);
	if (out.len > 0)
		options_print(options, strbuf_str(&out));
	else
		subcommand_print_help(options);
	strbuf_free(&out);
}

static int run(const struct options *options, char **args, int n_args)
{
	struct strbuf out = {0};
	if (n_args == 0) {
		subcommand_print_help(options);
		return EXIT_GOOD;
	}
	explain(args[0], &out);
	options_print(options, strbuf_str(&out));
	int code = out.len > 0 ? EXIT_GOOD : refuse(options, args[0]);
	strbuf_free(&out);
	return code;
}

const struct subcommand subcommand_help = {
    .name = "help",
    .usage = "[lesson|manual|SUBCOMMAND|KEY]",
    .summary = N_("explain the lesson format, or a key of it, or a subcommand; print the manual "
		  "page; without either, as --help"),
    .max_args = 1,
    .run = run,
};
