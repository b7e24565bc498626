/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_walks.c -- the promise of the way back, in the words that people type: n steps
 * forwards and n back leave the same bits, from many points of every lesson that is shipped. */
#include "sitting.h"

#include "backstep/base/random.h"

/* A moment without the journal, which every command adds to. */
static void take(const struct sitting *sitting, struct moment *moment)
{
	journal_free(&sitting->session->journal);
	moment_take(sitting, moment);
}

/* Goes there and back, and compares. */
static void there_and_back(struct sitting *sitting, const char *there, const char *back)
{
	struct moment before, after;
	take(sitting, &before);
	type_good(sitting, there);
	take(sitting, &after);
	assert_true(after.n_updates != before.n_updates || after.index != before.index);
	moment_free(&after);
	type_good(sitting, back);
	take(sitting, &after);
	assert_same_moment(&after, &before);
	moment_free(&before);
	moment_free(&after);
}

/* Where the walks of a lesson start: the beginning, the middle of each phase, the end of an update
 * and right after it, later updates and epochs. */
static const char *const starts[] = {
    "goto 0", "goto 1",       "goto loss", "goto 17",   "goto update", "goto commit",
    "next",   "goto 100",     "update 3",  "next 5",    "back phase",  "epoch 2",
    "phase",  "set rate 0.3", "next 30",   "update 10", "goto 60",
};

static void hundred_steps_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct sitting sitting;
		sitting_open(&sitting, shipped_lessons[i]);
		sitting.context.reports_steps = false;
		for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
			type_good(&sitting, starts[k]);
			/* after a setting that was changed at a commit the walk stands before the
			 * next update, which is the same moment under another name */
			if (sitting.session->stepper.index == 0 && k > 0)
				type_good(&sitting, "next");
			there_and_back(&sitting, "next 100", "back 100");
		}
		sitting_end(&sitting);
	}
}

/* The same one by one, as keys do it: every step on the way back is the one on the way there. */
static void hundred_single_steps_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		static struct moment way[101];
		struct sitting sitting;
		struct moment now;
		sitting_open(&sitting, shipped_lessons[i]);
		type_good(&sitting, "next 20");
		for (size_t n = 0; n < 100; n++) {
			take(&sitting, &way[n]);
			type_good(&sitting, "next");
		}
		for (size_t n = 100; n-- > 0;) {
			type_good(&sitting, "back");
			take(&sitting, &now);
			assert_same_moment(&now, &way[n]);
			moment_free(&now);
			moment_free(&way[n]);
		}
		sitting_end(&sitting);
	}
}

static void deltas_lead_back_too(void **state)
{
	static const char *const lessons[] = {"sigmoid-2-2-2", "xor-relu", "xor-relu-learn"};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting;
		sitting_open(&sitting, lessons[i]);
		sitting.context.reports_steps = false;
		type_good(&sitting, "set chain deltas");
		there_and_back(&sitting, "next 100", "back 100");
		type_good(&sitting, "update 4");
		type_good(&sitting, "goto backward");
		there_and_back(&sitting, "next 100", "back 100");
		sitting_end(&sitting);
	}
}

/* With every optimizer that fits, its slots included. */
static void optimizers_lead_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct setting *setting = setting_find("optimizer");
		struct sitting sitting;
		size_t n = 0;
		sitting_open(&sitting, shipped_lessons[i]);
		sitting.context.reports_steps = false;
		for (size_t k = 0; setting->choice(sitting.session, k); k++) {
			char line[64];
			snprintf(line, sizeof line, "set optimizer %s",
				 setting->choice(sitting.session, k));
			type_good(&sitting, "restart");
			if (type(&sitting, line))
				continue;
			n++;
			there_and_back(&sitting, "next 100", "back 100");
			type_good(&sitting, "update 7");
			type_good(&sitting, "next 5");
			there_and_back(&sitting, "next 100", "back 100");
			type_good(&sitting, "goto 5");
			there_and_back(&sitting, "update 2000", "goto 5");
			there_and_back(&sitting, "goto update", "goto 5");
		}
		assert_true(n > 0);
		sitting_end(&sitting);
	}
}

/* Over thousands of updates, where not every state is kept. */
static void long_ways_lead_back(void **state)
{
	struct sitting sitting;
	char back[64];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	sitting.context.reports_steps = false;
	type_good(&sitting, "next 77");
	there_and_back(&sitting, "next 500000", "back 500000");
	there_and_back(&sitting, "update 3000", "goto 77");
	type_good(&sitting, "set rate 0.25");
	there_and_back(&sitting, "update 2000", "goto 77");
	type_good(&sitting, "update 1500");
	snprintf(back, sizeof back, "goto %llu",
		 (unsigned long long)stepper_number(&sitting.session->stepper));
	there_and_back(&sitting, "restart", back);
	sitting_end(&sitting);
}

/* 200 random walks of commands that move, and back to where each began. */
static void random_walks_lead_back(void **state)
{
	static const char *const moves[] = {
	    "next",     "next 7", "back",    "back 3",    "chain",      "phase",      "update",
	    "update 2", "epoch",  "goto 33", "goto loss", "back chain", "back phase", "restart"};
	struct random random;
	(void)state;
	random_seed(&random, 7);
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct sitting sitting;
		sitting_open(&sitting, shipped_lessons[i]);
		sitting.context.reports_steps = false;
		type_good(&sitting, "next");
		for (size_t walk = 0; walk < 50; walk++) {
			char back[64];
			struct moment before, after;
			take(&sitting, &before);
			snprintf(back, sizeof back, "goto %llu",
				 (unsigned long long)stepper_number(&sitting.session->stepper));
			for (size_t n = random_below(&random, 20); n > 0; n--)
				type(&sitting,
				     moves[random_below(&random, sizeof moves / sizeof *moves)]);
			type_good(&sitting, back);
			take(&sitting, &after);
			assert_same_moment(&after, &before);
			moment_free(&before);
			moment_free(&after);
			type_good(&sitting, "next");
		}
		sitting_end(&sitting);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hundred_steps_and_back),
	    cmocka_unit_test(hundred_single_steps_and_back),
	    cmocka_unit_test(deltas_lead_back_too),
	    cmocka_unit_test(optimizers_lead_back),
	    cmocka_unit_test(long_ways_lead_back),
	    cmocka_unit_test(random_walks_lead_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
