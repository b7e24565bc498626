/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_random.c -- lines that nobody would type: words of the language in any order, and
 * rubbish. Each is carried out or refused with a clean message; nothing crashes, a refusal changes
 * nothing, and completion offers only what begins as the word does. */
#include "sitting.h"

#include "backstep/base/random.h"

enum { N_LINES = 4000, MAX_WORDS = 5 };

/* Names of commands come from their table; `save` is left out, for it writes files. */
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

static const char *random_command(struct random *random)
{
	size_t n_commands = 0;
	while (command_registry[n_commands])
		n_commands++;
	return command_registry[random_below(random, n_commands)]->name;
}

static const char *random_word(struct random *random)
{
	if (random_below(random, 3) > 0)
		return words[random_below(random, sizeof words / sizeof *words)];
	const char *name = random_command(random);
	return strcmp(name, "save") == 0 ? "next" : name;
}

static void random_line(struct random *random, struct strbuf *line)
{
	strbuf_clear(line);
	const char *name = random_command(random);
	strbuf_add(line, strcmp(name, "save") == 0 ? "goto" : name);
	/* now and then only its start, or something else */
	if (random_below(random, 6) == 0)
		strbuf_truncate(line, 1 + random_below(random, line->len));
	for (size_t n = random_below(random, MAX_WORDS); n > 0; n--)
		strbuf_addf(line, "%s%s", random_below(random, 8) ? " " : "", random_word(random));
	/* "sa" would be the start of save too */
	if (strncmp(strbuf_str(line), "sa", 2) == 0)
		strbuf_truncate(line, 1);
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

static void any_line_is_answered_or_refused(void **state)
{
	struct random random;
	struct sitting sitting;
	struct strbuf line = {0};
	size_t n_good = 0;
	(void)state;
	random_seed(&random, 2026);
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < N_LINES; i++) {
		struct moment before, after;
		random_line(&random, &line);
		complete(&sitting, strbuf_str(&line));
		moment_take(&sitting, &before);
		enum status status = type(&sitting, strbuf_str(&line));
		moment_take(&sitting, &after);
		assert_clean(answer(&sitting));
		assert_clean(complaint(&sitting));
		assert_sound(&sitting);
		assert_int_equal(status == STATUS_OK, sitting.errors.len == 0);
		if (status == STATUS_BAD_INPUT || status == STATUS_IO)
			assert_same_moment(&after, &before);
		n_good += status == STATUS_OK;
		moment_free(&before);
		moment_free(&after);
		sitting.session->quit = false;
	}
	/* or nothing was tried */
	assert_true(n_good > N_LINES / 10);
	assert_true(n_good < N_LINES / 10 * 9);
	language_set(LANGUAGE_EN);
	strbuf_free(&line);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_line_is_answered_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
