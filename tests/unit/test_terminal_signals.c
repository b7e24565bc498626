/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_terminal_signals.c -- what ends, stops or interrupts the full screen: the terminal is given
 * back, and the program dies of what killed it. */
#include "test_terminal.h"

static const int ending[] = {SIGTERM, SIGHUP};
static const int fatal[] = {SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,  SIGFPE, SIGSEGV,
			    SIGPIPE, SIGALRM, SIGSYS,  SIGXCPU, SIGUSR1, SIGUSR2};

enum { N_ENDING = sizeof ending / sizeof *ending, N_FATAL = sizeof fatal / sizeof *fatal };

static void assert_killed_by(struct pty *pty, int number)
{
	int status = pty_end(pty);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), number);
	assert_int_equal(pty->n_reports, pty->reports.len); /* so terminal_run did not return */
}

static void signals_kill_and_give_the_terminal_back(void **state)
{
	(void)state;
	for (int i = 0; i < N_ENDING + N_FATAL; i++) {
		int number = i < N_ENDING ? ending[i] : fatal[i - N_ENDING];
		struct pty pty = demo_start(&demo_usual);

		/* With the prompt open or not. */
		if (i % 2) {
			pty_send(&pty, ":abc");
			pty_expect(&pty, "key :");
			pty_wait(&pty, "abc");
		}
		kill(pty.pid, number);
		assert_killed_by(&pty, number);
		assert_given_back(&pty);
		pty_free(&pty);
	}
}

static void a_stack_overflow_gives_the_terminal_back(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, "o");
	pty_expect(&pty, "key o");
	assert_killed_by(&pty, SIGSEGV);
	assert_given_back(&pty);
	pty_free(&pty);
}

static void a_broken_contract_is_read_on_the_terminal_as_it_was(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, "b");
	pty_expect(&pty, "key b");
	pty_wait(&pty, "demo.c:12: error: broken contract in key_break: demo->n_draws < 0");
	pty_wait(&pty, "please report these lines");
	assert_killed_by(&pty, SIGABRT);
	assert_given_back(&pty);
	/* first the terminal is given back, and nothing is written over what was said */
	assert_true(demo_last(&pty, "\033[?1049l") < demo_last(&pty, "demo.c:12"));
	pty_free(&pty);
}

static void a_terminal_stopped_by_ctrl_s_delays_no_end(void **state)
{
	static const int numbers[] = {SIGTERM, SIGHUP, SIGSEGV, SIGQUIT};
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct pty pty = demo_start(&demo_usual);
		double start = pty_now();

		pty_send(&pty, "\023f");
		pty_expect(&pty, "key f");
		kill(pty.pid, numbers[i]);
		assert_killed_by(&pty, numbers[i]);
		assert_true(pty_now() - start < 2);
		assert_true(pty_is_restored(&pty));
		pty_free(&pty);
	}
}

static void a_terminal_that_nobody_reads_delays_no_end(void **state)
{
	static const int numbers[] = {SIGTERM, SIGABRT};
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct pty pty = demo_start(&demo_usual);
		double start = pty_now();

		/* A hundred thousand cells, three times: more than a terminal takes in. */
		pty.deaf = true;
		pty_resize(&pty, 200, 500);
		pty_expect(&pty, "size 200x500");
		pty_send(&pty, "fff");
		kill(pty.pid, numbers[i]);
		while (!pty.ended && pty_pump(&pty, start + PTY_SECONDS))
			pty.n_reports = pty.reports.len;
		assert_killed_by(&pty, numbers[i]);
		assert_true(pty_now() - start < 2);
		assert_true(pty_is_restored(&pty));
		pty_free(&pty);
	}
}

static void ignore_hup(void)
{
	signal(SIGHUP, SIG_IGN);
}

static void a_terminal_that_is_gone_is_noticed(void **state)
{
	struct demo_options options = demo_usual;
	struct pty pty;
	(void)state;
	options.prepare = ignore_hup;
	pty = demo_start(&options);
	kill(pty.pid, SIGHUP); /* stays ignored */
	pty_send(&pty, "x");
	pty_expect(&pty, "key x");
	close(pty.slave);
	close(pty.master);
	pty.master = open("/dev/null", O_RDWR);
	pty.slave = open("/dev/null", O_RDWR);
	pty.deaf = true;
	pty_expect(&pty, "end 3 error: the terminal is gone");
	assert_int_equal(WEXITSTATUS(pty_end(&pty)), STATUS_IO);
	pty_free(&pty);
}

static void long_work_is_interrupted(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	(void)state;
	pty_send(&pty, "w");
	pty_expect(&pty, "key w");
	pty_send(&pty, "\003");
	pty_expect(&pty, "interrupted");
	pty_expect(&pty, "key ctrl-c");
	pty_send(&pty, "w");
	pty_expect(&pty, "key w");
	kill(pty.pid, SIGTERM);
	pty_expect(&pty, "interrupted");
	assert_killed_by(&pty, SIGTERM);
	assert_given_back(&pty);
	pty_free(&pty);
}

static void work_that_does_not_ask_is_killed(void **state)
{
	struct pty pty = demo_start(&demo_usual);
	double start = pty_now();
	(void)state;
	pty_send(&pty, "h");
	pty_expect(&pty, "key h");
	kill(pty.pid, SIGTERM);
	assert_killed_by(&pty, SIGTERM);
	assert_true(pty_now() - start < 2.5);
	assert_given_back(&pty);
	pty_free(&pty);
}

/* A shell: runs the program as a job, and takes the terminal when the job stops. What it reports
 * about its job comes between the job's own reports. */
static struct {
	struct termios modes;
	pid_t job;
	int reports;
} shell;

static int shell_wait(void)
{
	struct termios now;
	int status;
	waitpid(shell.job, &status, WUNTRACED);
	tcsetpgrp(0, getpid());
	now = pty_modes(0);
	dprintf(shell.reports, "shell: %s %d, modes %s\n",
		WIFSTOPPED(status)    ? "stopped"
		: WIFSIGNALED(status) ? "killed"
				      : "exited",
		WIFSTOPPED(status)    ? WSTOPSIG(status)
		: WIFSIGNALED(status) ? WTERMSIG(status)
				      : WEXITSTATUS(status),
		memcmp(&now, &shell.modes, sizeof now) == 0 ? "same" : "changed");
	return status;
}

static void shell_foreground(void)
{
	tcsetpgrp(0, shell.job);
	kill(-shell.job, SIGCONT);
}

static void shell_start(int reports, const void *options)
{
	signal(SIGTTOU, SIG_IGN);
	shell.reports = reports;
	shell.modes = pty_modes(0);
	shell.job = fork();
	if (shell.job == 0) {
		setpgid(0, 0);
		tcsetpgrp(0, getpid());
		signal(SIGTTOU, SIG_DFL);
		exit(demo_run(reports, options));
	}
	setpgid(shell.job, shell.job);
}

/* Reads a line that the test types while the terminal is the shell's. */
static void shell_read(void)
{
	char line[80];
	if (read(0, line, sizeof line) <= 0)
		dprintf(shell.reports, "shell: nothing typed\n");
}

static int shell_suspend_run(int reports, const void *options)
{
	shell_start(reports, options);
	shell_wait();
	shell_read();
	shell_foreground();
	return WEXITSTATUS(shell_wait());
}

static void ctrl_z_stops_and_fg_goes_on(void **state)
{
	char stopped[80];
	struct pty pty;
	(void)state;
	snprintf(stopped, sizeof stopped, "shell: stopped %d, modes same", SIGTSTP);
	pty_start(&pty, 24, 80, shell_suspend_run, &demo_usual);
	pty_expect(&pty, "size 24x80");
	pty_wait(&pty, "drawn∂24x80");
	pty_send(&pty, ":ab");
	pty_expect(&pty, "key :");
	pty_wait(&pty, "ab");
	pty_send(&pty, "\032");
	pty_expect(&pty, stopped);
	assert_given_back(&pty);
	pty_resize(&pty, 30, 100); /* a stopped job is not told */
	pty_send(&pty, "fg\n");
	pty_expect(&pty, "size 30x100");
	pty_wait(&pty, "drawn∂30x100");
	pty_send(&pty, "c\r"); /* the prompt is still there */
	pty_expect(&pty, "line abc");
	pty_send(&pty, "q");
	pty_expect(&pty, "key q");
	pty_expect(&pty, "end 0 ");
	pty_expect(&pty, "shell: exited 0, modes same");
	assert_int_equal(pty_end(&pty), 0);
	assert_given_back(&pty);
	pty_free(&pty);
}

static int shell_background_run(int reports, const void *options)
{
	shell_start(reports, options);
	shell_wait();
	kill(-shell.job, SIGCONT); /* bg */
	kill(shell.job, SIGWINCH);
	shell_read();
	tcsetpgrp(0, shell.job); /* fg of a job that runs: no SIGCONT */
	shell_wait();
	kill(-shell.job, SIGCONT);
	shell_read();
	kill(shell.job, SIGTERM);
	return WTERMSIG(shell_wait());
}

static void in_the_background_the_terminal_is_left_alone(void **state)
{
	char stopped[80], killed[80];
	struct pty pty;
	size_t before;
	(void)state;
	snprintf(stopped, sizeof stopped, "shell: stopped %d, modes same", SIGTSTP);
	snprintf(killed, sizeof killed, "shell: killed %d, modes same", SIGTERM);
	pty_start(&pty, 24, 80, shell_background_run, &demo_usual);
	pty_expect(&pty, "size 24x80");
	pty_wait(&pty, "drawn∂24x80");
	pty_send(&pty, "\032");
	pty_expect(&pty, stopped);
	assert_given_back(&pty);
	pty_resize(&pty, 30, 100);
	pty_send(&pty, "typed to the shell\n");
	pty_expect(&pty, "size 30x100");
	pty_wait(&pty, "drawn∂30x100");
	pty_send(&pty, "x");
	pty_expect(&pty, "key x");
	pty_send(&pty, "\032");
	pty_expect(&pty, stopped);
	assert_given_back(&pty);
	before = demo_last(&pty, "drawn∂");
	pty_send(&pty, "typed too\n");
	pty_expect(&pty, killed);
	assert_int_equal(WEXITSTATUS(pty_end(&pty)), SIGTERM);
	assert_int_equal(demo_last(&pty, "drawn∂"), before);
	pty_free(&pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(signals_kill_and_give_the_terminal_back),
	    cmocka_unit_test(a_broken_contract_is_read_on_the_terminal_as_it_was),
	    cmocka_unit_test(a_stack_overflow_gives_the_terminal_back),
	    cmocka_unit_test(a_terminal_stopped_by_ctrl_s_delays_no_end),
	    cmocka_unit_test(a_terminal_that_nobody_reads_delays_no_end),
	    cmocka_unit_test(a_terminal_that_is_gone_is_noticed),
	    cmocka_unit_test(long_work_is_interrupted),
	    cmocka_unit_test(work_that_does_not_ask_is_killed),
	    cmocka_unit_test(ctrl_z_stops_and_fg_goes_on),
	    cmocka_unit_test(in_the_background_the_terminal_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
