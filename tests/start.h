/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start.h -- starts the real program on a terminal of a pty_session, in an environment made for the
 * purpose. */
#ifndef BACKSTEP_TESTS_START_H
#define BACKSTEP_TESTS_START_H

#include "pty_session.h"

/* How it is started; the rest is as in an ordinary terminal. */
struct start {
	const char *args[6];
	const char *variables[4]; /* NAME=VALUE */
	const char *term;
	int rows, columns;
};

/* The child of pty_start; ctx is a struct start. */
static inline int start_child(int reports_fd, const void *ctx)
{
	const struct start *start = ctx;
	const char *argv[8] = {"backstep"};
	(void)reports_fd; /* stays open: it ends with the program */
	clearenv();
	setenv("TERM", start->term ? start->term : "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("INPUTRC", "/dev/null", 1);
	setenv("HOME", "/dev/null/home", 1);
	setenv("BACKSTEP_LESSONS", BACKSTEP_SOURCE_DIR "/lessons", 1);
	setenv("ASAN_OPTIONS", "exitcode=98", 1);
	for (size_t i = 0; i < 4 && start->variables[i]; i++)
		putenv(strdup(start->variables[i]));
	for (size_t i = 0; i < 6; i++)
		argv[i + 1] = start->args[i];
	execv(BACKSTEP_PROGRAM, (char *const *)(uintptr_t)argv);
	return 99;
}

/* What the program has worked so far: nothing that it shows says that long work has begun. */
static inline double start_cpu_seconds(const struct pty *pty)
{
	struct timespec time;
	clockid_t clock;
	assert_int_equal(clock_getcpuclockid(pty->pid, &clock), 0);
	assert_int_equal(clock_gettime(clock, &time), 0);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

#endif
