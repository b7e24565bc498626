/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_bind.c -- a rule of the program's own that does not parse is a fault of its row: it is
 * said where faults are looked for, and elsewhere it stands there as it is written. It is no lack
 * of memory. */
#include "check.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backstep/trace/step.h"
#include "support/trial.h"

static const char bad_rule[] = "1 / (1 + e^-x";

/* An op like another one, with a rule that does not parse. */
static void bind_bad_rule(struct trial *trial)
{
	struct op op = *trial->node->op;
	op.rule = bad_rule;
	trial->node->op = &op;
	struct formula *f = step_value_rule(trial->arena, trial->node, 0);
	assert_non_null(f);
	assert_string_equal(f->name, bad_rule);
	assert_true(isnan(f->value));
}

#ifdef BACKSTEP_CONTRACTS
static void assert_aborts(struct trial *trial)
{
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		bind_bad_rule(trial);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}
#else
#define assert_aborts bind_bad_rule
#endif

static void a_rule_that_does_not_parse_is_no_lack_of_memory(void **state)
{
	(void)state;
	assert_true(trial_each(&op_sigmoid, 1, assert_aborts) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_rule_that_does_not_parse_is_no_lack_of_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
