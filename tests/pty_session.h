/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pty_session.h -- runs a function or a program on a terminal of its own, types, and waits for what
 * it shows and reports.
 *
 * Nothing sleeps: every wait ends with the state it waits for, or fails after five seconds. The
 * child may write lines to a second channel, the reports, which say exactly what it did. */
#ifndef BACKSTEP_TESTS_PTY_SESSION_H
#define BACKSTEP_TESTS_PTY_SESSION_H

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "backstep/base/strbuf.h"

enum { PTY_SECONDS = 5 };

/* Owns: the file descriptors and the buffers. */
struct pty {
	pid_t pid;
	int master, slave, reports_fd;
	struct termios before; /* the modes that the child found */
	struct strbuf output, reports;
	size_t n_output, n_reports; /* bytes that were waited for already */
	bool ended;                 /* nobody has the reports' other end */
	bool deaf;                  /* output is left in the terminal */
};

static inline double pty_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The modes of a terminal, comparable byte by byte: the padding is 0. */
static inline struct termios pty_modes(int fd)
{
	struct termios modes;
	memset(&modes, 0, sizeof modes);
	assert_int_equal(tcgetattr(fd, &modes), 0);
	return modes;
}

/* Whoever runs the tests may ignore or block signals (a shell does, for jobs in the background). */
static inline void pty_usual_signals(void)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
}

/* Starts child on a terminal of this size; what it returns is the exit code. */
static inline void pty_start(struct pty *pty, int rows, int columns,
			     int (*child)(int reports_fd, const void *ctx), const void *ctx)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	int reports[2];
	*pty = (struct pty){0};
	fflush(NULL);
	assert_int_equal(openpty(&pty->master, &pty->slave, NULL, NULL, &size), 0);
	assert_int_equal(pipe(reports), 0);
	pty->before = pty_modes(pty->slave);
	pty->pid = fork();
	assert_true(pty->pid >= 0);
	if (pty->pid == 0) {
		const struct rlimit no_core = {0, 0};

		setrlimit(RLIMIT_CORE, &no_core);
		pty_usual_signals();
		close(pty->master);
		close(reports[0]);
		login_tty(pty->slave);
		exit(child(reports[1], ctx));
	}
	close(reports[1]);
	fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	pty->reports_fd = reports[0];
}

static inline void pty_send(struct pty *pty, const char *bytes)
{
	assert_int_equal(write(pty->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* Sends SIGWINCH too, as a terminal does. */
static inline void pty_resize(struct pty *pty, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	assert_int_equal(ioctl(pty->master, TIOCSWINSZ, &size), 0);
}

static inline bool pty_read(int fd, struct strbuf *into)
{
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);
	if (n > 0)
		strbuf_add_len(into, bytes, (size_t)n);
	return n > 0;
}

/* Takes in what comes until deadline or something came; false after the deadline. */
static inline bool pty_pump(struct pty *pty, double deadline)
{
	struct pollfd fds[] = {
	    {.fd = pty->deaf ? -1 : pty->master, .events = POLLIN},
	    {.fd = pty->ended ? -1 : pty->reports_fd, .events = POLLIN},
	};
	double left = deadline - pty_now();
	if (left <= 0 || poll(fds, 2, (int)(left * 1000) + 1) <= 0)
		return pty_now() < deadline;
	if (fds[0].revents & POLLIN)
		pty_read(pty->master, &pty->output);
	if (fds[1].revents && !pty_read(pty->reports_fd, &pty->reports))
		pty->ended = true;
	return true;
}

/* Fails with everything that is known. */
static inline void pty_fail(const struct pty *pty, const char *wanted, const char *file, int line)
{
	struct strbuf shown = {0};
	for (size_t i = 0; i < pty->output.len; i++) {
		unsigned char c = (unsigned char)pty->output.data[i];

		if (c == 033)
			strbuf_add_char(&shown, '\n');
		if (c < 0x20)
			strbuf_add_char(&shown, '^');
		strbuf_add_char(&shown, (char)(c < 0x20 ? c + '@' : c));
	}
	print_error("waited for: %s\nreports from here on: %s\nall output: %s\n", wanted,
		    strbuf_str(&pty->reports) + pty->n_reports, strbuf_str(&shown));
	strbuf_free(&shown);
	kill(pty->pid, SIGKILL);
	_fail(file, line);
}

/* Waits until text was sent to the terminal, after what was waited for before. */
static inline void pty_wait_at(struct pty *pty, const char *text, const char *file, int line)
{
	double deadline = pty_now() + PTY_SECONDS;
	const char *found;
	while (!(found = strstr(strbuf_str(&pty->output) + pty->n_output, text)))
		if (!pty_pump(pty, deadline))
			pty_fail(pty, text, file, line);
	pty->n_output = (size_t)(found - strbuf_str(&pty->output)) + strlen(text);
}

/* Waits for the next report and compares it. */
static inline void pty_expect_at(struct pty *pty, const char *report, const char *file, int line)
{
	double deadline = pty_now() + PTY_SECONDS;
	const char *start, *end;
	while (!(end = strchr(strbuf_str(&pty->reports) + pty->n_reports, '\n')))
		if (pty->ended || !pty_pump(pty, deadline))
			pty_fail(pty, report, file, line);
	start = strbuf_str(&pty->reports) + pty->n_reports;
	if (strlen(report) != (size_t)(end - start) || strncmp(start, report, strlen(report)) != 0)
		pty_fail(pty, report, file, line);
	pty->n_reports += (size_t)(end - start) + 1;
}

#define pty_wait(pty, text) pty_wait_at((pty), (text), __FILE__, __LINE__)
#define pty_expect(pty, report) pty_expect_at((pty), (report), __FILE__, __LINE__)

/* Whether text was ever sent to the terminal. */
static inline bool pty_showed(const struct pty *pty, const char *text)
{
	return strstr(strbuf_str(&pty->output), text) != NULL;
}

/* Waits until the child has ended; returns what waitpid says of it. What it wrote last may still
 * be on its way. */
static inline int pty_end(struct pty *pty)
{
	double deadline = pty_now() + PTY_SECONDS;
	int status;
	while (!pty->ended)
		if (!pty_pump(pty, deadline))
			pty_fail(pty, "the end", __FILE__, __LINE__);
	assert_int_equal(waitpid(pty->pid, &status, 0), pty->pid);
	return status;
}

/* Whether the terminal has the modes that the child found. */
static inline bool pty_is_restored(const struct pty *pty)
{
	struct termios now = pty_modes(pty->slave);
	return memcmp(&now, &pty->before, sizeof now) == 0;
}

static inline void pty_free(struct pty *pty)
{
	close(pty->master);
	close(pty->slave);
	close(pty->reports_fd);
	strbuf_free(&pty->output);
	strbuf_free(&pty->reports);
}

#endif
