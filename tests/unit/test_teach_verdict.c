/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_verdict.c -- what numbers mean at steps of the 2-2-2 example, each worked out here by
 * hand or by a calculator.
 *
 * y1 = 0.734929, t1 = 0.05, n1 = 0.601088, n2 = 0.615384, sum_y1 = 1.01977, rate 0.6. */
#include "../../src/teach/assess_private.h"
#include "../../src/teach/board_private.h"
#include "../../src/teach/verdict_private.h"
#include "backstep/trace/place_name.h"
#include "backstep/trace/replay.h"
#include "sitting.h"
#include "temporary.h"

#include <math.h>
#include <string.h>

#include "support/exercise.h"

enum {
	SUM_Y1 = 5,
	UNIT_Y1 = 6,
	LOSS_E1 = 9,
	ERROR_Y1 = 12,
	SLOPE_Y1 = 13,
	PRODUCT_W5 = 15,
	PATH_1_W1 = 37,
	GRADIENT_W1 = 44,
	NEW_W5 = 118,
};

static void assert_says(struct exercise *exercise, uint64_t step, const char *text,
			const char *wanted)
{
	char buf[128];
	assert_non_null(exercise_ask(exercise, step));
	const char *said = exercise_say(exercise, text, buf);
	if (strcmp(said, wanted) != 0)
		print_error("step %llu, %s: ", (unsigned long long)step, text);
	assert_string_equal(said, wanted);
}

static void test_slips_by_name(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	/* 0.601088 * 0.5 + 0.615384 * 0.6 = 0.669774, without B2 = 0.35 */
	assert_says(&exercise, SUM_Y1, "0.6698", "named bias-ignored");
	/* 1 / (1 + e^1.01977) = 0.265071 */
	assert_says(&exercise, UNIT_Y1, "0.2651", "named exp-sign");
	assert_says(&exercise, UNIT_Y1, "1.0198", "named no-act");
	/* (0.05 - 0.734929)^2 = 0.469128 */
	assert_says(&exercise, LOSS_E1, "0.4691", "named half-two");
	assert_says(&exercise, ERROR_Y1, "-0.6849", "named sign");
	/* 1.01977 (1 - 1.01977) = -0.0201602; 1.01977 (1 - 0.734929) = 0.270313 */
	assert_says(&exercise, SLOPE_Y1, "-0.02016", "named sum-for-unit");
	assert_says(&exercise, SLOPE_Y1, "0.2703", "named sum-for-unit");
	assert_says(&exercise, SLOPE_Y1, "1.948", "named point");
	/* 0.684929 * 0.601088 = 0.411702 */
	assert_says(&exercise, PRODUCT_W5, "0.4117", "named no-slope");
	/* 0.684929 * 0.194809 * 0.5 = 0.066715, two of five factors to come; of three factors the
	 * first two are the product without the last */
	assert_says(&exercise, PATH_1_W1, "0.066715", "named not-yet");
	assert_says(&exercise, PRODUCT_W5, "0.13343", "named missing-factor");
	/* the path through E1 alone */
	assert_says(&exercise, GRADIENT_W1, "0.0015997", "named one-path");
	/* w5' = 0.4519, w7' = 0.7106: 0.00144572 - 0.00049908 = 0.00094668 */
	assert_says(&exercise, GRADIENT_W1, "0.00094668", "named new-weight");
	/* 0.5 + 0.6 * 0.0802031 = 0.548122 */
	assert_says(&exercise, NEW_W5, "0.5481", "named ascent");
	/* 0.5 - 0.0802031 = 0.419797 */
	assert_says(&exercise, NEW_W5, "0.4198", "named no-rate");
	exercise_end(&exercise);
}

static void test_right_is_never_told_wrong(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_says(&exercise, PRODUCT_W5, "0.0802", "right");
	/* worked with two decimals: 0.68 * 0.19 * 0.60 = 0.07752 is 3 % off; with three,
	 * 0.685 * 0.195 * 0.601 = 0.0802786 */
	assert_says(&exercise, PRODUCT_W5, "0.0802786", "right");
	assert_says(&exercise, NEW_W5, "0.451878", "right");
	assert_says(&exercise, NEW_W5, "0.4519", "right");
	exercise_end(&exercise);
}

static void test_few_digits_are_asked_again(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_says(&exercise, PRODUCT_W5, "0.08", "more-digits");
	/* 0.5 - 0.6 * 0.0802031 = 0.451878: with one decimal old and new look alike */
	assert_says(&exercise, NEW_W5, "0.5", "more-digits");
	exercise_end(&exercise);
}

static void test_nothing_is_said_of_any_number(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_says(&exercise, PRODUCT_W5, "0.05557", "none");
	assert_says(&exercise, SLOPE_Y1, "0.3333", "none");
	exercise_end(&exercise);
}

/* The sum of path 1 of w1 with the slope of n1 left out: 0.684929 * 0.194809 * 0.5 * 0.1. */
static void test_what_was_multiplied_tells_more(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_says(&exercise, PATH_1_W1, "0.68 * 0.19 * 0.5 * 0.1", "named no-slope");
	assert_says(&exercise, PATH_1_W1, "0.685*0.195*0.5*0.24*0.1", "right");
	exercise_end(&exercise);
}

/* Through the stages of the second update: each of them has its g, and each parameter its v. The
 * numbers wanted are worked out by another program from the stages' formulas, with the one that was
 * missed put in. */
static const struct {
	const char *from;
	double typed;
	const char *to;
	double wanted; /* NAN: it does not rest on it */
} through_stages[] = {
    {"2.update.schedule.rate", 0.4, "2.update.w.v", -0.039422953796054226},
    {"2.update.schedule.rate", 0.4, "2.update.w", 0.4605770462039458},
    {"2.update.schedule.rate", 0.4, "2.update.w.weight-decay.w", 0.42057704620394576},
    {"2.update.schedule.rate", 0.4, "2.update.b", 0.1751699581001694},
    {"2.update.w.l2.dR2", 0.06, "2.update.w.l2.g", 0.3341770666048053},
    {"2.update.w.l2.dR2", 0.06, "2.update.clip-norm.norm", 0.3612029593007184},
    {"2.update.w.l2.g", 0.4, "2.update.clip-norm.norm", 0.4228395274368327},
    {"2.update.w.l2.g", 0.4, "2.update.w.clip-norm.g", 0.04729926769438028},
    {"2.update.clip-norm.norm", 0.3, "2.update.w.clip-norm.g", 0.054029511100800884},
    {"2.update.clip-norm.norm", 0.3, "2.update.w.v", -0.03901215528351169},
    {"2.update.w.clip-norm.g", 0.03, "2.update.w.v", -0.0310023182499114},
    {"2.update.w.clip-norm.g", 0.03, "2.update.w", 0.4689976817500886},
    {"2.update.w.clip-norm.g", 0.03, "2.update.b.v", NAN},
    {"2.update.w.v", -0.05, "2.update.w", 0.45},
    {"2.update.w.v", -0.05, "2.update.w.weight-decay.w", 0.4166666666666667},
    {"2.update.w.v", -0.05, "2.update.b", NAN},
    {"2.update.w", 0.44, "2.update.w.weight-decay.w", 0.4066666666666667},
    {"2.update.w.weight-decay.w", 0.39, "2.update.max-norm.norm.sum_y", 0.39},
    {"2.backward.w", 0.35, "2.update.w.l2.g", 0.4},
    {"2.backward.w", 0.35, "2.update.w", 0.4632312591852952},
};

static void assert_carried(struct stepper *stepper, size_t row)
{
	struct assessment *from = calloc(1, sizeof *from), *to = calloc(1, sizeof *to);
	uint64_t index = place_name_find(stepper, through_stages[row].from);
	struct missed missed;
	assert_non_null(from);
	assert_non_null(to);
	assert_int_not_equal(index, 0);
	assert_int_equal(assess_open(from, stepper, index, false, NULL), STATUS_OK);
	index = place_name_find(stepper, through_stages[row].to);
	assert_int_not_equal(index, 0);
	assert_int_equal(assess_open(to, stepper, index, false, NULL), STATUS_OK);
	assess_missed(from, &missed);
	missed.typed = through_stages[row].typed;
	double value = verdict_carried_value(&to->board, &missed);
	bool is_right = isnan(through_stages[row].wanted)
			    ? isnan(value)
			    : fabs(value - through_stages[row].wanted) < 1e-12;
	if (!is_right)
		fail_msg("from %s to %s: %.17g", through_stages[row].from, through_stages[row].to,
			 value);
	assess_close(from);
	assess_close(to);
	free(from);
	free(to);
}

static void test_an_error_is_carried_through_stages(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	(void)state;
	temporary_lesson(path,
			 "network:\n  inputs: [x]\n  layers:\n    - {units: [y], activation: "
			 "sigmoid, weights: [[w=0.7]], bias: b=0.2}\n"
			 "loss: {kind: half-squared-error}\ndata: [{x: [2], target: [0]}]\n"
			 "training: {optimizer: momentum, rate: 0.5, with: [momentum=0.9], stages: "
			 "[schedule=inverse, schedule-decay=0.5, l2=0.1, clip-norm=0.05, "
			 "weight-decay=0.2, max-norm=0.5]}\n");
	sitting_open(&sitting, path);
	type_good(&sitting, "update");
	type_good(&sitting, "next");
	for (size_t row = 0; row < sizeof through_stages / sizeof *through_stages; row++)
		assert_carried(&sitting.session->stepper, row);
	sitting_end(&sitting);
	unlink(path);
}

/* Another number for one of a replay, in all steps that compute it. */
struct other {
	struct ref ref;
	double value;
};

static void use_other(void *ctx, struct replay_number *number)
{
	const struct other *other = ctx;
	if (number->index && ref_is_same(&number->ref, &other->ref))
		number->other.value = other->value;
}

/* What a replay may have instead of the number of a step, a quarter too large. False where it has
 * none, and of 1, the slope of any bias: in each row that is the same. */
static bool miss(struct assessment *a, const struct stepper *stepper, uint64_t index,
		 struct missed *missed, struct other *other)
{
	if (assess_open(a, stepper, index, false, NULL))
		return false;
	bool has_ref = !replay_step_ref(stepper, &a->board.question.step, &other->ref);
	assess_missed(a, missed);
	assess_close(a);
	other->value = missed->typed = 1.2345 * missed->value;
	return has_ref && missed->value != 1.0;
}

/* Whether the missed number is carried to the open question as wanted; *rests: it is at all. */
static bool is_carried_to(struct assessment *a, const struct missed *missed, double wanted,
			  bool *rests)
{
	double value = a->board.question.value;
	double carried = verdict_carried_value(&a->board, missed);
	*rests = fabs(wanted - value) > 1e-9 * fabs(value);
	return fabs(carried - wanted) <= 1e-9 * fabs(wanted) || (!*rests && isnan(carried));
}

/* From step `from` to each later one as a replay carries it. Returns to how many. */
static size_t compare_with_replay(struct assessment *a, const struct stepper *stepper,
				  uint64_t from)
{
	struct replay replay;
	struct missed missed;
	struct other other;
	size_t n_carried = 0;
	bool rests = false;
	if (!miss(a, stepper, from, &missed, &other))
		return 0;
	assert_int_equal(replay_init(&replay, NULL), STATUS_OK);
	replay.use = use_other;
	replay.ctx = &other;
	assert_int_equal(replay_update(&replay, stepper, NULL, NULL), STATUS_OK);
	for (uint64_t to = from + 1; to <= stepper_n_steps(stepper); to++) {
		double wanted = replay.values[to - 1];
		if (isnan(wanted) || assess_open(a, stepper, to, false, NULL))
			continue;
		if (!a->board.question.step.reused && !is_carried_to(a, &missed, wanted, &rests))
			fail_msg("from %s to step %d: not %.9g", missed.name, (int)to, wanted);
		n_carried += rests;
		assess_close(a);
	}
	replay_free(&replay);
	return n_carried;
}

static void test_an_error_is_carried_as_in_a_replay(void **state)
{
	static const char *const trainings[] = {
	    "gd, rate: 0.5, stages: [l1=0.1, l2=0.2, clip-value=0.05]",
	    "momentum, rate: 0.5, stages: [schedule=step, schedule-every=1, warmup=3]",
	    "nesterov, rate: 0.1, stages: [weight-decay=0.1]",
	    "rmsprop, rate: 0.1, stages: [clip-norm=0.1]",
	    "adam, rate: 0.1, stages: [schedule=cosine]",
	    "adamax, rate: 0.1, stages: [max-norm=0.4]",
	};
	(void)state;
	for (size_t k = 0; k < sizeof trainings / sizeof *trainings; k++) {
		struct strbuf text = {0};
		struct sitting sitting;
		char path[TEMPORARY_PATH];
		size_t n_carried = 0;
		strbuf_addf(&text,
			    "network:\n  inputs: [x]\n  layers:\n    - {units: [y], activation: "
			    "sigmoid, weights: [[w=0.7]], bias: b=0.2}\n"
			    "loss: {kind: half-squared-error}\n"
			    "data: [{x: [2], target: [0]}, {x: [-1], target: [1]}]\n"
			    "training: {optimizer: %s}\n",
			    trainings[k]);
		temporary_lesson(path, strbuf_str(&text));
		sitting_open(&sitting, path);
		type_good(&sitting, "update 2");
		type_good(&sitting, "next");
		struct stepper *stepper = &sitting.session->stepper;
		struct assessment *a = calloc(1, sizeof *a);
		assert_non_null(a);
		for (uint64_t from = 1; from <= stepper_n_steps(stepper); from++)
			n_carried += compare_with_replay(a, stepper, from);
		free(a);
		assert_true(n_carried > 50);
		sitting_end(&sitting);
		strbuf_free(&text);
		unlink(path);
	}
}

static double carried_from(struct assessment *a, const char *name, double value, double typed)
{
	struct missed missed = {.value = value, .typed = typed};
	snprintf(missed.name, sizeof missed.name, "%s", name);
	return verdict_carried_value(&a->board, &missed);
}

/* Somebody had 0.2703 for the slope and goes on from there: 0.684929 * 0.2703 * 0.601088. */
static void test_an_earlier_error_is_carried(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	struct assessment *a = exercise_ask(&exercise, PRODUCT_W5);
	assert_non_null(a);
	const double slope = board_find(&a->board, "dy1/dsum_y1")->value;
	const double other = board_find(&a->board, "dy2/dsum_y2")->value;
	assert_near(carried_from(a, "dy1/dsum_y1", slope, 0.2703),
		    a->board.question.value / 0.194809 * 0.2703, 1e-6);
	/* no excuse: ten times off, trivial, a number of the question, not part of it */
	assert_true(isnan(carried_from(a, "dy1/dsum_y1", slope, 2.703)));
	assert_true(isnan(carried_from(a, "dy1/dsum_y1", slope, 0.0)));
	assert_true(isnan(carried_from(a, "dy1/dsum_y1", slope, 1.0)));
	assert_true(isnan(carried_from(a, "dy2/dsum_y2", other, 0.2703)));
	/* the board is as it was */
	assert_near(formula_eval(a->board.question.tree), a->board.question.value, 1e-15);
	exercise_end(&exercise);
}

/* A person who works with the digits shown gets another last digit; so does who rounds. */
static void test_numbers_as_shown_are_right(void **state)
{
	(void)state;
	struct exercise exercise;
	char buf[128];
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	struct assessment *a = exercise_ask(&exercise, PRODUCT_W5);
	assert_non_null(a);
	/* with two digits: 0.68 * 0.19 * 0.60 = 0.07752 */
	assert_string_not_equal(exercise_say(&exercise, "0.07752", buf), "right");
	assess_allow_shown(a, 2);
	assert_string_equal(exercise_say(&exercise, "0.07752", buf), "right");
	assess_allow(a, 0.0777);
	assert_string_equal(exercise_say(&exercise, "0.0777", buf), "right");
	exercise_end(&exercise);
}

static void assert_tells(struct exercise *exercise, uint64_t step, const char *text,
			 const char *tells, const char *shows)
{
	struct formula_style style = {GLYPHS_ASCII, false, 6};
	struct strbuf out = {0};
	char buf[128];
	struct assessment *a = exercise_ask(exercise, step);
	assert_non_null(a);
	exercise_say(exercise, text, buf);
	assess_tell(a, &style, &out);
	assert_string_equal(strbuf_str(&out), tells);
	strbuf_clear(&out);
	assert_int_equal(assess_show(a, &style, &out), *shows != '\0');
	assert_string_equal(strbuf_str(&out), shows);
	strbuf_free(&out);
}

static void test_what_is_said(void **state)
{
	(void)state;
	struct exercise exercise;
	assert_int_equal(exercise_222(&exercise), STATUS_OK);
	assert_tells(&exercise, SLOPE_Y1, "0.2703",
		     "Not yet. That comes out when the sum stands where the unit belongs "
		     "(sum_y1 in place of y1).",
		     "1.01977 * (1 - 0.734929) = 0.270313: the sum stands where the unit belongs "
		     "(sum_y1 in place of y1)");
	assert_tells(&exercise, SLOPE_Y1, "0.1948", "Right: 0.194809.", "");
	assert_tells(&exercise, SLOPE_Y1, "0.3333", "Not yet. It is not this number.", "");
	exercise_end(&exercise);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_slips_by_name),
	    cmocka_unit_test(test_right_is_never_told_wrong),
	    cmocka_unit_test(test_few_digits_are_asked_again),
	    cmocka_unit_test(test_nothing_is_said_of_any_number),
	    cmocka_unit_test(test_what_was_multiplied_tells_more),
	    cmocka_unit_test(test_an_earlier_error_is_carried),
	    cmocka_unit_test(test_an_error_is_carried_through_stages),
	    cmocka_unit_test(test_an_error_is_carried_as_in_a_replay),
	    cmocka_unit_test(test_numbers_as_shown_are_right),
	    cmocka_unit_test(test_what_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
