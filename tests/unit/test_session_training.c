/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session_training.c -- training is the same walk in one go: it ends at the same bits, one can
 * go back through all of it, and where the lesson says so it ends at the best epoch. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/session/comparison.h"
#include "backstep/session/training.h"

static void train(struct sitting *sitting, size_t n, struct training_result *result)
{
	assert_int_equal(training_run(sitting->session, n, NULL, result, NULL), STATUS_OK);
	session_refresh(sitting->session, NULL);
}

/* Two sittings are at the same place, to the bit. */
static void assert_same_place(const struct sitting *one, const struct sitting *other)
{
	const struct stepper *a = &one->session->stepper, *b = &other->session->stepper;
	struct trainer_state *x = trainer_save(&a->trainer), *y = trainer_save(&b->trainer);
	size_t size = one->session->built.model->graph.n_params * sizeof(double);
	assert_non_null(x);
	assert_non_null(y);
	assert_true(trainer_state_equal(x, y));
	assert_true(a->trainer.n_updates == b->trainer.n_updates);
	assert_true(a->index == b->index);
	assert_true(stepper_number(a) == stepper_number(b));
	assert_memory_equal(stepper_theta(a), stepper_theta(b), size);
	free(x);
	free(y);
}

static void training_is_many_epochs(void **state)
{
	static const char *const firsts[] = {"restart",
					     "next 3",
					     "update",
					     "goto commit",
					     "set optimizer adam",
					     "set optimizer nesterov"};
	(void)state;
	for (size_t lesson = 1; lesson < N_SHIPPED; lesson++) {
		for (size_t k = 0; k < sizeof firsts / sizeof *firsts; k++) {
			struct sitting one, other;
			struct training_result result;
			sitting_open(&one, shipped_lessons[lesson]);
			sitting_open(&other, shipped_lessons[lesson]);
			type_good(&one, firsts[k]);
			type_good(&other, firsts[k]);
			train(&one, 37, &result);
			type_good(&other, "epoch 37");
			assert_same_place(&one, &other);
			assert_int_equal(result.end, TRAINING_COMPLETE);
			assert_int_equal(result.epochs, 37);
			assert_int_equal(result.updates, 37);
			/* the next update is stepped as ever */
			type_good(&one, "next 9");
			type_good(&other, "next 9");
			assert_same_place(&one, &other);
			sitting_end(&one);
			sitting_end(&other);
		}
	}
}

/* In batches of one, from the middle of an epoch: it ends where that epoch does. */
static void the_first_epoch_may_have_begun(void **state)
{
	struct sitting sitting;
	struct training_result result;
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "update 2");
	type_good(&sitting, "next");
	train(&sitting, 2, &result);
	assert_int_equal(sitting.session->stepper.trainer.n_updates, 7);
	assert_true(stepper_at_commit(&sitting.session->stepper));
	assert_int_equal(result.updates, 6);
	/* from an epoch's end it is a whole one */
	train(&sitting, 1, &result);
	assert_int_equal(sitting.session->stepper.trainer.n_updates, 11);
	assert_int_equal(result.updates, 4);
	sitting_end(&sitting);
}

static void one_can_go_back_through_all_of_it(void **state)
{
	static const unsigned updates[] = {2999, 2998, 2985, 2984, 2000, 1999,
					   17,   1,    0,    1234, 3000};
	struct sitting sitting, fresh;
	struct training_result result;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	train(&sitting, 3000, &result);
	assert_true(sitting.session->stepper.history.n_entries <= 1024);
	for (size_t k = 0; k < sizeof updates / sizeof *updates; k++) {
		char line[64];
		sitting_open(&fresh, "xor-relu-learn");
		snprintf(line, sizeof line, "goto %u", updates[k] * 236 + 7);
		type_good(&sitting, line);
		type_good(&fresh, line);
		assert_same_place(&sitting, &fresh);
		sitting_end(&fresh);
	}
	sitting_end(&sitting);
}

/* E = (t - w x)^2 / 2 with x = 1, t = 0, w = 1 and rate 0.5 halves w in each update: the loss of
 * the rows is 1/2, 1/8, 1/32, ... In the validation row t is 0.25, so its loss is least at w = 1/4,
 * after epoch 2, where it is 0. */
#define HALVING(rows, validation)                                            \
	"network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\n" \
	"loss: {kind: half-squared-error, total: E}\n"                       \
	"data: [" rows "]\n" validation                                      \
	"training: {optimizer: gd, rate: 0.5, batch: 1, epochs: 20, "        \
	"early_stopping: {patience: 3}}\n"

/* Opens it, with the validation row or without. The seed draws the first row to learn from. */
static void open_halving(struct sitting *sitting, char path[TEMPORARY_PATH], bool validates)
{
	temporary_lesson(path, validates
				   ? HALVING("{x: [1], target: [0]}, {x: [1], target: [0.25]}",
					     "split: {train: 0.5, validation: 0.5}\nseed: 5\n")
				   : HALVING("{x: [1], target: [0]}", ""));
	sitting_open(sitting, path);
	assert_near(sitting->session->built.data.t[0], 0.0, 0.0);
}

static void the_best_epoch_is_gone_back_to(void **state)
{
	struct sitting sitting;
	struct training_result result;
	char path[TEMPORARY_PATH];
	(void)state;
	open_halving(&sitting, path, true);
	train(&sitting, 20, &result);
	assert_int_equal(result.end, TRAINING_EARLY);
	assert_true(result.on_validation);
	assert_int_equal(result.best_epoch, 2);
	assert_int_equal(result.epochs, 5);
	assert_near(result.best_loss, 0.0, 0.0);
	assert_near(result.loss_before, 0.5, 0.0);
	assert_near(result.loss, 1.0 / 32.0, 0.0);
	assert_near(stepper_theta(&sitting.session->stepper)[0], 0.25, 0.0);
	/* after the commit of the second update; the ones after it can be walked again */
	type_good(&sitting, "expect w = 0.25");
	type_good(&sitting, "update");
	type_good(&sitting, "expect w = 0.125");
	type_good(&sitting, "goto 0");
	type_good(&sitting, "expect w = 1");
	/* the command says so */
	type_good(&sitting, "train");
	assert_string_equal(answer(&sitting),
			    "best epoch 2 of 5, its weights are in force: loss 0.5 → 0.03125\n"
			    "stopped early: no better for 3 epochs; best loss of the validation "
			    "rows 0\n");
	sitting_end(&sitting);
}

/* Without validation rows the training loss decides: it never rises, so the last epoch is best. */
static void without_validation_rows_the_training_loss_decides(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	(void)state;
	open_halving(&sitting, path, false);
	type_good(&sitting, "train 4");
	assert_string_equal(answer(&sitting),
			    "best epoch 4 of 4, its weights are in force: loss 0.5 → 0.00195312\n"
			    "best loss of the training rows (there are no validation rows) "
			    "0.00195312\n");
	type_good(&sitting, "expect w = 0.0625");
	sitting_end(&sitting);
}

/* Behind epochs 1 to 4 the loss is 0.125, 0.03125, 0.0078, 0.00195: none is less by 0.124 than the
 * first. */
static void a_small_improvement_is_none(void **state)
{
	struct sitting sitting;
	struct training_result result;
	char path[TEMPORARY_PATH];
	(void)state;
	open_halving(&sitting, path, false);
	sitting.session->lesson->training.early_stopping.min_delta.value = 0.124;
	train(&sitting, 20, &result);
	assert_int_equal(result.best_epoch, 1);
	assert_int_equal(result.epochs, 4);
	assert_near(stepper_theta(&sitting.session->stepper)[0], 0.5, 0.0);
	sitting_end(&sitting);
}

static void an_interruption_keeps_what_was_reached(void **state)
{
	struct sitting sitting, other;
	enum status status;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	sitting_open(&other, "xor-relu-learn");
	/* it asks once while it measures the loss at the start, and then after 64 updates at once
	 */
	type_stopped(&sitting, "train 1000", 4, &status);
	assert_int_equal(status, STATUS_INTERRUPTED);
	assert_contains(complaint(&sitting), "interrupted after epoch 192 of 1000: loss 0.171");
	type_good(&other, "update 192");
	assert_same_place(&sitting, &other);
	/* a saved sitting comes to the same place */
	struct strbuf done = {0};
	journal_script(&sitting.session->journal, &done);
	assert_string_equal(strbuf_str(&done), "goto 45312\n");
	strbuf_free(&done);
	sitting_end(&sitting);
	sitting_end(&other);
}

static void numbers_that_end_stop_it_at_the_step(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "set rate 3");
	assert_int_equal(type(&sitting, "train 100000"), STATUS_NUMERIC);
	assert_contains(complaint(&sitting), "is infinite: the walk stops here");
	assert_true(sitting.session->has_step);
	assert_false(sitting.session->step.finite);
	sitting_end(&sitting);
}

static void nonsense_is_refused(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	assert_refused(&sitting, "train 0", "whole number from 1 to");
	assert_refused(&sitting, "train -3", "");
	assert_refused(&sitting, "train 10000000", "");
	assert_refused(&sitting, "train many", "many");
	type_good(&sitting, "entrenar 2");
	assert_string_equal(answer(&sitting), "2 epochs, 2 updates: loss 0.39525 → 0.35828\n");
	sitting_end(&sitting);
}

/* A network is measured as it is used: nothing dropped, y = (1 + 2 + 0.5 + 0.5) / 2 = 2 for t = 1;
 * normalised by running statistics, which start at 0 and 1, so that y = 1.5 z + 0.5 = 2, 11, 11, 14
 * for t = -1, 0.5, 0, 1.5. It is trained as ever, and a walk that is looked at ends at the same
 * bits. */
static void metrics_are_those_of_a_network_in_use(void **state)
{
	static const struct {
		const char *lesson;
		double loss;
	} rows[] = {{"dropout", 0.5},
		    {"batch-normalisation", (9.0 + 110.25 + 121.0 + 156.25) / 8.0}};
	(void)state;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct sitting one, other;
		struct training_result result;
		sitting_open(&one, rows[k].lesson);
		sitting_open(&other, rows[k].lesson);
		type_good(&one, "next 9");
		type_good(&one, "show metrics");
		train(&one, 5, &result);
		assert_near(result.loss_before, rows[k].loss, 1e-5);
		type_good(&one, "show metrics");
		type_good(&other, "epoch 5");
		assert_same_place(&one, &other);
		type_good(&one, "next 12");
		type_good(&one, "show metrics");
		type_good(&other, "next 12");
		assert_same_place(&one, &other);
		sitting_end(&one);
		sitting_end(&other);
	}
}

/* What a comparison foretells comes true, stages and statistics included. */
static void a_comparison_is_the_same_training(void **state)
{
	static const char *const lessons[] = {"dropout", "batch-normalisation", "spirals"};
	(void)state;
	for (size_t k = 0; k < sizeof lessons / sizeof *lessons; k++) {
		struct sitting sitting;
		struct comparison *comparison = calloc(1, sizeof *comparison);
		struct training_result result;
		assert_non_null(comparison);
		comparison->n_entries = 1;
		sitting_open(&sitting, lessons[k]);
		type_good(&sitting, "set l2 0.1");
		type_good(&sitting, "set schedule step");
		type_good(&sitting, "set schedule-every 3");
		type_good(&sitting, "set optimizer gd");
		type_good(&sitting, "update 2");
		comparison->entries[0].optimizer = sitting.session->stepper.trainer.optimizer;
		assert_int_equal(comparison_run(sitting.session, comparison, 5, NULL), STATUS_OK);
		type_good(&sitting, "update 5");
		train(&sitting, 1, &result);
		assert_near(comparison->entries[0].losses[comparison->n_points - 1],
			    result.loss_before, 0.0);
		comparison_free(comparison);
		sitting_end(&sitting);
	}
}

static void milestones_are_few(void **state)
{
	size_t n = 0;
	(void)state;
	for (uint64_t k = 0, next = 1; k <= 1000000; k++) {
		assert_true(training_is_milestone(k) == (k == next));
		n += k == next;
		next = training_next_milestone(k);
	}
	assert_int_equal(n, 19);
	assert_false(training_is_milestone(0));
	assert_true(training_is_milestone(500));
	assert_false(training_is_milestone(30));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(training_is_many_epochs),
	    cmocka_unit_test(the_first_epoch_may_have_begun),
	    cmocka_unit_test(one_can_go_back_through_all_of_it),
	    cmocka_unit_test(the_best_epoch_is_gone_back_to),
	    cmocka_unit_test(without_validation_rows_the_training_loss_decides),
	    cmocka_unit_test(a_small_improvement_is_none),
	    cmocka_unit_test(an_interruption_keeps_what_was_reached),
	    cmocka_unit_test(numbers_that_end_stop_it_at_the_step),
	    cmocka_unit_test(nonsense_is_refused),
	    cmocka_unit_test(metrics_are_those_of_a_network_in_use),
	    cmocka_unit_test(a_comparison_is_the_same_training),
	    cmocka_unit_test(milestones_are_few),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
