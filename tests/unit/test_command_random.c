/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_random.c -- lines that nobody would type: words of the language in any order, and
 * rubbish. Each is carried out or refused with a clean message; nothing crashes, a refusal changes
 * nothing, and completion offers only what begins as the word does. */
#include "sitting.h"

#include <dirent.h>

#include "backstep/base/random.h"
#include "script.h"
#include "temporary.h"

enum { N_LINES = 4000, N_OWN_LINES = 200, MAX_WORDS = 5 };

static const char *const words[] = {
    "0",
    "1",
    "3",
    "17",
    "100",
    "-1",
    "1.5",
    "1e3",
    "0x10",
    "99999999999999999999",
    "w1",
    "w5",
    "w9",
    "B1",
    "W11",
    "c2",
    "x1",
    "t1",
    "y1",
    "E",
    "E1",
    "J",
    "z",
    "eps",
    "w5'",
    "dE/dw5",
    "dE1/dw1",
    "dJ/dW11",
    "dy1/dsum_y1",
    "dE/",
    "d/d",
    "/",
    "y(2)",
    "E(9)",
    "E(",
    "()",
    "=",
    "+-",
    "0.5",
    "nan",
    "inf",
    "-0",
    "1e-300",
    "forward",
    "loss",
    "backward",
    "update",
    "commit",
    "chain",
    "phase",
    "auto",
    "paths",
    "deltas",
    "digits",
    "glyphs",
    "unicode",
    "ascii",
    "language",
    "en",
    "es",
    "rule",
    "descent",
    "lecture",
    "rosenblatt",
    "rate",
    "optimizer",
    "adam",
    "momentum",
    "perceptron",
    "gd",
    "beta1",
    "network",
    "formula",
    "values",
    "weights",
    "gradients",
    "settings",
    "lesson",
    "sigmoid-2-2-2",
    "xor-relu",
    "or-perceptron",
    "xor-relu-learn",
    "/nowhere",
    "\033[2J",
    "\xff\xfe",
    "ŷ₁",
    "漢字",
    "%s%n",
    "#",
    "'",
    "\"",
};

/* Lines begin with these. A command that is not here gets lines of its own, so that a new row
 * leaves these as they are. */
static const char *const commands[] = {
    "next",  "back",    "chain",  "phase",    "update",     "epoch", "train",
    "goto",  "restart", "break",  "continue", "show",       "set",   "compare",
    "check", "figures", "expect", "lesson",   "load-state", "help",  "quit",
};
enum { N_WORDS = sizeof words / sizeof *words, N_COMMANDS = sizeof commands / sizeof *commands };

static const char *random_word(struct random *random)
{
	if (random_below(random, 3) > 0)
		return words[random_below(random, N_WORDS)];
	return commands[random_below(random, N_COMMANDS)];
}

/* The command, or now and then its start, and any words. */
static void random_line(struct random *random, const char *command, struct strbuf *line)
{
	strbuf_clear(line);
	strbuf_add(line, command);
	if (random_below(random, 6) == 0)
		strbuf_truncate(line, 1 + random_below(random, line->len));
	for (size_t n = random_below(random, MAX_WORDS); n > 0; n--)
		strbuf_addf(line, "%s%s", random_below(random, 8) ? " " : "", random_word(random));
}

/* What stands in an answer or a message can go to any terminal. */
static void assert_clean(const char *text)
{
	if (!text_is_safe(text, strlen(text)))
		fail_msg("not safe for a terminal: %s", text);
}

static void assert_sound(const struct sitting *sitting)
{
	const struct session *session = sitting->session;
	if (!session->lesson)
		return;
	assert_true(session->stepper.index <= stepper_n_steps(&session->stepper));
	assert_int_equal(session->has_step, session->stepper.index > 0);
	if (session->has_step)
		assert_int_equal(session->step.number, stepper_number(&session->stepper));
}

static void complete(struct sitting *sitting, const char *line)
{
	const char *blank = strrchr(line, ' ');
	const char *word = blank ? blank + 1 : line;
	char *found;
	for (int i = 0;
	     (found = command_complete(&sitting->context, line, (size_t)(word - line), word, i));
	     i++) {
		assert_int_equal(strncmp(found, word, strlen(word)), 0);
		free(found);
	}
}

/* Types the line, which is carried out or refused; returns whether it was carried out. */
static bool type_any(struct sitting *sitting, const char *line)
{
	struct moment before, after;
	script_add(line);
	complete(sitting, line);
	moment_take(sitting, &before);
	enum status status = type(sitting, line);
	moment_take(sitting, &after);
	assert_clean(answer(sitting));
	assert_clean(complaint(sitting));
	assert_sound(sitting);
	assert_int_equal(status == STATUS_OK, sitting->errors.len == 0);
	if (status == STATUS_BAD_INPUT || status == STATUS_IO)
		assert_same_moment(&after, &before);
	moment_free(&before);
	moment_free(&after);
	sitting->session->quit = false;
	return status == STATUS_OK;
}

static void any_line_is_answered_or_refused(void **state)
{
	struct random random;
	struct sitting sitting;
	struct strbuf line = {0};
	size_t n_good = 0;
	(void)state;
	random_seed(&random, 2026);
	sitting_open(&sitting, "sigmoid-2-2-2");
	script_add("lesson sigmoid-2-2-2");
	for (size_t i = 0; i < N_LINES; i++) {
		random_line(&random, commands[random_below(&random, N_COMMANDS)], &line);
		n_good += type_any(&sitting, strbuf_str(&line));
	}
	/* or nothing was tried */
	assert_true(n_good > N_LINES / 10);
	assert_true(n_good < N_LINES / 10 * 9);
	language_set(LANGUAGE_EN);
	script_end();
	strbuf_free(&line);
	sitting_end(&sitting);
}

static bool is_listed(const char *name)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(commands[i], name) == 0)
			return true;
	return false;
}

/* Those that came later, and those that write files: this folder is nobody else's. */
static void other_commands_too(void **state)
{
	struct strbuf line = {0};
	(void)state;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		struct random random;
		struct sitting sitting;
		if (is_listed(row->name))
			continue;
		random_stream(&random, 2026, row->name, 0);
		sitting_open(&sitting, "sigmoid-2-2-2");
		script_add("lesson sigmoid-2-2-2");
		for (size_t i = 0; i < N_OWN_LINES; i++) {
			bool is_own = random_below(&random, 2) == 0;
			random_line(&random,
				    is_own ? row->name
					   : commands[random_below(&random, N_COMMANDS)],
				    &line);
			type_any(&sitting, strbuf_str(&line));
		}
		language_set(LANGUAGE_EN);
		script_end();
		sitting_end(&sitting);
	}
	strbuf_free(&line);
}

static int enter_folder(void **state)
{
	char folder[TEMPORARY_PATH];
	(void)state;
	script_begin("commands");
	temporary_folder(folder);
	return chdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_line_is_answered_or_refused),
	    cmocka_unit_test(other_commands_too),
	};
	return cmocka_run_group_tests(tests, enter_folder, NULL);
}
