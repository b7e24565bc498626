/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_script.c -- `backstep run`: a script of commands in, its transcript out.
 *
 * Each command stands in the transcript after "> ", then its answer. The first command that
 * cannot be carried out ends the run; an expectation that fails does not, so that one run shows
 * all of them, and neither does a walk that stops at a number that is not finite.
 *
 * Several scripts, a folder of them, or --junit: one result each, in TAP. With --update, the
 * expectations that failed are written anew into the script, and listed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console_private.h"
#include "file_list.h"
#include "script_text.h"
#include "subcommand_list.h"
#include "tap.h"

#include "backstep/base/file.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"
#include "backstep/text/source_check.h"

struct script {
	const struct options *options;
	struct command_context context;
	const char *file; /* as messages call it */
	bool is_quiet;    /* only errors are wanted, in diagnostic */
	size_t line;
	int code;
	struct strbuf diagnostic;
	struct strbuf updated; /* with --update: the lines so far, with the numbers found */
	size_t n_updated;
};

static void print(const struct script *script, const char *text)
{
	if (!script->is_quiet)
		options_print(script->options, text);
}

static void flush_answer(struct script *script)
{
	print(script, strbuf_str(&script->context.out));
	strbuf_clear(&script->context.out);
}

/* Prints the command's errors with the script's file and line where they have no place yet. */
static void flush_errors(struct script *script)
{
	struct error_list *errors = &script->context.errors;
	for (size_t i = 0; i < errors->n_items; i++) {
		if (!errors->items[i].file[0])
			error_at(&errors->items[i], script->file, script->line, 0);
		if (!script->is_quiet)
			continue;
		error_print(&errors->items[i], &script->diagnostic);
		strbuf_add_char(&script->diagnostic, '\n');
	}
	if (script->is_quiet)
		error_list_free(errors);
	else
		options_print_errors(script->options, errors);
}

/* Appends the line of an expectation with the number that was found instead of the one in it. */
static void update_line(struct script *script, const char *line)
{
	const char *equals = strchr(line, '='), *old = equals + 1 + strspn(equals + 1, " \t");
	size_t len = strcspn(old, " \t\r\n");
	const char *fresh = script->context.fresh;
	struct strbuf text = {0};
	strbuf_add_len(&script->updated, line, (size_t)(old - line));
	strbuf_addf(&script->updated, "%s%s", fresh, old + len);
	text_sanitize(&text, script->file, strlen(script->file));
	strbuf_addf(&text, ":%zu: ", script->line);
	text_sanitize(&text, line, (size_t)(old - line));
	strbuf_addf(&text, "%.*s -> %s\n", (int)len, old, fresh);
	options_print(script->options, strbuf_str(&text));
	strbuf_free(&text);
	script->n_updated++;
}

/* Runs one line. Returns whether to go on. */
static bool run_line(struct script *script, const char *line)
{
	struct strbuf echo = {0};
	size_t n_failed = script->context.session->n_failed;
	script->line++;
	strbuf_add(&echo, "> ");
	text_sanitize(&echo, line, strcspn(line, "\r\n"));
	strbuf_add_char(&echo, '\n');
	if (line[strspn(line, " \t\r\n")])
		print(script, strbuf_str(&echo));
	strbuf_free(&echo);
	enum status status = command_exec(&script->context, line);
	flush_answer(script);
	bool failed = script->context.session->n_failed > n_failed;
	if (script->options->update && failed && script->context.fresh[0]) {
		update_line(script, line);
		error_list_free(&script->context.errors);
		return true;
	}
	strbuf_add(&script->updated, line);
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

/* Runs the lines of text, up to a quit or one that cannot be carried out; those after it are kept
 * as they are. */
static void run_lines(struct script *script, const char *text)
{
	char line[SCRIPT_MAX_LINE + 2];
	bool goes_on = true;
	while (goes_on && *text) {
		size_t len = strcspn(text, "\n");

		len += text[len] == '\n';
		memcpy(line, text, len);
		line[len] = '\0';
		text += len;
		goes_on = run_line(script, line);
	}
	strbuf_add(&script->updated, text);
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
	print(script, strbuf_str(&text));
	strbuf_free(&text);
}

static enum status write_updated(struct script *script, struct error *err)
{
	if (script->updated.failed)
		return error_no_memory(err);
	return file_replace(script->file, script->updated.data, script->updated.len, err);
}

static enum status run_text(struct script *script, const struct strbuf *text, struct error *err)
{
	size_t bom = source_bom(strbuf_str(text), text->len);
	enum status status = options_session(script->options, &script->context.session, err);
	if (status)
		return status;
	if (strcmp(script->file, "-") != 0)
		status = session_follow_script(script->context.session, script->file, err);
	strbuf_add_len(&script->updated, strbuf_str(text), bom);
	if (!status)
		run_lines(script, strbuf_str(text) + bom);
	print_summary(script);
	if (!status && script->n_updated && script->code != EXIT_MISUSE)
		status = write_updated(script, err);
	session_free(script->context.session);
	return status;
}

/* Errors: STATUS_IO, STATUS_BAD_INPUT, STATUS_NO_MEMORY; script->code says how the run ended. */
static enum status run_script(struct script *script, struct error *err)
{
	char shown[TEXT_EXCERPT];
	struct strbuf text = {0};
	bool from_stdin = strcmp(script->file, "-") == 0;
	if (from_stdin && script->options->update)
		return error_set(err, STATUS_BAD_INPUT, _("--update needs a file to write to"));
	FILE *file = from_stdin ? stdin : fopen(script->file, "re");
	if (!file)
		return error_set(err, STATUS_IO, _("%s cannot be read: %s"),
				 text_excerpt(shown, script->file), error_reason(errno));
	script->context.reports_steps = true;
	enum status status = script_text_read(file, script->file, &text, err);
	if (!from_stdin)
		fclose(file);
	if (!status)
		status = run_text(script, &text, err);
	strbuf_free(&text);
	command_context_free(&script->context);
	strbuf_free(&script->updated);
	return status;
}

static int run_one(const struct options *options, const char *file)
{
	struct script script = {.options = options, .file = file, .is_quiet = options->update};
	struct error err = {0};
	enum status status = run_script(&script, &err);
	if (script.diagnostic.len)
		options_complain(options, strbuf_str(&script.diagnostic));
	strbuf_free(&script.diagnostic);
	return status ? options_fail(options, &err) : script.code;
}

/* One result of TAP for the script. Returns its exit code. */
static int run_tested(struct tap *tap, const char *file)
{
	struct script script = {.options = tap->options, .file = file, .is_quiet = true};
	struct error err = {0};
	if (run_script(&script, &err)) {
		script.code = EXIT_MISUSE;
		error_print(&err, &script.diagnostic);
	}
	tap_add(tap, &(struct tap_case){.file = file,
					.name = _("the script runs as expected"),
					.result = script.code ? TAP_FAILED : TAP_GOOD,
					.detail = "",
					.diagnostic = strbuf_str(&script.diagnostic)});
	strbuf_free(&script.diagnostic);
	return script.code;
}

static int run(const struct options *options, char **args, int n_args)
{
	struct tap tap;
	struct file_list scripts;
	int code = file_list_make(&scripts, options, args, n_args, ".script");
	if (scripts.n_names == 0)
		return code;
	bool tested = options->junit || n_args > 1 || strcmp(scripts.names[0], args[0]) != 0;
	if (tested && !options->update)
		tap_begin(&tap, options);
	for (size_t i = 0; i < scripts.n_names; i++) {
		int one = tested && !options->update ? run_tested(&tap, scripts.names[i])
						     : run_one(options, scripts.names[i]);
		code = one > code ? one : code;
	}
	file_list_free(&scripts);
	return tested && !options->update ? tap_end(&tap, "backstep run", code) : code;
}

const struct subcommand subcommand_run = {
    .name = "run",
    .usage = "[--update] [--junit FILE] SCRIPT|FOLDER|-...",
    .summary = N_("replay a script of commands; fails if an expectation does"),
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
