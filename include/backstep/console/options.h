/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h -- the command line: what was asked for, and the program's exit codes. */
#ifndef BACKSTEP_CONSOLE_OPTIONS_H
#define BACKSTEP_CONSOLE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "backstep/session/session.h"

enum exit_code {
	EXIT_GOOD = 0,
	EXIT_CHECK_FAILED = 1, /* a check or an expectation did not hold */
	EXIT_MISUSE = 2,       /* usage, a bad lesson, no terminal, a file that cannot be read */
	EXIT_BY_SIGNAL = 128,  /* and its number: training that was stopped, as shells have it */
};

enum { OPTIONS_MAX_SETTINGS = 32 };

/* A setting of the session that the command line asks for. */
struct option_setting {
	const char *name, *value; /* they live as long as the command line */
};

enum output_format { OUTPUT_TEXT, OUTPUT_JSONL, OUTPUT_MARKDOWN, OUTPUT_CSV };
enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct exam_sitting;
struct command_context;

struct options {
	bool console, help, version;
	bool utf8; /* output may hold more than ASCII */
	bool terminal_utf8;
	size_t colour_choice;
	bool colour; /* what follows from it */
	size_t format;
	uint64_t updates;
	const char *junit; /* a file for results in JUnit's XML; NULL: none */
	bool quiz;         /* check the questions of a lesson in place of its steps */
	bool watch;        /* check again whenever a lesson is saved */
	/* The full screen for an exam, which the console does not know; NULL: there is none. */
	enum status (*exam_screen)(struct exam_sitting *sitting, bool colour, bool ascii,
				   struct error *err);
	const char *code; /* of who takes an exam; NULL: none */
	const char *like; /* the lesson that a new one is a copy of; NULL: none */
	bool anonymous;   /* students have numbers in place of their codes */
	bool update;      /* expectations that fail are written anew */
	/* Of training. */
	uint64_t epochs; /* 0: as the lesson says */
	bool quiet;
	const char *metrics; /* a file, or NULL */
	/* In the order of the command line. */
	struct option_setting settings[OPTIONS_MAX_SETTINGS];
	size_t n_settings;
	char **args; /* what is left of the command line */
	int n_args;
};

/* Reads the command line and the environment (NO_COLOR, BACKSTEP_LANG, the locale), and sets the
 * language. The order of options does not matter; of the same option twice the last one holds. Call
 * after text_locale_init, whose result is terminal_utf8. Errors: STATUS_BAD_INPUT,
 * STATUS_NO_MEMORY. */
enum status options_read(struct options *options, int argc, char **argv, bool terminal_utf8,
			 struct error *err);

/* Prints errors on stderr, a line each, and empties the list. */
void options_print_errors(const struct options *options, struct error_list *errors);
/* One error on stderr, after the program's name; returns EXIT_MISUSE. */
int options_fail(const struct options *options, const struct error *err);
/* A line on stderr that is no error, after the program's name. */
void options_note(const struct options *options, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Whether everything printed so far has arrived: prints an error and returns EXIT_MISUSE where
 * it has not, else code. */
int options_finish(const struct options *options, int code);

/* A session for a person at a terminal, in a context that is empty but for its front end's fields:
 * the lines of their config are run, then those settings are in force that need no lesson. What is
 * to be said at the start is appended to remarks. Errors: STATUS_NO_MEMORY, STATUS_BAD_INPUT. */
enum status options_context(const struct options *options, struct command_context *context,
			    struct strbuf *remarks, struct error *err);
/* Opens a lesson with them. Errors: as session_open and options_settings, appended to errors. */
enum status options_open(const struct options *options, struct session *session, const char *lesson,
			 struct error_list *errors);

#endif
