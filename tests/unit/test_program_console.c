/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_console.c -- the line console at a terminal: editing, completion, history, Ctrl-C
 * and Ctrl-D, and a terminal that is given back whatever ends it. */
#include "start.h"
#include "temporary.h"

#include <sched.h>
#include <sys/stat.h>

#include "backstep/base/file.h"

static void begin_with(struct pty *pty, const char *variable)
{
	const struct start start = {.args = {"--console", "sigmoid-2-2-2"},
				    .variables = {variable}};
	pty_start(pty, 24, 80, start_child, &start);
	pty_wait(pty, "update every gradient uses the old values.");
	pty_wait(pty, "backstep> ");
}

static void begin(struct pty *pty)
{
	begin_with(pty, NULL);
}

/* Types, and waits for the answer and the next prompt. */
static void type(struct pty *pty, const char *bytes, const char *answer)
{
	pty_send(pty, bytes);
	pty_wait(pty, answer);
	pty_wait(pty, "backstep> ");
}

static void leave(struct pty *pty)
{
	int status;
	pty_send(pty, "quit\r");
	status = pty_end(pty);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(pty_is_restored(pty));
	pty_free(pty);
}

/* A key stops it, and is no part of the next line. */
static void steps_are_played(void **state)
{
	struct pty pty;
	(void)state;
	begin(&pty);
	pty_send(&pty, "play 0.05\r");
	pty_wait(&pty, "[1] forward · sum_n1");
	type(&pty, "\033[C", "stopped at step 1\r\n");
	type(&pty, "next\r", "[2] forward · n1");
	pty_send(&pty, "play 0.05\r");
	pty_wait(&pty, "[3] forward · sum_n2");
	type(&pty, "\003", "stopped at step 3\r\n");
	type(&pty, "play 1000\r", "stopped at step 128: the update is done");
	leave(&pty);
}

static void lines_are_commands(void **state)
{
	struct pty pty;
	(void)state;
	begin(&pty);
	type(&pty, "next\r", "[1] forward · sum_n1");
	/* an empty line is the next step, a comment is none */
	type(&pty, "\r", "[2] forward · n1");
	type(&pty, "\r", "[3] forward · sum_n2");
	type(&pty, "# aside\r", "# aside");
	type(&pty, "back\r", "[2] forward · n1");
	type(&pty, "nxet\r", "did you mean 'next'?");
	type(&pty, "expect n1 = 0.601088\r", "ok: n1 = 0.601088");
	type(&pty, "∂\177show w\001\005\r", "B2        0.35");
	leave(&pty);
}

static void tab_completes(void **state)
{
	struct pty pty;
	(void)state;
	begin(&pty);
	type(&pty, "rest\t\r", "[0] start");
	type(&pty, "set chain del\t\r", "set chain deltas");
	type(&pty, "  got\tB1\r", "B1");
	pty_send(&pty, "show \t\t");
	pty_wait(&pty, "gradients");
	type(&pty, "loss\r", "half-squared-error");
	leave(&pty);
}

static void the_history_is_kept(void **state)
{
	char folder[TEMPORARY_PATH], variable[96], file[96];
	struct stat status;
	struct pty pty;
	(void)state;
	temporary_folder(folder);
	snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s", folder);
	begin_with(&pty, variable);
	type(&pty, "goto 13\r", "[13]");
	type(&pty, "\r", "[14]");
	type(&pty, "\033[A\r", "[13]");
	leave(&pty);
	snprintf(file, sizeof file, "%s/backstep/history", folder);
	assert_int_equal(stat(file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	begin_with(&pty, variable);
	type(&pty, "\033[A\033[A\r", "[13]");
	leave(&pty);
}

static void ctrl_c_gives_up_the_line(void **state)
{
	struct pty pty;
	(void)state;
	begin(&pty);
	pty_send(&pty, "nonsense");
	pty_wait(&pty, "nonsense");
	type(&pty, "\003", "");
	type(&pty, "next\r", "[1] forward · sum_n1");
	assert_false(pty_showed(&pty, "unknown"));
	leave(&pty);
}

static void ctrl_c_stops_long_work(void **state)
{
	struct pty pty;
	double start;
	(void)state;
	begin(&pty);
	start = start_cpu_seconds(&pty);
	pty_send(&pty, "update 1000000\r");
	while (start_cpu_seconds(&pty) - start < 0.05)
		sched_yield();
	type(&pty, "\003", "interrupted");
	type(&pty, "restart\r", "[0] start");
	/* what interrupted that does not interrupt this */
	type(&pty, "update 50\r", "[6400]");
	leave(&pty);
}

static void ctrl_d_leaves_on_a_line_of_its_own(void **state)
{
	struct pty pty;
	int status;
	(void)state;
	begin(&pty);
	pty_send(&pty, "\004");
	pty_wait(&pty, "\r\n");
	status = pty_end(&pty);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(pty_is_restored(&pty));
	pty_free(&pty);
}

static void signals_give_the_terminal_back(void **state)
{
	static const int numbers[] = {SIGTERM, SIGHUP, SIGQUIT};
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct pty pty;
		int status;
		begin(&pty);
		pty_send(&pty, "half a li");
		pty_wait(&pty, "half a li");
		assert_false(pty_is_restored(&pty));
		kill(pty.pid, numbers[i]);
		status = pty_end(&pty);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), numbers[i]);
		assert_true(pty_is_restored(&pty));
		pty_free(&pty);
	}
}

/* Nothing is drawn: no cursor is moved, no screen is cleared, no colour is used. */
static void lines_are_only_appended(void **state)
{
	struct pty pty;
	(void)state;
	begin(&pty);
	type(&pty, "goto 40\r", "[40]");
	type(&pty, "show values\r", "sum_n1");
	type(&pty, "nxet\r", "error: unknown");
	assert_false(pty_showed(&pty, "\033["));
	leave(&pty);
}

/* A formula that is wider than the terminal goes on below, farther in, where it has a blank. */
static void wide_lines_are_broken(void **state)
{
	const struct start start = {.args = {"--console", "sigmoid-2-2-2"}};
	struct pty pty;
	(void)state;
	pty_start(&pty, 24, 50, start_child, &start);
	pty_wait(&pty, "backstep> ");
	type(&pty, "next\r",
	     "\r\n     sum_n₁ = x₁ · w₁ + x₂ · w₃ + B₁ =\r\n"
	     "         0.1 · 0.1 + 0.5 · 0.3 + 0.25 = 0.41\r\n");
	leave(&pty);
}

/* Who sees ASCII without having asked for it is told why, once; who asked, or chose a locale
 * without UTF-8, is not. */
static void ascii_says_why(void **state)
{
	static const struct {
		struct start start;
		const char *said;
	} rows[] = {
	    {{.term = "linux"}, "in ASCII, for this console's fonts lack"},
	    {{.variables = {"LC_ALL="}}, "in ASCII, for no locale is set"},
	    {{.variables = {"LC_ALL=C"}}, NULL},
	    {{.args = {NULL, NULL, "--glyphs", "ascii"}, .term = "linux"}, NULL},
	    {{.args = {NULL, NULL, "--glyphs", "unicode"}, .variables = {"LC_ALL="}}, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct start start = rows[i].start;
		struct pty pty;
		start.args[0] = "--console";
		start.args[1] = "or-perceptron";
		pty_start(&pty, 24, 80, start_child, &start);
		pty_wait(&pty, "backstep> ");
		assert_int_equal(pty_showed(&pty, "in ASCII, for"), rows[i].said != NULL);
		assert_true(!rows[i].said || pty_showed(&pty, rows[i].said));
		leave(&pty);
	}
}

/* The lines of a config are run before the lesson is opened, after which the command line holds;
 * one that fails is told with its place, and the others are run. */
static void the_config_is_run_at_a_terminal(void **state)
{
	static const char lines[] =
	    "# mine\nset digits 3\nset langauge es\nset theme light\nbind f5 show loss\n";
	char folder[TEMPORARY_PATH], variable[96], file[96];
	(void)state;
	temporary_folder(folder);
	snprintf(variable, sizeof variable, "XDG_CONFIG_HOME=%s", folder);
	snprintf(file, sizeof file, "%s/backstep", folder);
	assert_int_equal(mkdir(file, 0700), 0);
	snprintf(file, sizeof file, "%s/backstep/config", folder);
	assert_int_equal(file_create(file, lines, strlen(lines), NULL), STATUS_OK);
	struct start start = {.args = {"--console", "sigmoid-2-2-2"}, .variables = {variable}};
	struct pty pty;
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "config:3: error: there is no setting 'langauge'; did you mean 'language'?");
	pty_wait(&pty, "backstep> ");
	type(&pty, "next 2\r", "= 0.601\r"); /* 0.601088 */
	type(&pty, "bind\r", "f5              show loss");
	leave(&pty);
	start.args[2] = "--theme=dark";
	pty_start(&pty, 24, 80, start_child, &start);
	pty_wait(&pty, "backstep> ");
	type(&pty, "show settings\r", "theme     dark");
	leave(&pty);
}

/* Work that would take ten seconds and more, once its bar is there. */
static void begin_work(struct pty *pty, const char *line, const char *shown)
{
	const struct start start = {.args = {"--console", "spirals"}};
	pty_start(pty, 24, 80, start_child, &start);
	pty_wait(pty, "backstep> ");
	pty_send(pty, "set batch 280\r");
	pty_wait(pty, "backstep> ");
	pty_send(pty, line);
	pty_wait(pty, shown);
}

static void q_stops_work(void **state)
{
	static const char *const rows[][2] = {
	    {"update 1000000\r", "/1000000 ["},
	    {"goto 50000000000\r", "/766953 ["},
	    {"compare gd adam --updates 1000000\r", "/2000000 ["},
	    {"train 1000000\r", "/1000000 ["},
	};
	(void)state;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct pty pty;
		begin_work(&pty, rows[k][0], rows[k][1]);
		type(&pty, "q", "interrupted");
		type(&pty, "restart\r", "[0] start");
		leave(&pty);
	}
}

/* A line that is typed meanwhile comes after the work, be there a q in it or at its start. */
static void what_is_typed_during_work_is_kept(void **state)
{
	struct pty pty;
	(void)state;
	begin_work(&pty, "update 1000000\r", "/1000000 [");
	pty_send(&pty, "expect nq = 1\rwhere\rquiz q\r");
	type(&pty, "q", "interrupted");
	pty_wait(&pty, "'nq'");
	pty_wait(&pty, "place: spirals@");
	pty_wait(&pty, "quiz q");
	pty_wait(&pty, "backstep> ");
	leave(&pty);
}

/* While the terminal is the work's, too. */
static void a_signal_during_work_gives_the_terminal_back(void **state)
{
	static const int signals[] = {SIGTERM, SIGHUP, SIGQUIT};
	(void)state;
	for (size_t k = 0; k < sizeof signals / sizeof *signals; k++) {
		struct pty pty;
		begin_work(&pty, "update 1000000\r", "/1000000 [");
		pty_wait(&pty, "/1000000 [");
		kill(pty.pid, signals[k]);
		int status = pty_end(&pty);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[k]);
		assert_true(pty_is_restored(&pty));
		pty_free(&pty);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(q_stops_work),
	    cmocka_unit_test(what_is_typed_during_work_is_kept),
	    cmocka_unit_test(a_signal_during_work_gives_the_terminal_back),
	    cmocka_unit_test(lines_are_commands),
	    cmocka_unit_test(steps_are_played),
	    cmocka_unit_test(tab_completes),
	    cmocka_unit_test(wide_lines_are_broken),
	    cmocka_unit_test(ascii_says_why),
	    cmocka_unit_test(the_config_is_run_at_a_terminal),
	    cmocka_unit_test(the_history_is_kept),
	    cmocka_unit_test(ctrl_c_gives_up_the_line),
	    cmocka_unit_test(ctrl_c_stops_long_work),
	    cmocka_unit_test(ctrl_d_leaves_on_a_line_of_its_own),
	    cmocka_unit_test(signals_give_the_terminal_back),
	    cmocka_unit_test(lines_are_only_appended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
