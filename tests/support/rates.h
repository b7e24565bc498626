/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rates.h -- how good verdicts are: every slip of the catalogue is made, right answers are worked
 * out by hand, random numbers are typed, and what is said of each is counted. */
#ifndef BACKSTEP_TESTS_RATES_H
#define BACKSTEP_TESTS_RATES_H

#include <stdio.h>

#include "../../src/teach/board_private.h"
#include "../../src/teach/tutor_private.h"
#include "../../src/teach/verdict_private.h"
#include "backstep/base/random.h"

enum { RATES_CLASSES = 32, RATES_HANDS = 3 };

/* What became of slips that were made, by weight (their priors). */
struct rate {
	double made;
	double named, listed, remarked; /* the slip's own class */
	double other;                   /* another class, named or listed without it */
	double passed;                  /* taken for right, without a remark */
	size_t n_questions;
};

struct rates {
	struct rate skills[N_SKILLS], classes[RATES_CLASSES], all;
	double n_random, random_named;
	/* Right answers worked out with 3, 4 and 5 digits. */
	double n_hand[RATES_HANDS], hand_right[RATES_HANDS], hand_more[RATES_HANDS],
	    hand_slip[RATES_HANDS];
	double n_exact, exact_slip; /* the exact value, with 3 to 15 digits */
	size_t n_boards;
	/* Slips taken for right without a remark, though more than 1 % off. */
	size_t n_passed_far;
	size_t n_hidden; /* slips that give the right number by the question's own numbers */
};

/* A number as a person types it with so many digits; *unit gets that of the last. */
double rates_typed(double value, int digits, double *unit);

/* Counts one question. */
void rates_count(struct rates *rates, const struct stepper *stepper, uint64_t index,
		 enum skill skill, struct random *r);
/* Counts questions of the current update: of each skill up to most, each formula with the same
 * numbers once. */
void rates_count_update(struct rates *rates, const struct stepper *stepper, size_t most,
			struct random *r);
/* Named, listed or remarked; another class; in percent. */
double rate_told(const struct rate *rate);
double rate_other(const struct rate *rate);
void rates_print(const struct rates *rates, FILE *out);

#endif
