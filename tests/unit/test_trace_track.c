/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_track.c -- the parameters of the updates so far: which are kept, that they are those
 * that the walk had, to the bit, and that they follow it back and through changes. */
#include "sitting.h"

#include "backstep/trace/track.h"

static void add_until(struct track *track, uint64_t end)
{
	for (uint64_t update = track->next; update < end; update++) {
		const double theta[] = {(double)update, -(double)update};
		track_add(track, update, theta);
	}
}

/* 128 states fit; of 129 to 256 every second one is kept, of 257 on every fourth. */
static void states_thin_out(void **state)
{
	struct track track = {0};
	const double *theta;
	uint64_t update;
	(void)state;
	track_start(&track, 2, 7);
	add_until(&track, 7 + 128);
	assert_int_equal(track.n_states, 128);
	add_until(&track, 7 + 129);
	assert_int_equal(track.n_states, 65); /* 0, 2 ... 126, and 128 */
	add_until(&track, 7 + 1000);
	assert_int_equal(track.stride, 8);
	assert_int_equal(track.n_states, 125); /* 0, 8 ... 992 */
	for (size_t k = 0; track_at(&track, k, &update, &theta); k++) {
		assert_int_equal(update, 7 + 8 * k);
		assert_true(theta[0] == (double)update && theta[1] == -(double)update);
	}
	track_cut(&track, 7 + 17);
	assert_int_equal(track.n_states, 3); /* 0, 8, 16 */
	track_cut(&track, 7 + 16);
	assert_int_equal(track.n_states, 2);
	track_add(&track, 7 + 18, (double[]){0, 0}); /* one is missing before it */
	assert_int_equal(track.n_states, 2);
	track_cut(&track, 7);
	assert_int_equal(track.n_states, 0);
	track_free(&track);
}

static void large_networks_have_none(void **state)
{
	struct track track = {0};
	const double *theta;
	uint64_t update;
	(void)state;
	track_start(&track, 1000000, 0);
	track_add(&track, 0, NULL);
	assert_false(track_at(&track, 0, &update, &theta));
	track_free(&track);
}

/* Every state is what the walk has at that place, however it came there; after a change of the rate
 * those from there on are others. */
static void states_are_those_of_the_walk(void **state)
{
	struct sitting sitting;
	const double *theta;
	uint64_t update;
	char line[64];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "train 300");
	type_good(&sitting, "goto 25600"); /* the commit of update 200 */
	type_good(&sitting, "set rate 2");
	type_good(&sitting, "update 30");
	size_t n = 0;
	while (stepper_passed(&sitting.session->stepper, n, &update, &theta))
		n++;
	assert_int_equal(n, 58); /* every fourth of 0 to 229 */
	for (size_t k = 0; k < n; k += 9) {
		double kept[10];
		assert_true(stepper_passed(&sitting.session->stepper, k, &update, &theta));
		memcpy(kept, theta, sizeof kept);
		snprintf(line, sizeof line, "goto %llu", 128ull * update);
		type_good(&sitting, line);
		for (size_t p = 0; p < 10; p++)
			assert_same_bits(stepper_theta(&sitting.session->stepper)[p], kept[p]);
		type_good(&sitting, "goto 29440");
	}
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(states_thin_out),
	    cmocka_unit_test(large_networks_have_none),
	    cmocka_unit_test(states_are_those_of_the_walk),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
