/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_trained.c -- what lessons on data sets claim comes true: the spirals' network learns,
 * and the digits' network opens as quickly as it says. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <time.h>

#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"
#include "backstep/trace/stepper.h"

#define LESSONS BACKSTEP_SOURCE_DIR "/lessons/"

/* Mean loss of n rows from first on. */
static double loss_of(const struct lesson_model *built, size_t first, size_t n)
{
	double sum = 0.0;
	for (size_t row = first; row < first + n; row++) {
		model_load(built->model, built->data.x, built->data.t, &row, 1);
		model_forward(built->model);
		sum += built->model->loss;
	}
	return sum / (double)n;
}

/* From 0.5 and more to below 0.15 on rows that it has not learnt from. */
static void spirals_are_learnt(void **state)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	struct lesson_model built;
	struct trainer trainer;
	(void)state;
	assert_int_equal(lesson_read_file(LESSONS "45-spirals.yaml", &lesson, &errors), STATUS_OK);
	assert_int_equal(lesson_build(lesson, &built, &errors), STATUS_OK);
	size_t first = built.data.n_rows + built.data.n_validation, n = built.data.n_test;
	assert_int_equal(n, 120);
	assert_int_equal(built.model->graph.n_params, 33);
	assert_true(loss_of(&built, first, n) > 0.4);
	trainer_init(&trainer, built.model, &built.optimizer, &built.data, built.batch, NULL);
	for (size_t u = 0; u < 400 * trainer_batches(&trainer); u++)
		trainer_commit(&trainer);
	assert_true(loss_of(&built, first, n) < 0.15);
	trainer_free(&trainer);
	lesson_model_free(&built);
	lesson_free(lesson);
}

/* Reading, building and the first update of 784-128-10 take well under a second even with
 * sanitizers; the bound only catches work that grows with the number of labels or steps. */
static void digits_open(void **state)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	struct lesson_model built;
	struct stepper stepper;
	clock_t start = clock();

	(void)state;
	assert_int_equal(lesson_read_file(LESSONS "49-digits-784.yaml", &lesson, &errors),
			 STATUS_OK);
	assert_int_equal(lesson_build(lesson, &built, &errors), STATUS_OK);
	assert_int_equal(stepper_init(&stepper, built.model, &built.optimizer, &built.data,
				      built.batch, CHAIN_AUTO, NULL),
			 STATUS_OK);
	assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
	assert_int_equal(built.model->graph.n_params, 101770);
	stepper_free(&stepper);
	lesson_model_free(&built);
	lesson_free(lesson);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(spirals_are_learnt),
	    cmocka_unit_test(digits_open),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
