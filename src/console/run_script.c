/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_script.c -- `backstep run`: a script of commands in, its transcript out.
 *
 * Each command stands in the transcript behind "> ", then its answer. The first command that
 * cannot be carried out ends the run; an expectation that fails does not, so that one run shows
 * all of them, and neither does a walk that stops at a number that is not finite. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subcommand_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"

enum { SCRIPT_MAX_LINE = 4095 };

struct script {
	const struct options *options;
	struct command_context context;
	const char *file; /* as messages call it */
	size_t line;
	int code;
};

static void flush_answer(struct script *script)
{
	options_print(script->options, strbuf_str(&script->context.out));
	strbuf_clear(&script->context.out);
}

/* Prints the command's errors with the script's file and line where they have no place yet. */
static void flush_errors(struct script *script)
{
	struct error_list *errors = &script->context.errors;
	for (size_t i = 0; i < errors->n_items; i++)
		if (!errors->items[i].file[0])
			error_at(&errors->items[i], script->file, script->line, 0);
	options_print_errors(script->options, errors);
}

/* Runs one line. Returns whether to go on. */
static bool run_line(struct script *script, const char *line)
{
	struct strbuf echo = {0};
	script->line++;
	strbuf_add(&echo, "> ");
	text_sanitize(&echo, line, strcspn(line, "\r\n"));
	strbuf_add_char(&echo, '\n');
	if (line[strspn(line, " \t\r\n")])
		options_print(script->options, strbuf_str(&echo));
	strbuf_free(&echo);
	enum status status = command_exec(&script->context, line);
	flush_answer(script);
	flush_errors(script);
	if (!status)
		return !script->context.session->quit;
	if (status != STATUS_FAILED && status != STATUS_NUMERIC) {
		script->code = EXIT_MISUSE;
		return false;
	}
	if (script->code == EXIT_GOOD)
		script->code = EXIT_CHECK_FAILED;
	return true;
}

static enum status run_file(struct script *script, FILE *file, struct error *err)
{
	char line[SCRIPT_MAX_LINE + 2];
	while (fgets(line, sizeof line, file)) {
		if (strlen(line) == sizeof line - 1 && !strchr(line, '\n')) {
			error_set(err, STATUS_BAD_INPUT, _("a line is longer than %d bytes"),
				  SCRIPT_MAX_LINE);
			error_at(err, script->file, script->line + 1, 0);
			return STATUS_BAD_INPUT;
		}
		if (!run_line(script, line))
			return STATUS_OK;
	}
	if (ferror(file))
		return error_set(err, STATUS_IO, _("%s cannot be read: %s"), script->file,
				 error_reason(errno));
	return STATUS_OK;
}

static void print_summary(const struct script *script)
{
	const struct session *session = script->context.session;
	struct strbuf text = {0};
	if (session->n_expected == 0)
		return;
	strbuf_addf(&text,
		    tr_n("%zu expectation, %zu failed\n", "%zu expectations, %zu failed\n",
			 session->n_expected),
		    session->n_expected, session->n_failed);
	options_print(script->options, strbuf_str(&text));
	strbuf_free(&text);
}

int subcommand_run_script(const struct options *options, char **args, int n_args)
{
	(void)n_args;
	struct script script = {.options = options, .file = args[0],
				.context = {.reports_steps = true}};
	struct error err = {0};
	char shown[TEXT_EXCERPT];
	bool from_stdin = strcmp(args[0], "-") == 0;
	FILE *file = from_stdin ? stdin : fopen(args[0], "re");
	if (!file) {
		error_set(&err, STATUS_IO, _("%s cannot be read: %s"),
			  text_excerpt(shown, args[0]), error_reason(errno));
		return options_fail(options, &err);
	}
	enum status status = options_session(options, &script.context.session, &err);
	if (!status) {
		status = run_file(&script, file, &err);
		print_summary(&script);
		session_free(script.context.session);
	}
	if (!from_stdin)
		fclose(file);
	command_context_free(&script.context);
	return status ? options_fail(options, &err) : script.code;
}
