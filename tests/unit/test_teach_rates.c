/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_rates.c -- how good verdicts are, with a bar for each kind of step: on random networks
 * such as exercises have, every slip of the catalogue typed with four digits, right answers worked
 * out by hand, numbers at random. bench_verdicts prints the whole table for more networks. */
#include "check.h"

#include <stdlib.h>

#include "support/networks.h"
#include "support/rates.h"

enum { N_NETWORKS = 300, FIRST_SEED = 100000 }; /* not those that the settings were chosen on */

/* Percent of slips told (named, listed or remarked) at least, and told as another class at most. */
static const struct {
	double told, other;
} bars[N_SKILLS] = {
    [SKILL_SUM] = {97, 1.0},        [SKILL_ACTIVATION] = {95, 1.0}, [SKILL_LOSS] = {96, 1.5},
    [SKILL_LOSS_SLOPE] = {96, 0.5}, [SKILL_SLOPE] = {93, 1.0},      [SKILL_INPUT] = {97, 1.0},
    [SKILL_WEIGHT] = {97, 0.5},     [SKILL_PRODUCT] = {97, 1.0},    [SKILL_PATHS] = {94, 1.0},
    [SKILL_MEAN] = {93, 1.5},       [SKILL_DELTA] = {96, 1.0},      [SKILL_STAGE] = {0, 100},
    [SKILL_MEMORY] = {88, 4.0},     [SKILL_NEW_WEIGHT] = {89, 1.5},
};

static void count_network(struct rates *rates, uint64_t seed, struct random *r)
{
	struct network net;
	struct stepper stepper;
	assert_int_equal(network_exercise(&net, seed), STATUS_OK);
	enum chain_form form = seed % 6 == 0 ? CHAIN_DELTAS : CHAIN_AUTO;
	assert_int_equal(network_walk(&net, &stepper, form), STATUS_OK);
	if (seed % 2) { /* the second update, where the optimizer's memory is not empty */
		assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
		stepper_leave_commit(&stepper);
	}
	trainer_prepare(&stepper.trainer);
	rates_count_update(rates, &stepper, 1, r);
	stepper_free(&stepper);
	network_free(&net);
}

static void test_rates_stay_above_their_bars(void **state)
{
	(void)state;
	static struct rates rates;
	struct random r;
	random_seed(&r, 11);
	for (uint64_t seed = 0; seed < N_NETWORKS; seed++)
		count_network(&rates, FIRST_SEED + seed, &r);
	if (getenv("VERBOSE"))
		rates_print(&rates, stdout);
	for (size_t i = 0; i < N_SKILLS; i++) {
		const struct rate *rate = &rates.skills[i];
		if (rate->made == 0.0)
			continue;
		if (rate_told(rate) < bars[i].told || rate_other(rate) > bars[i].other)
			fail_msg("%s: told %.1f %%, as another class %.2f %%", skill_table[i].name,
				 rate_told(rate), rate_other(rate));
	}
	assert_true(rate_told(&rates.all) >= 95.0);
	assert_true(rate_other(&rates.all) <= 1.0);
	assert_true(rates.n_random >= 100000);
	assert_int_equal(rates.n_passed_far, 0);
	assert_true(rates.random_named <= 0.003 * rates.n_random);
	assert_true(rates.hand_slip[0] <= 0.003 * rates.n_hand[0]);
	assert_true(rates.hand_slip[1] <= 0.001 * rates.n_hand[1]);
	assert_true(rates.hand_slip[2] <= 0.0005 * rates.n_hand[2]);
	assert_true(rates.exact_slip == 0.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rates_stay_above_their_bars)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
