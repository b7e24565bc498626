/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_signals.c -- what each signal does while the full screen is up.
 *
 * Three kinds: events go through a pipe to the loop; signals to end do so too, but the loop must
 * answer within a second; fatal ones give the terminal back on the spot and die as they would
 * have. Handlers call async-signal-safe functions only (endwin is not one). To treat another
 * signal: a row in signal_rows. */
#include "terminal_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "terminal.h"

enum {
	STALLED_SECONDS = 1,    /* how long a terminal that takes no output may delay the end */
	STACK_SIZE = 64 * 1024, /* for handlers: a stack overflow leaves no other */
};

static void on_event(int number);
static void on_end(int number);
static void on_fatal(int number);

static const struct signal_row {
	int number;
	void (*handler)(int);
} signal_rows[] = {
    {SIGINT, on_event},
    {SIGWINCH, on_event},
    {SIGTSTP, on_event},
    {SIGCONT, on_event},
    {SIGTERM, on_end},
    {SIGHUP, on_end},
    {SIGQUIT, on_fatal},
    {SIGILL, on_fatal},
    {SIGTRAP, on_fatal},
    {SIGABRT, on_fatal},
    {SIGBUS, on_fatal},
    {SIGFPE, on_fatal},
    {SIGSEGV, on_fatal},
    {SIGPIPE, on_fatal},
    {SIGALRM, on_fatal},
    {SIGSYS, on_fatal},
    {SIGXCPU, on_fatal},
    {SIGXFSZ, on_fatal},
    {SIGUSR1, on_fatal},
    {SIGUSR2, on_fatal},
    /* Else a process in the background is stopped when it should end. */
    {SIGTTOU, SIG_IGN},
};

enum { N_SIGNAL_ROWS = sizeof signal_rows / sizeof *signal_rows };

/* Handlers have no context: signals belong to the process, and so does this. */
static struct {
	bool caught;
	struct sigaction old[N_SIGNAL_ROWS];
	stack_t old_stack;
	int pipe[2];
	struct termios modes;
	struct terminal_farewell farewell;
} signals;

static volatile sig_atomic_t end_signal, interrupted;
static char handler_stack[STACK_SIZE];

bool terminal_signals_foreground(void)
{
	pid_t group = tcgetpgrp(STDOUT_FILENO);
	/* No answer: this terminal does not control jobs, so there is no background. */
	return group <= 0 || group == getpgrp();
}

/* Lets output flow again on a terminal that is stopped (Ctrl-S) or that nobody reads (a dead
 * connection): else the next write would sleep for ever. */
static void output_unblock(void)
{
	tcflush(STDOUT_FILENO, TCOFLUSH);
	tcflow(STDOUT_FILENO, TCOOFF); /* Ctrl-S alone is not undone by TCOON */
	tcflow(STDOUT_FILENO, TCOON);
}

static void on_event(int number)
{
	unsigned char byte = (unsigned char)number;
	int saved_errno = errno;
	ssize_t written = write(signals.pipe[1], &byte, 1);
	(void)written; /* a full pipe wakes the loop as well */
	if (number == SIGINT)
		interrupted = 1;
	errno = saved_errno;
}

static void on_end(int number)
{
	int saved_errno = errno;
	end_signal = number;
	alarm(STALLED_SECONDS);
	if (terminal_signals_foreground())
		output_unblock();
	on_event(number);
	errno = saved_errno;
}

static void signal_default(int number)
{
	sigset_t set;
	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void on_fatal(int number)
{
	/* The alarm of a signal to end that the loop did not answer. */
	int cause = number == SIGALRM && end_signal ? end_signal : number;

	signal_default(SIGALRM);
	alarm(STALLED_SECONDS);
	if (terminal_signals_foreground()) {
		ssize_t written;

		output_unblock();
		written = write(STDOUT_FILENO, signals.farewell.bytes, signals.farewell.len);
		(void)written;
		tcsetattr(STDOUT_FILENO, TCSANOW, &signals.modes);
	}
	signal_default(cause);
	raise(cause);
}

static void catch_row(size_t i)
{
	const struct signal_row *row = &signal_rows[i];
	struct sigaction action = {.sa_handler = row->handler, .sa_flags = SA_RESTART};
	if (row->handler == on_fatal)
		action.sa_flags = SA_ONSTACK | SA_NODEFER;
	sigemptyset(&action.sa_mask);
	sigaction(row->number, &action, &signals.old[i]);
	if (!(signals.old[i].sa_flags & SA_SIGINFO) && signals.old[i].sa_handler == SIG_IGN)
		sigaction(row->number, &signals.old[i], NULL);
}

enum status terminal_signals_catch(const struct terminal_farewell *farewell, struct error *err)
{
	stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};

	if (tcgetattr(STDOUT_FILENO, &signals.modes) != 0 ||
	    pipe2(signals.pipe, O_NONBLOCK | O_CLOEXEC) != 0)
		return error_set(err, STATUS_IO, _("cannot use the terminal: %s"),
				 error_reason(errno));
	signals.farewell = *farewell;
	end_signal = interrupted = 0;
	sigaltstack(&stack, &signals.old_stack);
	for (size_t i = 0; i < N_SIGNAL_ROWS; i++)
		catch_row(i);
	signals.caught = true;
	return STATUS_OK;
}

int terminal_signals_release(void)
{
	if (!signals.caught)
		return 0;
	if (end_signal)
		alarm(0);
	for (size_t i = 0; i < N_SIGNAL_ROWS; i++)
		sigaction(signal_rows[i].number, &signals.old[i], NULL);
	sigaltstack(&signals.old_stack, NULL);
	close(signals.pipe[0]);
	close(signals.pipe[1]);
	signals.caught = false;
	return end_signal;
}

int terminal_signals_fd(void)
{
	return signals.pipe[0];
}

int terminal_signals_next(void)
{
	unsigned char byte;
	if (read(signals.pipe[0], &byte, 1) != 1)
		return 0;
	if (byte == SIGINT)
		interrupted = 0;
	return byte;
}

void terminal_signals_stop(void)
{
	struct sigaction caught, resumed, standard = {.sa_handler = SIG_DFL};
	/* The caller knows when it is continued: no event for that. */
	sigaction(SIGCONT, &standard, &resumed);
	sigaction(SIGTSTP, &standard, &caught);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &caught, NULL);
	sigaction(SIGCONT, &resumed, NULL);
}

bool terminal_interrupted(void)
{
	return interrupted || end_signal;
}
