/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work_keys.c -- reading the keyboard in the middle of work. */
#include "work_keys.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "backstep/base/clock.h"
#include "console_private.h"

enum { KEPT = 4096, ALONE = 60 /* milliseconds after which q was not the start of a word */ };

static const double between_looks = 0.05;

/* There is one keyboard. Signal handlers read usual and is_ours. */
static struct {
	struct termios usual;          /* the terminal's modes outside work */
	volatile sig_atomic_t is_ours; /* it has others now */
	double looked;                 /* seconds; 0: not in this work yet */
	unsigned char kept[KEPT];      /* typed meanwhile: those from next up to n */
	size_t next, n;
} keys;

/* Whatever gives the terminal to others. */
static const struct {
	int number;
	bool comes_back;
} signals[] = {{SIGTSTP, true}, {SIGTERM, false}, {SIGHUP, false}, {SIGQUIT, false}};

enum { N_SIGNALS = sizeof signals / sizeof *signals };

static struct sigaction before[N_SIGNALS];

static bool is_in_foreground(void)
{
	return tcgetpgrp(STDIN_FILENO) == getpgrp();
}

/* Does what the signal did before, with the terminal as it was; after a stop keys are taken again
 * when somebody looks. */
static void on_signal(int number)
{
	if (keys.is_ours && is_in_foreground())
		tcsetattr(STDIN_FILENO, TCSANOW, &keys.usual);
	keys.is_ours = 0;
	for (size_t k = 0; k < N_SIGNALS; k++)
		sigaction(signals[k].number, &before[k], NULL);
	raise(number);
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	sigemptyset(&action.sa_mask);
	for (size_t k = 0; k < N_SIGNALS; k++) {
		sigaction(signals[k].number, NULL, &before[k]);
		if (before[k].sa_handler == SIG_DFL)
			sigaction(signals[k].number, &action, NULL);
	}
}

static void release_signals(void)
{
	for (size_t k = 0; k < N_SIGNALS; k++)
		sigaction(signals[k].number, &before[k], NULL);
}

/* Has the terminal hand over each key. */
static void take_terminal(void)
{
	struct termios modes;
	if (keys.is_ours || !isatty(STDIN_FILENO) || !is_in_foreground() ||
	    tcgetattr(STDIN_FILENO, &keys.usual))
		return;
	modes = keys.usual;
	modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	modes.c_cc[VMIN] = 0;
	modes.c_cc[VTIME] = 0;
	catch_signals();
	keys.is_ours = 1;
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

static bool has_input(int milliseconds)
{
	struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
	return poll(&fd, 1, milliseconds) > 0 && (fd.revents & POLLIN);
}

/* Where q would be the first key of a line. */
static bool is_at_line_start(void)
{
	return keys.n == keys.next || keys.kept[keys.n - 1] == '\n' ||
	       keys.kept[keys.n - 1] == '\r';
}

/* Reads what was typed; a q that is not the start of a word that goes on is not kept. */
static bool read_keys(void)
{
	unsigned char key;
	while (keys.n < KEPT && has_input(0) && read(STDIN_FILENO, &key, 1) == 1) {
		if (key == 'q' && is_at_line_start() && !has_input(ALONE))
			return true;
		keys.kept[keys.n++] = key;
	}
	return false;
}

bool work_keys_are_stop(void)
{
	double time = clock_seconds();
	if (keys.looked == 0.0)
		keys.looked = time;
	if (time - keys.looked < between_looks)
		return false;
	keys.looked = time;
	take_terminal();
	return keys.is_ours && read_keys();
}

bool work_keys_pause(double seconds)
{
	unsigned char key;
	take_terminal();
	if (!has_input((int)(1000.0 * seconds)))
		return true;
	while (has_input(0) && read(STDIN_FILENO, &key, 1) == 1)
		;
	return false;
}

void work_keys_end(void)
{
	keys.looked = 0.0;
	if (!keys.is_ours)
		return;
	release_signals();
	keys.is_ours = 0;
	if (is_in_foreground())
		tcsetattr(STDIN_FILENO, TCSANOW, &keys.usual);
}

int work_keys_next(void)
{
	if (keys.next == keys.n) {
		keys.next = keys.n = 0;
		return -1;
	}
	return keys.kept[keys.next++];
}
