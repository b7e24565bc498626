/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c -- reading the command line, and printing in the terminal's character set. */
#include "backstep/console/options.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/session/setting.h"

/* An option that takes one of a few words. */
struct choice {
	const char *option;
	const char *words[5];
};

static const struct choice choices[] = {
    {"lang", {"en", "es"}},
    {"glyphs", {"unicode", "ascii"}},
    {"color", {"auto", "always", "never"}},
    {"chain", {"auto", "paths", "deltas"}},
    {"format", {"text", "jsonl", "md", "csv"}},
};
enum {
	OPTION_LANG = 256,
	OPTION_GLYPHS,
	OPTION_COLOR,
	OPTION_CHAIN,
	OPTION_FORMAT,
	OPTION_UPDATES,
	OPTION_EPOCHS,
	OPTION_BATCH,
	OPTION_SEED,
	OPTION_OPTIMIZER,
	OPTION_RULE,
	OPTION_RATE,
	OPTION_SET,
	OPTION_METRICS,
	OPTION_ANONYMOUS,
	OPTION_QUIZ,
	OPTION_CODE,
	OPTION_JUNIT,
	OPTION_UPDATE,
};

static const struct option long_options[] = {
    {"console", no_argument, NULL, 'c'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"glyphs", required_argument, NULL, OPTION_GLYPHS},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"chain", required_argument, NULL, OPTION_CHAIN},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"updates", required_argument, NULL, OPTION_UPDATES},
    {"junit", required_argument, NULL, OPTION_JUNIT},
    {"update", no_argument, NULL, OPTION_UPDATE},
    {"epochs", required_argument, NULL, OPTION_EPOCHS},
    {"batch", required_argument, NULL, OPTION_BATCH},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"optimizer", required_argument, NULL, OPTION_OPTIMIZER},
    {"rule", required_argument, NULL, OPTION_RULE},
    {"rate", required_argument, NULL, OPTION_RATE},
    {"set", required_argument, NULL, OPTION_SET},
    {"metrics", required_argument, NULL, OPTION_METRICS},
    {"anonymous", no_argument, NULL, OPTION_ANONYMOUS},
    {"quiz", no_argument, NULL, OPTION_QUIZ},
    {"code", required_argument, NULL, OPTION_CODE},
    {"quiet", no_argument, NULL, 'q'},
    {0},
};

/* Options that are a whole number, by their place behind OPTION_UPDATES. */
static const struct {
	const char *name;
	size_t least, most, offset; /* of a uint64_t in struct options */
} count_options[] = {
    [OPTION_UPDATES - OPTION_UPDATES] = {"updates", 1, 1000000000,
					 offsetof(struct options, updates)},
    [OPTION_EPOCHS - OPTION_UPDATES] = {"epochs", 1, 1000000000, offsetof(struct options, epochs)},
    [OPTION_BATCH - OPTION_UPDATES] = {"batch", 1, 1000000000, offsetof(struct options, batch)},
    [OPTION_SEED - OPTION_UPDATES] = {"seed", 0, SIZE_MAX, offsetof(struct options, seed)},
};

/* Which word of the option's it is. Errors: STATUS_BAD_INPUT. */
static enum status read_choice(int option, const char *value, size_t *which, struct error *err)
{
	const struct choice *choice = &choices[option - OPTION_LANG];
	struct strbuf words = {0};
	for (*which = 0; choice->words[*which]; ++*which) {
		if (strcmp(choice->words[*which], value) == 0) {
			strbuf_free(&words);
			return STATUS_OK;
		}
		strbuf_addf(&words, "%s%s", *which ? ", " : "", choice->words[*which]);
	}
	char shown[TEXT_EXCERPT];
	error_set(err, STATUS_BAD_INPUT, _("--%s cannot be '%s'"), choice->option,
		  text_excerpt(shown, value));
	error_hint(err, _("choose one of: %s"), strbuf_str(&words));
	strbuf_free(&words);
	return STATUS_BAD_INPUT;
}

static enum status take_count(struct options *options, int option, const char *value,
			      struct error *err)
{
	size_t n = 0, k = (size_t)(option - OPTION_UPDATES);
	enum status status = number_parse_count(value, count_options[k].most, &n, err);
	if (!status && n < count_options[k].least)
		status = error_set(err, STATUS_BAD_INPUT, _("--%s is at least %zu"),
				   count_options[k].name, count_options[k].least);
	if (status)
		return status;
	*(uint64_t *)((char *)options + count_options[k].offset) = n;
	options->has_seed |= option == OPTION_SEED;
	return STATUS_OK;
}

/* Takes note of a setting; text is NAME=VALUE where name is NULL. */
static enum status take_setting(struct options *options, const char *name, char *text,
				struct error *err)
{
	struct option_setting *setting = &options->settings[options->n_settings];
	char shown[TEXT_EXCERPT], *equals = name ? NULL : strchr(text, '=');
	if (options->n_settings == OPTIONS_MAX_SETTINGS)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d settings"),
				 OPTIONS_MAX_SETTINGS);
	if (!name && (!equals || equals == text)) {
		error_set(err, STATUS_BAD_INPUT, _("--set cannot be '%s'"),
			  text_excerpt(shown, text));
		error_hint(err, _("for example: --set rate=0.1"));
		return STATUS_BAD_INPUT;
	}
	if (equals)
		*equals = '\0';
	*setting = (struct option_setting){name ? name : text, name ? text : equals + 1};
	options->n_settings++;
	return STATUS_OK;
}

static enum status take(struct options *options, int option, char *value, struct error *err)
{
	size_t which = 0;
	enum status status = STATUS_OK;
	if (option >= OPTION_LANG && option <= OPTION_FORMAT)
		status = read_choice(option, value, &which, err);
	if (status)
		return status;
	switch (option) {
	case 'c':
		options->console = true;
		break;
	case 'h':
		options->help = true;
		break;
	case 'V':
		options->version = true;
		break;
	case OPTION_LANG:
		language_set((enum language)which);
		break;
	case OPTION_GLYPHS:
		options->glyphs = (enum formula_glyphs)which;
		options->utf8 = options->utf8 || options->glyphs == GLYPHS_UNICODE;
		break;
	case OPTION_COLOR:
		options->colour = which == 1 || (which == 0 && options->colour);
		break;
	case OPTION_CHAIN:
		options->chain = (enum chain_form)which;
		break;
	case OPTION_FORMAT:
		options->format = (enum output_format)which;
		break;
	case OPTION_JUNIT:
		options->junit = value;
		break;
	case OPTION_UPDATE:
		options->update = true;
		break;
	case 'q':
		options->quiet = true;
		break;
	case OPTION_METRICS:
		options->metrics = value;
		break;
	case OPTION_ANONYMOUS:
		options->anonymous = true;
		break;
	case OPTION_QUIZ:
		options->quiz = true;
		break;
	case OPTION_CODE:
		options->code = value;
		break;
	case OPTION_OPTIMIZER:
		return take_setting(options, "optimizer", value, err);
	case OPTION_RULE:
		return take_setting(options, "rule", value, err);
	case OPTION_RATE:
		return take_setting(options, "rate", value, err);
	case OPTION_SET:
		return take_setting(options, NULL, value, err);
	default:
		return take_count(options, option, value, err);
	}
	return STATUS_OK;
}

enum status options_read(struct options *options, int argc, char **argv, bool terminal_utf8,
			 struct error *err)
{
	const char *no_color = getenv("NO_COLOR");
	*options = (struct options){
	    .utf8 = terminal_utf8,
	    .colour = !no_color || !*no_color,
	    .glyphs = terminal_utf8 ? GLYPHS_UNICODE : GLYPHS_ASCII,
	    .updates = 1,
	};
	language_set(language_from_environment());
	opterr = 0;
	int option;
	while ((option = getopt_long(argc, argv, ":chV", long_options, NULL)) != -1) {
		char shown[TEXT_EXCERPT];
		if (option == '?' || option == ':') {
			/* a letter among others says itself; getopt is still at their word */
			const char letter[] = {'-', (char)optopt, '\0'};
			bool is_letter = optopt > 0 && optopt < OPTION_LANG &&
					 strncmp(argv[optind - 1], "--", 2) != 0;
			text_excerpt(shown, is_letter ? letter : argv[optind - 1]);
			error_set(err, STATUS_BAD_INPUT,
				  option == '?' ? _("unknown option %s")
						: _("the option %s needs a value"),
				  shown);
			error_hint(err, _("backstep --help lists the options"));
			return STATUS_BAD_INPUT;
		}
		enum status status = take(options, option, optarg, err);
		if (status)
			return status;
	}
	options->args = argv + optind;
	options->n_args = argc - optind;
	return STATUS_OK;
}

static void print_to(const struct options *options, FILE *file, const char *text)
{
	if (options->utf8) {
		fputs(text, file);
		return;
	}
	struct strbuf ascii = {0};
	text_ascii(&ascii, text);
	fputs(strbuf_str(&ascii), file);
	strbuf_free(&ascii);
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
		print_to(options, stderr, strbuf_str(&text));
		strbuf_free(&text);
	}
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
	fflush(stdout);
	print_to(options, stderr, strbuf_str(&text));
	strbuf_free(&text);
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
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	error_set(&err, STATUS_IO, _("the output cannot be written: %s"), error_reason(errno));
	return options_fail(options, &err);
}

enum status options_session(const struct options *options, struct session **session,
			    struct error *err)
{
	enum status status = session_new(session, err);
	if (status)
		return status;
	setting_begin_with(*session, "glyphs", options->glyphs);
	setting_begin_with(*session, "chain", options->chain);
	return STATUS_OK;
}
