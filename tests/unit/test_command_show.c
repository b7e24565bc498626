/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_show.c -- what `show` prints, and that looking never moves anything. */
#include "sitting.h"
#include "temporary.h"

#include "../../src/command/command_private.h"

/* Types a line and compares the whole answer. */
static void answers(struct sitting *sitting, const char *line, const char *wanted)
{
	type_good(sitting, line);
	assert_string_equal(answer(sitting), wanted);
}

static void values_are_blank_until_they_are_computed(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	answers(&sitting, "show values",
		"  x1        0.1\n  x2        0.5\n  t1        0.05\n  t2        0.95\n"
		"  sum_n1    ·\n  sum_n2    ·\n  n1        ·\n  n2        ·\n"
		"  sum_y1    ·\n  sum_y2    ·\n  y1        ·\n  y2        ·\n"
		"  E1        ·\n  E2        ·\n  E         ·\n");
	type_good(&sitting, "goto E1");
	answers(&sitting, "show values",
		"  x1        0.1\n  x2        0.5\n  t1        0.05\n  t2        0.95\n"
		"  sum_n1    0.41\n  sum_n2    0.47\n  n1        0.601088\n  n2        0.615384\n"
		"  sum_y1    1.01977\n  sum_y2    1.26307\n  y1        0.734929\n"
		"  y2        0.779554\n  E1        0.234564\n  E2        ·\n  E         ·\n");
	answers(&sitting, "show loss",
		"half-squared-error: half the squared error of each output, summed\n"
		"  E1        0.234564\n  E2        ·\n  E         ·\n");
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "show loss");
	assert_contains(answer(&sitting), "  E2        .\n");
	sitting_end(&sitting);
}

/* Names, numbers and remarks stand below one another, whoever computes them. */
static void weights_line_up(void **state)
{
	char path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	struct sitting sitting;
	(void)state;
	temporary_lesson(path, lesson_line);
	snprintf(line, sizeof line, "lesson %s", path);
	sitting_begin(&sitting);
	type_good(&sitting, line);
	type_good(&sitting, "update");
	type_good(&sitting, "back");
	answers(&sitting, "show weights",
		"  w         2            will become −1\n"
		"  b         1            (not trained)\n");
	unlink(path);
	sitting_end(&sitting);
	/* names that are longer than usual make the column wider */
	temporary_lesson(path, "network: {inputs: [x], layers: [{units: [y], "
			       "weights: [[a_long_name=2]], bias: b=1}]}\n"
			       "loss: {kind: half-squared-error}\n"
			       "data: [{x: [3], target: [5]}]\ntrain: [b]\n"
			       "training: {optimizer: gd, rate: 0.5}\n");
	snprintf(line, sizeof line, "lesson %s", path);
	sitting_begin(&sitting);
	type_good(&sitting, line);
	answers(&sitting, "show weights",
		"  b           1\n"
		"  a_long_name 2            (not trained)\n");
	unlink(path);
	sitting_end(&sitting);
	sitting_open(&sitting, "batch-normalisation");
	type_good(&sitting, "show weights");
	assert_contains(answer(&sitting), "\n  run_mu_z  0            (running statistic)\n");
	sitting_end(&sitting);
}

static void a_batch_has_a_column_for_each_row(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "goto 12");
	answers(&sitting, "show values",
		"  row       1              2              3              4\n"
		"  x1        0              0              1              1\n"
		"  x2        0              1              0              1\n"
		"  t         0              1              1              0\n"
		"  z1        0.1            0.8            0.9            1.6\n"
		"  z2        0.2            1.1            −0.4           0.5\n"
		"  h1        0.1            0.8            ·              ·\n"
		"  h2        0.2            1.1            ·              ·\n"
		"  y         ·              ·              ·              ·\n"
		"  E         ·              ·              ·              ·\n");
	type_good(&sitting, "goto backward");
	answers(&sitting, "show loss",
		"mean-squared-error: the squared error of each output, averaged over the outputs\n"
		"  row       1              2              3              4\n"
		"  E         0.0049         0.8836         0.2025         0.49\n"
		"  J = 0.39525  (mean of the rows)\n");

	/* numbers that fill their column, and more, stand apart */
	type_good(&sitting, "epoch 1000");
	type_good(&sitting, "show values");
	assert_contains(answer(&sitting),
			"\n  z1        ~0.864377      ~1.72881       ~−1.35452·10⁻⁵ ~0.86442\n");
	sitting_end(&sitting);

	/* one row at a time: the row is named */
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "goto 9");
	answers(&sitting, "show values",
		"  row       2\n  x1        0\n  x2        1\n  t         1\n"
		"  z         0\n  y         0\n  eps       ·\n");
	sitting_end(&sitting);
}

static void gradients_come_one_by_one(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 21");
	answers(&sitting, "show gradients",
		"  w5        0.0802031\n  w6        0.0821106\n  w7        ·\n  w8        ·\n"
		"  w1        ·\n  w2        ·\n  w3        ·\n  w4        ·\n"
		"  B1        ·\n  B2        ·\n");
	type_good(&sitting, "update");
	type_good(&sitting, "show gradients");
	assert_contains(answer(&sitting), "  w1        ~0.00110806\n");
	assert_contains(answer(&sitting), "  B1        ~0.024483\n  B2        ~0.104139\n");
	sitting_end(&sitting);
	sitting_open(&sitting, "or-perceptron");
	answers(&sitting, "show gradients",
		"this rule learns from the error: there are no gradients\n");
	sitting_end(&sitting);
}

/* OR by a perceptron, w = (0.5, 0.5), b = -0.5: row 1 (0, 0) has no error and changes nothing; row
 * 2 (0, 1) gives z = 0, y = 0, error 1, and changes w2 and b: what was computed with the old ones
 * says so, for with the new ones it would be another. */
static void stale_numbers_say_so(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "update");
	answers(&sitting, "show values",
		"  row       1\n  x1        0\n  x2        0\n  t         0\n"
		"  z         −0.5\n  y         0\n  eps       0\n");
	type_good(&sitting, "update");
	answers(&sitting, "show values",
		"  row       2\n  x1        0\n  x2        1\n  t         1\n"
		"  z         ~0\n  y         ~0\n  eps       ~1\n");
	type_good(&sitting, "back");
	type_good(&sitting, "show values");
	assert_contains(answer(&sitting), "  z         0\n");
	sitting_end(&sitting);
}

static void old_weights_stay_until_the_commit(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 119");
	type_good(&sitting, "show weights");
	assert_contains(answer(&sitting), "  w5        0.5          will become 0.451878\n"
					  "  w6        0.6          will become 0.550734\n"
					  "  w7        0.7\n");
	type_good(&sitting, "goto commit");
	type_good(&sitting, "show weights");
	assert_contains(answer(&sitting), "  w5        0.451878\n  w6        0.550734\n");
	sitting_end(&sitting);
}

static void formulas_are_shown_whole(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 40");
	answers(&sitting, "show formula",
		"dE/dw1\n"
		"  = ∂E₁/∂ŷ₁ · ∂ŷ₁/∂sum_ŷ₁ · ∂sum_ŷ₁/∂n₁ · ∂n₁/∂sum_n₁ · ∂sum_n₁/∂w₁\n"
		"  + ∂E₂/∂ŷ₂ · ∂ŷ₂/∂sum_ŷ₂ · ∂sum_ŷ₂/∂n₁ · ∂n₁/∂sum_n₁ · ∂sum_n₁/∂w₁\n");
	/* elsewhere it is the step's own */
	type_good(&sitting, "goto n1");
	answers(&sitting, "show formula",
		"[2] forward · n1\n"
		"     n₁ = 1 / (1 + e^(−sum_n₁)) = 1 / (1 + e^(−0.41)) = 0.601088\n"
		"     = the lecture prints 0.60108: 0.6010879 cut off\n");
	type_good(&sitting, "show network");
	assert_contains(answer(&sitting), "  sum_ŷ₁ = n₁ · w₅ + n₂ · w₆ + B₂\n");
	assert_contains(answer(&sitting), "  E = E₁ + E₂\n");
	sitting_end(&sitting);
}

static void the_lesson_is_shown_in_its_language(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "show lesson");
	assert_contains(answer(&sitting), "A perceptron learns the OR function\n");
	assert_contains(answer(&sitting), "Fernanda Sobrino\n");
	assert_contains(answer(&sitting), "update 2\n");
	assert_null(strstr(answer(&sitting), "At this step"));
	/* once there is a step: the note of its phase and its own */
	type_good(&sitting, "next");
	type_good(&sitting, "show lesson");
	assert_contains(answer(&sitting), "At this step:\n    First the weighted sum");
	assert_contains(answer(&sitting), "    What matters about z is its sign");
	type_good(&sitting, "set language es");
	type_good(&sitting, "show lesson");
	assert_contains(answer(&sitting), "En este paso:\n    Primero la suma");
	assert_contains(answer(&sitting), "Un perceptrón aprende la función OR\n");
	assert_null(strstr(answer(&sitting), "after "));
	language_set(LANGUAGE_EN);
	sitting_end(&sitting);
}

static void starts_of_names_are_enough(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "show v");
	assert_contains(answer(&sitting), "sum_n1");
	type_good(&sitting, "ver w");
	assert_contains(answer(&sitting), "B2        0.35\n");
	assert_refused(
	    &sitting, "show",
	    "show what? choose one of: network, formula, values, "
	    "weights, gradients, loss, rounding, optimizer, boundary, metrics, lesson, settings");
	assert_refused(&sitting, "show l", "'l' is not one of them");
	assert_refused(&sitting, "show vlaues", "did you mean 'values'?");
	assert_refused(&sitting, "show values now", "'values now' is not one of them");
	assert_refused(&sitting, "show qqqq", "choose one of: network");
	sitting_end(&sitting);
}

/* The plane and what its signs mean are no wider than a terminal; its corner is at -0.0625, a
 * sixteenth before the first row's 0. */
static void a_boundary_fits_its_lines(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	for (enum language language = 0; language < N_LANGUAGES; language++) {
		language_set(language);
		type_good(&sitting, "show boundary");
		char *line = sitting.context.out.data;
		for (size_t len; *line; line += len + (line[len] != '\0')) {
			char text[256];
			len = strcspn(line, "\n");
			snprintf(text, sizeof text, "%.*s", (int)len, line);
			assert_true(text_columns(text) < 80);
		}
		assert_contains(answer(&sitting), "−0.0625");
		assert_null(strstr(answer(&sitting), "-0.0625"));
	}
	language_set(LANGUAGE_EN);
	sitting_end(&sitting);
}

/* What is shown of a negative number has the same sign everywhere, and a plain one in ASCII. */
static void minus_signs_are_alike(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "graph-examples");
	type_good(&sitting, "check"); /* df/dx = y = -2 */
	assert_contains(answer(&sitting), "\n  x        −2               −2               ");
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "check");
	assert_contains(answer(&sitting), "\n  x        -2               -2               ");
	sitting_end(&sitting);
}

/* Looking at anything, anywhere, changes nothing. */
static void looking_changes_nothing(void **state)
{
	static const char *const places[] = {"goto 0",      "next 3", "goto loss",       "goto 13",
					     "goto update", "update", "set chain deltas"};
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct sitting sitting;
		sitting_open(&sitting, shipped_lessons[i]);
		for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
			struct moment before, after;
			type_good(&sitting, places[k]);
			moment_take(&sitting, &before);
			for (const struct show *const *at = show_registry, *row; (row = *at);
			     at++) {
				char line[64];
				snprintf(line, sizeof line, "show %s", row->name);
				type_good(&sitting, line);
				assert_true(sitting.context.out.len > 0);
			}
			type_good(&sitting, "check");
			type_good(&sitting, "break");
			type_good(&sitting, "set");
			type_good(&sitting, "lesson");
			type_good(&sitting, "help");
			moment_take(&sitting, &after);
			assert_same_moment(&after, &before);
			moment_free(&before);
			moment_free(&after);
		}
		sitting_end(&sitting);
	}
}

static void has_both(const char *id, const struct lesson_text *text)
{
	bool en = text->in[LANGUAGE_EN].text, es = text->in[LANGUAGE_ES].text;
	if (!en || !es)
		fail_msg("%s: a text is there in %s only", id, en ? "en" : "es");
}

/* One language is enough for a lesson of one's own; these are for everybody. */
static void shipped_lessons_speak_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct sitting sitting;
		sitting_open(&sitting, shipped_lessons[i]);
		const struct lesson *lesson = sitting.session->lesson;
		const char *id = lesson->id.text;
		has_both(id, &lesson->title);
		has_both(id, &lesson->text);
		for (size_t k = 0; k < lesson->notes.n_items; k++)
			has_both(id, &lesson->notes.items[k].text);
		for (size_t k = 0; k < lesson->tries.n_items; k++)
			has_both(id, &lesson->tries.items[k].text);
		for (size_t k = 0; k < lesson->tasks.n_items; k++)
			has_both(id, &lesson->tasks.items[k].text);
		for (size_t k = 0; k < lesson->quiz.slips.n_items; k++)
			has_both(id, &lesson->quiz.slips.items[k].says);
		for (size_t k = 0; k < lesson->figures.n_items; k++)
			if (lesson_text_in(&lesson->figures.items[k].why, LANGUAGE_EN))
				has_both(id, &lesson->figures.items[k].why);
		sitting_end(&sitting);
	}
}

static void one_language_is_enough(void **state)
{
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	struct sitting sitting;
	(void)state;
	temporary_write(path, ".yaml",
			"format: 2\nid: mine\nlanguage: es\ntitle: Mi red\ntext: {en: A unit.}\n"
			"notes: [{at: w, es: El peso.}]\n"
			"network: {inputs: [x], layers: [{units: [y], weights: [[w=0.3]]}]}\n"
			"loss: {kind: squared-error}\ndata: [{x: [1], target: [0]}]\n"
			"training: {optimizer: gd, rate: 0.5}\n...\n");
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	for (enum language language = 0; language < N_LANGUAGES; language++) {
		language_set(language);
		type_good(&sitting, line);
		type_good(&sitting, "show lesson");
		assert_contains(answer(&sitting), "Mi red");
		assert_contains(answer(&sitting), "A unit.");
		assert_string_equal(lesson_note_at(sitting.session->lesson, "w", language),
				    "El peso.");
	}
	language_set(LANGUAGE_EN);
	/* 0.3 for 0, with no half and no mean */
	type_good(&sitting, "update");
	type_good(&sitting, "expect E = 0.09");
	type_good(&sitting, "expect dE/dw = 0.6");
	sitting_end(&sitting);
}

static void the_gradient_check_is_shown(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "check");
	assert_contains(answer(&sitting), "  w5       0.0802031243     0.0802031243     ");
	assert_contains(answer(&sitting), "10 checked, 0 skipped at kinks, 0 differ\n");
	sitting_end(&sitting);
	sitting_open(&sitting, "xor-relu");
	type_good(&sitting, "check");
	assert_contains(answer(&sitting), "skipped: a unit is at its kink\n");
	assert_contains(answer(&sitting), "5 checked, 4 skipped at kinks, 0 differ\n");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_are_blank_until_they_are_computed),
	    cmocka_unit_test(weights_line_up),
	    cmocka_unit_test(a_batch_has_a_column_for_each_row),
	    cmocka_unit_test(gradients_come_one_by_one),
	    cmocka_unit_test(stale_numbers_say_so),
	    cmocka_unit_test(old_weights_stay_until_the_commit),
	    cmocka_unit_test(formulas_are_shown_whole),
	    cmocka_unit_test(the_lesson_is_shown_in_its_language),
	    cmocka_unit_test(starts_of_names_are_enough),
	    cmocka_unit_test(a_boundary_fits_its_lines),
	    cmocka_unit_test(minus_signs_are_alike),
	    cmocka_unit_test(looking_changes_nothing),
	    cmocka_unit_test(shipped_lessons_speak_both_languages),
	    cmocka_unit_test(one_language_is_enough),
	    cmocka_unit_test(the_gradient_check_is_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
