/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_train.c -- compare trains copies from here, and what it prints of each optimizer is
 * what the sitting gets with it; show optimizer and show metrics; the line of progress. */
#include "sitting.h"

#include "backstep/command/progress.h"

/* The line of an answer that begins with start, cut off at its end. */
static void find_line(const struct sitting *sitting, const char *start, char line[160])
{
	const char *at = strstr(answer(sitting), start);
	while (at && at != answer(sitting) && at[-1] != '\n')
		at = strstr(at + 1, start);
	assert_non_null(at);
	snprintf(line, 160, "%.*s", (int)strcspn(at, "\n"), at);
}

static void comparing_changes_nothing(void **state)
{
	static const char *const firsts[] = {"restart", "next 5", "update 3", "next",
					     "set optimizer adam"};
	struct sitting sitting;
	struct moment before, after;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	for (size_t k = 0; k < sizeof firsts / sizeof *firsts; k++) {
		type_good(&sitting, firsts[k]);
		moment_take(&sitting, &before);
		type_good(&sitting, "compare gd momentum adam:0.01 nesterov --updates 20");
		moment_take(&sitting, &after);
		assert_same_moment(&after, &before);
		moment_free(&before);
		moment_free(&after);
	}
	sitting_end(&sitting);
}

/* Each number is the loss that the sitting comes to with that optimizer. */
static void each_loss_is_that_of_a_training(void **state)
{
	static const char *const optimizers[] = {"gd", "momentum", "adam"};
	char line[160];
	struct sitting sitting;
	double losses[3], best = INFINITY;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "set digits 9");
	type_good(&sitting, "update 2");
	type_good(&sitting, "compare gd momentum adam --updates 7");
	find_line(&sitting, "7 ", line);
	for (size_t k = 0; k < 3; k++) {
		char set[64];
		sitting.context.out.len = 0;
		losses[k] = strtod(line + 10 + 17 * k, NULL);
		best = fmin(best, losses[k]);
		type_good(&sitting, "goto 472");
		if (k > 0) {
			snprintf(set, sizeof set, "set optimizer %s", optimizers[k]);
			type_good(&sitting, set);
		}
		/* the loss of the eighth update's batch is that of the seventh's parameters */
		type_good(&sitting, "update 8");
		assert_relative(losses[k], sitting.session->built.model->loss, 1e-8);
	}
	assert_near(strtod(strstr(line, " *") - 10, NULL), best, 1e-8);
	sitting_end(&sitting);
}

static void what_does_not_fit_is_said(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "comparar perceptron gd --updates 1");
	assert_contains(answer(&sitting), "perceptron: the perceptron rule needs one layer");
	assert_contains(answer(&sitting), "updates   gd\n          η 0.1\n0         0.39525\n");
	type_good(&sitting, "set rate 1000000");
	type_good(&sitting, "compare gd adam --updates 300");
	assert_contains(answer(&sitting), "not finite");
	assert_refused(&sitting, "compare", "compare which optimizers?");
	assert_refused(&sitting, "compare adan", "unknown optimizer 'adan'; did you mean 'adam'?");
	assert_refused(&sitting, "compare newton", "; for example: compare gd");
	assert_refused(&sitting, "compare gd:x", "x");
	assert_refused(&sitting, "compare gd:-1", "rate");
	assert_refused(&sitting, "compare gd --updates", "");
	assert_refused(&sitting, "compare gd --updates 0", "whole number from 1 to");
	assert_refused(&sitting, "compare gd gd gd gd gd gd", "at most 5");
	sitting_end(&sitting);
}

static void losses_are_taken_at_few_updates(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "compare gd --updates 50");
	assert_contains(answer(&sitting), "\n0 ");
	assert_contains(answer(&sitting), "\n20 ");
	assert_contains(answer(&sitting), "\n50 ");
	assert_null(strstr(answer(&sitting), "\n30 "));
	type_good(&sitting, "compare gd --updates 7");
	assert_contains(answer(&sitting), "\n5 ");
	assert_contains(answer(&sitting), "\n7 ");
	sitting_end(&sitting);
}

/* With one update of Adam every m is (1 - 0.9) g and m hat is g. */
static void the_optimizer_is_shown(void **state)
{
	struct sitting sitting;
	char line[160];
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "show optimizer");
	assert_contains(answer(&sitting), "descent: against the gradient (A. Cauchy, 1847)");
	assert_contains(answer(&sitting), "w ← w − η · g");
	assert_contains(answer(&sitting), "it keeps nothing");
	type_good(&sitting, "set optimizer adam");
	type_good(&sitting, "update");
	type_good(&sitting, "show optimizer");
	assert_contains(answer(&sitting), "v̂ ← v / (1 − β₂^t)");
	assert_contains(answer(&sitting), "beta1 β₁ = 0.9");
	assert_contains(answer(&sitting), "\n1 update with it so far\n");
	/* in the four rows y is 0.07, 0.06, 0.55, 0.7: dJ/db, the mean of 2 (y - t), is -0.31 */
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "goto commit");
	type_good(&sitting, "show optimizer");
	find_line(&sitting, "  b ", line);
	assert_near(strtod(line + 13, NULL), -0.031, 1e-9);
	assert_near(strtod(line + 39, NULL), -0.31, 1e-9);
	type_good(&sitting, "set glyphs unicode");
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		char set[64];
		snprintf(set, sizeof set, "set optimizer %s", (*class)->name);
		if ((*class)->fits)
			continue;
		type_good(&sitting, set);
		type_good(&sitting, "show optimizer");
		assert_contains(answer(&sitting), (*class)->forms[0].source);
		assert_null(strstr(answer(&sitting), "(null)"));
	}
	sitting_end(&sitting);
}

static void metrics_are_shown(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "show metrics");
	assert_contains(answer(&sitting), "loss            0.39525\n");
	assert_contains(answer(&sitting), "accuracy        50 %\n");
	assert_contains(answer(&sitting), "dead ReLUs");
	assert_null(strstr(answer(&sitting), "saturated"));
	/* after a commit the new weights are in force */
	type_good(&sitting, "update");
	type_good(&sitting, "show metrics");
	assert_contains(answer(&sitting), "loss            0.372501\n");
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "show metrics");
	assert_contains(answer(&sitting), "####################");
	sitting_end(&sitting);
}

static void progress_fits_its_line(void **state)
{
	const struct training_progress at = {.epoch = 12,
					     .n_epochs = 100,
					     .n_updates = 48,
					     .n_rows = 4800,
					     .updates_left = 352,
					     .goal = "loss",
					     .loss = 0.0123};
	const struct progress progress = {.began = 10.0, .drawn = 12.0};
	const struct formula_style style = {.glyphs = GLYPHS_ASCII, .digits = 6};
	struct strbuf line = {0};
	(void)state;
	text_locale_init();
	language_set(LANGUAGE_EN);
	/* 48 of 400 updates in 2 s: 2400 rows/s, and 352 more in 14.7 s */
	progress_print(&progress, &at, 79, &style, &line);
	assert_string_equal(strbuf_str(&line),
			    "epoch 12/100 [###.........................] loss 0.0123  0:15 left  "
			    "2400 rows/s");
	for (size_t columns = 0; columns < 200; columns++) {
		strbuf_clear(&line);
		progress_print(&progress, &at, columns, &style, &line);
		assert_true(text_columns(strbuf_str(&line)) <= columns);
	}
	strbuf_clear(&line);
	progress_print(&progress, &at, 24, &style, &line);
	assert_string_equal(strbuf_str(&line), "epoch 12/100 loss 0.0123");
	strbuf_free(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(comparing_changes_nothing),
	    cmocka_unit_test(each_loss_is_that_of_a_training),
	    cmocka_unit_test(what_does_not_fit_is_said),
	    cmocka_unit_test(losses_are_taken_at_few_updates),
	    cmocka_unit_test(the_optimizer_is_shown),
	    cmocka_unit_test(metrics_are_shown),
	    cmocka_unit_test(progress_fits_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
