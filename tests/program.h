/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.h -- runs the real program with its output in pipes, for tests of the command line.
 *
 * Its environment is made for the purpose: only what a test asks for, and what finds the lessons.
 */
#ifndef BACKSTEP_TESTS_PROGRAM_H
#define BACKSTEP_TESTS_PROGRAM_H

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backstep/base/strbuf.h"

enum { PROGRAM_ARGS = 16, PROGRAM_SECONDS = 30 };

/* How to run it. Everything may be left out. */
struct program_options {
	const char *program;      /* NULL: the one that was built */
	const char *args;         /* between blanks; the value of an option behind '=' */
	const char *input;        /* standard input; NULL: /dev/null */
	const char *output;       /* a file that standard output goes to; "closed" */
	const char *folder;       /* to start in */
	const char *locale;       /* LC_ALL; NULL: C.UTF-8 */
	const char *variables[4]; /* NAME=VALUE */
	bool no_lessons;          /* BACKSTEP_LESSONS is not set */
};

/* Owns: both texts. */
struct program {
	int status; /* exit status; 1000 + the signal that ended it */
	struct strbuf out, err;
};

static inline void program_child(const struct program_options *options, int in, int out, int err)
{
	char *words = strdup(options->args ? options->args : ""), *argv[PROGRAM_ARGS + 2], *word;
	const char *program = options->program ? options->program : BACKSTEP_PROGRAM;
	size_t n = 1;
	int file = options->output ? open(options->output, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	dup2(in, 0);
	dup2(file >= 0 ? file : out, 1);
	dup2(err, 2);
	if (options->output && strcmp(options->output, "closed") == 0)
		close(1);
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	if (options->folder && chdir(options->folder))
		_exit(99);
	clearenv();
	setenv("LC_ALL", options->locale ? options->locale : "C.UTF-8", 1);
	setenv("HOME", "/dev/null/home", 1);
	setenv("TERM", "xterm", 1);
	/* a sanitizer's report is to be seen, and ends the program */
	setenv("ASAN_OPTIONS", "exitcode=98", 1);
	if (!options->no_lessons)
		setenv("BACKSTEP_LESSONS", BACKSTEP_SOURCE_DIR "/lessons", 1);
	for (size_t i = 0; i < 4 && options->variables[i]; i++)
		putenv(strdup(options->variables[i]));
	argv[0] = strdup("backstep");
	while (n <= PROGRAM_ARGS && (word = strsep(&words, " ")))
		if (*word)
			argv[n++] = word;
	argv[n] = NULL;
	execv(program, argv);
	_exit(99);
}

/* Writes the rest of input into fd; returns whether there is more. */
static inline bool program_feed(int fd, const char **input)
{
	ssize_t n = write(fd, *input, strlen(*input));
	if (n > 0)
		*input += n;
	return n >= 0 && **input;
}

/* Takes in what comes; returns whether there is more. */
static inline bool program_take(int fd, struct strbuf *into)
{
	char bytes[65536];
	ssize_t n = read(fd, bytes, sizeof bytes);
	if (n > 0)
		strbuf_add_len(into, bytes, (size_t)n);
	return n > 0;
}

/* Speaks with the child until both outputs are closed. */
static inline void program_talk(struct program *program, pid_t pid, struct pollfd fds[3],
				const char *input)
{
	while (fds[1].fd >= 0 || fds[2].fd >= 0) {
		if (poll(fds, 3, PROGRAM_SECONDS * 1000) <= 0) {
			kill(pid, SIGKILL);
			fail_msg("no end after %d seconds", PROGRAM_SECONDS);
		}
		if (fds[0].revents && !program_feed(fds[0].fd, &input)) {
			close(fds[0].fd);
			fds[0].fd = -1;
		}
		if (fds[1].revents && !program_take(fds[1].fd, &program->out))
			fds[1].fd = -1;
		if (fds[2].revents && !program_take(fds[2].fd, &program->err))
			fds[2].fd = -1;
	}
}

/* Runs it to its end. */
static inline struct program program_run(const struct program_options *options)
{
	struct program program = {0};
	int in[2], out[2], err[2], status;
	pid_t pid;
	signal(SIGPIPE, SIG_IGN);
	fflush(NULL);
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	assert_int_equal(pipe(err), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		program_child(options, options->input ? in[0] : open("/dev/null", O_RDONLY), out[1],
			      err[1]);
	}
	close(in[0]);
	close(out[1]);
	close(err[1]);
	struct pollfd fds[] = {{in[1], POLLOUT, 0}, {out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
	if (!options->input) {
		close(in[1]);
		fds[0].fd = -1;
	}
	program_talk(&program, pid, fds, options->input);
	if (fds[0].fd >= 0)
		close(fds[0].fd);
	close(out[0]);
	close(err[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	program.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
	return program;
}

static inline void program_free(struct program *program)
{
	strbuf_free(&program->out);
	strbuf_free(&program->err);
}

/* Runs it with these arguments alone. */
static inline struct program program_args(const char *args)
{
	return program_run(&(struct program_options){.args = args});
}

static inline const char *program_out(const struct program *program)
{
	return strbuf_str(&program->out);
}

static inline const char *program_err(const struct program *program)
{
	return strbuf_str(&program->err);
}

static inline void check_program(const struct program *program, int status, const char *out,
				 const char *err, const char *file, int line)
{
	bool out_good =
	    !out || (*out ? strstr(program_out(program), out) != NULL : program->out.len == 0);
	bool err_good =
	    !err || (*err ? strstr(program_err(program), err) != NULL : program->err.len == 0);
	if (program->status == status && out_good && err_good)
		return;
	/* cmocka's own print_error cuts what is longer than 1024 bytes */
	fprintf(stderr, "exit status %d, wanted %d\noutput:\n%s\nerrors:\n%s\nwanted: '%s', '%s'\n",
		program->status, status, program_out(program), program_err(program), out ? out : "",
		err ? err : "");
	_fail(file, line);
}

/* The exit status, and what stands somewhere in each output: NULL is anything, "" is nothing. */
#define assert_program(program, status, out, err) \
	check_program((program), (status), (out), (err), __FILE__, __LINE__)

/* Runs with these arguments and compares, for tests that need no more. */
#define assert_run(args, status, out, err)                                        \
	do {                                                                      \
		struct program run_ = program_args(args);                         \
		check_program(&run_, (status), (out), (err), __FILE__, __LINE__); \
		program_free(&run_);                                              \
	} while (0)

static inline size_t count_lines(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static inline void assert_ascii(const char *text)
{
	for (size_t i = 0; text[i]; i++) {
		unsigned char c = (unsigned char)text[i];
		size_t from = i > 40 ? i - 40 : 0;

		if (c >= 0x80 || (c < 0x20 && c != '\n' && c != '\t'))
			fail_msg("byte %02x behind '%.*s'", c, (int)(i - from), text + from);
	}
}

#endif
