/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_metrics.c -- every row of the metrics: complete, translated, and of numbers that make sense
 * in every lesson. A row that is added is tested without a line written for it. */
#include "sitting.h"

#include "backstep/engine/metric.h"

static void rows_say_what_they_are(void **state)
{
	(void)state;
	for (const struct metric *row = metric_registry; row->name; row++) {
		const char *const texts[] = {row->title, row->summary, row->rule};
		assert_ptr_equal(metric_find(row->name), row);
		assert_int_equal(strspn(row->name, "abcdefghijklmnopqrstuvwxyz_"),
				 strlen(row->name));
		assert_true(strlen(row->source) > 10);
		for (size_t k = 0; k < 3; k++) {
			assert_true(strlen(texts[k]) > 0);
			language_set(LANGUAGE_ES);
			assert_string_not_equal(tr(texts[k]), texts[k]);
			language_set(LANGUAGE_EN);
		}
	}
	assert_null(metric_find("nonsense"));
}

/* How many numbers a metric may have. */
static size_t count_numbers(const struct metric *row, const struct evaluation *evaluation)
{
	const size_t counts[] = {
	    [METRIC_OF_ROWS] = 1,
	    [METRIC_OF_CLASSES] = evaluation->n_classes * evaluation->n_classes,
	    [METRIC_OF_LAYER] = evaluation->n_layers,
	};
	return counts[row->scope];
}

static void check_lesson(const char *lesson)
{
	struct sitting sitting;
	struct evaluation evaluation;
	sitting_open(&sitting, lesson);
	struct trainer *trainer = &sitting.session->stepper.trainer;
	assert_int_equal(evaluation_init(&evaluation, trainer, NULL), STATUS_OK);
	for (size_t n = 0; n <= trainer->data.n_rows; n++) {
		evaluation_run(&evaluation, trainer_theta(trainer), 0, n, true, NULL);
		for (const struct metric *row = metric_registry; row->name; row++) {
			size_t count = count_numbers(row, &evaluation);
			double value, sum = 0.0;
			for (size_t k = 0; k < count; k++) {
				if (!row->value(&evaluation, k, &value))
					continue;
				assert_true(isfinite(value));
				assert_true(!row->is_share || (value >= 0.0 && value <= 1.0));
				sum += value;
			}
			assert_false(row->value(&evaluation, count, &value));
			if (row->scope == METRIC_OF_CLASSES)
				assert_near(sum, count ? (double)n : 0.0, 0.0);
		}
	}
	evaluation_free(&evaluation);
	sitting_end(&sitting);
}

static void numbers_make_sense_in_every_lesson(void **state)
{
	(void)state;
	for (size_t k = 0; k < N_SHIPPED; k++)
		check_lesson(shipped_lessons[k]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_say_what_they_are),
	    cmocka_unit_test(numbers_make_sense_in_every_lesson),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
