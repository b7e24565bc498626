/* SPDX-License-Identifier: GPL-3.0-or-later */
/* console.c -- the line console: append-only lines, readline at a terminal. It is all that the
 * full screen is, for screen readers, pipes and terminals that cannot do more. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "backstep/base/clock.h"
#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"
#include "backstep/console/subcommand.h"
#include "backstep/session/address.h"
#include "backstep/text/source_check.h"
#include "console_private.h"
#include "script_text.h"
#include "work_bar.h"
#include "work_keys.h"

enum {
	HISTORY_LINES = 500,
	CONTINUED = 4, /* columns */
};

static volatile sig_atomic_t interrupt;
/* Readline's hooks take no context. */
static struct command_context *completing;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	interrupt = 1;
}

static bool take_interrupt(void)
{
	bool was = interrupt;
	interrupt = 0;
	return was;
}

static bool on_work(void *ctx, const struct work *work)
{
	(void)ctx;
	work_bar_show(work);
	bool is_stopped = work_keys_are_stop();
	return !take_interrupt() && !is_stopped;
}

/* Ctrl-C at the prompt: a fresh line. */
static void begin_line_again(void)
{
	rl_crlf();
	rl_replace_line("", 1);
	rl_on_new_line();
	rl_redisplay();
}

/* Readline's own reading overlooks a signal that comes right before it, until the next key: so
 * these are let in only while waiting. */
static int read_key(FILE *input)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH};
	struct pollfd fd = {.fd = fileno(input), .events = POLLIN};
	sigset_t held, before;
	int ready = 0, typed = work_keys_next();
	if (typed >= 0)
		return typed;
	sigemptyset(&held);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaddset(&held, signals[i]);
	sigprocmask(SIG_BLOCK, &held, &before);
	while (ready == 0) {
		if (rl_pending_signal()) {
			sigprocmask(SIG_SETMASK, &before, NULL);
			rl_check_signals();
			sigprocmask(SIG_BLOCK, &held, NULL);
		}
		if (take_interrupt())
			begin_line_again();
		if (!rl_pending_signal())
			ready = ppoll(&fd, 1, NULL, &before);
		ready = ready < 0 && errno == EINTR ? 0 : ready;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return rl_getc(input);
}

static size_t word_start;

static char *generate(const char *word, int state)
{
	return command_complete(completing, rl_line_buffer, word_start, word, state);
}

static char **complete(const char *word, int start, int end)
{
	(void)end;
	word_start = (size_t)start;
	rl_attempted_completion_over = 1;
	return rl_completion_matches(word, generate);
}

static void set_up_readline(struct command_context *context, const char *history)
{
	struct sigaction action = {.sa_handler = on_interrupt};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	rl_readline_name = "backstep";
	rl_catch_signals = 1; /* gives the terminal back before a signal ends or stops us */
	rl_change_environment = 0;
	rl_num_chars_to_read = SCRIPT_MAX_LINE + 1; /* and then it is as if Enter were pressed */
	rl_getc_function = read_key;
	rl_attempted_completion_function = complete;
	completing = context;
	rl_initialize();
	text_locale_again();
	rl_variable_bind("enable-bracketed-paste", "off");
	using_history();
	stifle_history(HISTORY_LINES);
	if (history)
		read_history(history);
}

/* A line that is broken: what follows its first piece stands farther in. */
struct broken_line {
	struct strbuf *out;
	size_t indent;
	bool goes_on;
};

static void add_piece(void *ctx, const char *s, size_t len)
{
	struct broken_line *broken = ctx;
	strbuf_repeat(broken->out, " ", broken->goes_on ? broken->indent : 0);
	strbuf_add_len(broken->out, s, len);
	strbuf_add_char(broken->out, '\n');
	broken->goes_on = true;
}

static void add_line(struct strbuf *out, const char *line, size_t columns)
{
	size_t indent = strspn(line, " ") + CONTINUED;
	struct broken_line broken = {out, indent < columns / 2 ? indent : 0, false};
	if (text_columns(line) > columns)
		text_wrap(line, columns - broken.indent, add_piece, &broken);
	else
		strbuf_addf(out, "%s\n", line);
}

/* Of the terminal that answers go to; 0: they go elsewhere. */
static size_t terminal_columns(void)
{
	struct winsize size;
	bool is_known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
	return is_known ? size.ws_col : 0;
}

/* Breaks lines that are wider than the terminal, which would break them anywhere. */
static void fit(struct strbuf *text, size_t columns)
{
	struct strbuf fitting = {0};
	if (columns == 0)
		return;
	for (char *line = text->data, *end; line && *line; line = end) {
		end = line + strcspn(line, "\n");
		end += *end ? (*end = '\0', 1) : 0;
		add_line(&fitting, line, columns);
	}
	fitting.failed |= text->failed;
	strbuf_free(text);
	*text = fitting;
}

static void answer(const struct options *options, struct command_context *context)
{
	fit(&context->out, context->columns);
	options_print(options, strbuf_str(&context->out));
	strbuf_clear(&context->out);
	fflush(stdout);
	options_print_errors(options, &context->errors);
}

static void refuse_long_line(struct command_context *context)
{
	struct error err;
	script_text_too_long(&err);
	error_list_add(&context->errors, &err);
}

/* What the person answers is kept in a file of their own. A file that is damaged is named, and left
 * alone. Owns: the caller (free). */
static char *keep_progress(const struct options *options, struct command_context *context)
{
	struct error err = {0};
	char *path = paths_state("progress.bsp");
	if (!path)
		return NULL;
	if (command_keep_progress(context, path, &err)) {
		error_list_add(&context->errors, &err);
		options_print_errors(options, &context->errors);
	}
	return path;
}

/* Who answers whom. */
struct conversation {
	const struct options *options;
	struct command_context *context;
};

/* Between two steps of `play`: what was answered is shown. It waits in short parts: a signal that
 * comes just before one of them does not end it. */
static bool pause_between(void *ctx, double seconds)
{
	const struct conversation *conversation = ctx;
	const double end = clock_seconds() + seconds, most = 0.1;
	answer(conversation->options, conversation->context);
	for (double left = seconds; left > 0.0; left = end - clock_seconds())
		if (!work_keys_pause(left < most ? left : most) || take_interrupt())
			return false;
	return !take_interrupt();
}

/* At a terminal an empty line is the next step. */
static void talk(const struct options *options, struct command_context *context)
{
	char *history = paths_xdg("XDG_STATE_HOME", ".local/state", "history");
	struct training_watch watch = {.update = work_bar_show_training};
	const struct work_watch work_watch = {NULL, on_work};
	struct conversation conversation = {options, context};
	const struct command_front front = {.ctx = &conversation, .pause = pause_between};
	context->front = &front;
	context->session->watch = &watch;
	work_set_watch(&work_watch);
	set_up_readline(context, history);
	char *progress = keep_progress(options, context);
	char *sittings = paths_xdg("XDG_STATE_HOME", ".local/state", "sittings");
	command_keep_sittings(context, sittings);
	answer(options, context);
	while (!context->session->quit) {
		watch.ctx = context->session; /* undo puts another there */
		char *line = readline("backstep> ");
		if (!line) {
			options_print(options, "\n");
			break;
		}
		take_interrupt(); /* what came before the line is not about it */
		context->columns = terminal_columns();
		work_bar_use(&context->session->style);
		if (strlen(line) > SCRIPT_MAX_LINE) {
			refuse_long_line(context);
		} else {
			if (line[strspn(line, " \t")])
				add_history(line);
			command_exec(context, *line ? line : "next");
		}
		work_keys_end();
		work_bar_clear();
		command_save_sitting(context);
		answer(options, context);
		free(line);
	}
	context->session->watch = NULL;
	work_set_watch(NULL);
	context->front = NULL;
	context->progress_path = context->sittings = NULL;
	free(progress);
	free(sittings);
	if (history) {
		paths_make_folders(history);
		write_history(history);
	}
	clear_history();
	free(history);
}

/* Lines from a pipe. Returns the exit code. */
static int listen(const struct options *options, struct command_context *context)
{
	struct script_line line = {.len = 0};
	int code = EXIT_GOOD;
	do {
		struct error err = {0};
		enum status status = script_line_read(&line, &err);

		if (status)
			error_list_add(&context->errors, &err);
		else
			status = command_exec(context, line.text);
		bool failed = status == STATUS_FAILED || status == STATUS_NUMERIC ||
			      status == STATUS_INTERRUPTED;

		if (status && code != EXIT_MISUSE)
			code = failed ? EXIT_CHECK_FAILED : EXIT_MISUSE;
		answer(options, context);
	} while (!context->session->quit && line.len > 0);
	return code;
}

int console_run(const struct options *options, const char *lesson)
{
	struct command_context context = {.reports_steps = true, .columns = terminal_columns()};
	struct error err = {0};
	struct strbuf line = {0}, remarks = {0};
	int code = EXIT_GOOD;
	bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	if (terminal ? options_context(options, &context, &remarks, &err)
		     : options_session(options, &context.session, &err))
		return options_fail(options, &err);
	options_complain(options, strbuf_str(&remarks));
	strbuf_free(&remarks);
	char *name = address_lesson(lesson ? lesson : "");
	strbuf_addf(&line, "lesson %s", name ? name : "");
	enum status status = command_exec(&context, strbuf_str(&line));
	if (!status && lesson && options_settings(options, context.session, &err))
		error_list_add(&context.errors, &err);
	status = status ? status : err.code;
	strbuf_clear(&line);
	strbuf_addf(&line, "goto %s", lesson ? lesson : "");
	if (!status && name && lesson && strcmp(name, lesson) != 0)
		status = command_exec(&context, strbuf_str(&line));
	free(name);
	answer(options, &context);
	strbuf_free(&line);
	if (status)
		code = EXIT_MISUSE;
	else if (terminal)
		talk(options, &context);
	else
		code = listen(options, &context);
	session_free(context.session);
	command_context_free(&context);
	return options_finish(options, code);
}
