/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_metrics.c -- `show metrics`: what counts as a layer, and the confusion matrix with
 * the names that the data give their classes. */
#include "sitting.h"
#include "temporary.h"

/* Answers the table about layers with this many lines, numbered from 1. */
static void assert_layers(const char *lesson, size_t n)
{
	struct sitting sitting;
	char line[24];
	sitting_open(&sitting, lesson);
	type_good(&sitting, "show metrics");
	for (size_t k = 1; k <= n; k++) {
		snprintf(line, sizeof line, "\n%-7zu", k);
		assert_contains(answer(&sitting), line);
	}
	snprintf(line, sizeof line, "\n%-7zu", n + 1);
	assert_null(strstr(answer(&sitting), line));
	assert_true((strstr(answer(&sitting), "\nlayer ") != NULL) == (n > 0));
	sitting_end(&sitting);
}

/* Six layers with parameters, five of them in blocks with a sum after each; dropout between two;
 * the perceptron's rule has no gradient, so there is nothing to tell of its layer. */
static void layers_are_what_can_be_measured(void **state)
{
	(void)state;
	assert_layers("vanishing-gradient", 6);
	assert_layers("vanishing-gradient-residual", 6);
	assert_layers("residual-block", 3);
	assert_layers("dropout", 2);
	assert_layers("or-perceptron", 0);
}

/* A sitting with a lesson whose rows stand in a file: y = x for each of n outputs, or y = x - 2 for
 * one, so the answer is the first class, or no. */
static void open_table(struct sitting *sitting, const char *csv, size_t n_outputs, const char *more)
{
	char data[TEMPORARY_PATH], path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	struct strbuf network = {0};
	temporary_write(data, ".csv", csv);
	strbuf_addf(&network,
		    "network: {inputs: [x], layers: [{name: y, units: %zu, init: zero, bias: "
		    "zero}]}\nloss: {kind: half-squared-error}\n"
		    "data: {file: %s, one_hot: true%s}\ntraining: {optimizer: gd, rate: 0.1}\n",
		    n_outputs, data, more);
	temporary_lesson(path, strbuf_str(&network));
	snprintf(line, sizeof line, "lesson %s", path);
	sitting_begin(sitting);
	type_good(sitting, line);
	strbuf_free(&network);
}

static void assert_confusion(struct sitting *sitting, const char *wanted)
{
	type_good(sitting, "show metrics");
	assert_contains(answer(sitting), wanted);
}

/* All weights are 0, so the first of equal outputs is the answer: class a. */
static void classes_are_called_as_in_the_data(void **state)
{
	struct sitting sitting;
	(void)state;
	open_table(&sitting, "1,versicolor\n2,setosa\n3,setosa\n4,virginica\n", 3, "");
	assert_confusion(&sitting, "across: answer)\n"
				   "                setosa      versicolor  virginica\n"
				   "  setosa        2           0           0\n"
				   "  versicolor    1           0           0\n"
				   "  virginica     1           0           0\n");
	sitting_end(&sitting);
	/* an output of 0 is below 0.5: no; with labels in the other order, and of -1 and 1 yes */
	open_table(&sitting, "1,no\n2,yes\n3,yes\n", 1, ", labels: [0, 1]");
	assert_confusion(&sitting, "                no     yes\n"
				   "  no            1      0\n"
				   "  yes           2      0\n");
	sitting_end(&sitting);
	open_table(&sitting, "1,no\n2,yes\n3,yes\n", 1, ", labels: [1, 0]");
	assert_confusion(&sitting, "                yes    no\n"
				   "  yes           2      0\n"
				   "  no            1      0\n");
	sitting_end(&sitting);
	open_table(&sitting, "1,no\n2,yes\n3,yes\n", 1, ", labels: [-1, 1]");
	assert_confusion(&sitting, "                no     yes\n"
				   "  no            0      1\n"
				   "  yes           0      2\n");
	sitting_end(&sitting);
}

/* Ten classes fit in 80 columns, with names that are cut; of twelve ten are shown. */
static void ten_classes_fit(void **state)
{
	struct sitting sitting;
	struct strbuf csv = {0};
	(void)state;
	sitting_open(&sitting, "digits");
	assert_confusion(
	    &sitting,
	    "                0     1     2     3     4     5     6     7     8     9\n  0 ");
	assert_null(strstr(answer(&sitting), "more"));
	sitting_end(&sitting);
	for (char letter = 'a'; letter <= 'l'; letter++)
		strbuf_addf(&csv, "1,%c is its name\n", letter);
	open_table(&sitting, strbuf_str(&csv), 12, "");
	assert_confusion(&sitting, "a is… b is… c is… d is… e is… f is… g is… h is… i is… "
				   "j is…\n  a is its name  1  ");
	assert_contains(answer(&sitting), "\n  and 2 more\n");
	strbuf_free(&csv);
	sitting_end(&sitting);
}

/* A graph without a loss makes its output small, which is called f here and nowhere a loss. */
static void an_output_is_no_loss(void **state)
{
	static const char *const commands[] = {"train 2", "show metrics",
					       "compare gd adam --updates 2"};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "graph-examples");
	for (size_t k = 0; k < sizeof commands / sizeof *commands; k++) {
		type_good(&sitting, commands[k]);
		assert_null(strstr(answer(&sitting), "loss"));
	}
	type_good(&sitting, "restart");
	type_good(&sitting, "train 1");
	/* the first update, worked out in the lesson's note */
	assert_contains(answer(&sitting), "1 update: f −4.83434 → −7.29837\n");
	type_good(&sitting, "show metrics");
	assert_contains(answer(&sitting), "\nf               −7.29837\n");
	assert_contains(answer(&sitting), "  f: its values in the rows");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(layers_are_what_can_be_measured),
	    cmocka_unit_test(classes_are_called_as_in_the_data),
	    cmocka_unit_test(ten_classes_fit),
	    cmocka_unit_test(an_output_is_no_loss),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
