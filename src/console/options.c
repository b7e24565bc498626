/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c -- reading the command line as the rows say, and printing in the terminal's character
 * set. */
#include "backstep/console/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "console_private.h"
#include "option_rows.h"
#include "work_bar.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/command/command.h"
#include "backstep/session/setting.h"

enum { FIRST_ROW = 256, MAX_ROWS = 64 }; /* getopt's number of row k is FIRST_ROW + k */

/* What was found on the command line, in its order. Owns: items. */
struct given {
	struct given_option {
		const struct option_row *row;
		char *value;
	} * items;
	size_t n;
	int fault; /* of the first that is none: '?' unknown, ':' without its value; 0: none */
	char shown[TEXT_EXCERPT];
};

/* The table as getopt_long has it. */
static void describe_rows(struct option longs[MAX_ROWS], char letters[MAX_ROWS])
{
	size_t n_letters = 0, k = 0;
	letters[n_letters++] = ':';
	for (const struct option_row *row = option_table; row->name; row++, k++) {
		CONTRACT(k + 2 < MAX_ROWS);
		int takes = row->kind == OPTION_FLAG ? no_argument : required_argument;
		longs[k] = (struct option){row->name, takes, NULL, FIRST_ROW + (int)k};
		if (row->letter)
			letters[n_letters++] = row->letter;
	}
	longs[k] = (struct option){0};
	letters[n_letters] = '\0';
}

/* Remembers the first that cannot be read: a letter among others says itself, as getopt is still at
 * their word. */
static void note_fault(struct given *given, int fault, char **argv)
{
	const char letter[] = {'-', (char)optopt, '\0'};
	bool is_letter =
	    optopt > 0 && optopt < FIRST_ROW && strncmp(argv[optind - 1], "--", 2) != 0;
	if (given->fault)
		return;
	given->fault = fault;
	text_excerpt(given->shown, is_letter ? letter : argv[optind - 1]);
}

static const struct option_row *row_of(int option)
{
	const struct option_row *row = option_table;
	if (option >= FIRST_ROW)
		return row + (option - FIRST_ROW);
	while (row->letter != option)
		row++;
	return row;
}

/* Errors: STATUS_NO_MEMORY. */
static enum status collect(struct given *given, int argc, char **argv, struct error *err)
{
	struct option longs[MAX_ROWS];
	char letters[MAX_ROWS];
	int option;
	given->items = calloc((size_t)argc + 1, sizeof *given->items);
	if (!given->items)
		return error_no_memory(err);
	describe_rows(longs, letters);
	opterr = 0;
	while ((option = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (option == '?' || option == ':')
			note_fault(given, option, argv);
		else
			given->items[given->n++] = (struct given_option){row_of(option), optarg};
	}
	return STATUS_OK;
}

static const char *next_word(void *ctx, size_t i)
{
	return (*(const char *const *const *)ctx)[i];
}

/* Which word of the option's it is. Errors: STATUS_BAD_INPUT. */
static enum status read_word(const char *option, const char *const *words, const char *value,
			     size_t *which, struct error *err)
{
	char name[LABEL_TEXT];
	snprintf(name, sizeof name, "--%s", option);
	bool is_none = error_no_choice(err, name, value, next_word, &words, which);
	return is_none ? STATUS_BAD_INPUT : STATUS_OK;
}

static enum status read_count(const char *option, size_t least, size_t most, const char *value,
			      size_t *n, struct error *err)
{
	struct error why = {0};
	enum status status = number_parse_count(value, least, most, n, &why);
	return status ? error_set(err, status, "--%s: %s", option, why.message) : STATUS_OK;
}

static enum status add_setting(struct options *options, const char *name, const char *value,
			       struct error *err)
{
	if (options->n_settings == OPTIONS_MAX_SETTINGS)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d settings"),
				 OPTIONS_MAX_SETTINGS);
	options->settings[options->n_settings++] = (struct option_setting){name, value};
	return STATUS_OK;
}

/* A setting is looked at here already, in the option's name; one whose values a lesson decides is
 * looked at when it is set. */
static enum status take_setting(struct options *options, const struct given_option *given,
				struct error *err)
{
	const struct setting *setting = option_setting(given->row);
	const char *name = given->row->name, *value = given->value;
	size_t ignored;
	enum status status = STATUS_OK;
	if (setting && setting->words)
		status = read_word(name, setting->words, value, &ignored, err);
	else if (setting && setting->kind == SETTING_COUNT &&
		 !(setting->none && strcmp(value, setting->none) == 0))
		status = read_count(name, setting->least, setting->most, value, &ignored, err);
	if (status)
		return status;
	return add_setting(options, setting ? setting->name : name, value, err);
}

static enum status take_assignment(struct options *options, char *text, struct error *err)
{
	char shown[TEXT_EXCERPT], *equals = strchr(text, '=');
	if (!equals || equals == text) {
		error_set(err, STATUS_BAD_INPUT, _("--set cannot be '%s'"),
			  text_excerpt(shown, text));
		error_hint(err, _("for example: --set rate=0.1"));
		return STATUS_BAD_INPUT;
	}
	*equals = '\0';
	return add_setting(options, text, equals + 1, err);
}

static enum status take(struct options *options, const struct given_option *given,
			struct error *err)
{
	const struct option_row *row = given->row;
	void *at = (char *)options + row->offset;
	size_t n;
	enum status status = STATUS_OK;
	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)at = true;
		break;
	case OPTION_TEXT:
		*(const char **)at = given->value;
		break;
	case OPTION_WORD:
		status = read_word(row->name, row->words, given->value, &n, err);
		*(size_t *)at = status ? 0 : n;
		break;
	case OPTION_COUNT:
		status = read_count(row->name, row->least, row->most, given->value, &n, err);
		*(uint64_t *)at = status ? 0 : n;
		break;
	case OPTION_SETTING:
		return take_setting(options, given, err);
	case OPTION_ASSIGN:
		return take_assignment(options, given->value, err);
	}
	return status;
}

/* The value that the command line gives a setting, or NULL. */
static const char *given_setting(const struct options *options, const char *name)
{
	for (size_t k = options->n_settings; k > 0; k--)
		if (strcmp(options->settings[k - 1].name, name) == 0)
			return options->settings[k - 1].value;
	return NULL;
}

/* Messages are in the language that was asked for, wherever on the command line it was. */
static void choose_language(const struct given *given)
{
	enum language language = language_from_environment();
	for (size_t k = 0; k < given->n; k++) {
		const struct setting *setting = option_setting(given->items[k].row);
		if (setting && setting == setting_find("language"))
			language_parse(given->items[k].value, &language);
	}
	language_set(language);
}

static enum status take_all(struct options *options, const struct given *given, struct error *err)
{
	if (given->fault) {
		error_set(err, STATUS_BAD_INPUT,
			  given->fault == '?' ? _("unknown option %s")
					      : _("the option %s needs a value"),
			  given->shown);
		error_hint(err, _("backstep --help lists the options"));
		return STATUS_BAD_INPUT;
	}
	enum status status = STATUS_OK;
	const struct subcommand *of = options->n_args ? subcommand_find(options->args[0]) : NULL;
	for (size_t k = 0; !status && k < given->n; k++) {
		status = subcommand_check_option(of, given->items[k].row, err);
		if (!status)
			status = take(options, &given->items[k], err);
	}
	return status;
}

enum status options_read(struct options *options, int argc, char **argv, bool terminal_utf8,
			 struct error *err)
{
	const char *no_color = getenv("NO_COLOR"), *glyphs;
	struct given given = {0};
	*options =
	    (struct options){.utf8 = terminal_utf8, .terminal_utf8 = terminal_utf8, .updates = 1};
	enum status status = collect(&given, argc, argv, err);
	choose_language(&given);
	options->args = argv + optind;
	options->n_args = argc - optind;
	if (!status)
		status = take_all(options, &given, err);
	free(given.items);
	options->colour = options->colour_choice == COLOUR_ALWAYS ||
			  (options->colour_choice == COLOUR_AUTO && (!no_color || !*no_color));
	glyphs = given_setting(options, "glyphs");
	options->utf8 = options->utf8 || (glyphs && strcmp(glyphs, "unicode") == 0);
	return status;
}

static void print_to(const struct options *options, FILE *file, const char *text)
{
	work_bar_clear();
	if (options->utf8) {
		fputs(text, file);
		return;
	}
	struct strbuf ascii = {0};
	text_ascii(&ascii, text);
	fputs(strbuf_str(&ascii), file);
	strbuf_free(&ascii);
}

/* Prints what went wrong; where there was no memory to say it, that. */
static void print_failure(const struct options *options, struct strbuf *text)
{
	fflush(stdout);
	if (text->failed)
		fprintf(stderr, "%s%s\n", _("error: "), _("out of memory"));
	else
		print_to(options, stderr, strbuf_str(text));
	strbuf_free(text);
}

void options_print(const struct options *options, const char *text)
{
	print_to(options, stdout, text);
}

void options_print_errors(const struct options *options, struct error_list *errors)
{
	fflush(stdout);
	for (size_t i = 0; i < errors->n_items; i++) {
		struct strbuf text = {0};
		error_print(&errors->items[i], &text);
		strbuf_add_char(&text, '\n');
		print_failure(options, &text);
	}
	if (errors->n_dropped)
		print_failure(options, &(struct strbuf){.failed = true});
	error_list_free(errors);
}

void options_complain(const struct options *options, const char *text)
{
	fflush(stdout);
	print_to(options, stderr, text);
}

int options_fail(const struct options *options, const struct error *err)
{
	struct strbuf text = {0};
	strbuf_add(&text, "backstep: ");
	error_print(err, &text);
	strbuf_add_char(&text, '\n');
	print_failure(options, &text);
	return EXIT_MISUSE;
}

void options_note(const struct options *options, const char *fmt, ...)
{
	va_list args;
	char message[512];
	struct strbuf text = {0};
	va_start(args, fmt);
	vsnprintf(message, sizeof message, fmt, args);
	va_end(args);
	strbuf_addf(&text, "backstep: %s\n", message);
	print_to(options, stderr, strbuf_str(&text));
	strbuf_free(&text);
}

int options_finish(const struct options *options, int code)
{
	struct error err = {0};
	if (fflush(stdout) == 0 && !ferror(stdout)) {
		if (error_n_no_memory() == 0)
			return code;
		error_no_memory(&err); /* something may be missing */
		options_fail(options, &err);
		return code ? code : EXIT_MISUSE;
	}
	error_set(&err, STATUS_IO, _("the output cannot be written: %s"), error_reason(errno));
	return options_fail(options, &err);
}

static enum status new_session(const struct options *options, struct session **session,
			       struct error *err)
{
	enum status status = session_new(session, err);
	if (status)
		return status;
	work_bar_begin(options);
	setting_begin_with(*session, "glyphs",
			   options->terminal_utf8 ? GLYPHS_UNICODE : GLYPHS_ASCII);
	work_bar_use(&(*session)->style);
	return STATUS_OK;
}

/* The settings of the command line that need no lesson. Errors: as setting_set, and then the
 * session is freed. */
static enum status apply_given(const struct options *options, struct session *session,
			       struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < options->n_settings; k++) {
		const struct setting *row = setting_find(options->settings[k].name);
		if (row && !row->needs_lesson)
			status = setting_set(session, row->name, options->settings[k].value, err);
	}
	work_bar_use(&session->style);
	if (status)
		session_free(session);
	return status;
}

enum status options_session(const struct options *options, struct session **session,
			    struct error *err)
{
	enum status status = new_session(options, session, err);
	return status ? status : apply_given(options, *session, err);
}

/* Why a person who did not ask for ASCII sees it; NULL: nothing is to be said. */
static const char *why_ascii(const struct options *options)
{
	const char *why = options->utf8 ? NULL : text_why_ascii();
	for (size_t k = 0; k < options->n_settings; k++)
		if (strcmp(options->settings[k].name, "glyphs") == 0)
			why = NULL;
	return why ? tr(why) : NULL;
}

enum status options_context(const struct options *options, struct command_context *context,
			    struct strbuf *remarks, struct error *err)
{
	enum status status = new_session(options, &context->session, err);
	if (status)
		return status;
	config_run(context, remarks);
	status = apply_given(options, context->session, err);
	if (status) {
		context->session = NULL;
		command_context_free(context);
	} else if (why_ascii(options)) {
		strbuf_addf(remarks, "%s\n", why_ascii(options));
	}
	return status;
}

/* Types one setting that needs a lesson. */
static enum status type_setting(struct session *session, const struct option_setting *given,
				struct error *err)
{
	struct command_context context = {.session = session};
	struct strbuf line = {0};
	strbuf_addf(&line, "set %s %s", given->name, given->value);
	enum status status =
	    line.failed ? error_no_memory(err) : command_exec(&context, strbuf_str(&line));
	if (status && context.errors.n_items && err)
		*err = context.errors.items[0];
	strbuf_free(&line);
	command_context_free(&context);
	return status;
}

/* Rows stand in the order in which they can be set without undoing one another: an optimizer starts
 * with its first form, and a form with its usual numbers, which have no row. */
enum status options_settings(const struct options *options, struct session *session,
			     struct error *err)
{
	CONTRACT(session->lesson);
	enum status status = STATUS_OK;
	const struct setting *row = setting_table;
	for (bool is_last = false; !is_last; row++) {
		is_last = !row->name;
		for (size_t k = 0; !status && k < options->n_settings; k++) {
			const struct option_setting *given = &options->settings[k];
			const struct setting *found = setting_find(given->name);
			bool is_due = is_last ? !found : found == row && row->needs_lesson;
			if (is_due)
				status = type_setting(session, given, err);
		}
	}
	return status;
}

enum status options_open(const struct options *options, struct session *session, const char *lesson,
			 struct error_list *errors)
{
	struct error err = {0};
	enum status status = session_open(session, lesson, errors);
	if (status)
		return status;
	status = options_settings(options, session, &err);
	if (status)
		error_list_add(errors, &err);
	return status;
}
