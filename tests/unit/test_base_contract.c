/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_contract.c -- contracts where they are on, and where they are off: in every build both,
 * as contract.h may be included twice. */
#include "check.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#undef BACKSTEP_CONTRACTS
#include "backstep/base/contract.h"

#include "backstep/base/i18n.h"
#include "backstep/base/strbuf.h"

static int count(int *n)
{
	return ++*n;
}

static void off_nothing_is_computed(void **state)
{
	int n = 0;
	(void)state;
	CONTRACT(count(&n) == 0);
	assert_int_equal(n, 0);
}

#define BACKSTEP_CONTRACTS
#include "backstep/base/contract.h"

static void on_a_contract_that_holds_says_nothing(void **state)
{
	int n = 0;
	(void)state;
	CONTRACT(count(&n) == 1);
	assert_int_equal(n, 1);
}

/* What a process that runs work() writes to stderr before it aborts. */
static void abort_text(struct strbuf *out, void (*work)(void))
{
	int ends[2], status;
	char bytes[512];
	ssize_t n;
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		signal(SIGABRT, SIG_DFL);
		work();
		_exit(0);
	}
	close(ends[1]);
	while ((n = read(ends[0], bytes, sizeof bytes)) > 0)
		strbuf_add_len(out, bytes, (size_t)n);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void break_it(void)
{
	int n = 4;
	CONTRACT(n < 3);
}

static void on_a_broken_one_says_what_and_where_and_aborts(void **state)
{
	struct strbuf out = {0};
	(void)state;
	language_set(LANGUAGE_EN);
	abort_text(&out, break_it);
	assert_non_null(strstr(strbuf_str(&out), "test_base_contract.c:"));
	assert_non_null(strstr(strbuf_str(&out), "error: broken contract in break_it: n < 3\n"));
	strbuf_free(&out);
}

static void leave(void)
{
	fputs("left\n", stderr);
}

/* Finds the fault again, as a teller in the middle of it may. */
static void tell(const void *ctx, char *buf, size_t size)
{
	snprintf(buf, size, "in lesson %s", (const char *)ctx);
	CONTRACT(size == 0);
}

static void tell_well(const void *ctx, char *buf, size_t size)
{
	snprintf(buf, size, "in lesson %s", (const char *)ctx);
}

static const char lesson[] = "xor-relu";

static void break_in_a_lesson(void)
{
	contract_on_broken(leave);
	contract_set_scene(tell_well, lesson);
	break_it();
}

static void break_twice(void)
{
	contract_set_scene(tell, lesson);
	break_it();
}

static void break_after_the_lesson(void)
{
	contract_set_scene(tell_well, lesson);
	contract_clear_scene("another");
	contract_clear_scene(lesson);
	break_it();
}

static void the_terminal_is_left_first_and_the_scene_is_told_once(void **state)
{
	struct strbuf out = {0};
	(void)state;
	language_set(LANGUAGE_EN);
	abort_text(&out, break_in_a_lesson);
	assert_int_equal(strncmp(strbuf_str(&out), "left\n", 5), 0);
	assert_non_null(strstr(strbuf_str(&out), "n < 3\n  in lesson xor-relu\n"));
	strbuf_clear(&out);
	abort_text(&out, break_twice);
	assert_non_null(strstr(strbuf_str(&out), "n < 3\n"));
	assert_non_null(strstr(strbuf_str(&out), "size == 0\n"));
	strbuf_clear(&out);
	abort_text(&out, break_after_the_lesson);
	assert_null(strstr(strbuf_str(&out), "in lesson"));
	strbuf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(off_nothing_is_computed),
	    cmocka_unit_test(on_a_contract_that_holds_says_nothing),
	    cmocka_unit_test(on_a_broken_one_says_what_and_where_and_aborts),
	    cmocka_unit_test(the_terminal_is_left_first_and_the_scene_is_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
