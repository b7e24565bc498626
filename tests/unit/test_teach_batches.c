/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_batches.c -- what numbers mean where a batch has two rows, with tanh, softmax and a
 * penalty; each is worked out here by hand. */
#include "sitting.h"

#include <stdio.h>
#include <unistd.h>

#include "temporary.h"

static const char lesson[] =
    "network:\n  inputs: [x1, x2]\n  layers:\n"
    "    - {units: [h1, h2], activation: tanh, weights: [[w1=0.6, w2=-0.3], [w3=0.2, w4=0.7]], "
    "bias: [b1=0.1, b2=-0.2]}\n"
    "    - {units: [o1, o2], activation: softmax, weights: [[v1=0.5, v2=-0.4], [v3=-0.8, v4=0.9]], "
    "bias: [c1=0.3, c2=-0.1]}\n"
    "loss: {kind: cross-entropy}\n"
    "data: [{x: [0.8, 0.3], target: [1, 0]}, {x: [0.4, 0.9], target: [0, 1]}]\n"
    "training: {optimizer: gd, rate: 0.3, batch: 2, stages: [l2=0.1]}\n";

/* Of the first row sum_h1 = 0.49, h1 = tanh 0.49 = 0.454216, sum_o1 = 0.459756, sum_o2 = -0.31183,
 * o1 = 0.683864, o2 = 0.316136; of the second sum_h1 = 0.4 * 0.6 - 0.9 * 0.3 + 0.1 = 0.07 and
 * h1 = tanh 0.07 = 0.069886. */
static const struct {
	int step;
	const char *typed, *verdict;
} answers[] = {
    {1, "0.49", "right"},
    {1, "0.0700", "named other-row"},
    {5, "0.4542", "right"},
    {5, "0.06989", "named other-row"},
    /* 1 - 0.454216^2 */
    {5, "0.7937", "named value-for-slope"},
    /* 1 / (1 + e^-0.459756) */
    {13, "0.6130", "named other-act"},
    /* dE1/dv3 = -1.46228 * (-0.683864 * 0.316136) * 0.454216, without the middle one */
    {67, "0.1436", "right"},
    {67, "-0.6642", "named no-slope"},
    /* (-0.143594 + 0.032848) / 2 */
    {44, "-0.05537", "right"},
    {44, "-0.1107", "named mean-sum"},
    /* g = -0.055373 + 0.1 * 0.5 = -0.005373: 0.5 + 0.3 g, ten times the step, and g itself */
    {448, "0.501612", "right"},
    {448, "0.51612", "named point"},
    {448, "-0.005373", "named only-change"},
};

static void two_rows_are_told_apart(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
	(void)state;
	temporary_lesson(path, lesson);
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	unlink(path);
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		snprintf(line, sizeof line, "goto %d", answers[i].step);
		type_good(&sitting, line);
		snprintf(line, sizeof line, "answer %s", answers[i].typed);
		type_good(&sitting, line);
		snprintf(line, sizeof line, "expect verdict = %s", answers[i].verdict);
		type_good(&sitting, line);
	}
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(two_rows_are_told_apart)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
