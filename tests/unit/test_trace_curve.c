/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_curve.c -- the curve of losses: its points, their means where there are many, and what
 * is left of it after a change on the way. */
#include "check.h"

#include "backstep/base/text.h"
#include "backstep/session/session.h"

static void add(struct curve *curve, uint64_t update, double loss)
{
	curve_add(curve, update, &loss, 1);
}

static void test_points(void **state)
{
	struct curve curve;
	(void)state;
	curve_start(&curve, 5);
	add(&curve, 5, 1.0);
	add(&curve, 5, 9.0); /* known already */
	add(&curve, 7, 9.0); /* update 6 comes first */
	add(&curve, 6, 3.0);
	assert_int_equal(curve_count(&curve), 2);
	assert_same_bits(curve_at(&curve, 0), 1.0);
	assert_same_bits(curve_at(&curve, 1), 3.0);
}

/* 1024 points and one more: each is then the mean of two updates, 0 and 1, 2 and 3 ... */
static void test_many(void **state)
{
	struct curve curve;
	(void)state;
	curve_start(&curve, 0);
	for (uint64_t update = 0; update <= CURVE_POINTS; update++)
		add(&curve, update, (double)update);
	assert_int_equal(curve.stride, 2);
	assert_int_equal(curve_count(&curve), CURVE_POINTS / 2 + 1);
	assert_same_bits(curve_at(&curve, 0), 0.5);
	assert_same_bits(curve_at(&curve, 511), 1022.5);
	assert_same_bits(curve_at(&curve, 512), 1024.0); /* one of two so far */
	add(&curve, 1025, 1026.0);
	assert_same_bits(curve_at(&curve, 512), 1025.0);
}

static void test_cut(void **state)
{
	struct curve curve;
	(void)state;
	curve_start(&curve, 0);
	for (uint64_t update = 0; update < 10; update++)
		add(&curve, update, (double)update);
	curve_cut(&curve, 4);
	assert_int_equal(curve_count(&curve), 4);
	add(&curve, 4, 40.0);
	assert_same_bits(curve_at(&curve, 4), 40.0);
	curve_cut(&curve, 9); /* not made yet: nothing to forget */
	assert_int_equal(curve_count(&curve), 5);
}

/* Back and on again the curve is the same; after another rate it goes on from there. */
static void test_of_a_walk(void **state)
{
	struct error_list errors = {0};
	struct session *session;
	(void)state;
	assert_int_equal(session_new(&session, NULL), STATUS_OK);
	assert_int_equal(session_open(session, "sigmoid-2-2-2", &errors), STATUS_OK);
	struct stepper *stepper = &session->stepper;
	const struct curve *curve = stepper_curve(stepper);
	for (int k = 0; k < 5; k++)
		assert_int_equal(stepper_update(stepper, NULL), STATUS_OK);
	stepper_leave_commit(stepper);
	assert_int_equal(curve_count(curve), 5);
	/* by hand: (0.734929 - 0.05)^2/2 + (0.779554 - 0.95)^2/2 = 0.234564 + 0.014526 */
	assert_near(curve_at(curve, 0), 0.249090, 1e-6);
	double third = curve_at(curve, 2);
	assert_int_equal(stepper_go(stepper, 0, NULL), STATUS_OK);
	assert_int_equal(curve_count(curve), 5);
	for (int k = 0; k < 3; k++)
		assert_int_equal(stepper_update(stepper, NULL), STATUS_OK);
	assert_same_bits(curve_at(curve, 2), third);
	assert_int_equal(stepper_go(stepper, 0, NULL), STATUS_OK);
	struct optimizer other = *stepper_optimizer(stepper);
	optimizer_init(&other, &optimizer_momentum);
	assert_int_equal(stepper_set_optimizer(stepper, &other, NULL), STATUS_OK);
	assert_int_equal(curve_count(curve), 0);
	session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_points),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_of_a_walk),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
