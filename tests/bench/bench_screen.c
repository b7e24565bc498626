/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_screen.c -- how long the program takes to show something: start to the first screen, a
 * key press to the changed screen, a key press to its answer in every view of a small and of a
 * large network, a script of a thousand steps to its transcript. Each figure stands beside its
 * goal, with the ratio. Run it by hand on an idle machine: backstep-bench-screen A screen is there
 * when the last byte of it has arrived: nothing follows for QUIET_MS. */
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	QUIET_MS = 30,
	PATIENCE_MS = 2000,
	N_STARTS = 21,
	N_KEYS = 101,
	N_VIEW_KEYS = 200,
	N_STEPS = 1000,
};

/* Where the walk is while a view is looked at, and what `view` shows. */
static const char *const views[] = {"network", "chain",   "table",  "loss",  "plane",
				    "slope",   "map",     "valley", "image", "data",
				    "flow",    "figures", "lesson", "steps", "log"};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

/* Reads until nothing follows; returns when the last byte came, 0 where none came at all. */
static double read_screen(int terminal)
{
	char bytes[65536];
	double last = 0.0;
	struct pollfd fd = {.fd = terminal, .events = POLLIN};
	while (poll(&fd, 1, last > 0.0 ? QUIET_MS : PATIENCE_MS) > 0) {
		if (read(terminal, bytes, sizeof bytes) <= 0)
			break;
		last = now_ms();
	}
	return last;
}

static int start(const char *lesson, int rows, int columns, int *terminal)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	int child = forkpty(terminal, NULL, NULL, &size);
	if (child == 0) {
		setenv("TERM", "xterm-256color", 1);
		execl(BACKSTEP_PROGRAM, "backstep", lesson, (char *)NULL);
		_exit(127);
	}
	return child;
}

static void stop(int child, int terminal)
{
	if (write(terminal, "q", 1) == 1)
		read_screen(terminal);
	waitpid(child, NULL, 0);
	close(terminal);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void report(const char *what, double *times, size_t n, double goal)
{
	qsort(times, n, sizeof *times, compare);
	double median = times[n / 2];
	printf("%-34s %8.2f ms  (goal %g ms, ratio %.2f; slowest %.2f ms)\n", what, median, goal,
	       median / goal, times[n - 1]);
}

static void measure_screen(int rows, int columns)
{
	double starts[N_STARTS], keys[N_KEYS];
	char what[64];
	int terminal;
	for (size_t i = 0; i < N_STARTS; i++) {
		double began = now_ms();
		int child = start("sigmoid-2-2-2", rows, columns, &terminal);
		starts[i] = read_screen(terminal) - began;
		stop(child, terminal);
	}
	int child = start("sigmoid-2-2-2", rows, columns, &terminal);
	read_screen(terminal);
	for (size_t i = 0; i < N_KEYS; i++) {
		double began = now_ms();
		if (write(terminal, "n", 1) != 1)
			break;
		keys[i] = read_screen(terminal) - began;
	}
	stop(child, terminal);
	snprintf(what, sizeof what, "start to first screen, %dx%d", columns, rows);
	report(what, starts, N_STARTS, 10.0);
	snprintf(what, sizeof what, "key to changed screen, %dx%d", columns, rows);
	report(what, keys, N_KEYS, 2.0);
}

static void type(int terminal, const char *keys)
{
	if (write(terminal, keys, strlen(keys)) != (ssize_t)strlen(keys))
		exit(EXIT_FAILURE);
}

/* From a key to the first byte of its answer: a picture may be refined after that. */
static double press(int terminal, const char *key)
{
	struct pollfd fd = {.fd = terminal, .events = POLLIN};
	double began = now_ms();
	type(terminal, key);
	poll(&fd, 1, PATIENCE_MS);
	double answered = now_ms() - began;
	read_screen(terminal);
	return answered;
}

/* Every view at 200x60: the key that one in a hundred waits for longer. */
static void measure_views(const char *lesson, double goal)
{
	double keys[N_VIEW_KEYS];
	char line[64];
	int terminal, child = start(lesson, 60, 200, &terminal);
	read_screen(terminal);
	type(terminal, ":train 1\r");
	read_screen(terminal);
	for (size_t k = 0; k < sizeof views / sizeof *views; k++) {
		snprintf(line, sizeof line, ":view %s\r", views[k]);
		type(terminal, line);
		read_screen(terminal);
		for (size_t i = 0; i < N_VIEW_KEYS; i++)
			keys[i] = press(terminal, "n");
		qsort(keys, N_VIEW_KEYS, sizeof *keys, compare);
		double p99 = keys[N_VIEW_KEYS - 1 - N_VIEW_KEYS / 100];
		printf("key in %-8s of %-14s %8.2f ms, p99 %.2f ms  (goal %g ms, ratio %.2f)\n",
		       views[k], lesson, keys[N_VIEW_KEYS / 2], p99, goal, p99 / goal);
	}
	stop(child, terminal);
}

static void measure_script(void)
{
	double times[N_STARTS];
	for (size_t i = 0; i < N_STARTS; i++) {
		double began = now_ms();
		FILE *run = popen(BACKSTEP_PROGRAM " run - >/dev/null", "w");
		if (!run)
			return;
		fputs("lesson sigmoid-2-2-2\n", run);
		for (int k = 0; k < N_STEPS; k++)
			fputs("next\n", run);
		pclose(run);
		times[i] = now_ms() - began;
	}
	report("script of 1000 steps", times, N_STARTS, 50.0);
}

int main(void)
{
	measure_screen(24, 80);
	measure_screen(45, 140);
	measure_views("sigmoid-2-2-2", 2.0);
	measure_views("digits-784", 5.0);
	measure_script();
	return 0;
}
