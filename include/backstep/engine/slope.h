/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slope.h -- the slope of a function of one number, and how far it may be off.
 *
 * Math: central differences D(h) = (f(x + h) - f(x - h)) / 2h, with h halved from one to the next,
 * extrapolated to h = 0: D has only even powers of h, so (4 D(h/2) - D(h)) / 3 lacks the first, and
 * so on. What two of the extrapolations differ by says how far they still are off, and what f is
 * rounded by is carried through them beside the numbers.
 * Source: C. J. F. Ridders, Advances in Engineering Software 4 (1982), no. 2. */
#ifndef BACKSTEP_ENGINE_SLOPE_H
#define BACKSTEP_ENGINE_SLOPE_H

#include <stdbool.h>
#include <stddef.h>

/* A function with a kink so near is one without a slope. */
#define SLOPE_NEAR 1e-5

struct slope_function {
	/* Writes f(above) and f(below), where below < above; false where f is not one smooth piece
	 * between them, or not finite. */
	bool (*pair)(void *ctx, double above, double below, double values[2]);
	void *ctx;
	double rounding; /* how far f may be off by rounding */
};

/* |value - slope| <= error, as far as an estimate can say. error is infinite where there is none.
 */
struct slope_estimate {
	double value, error;
};

enum { SLOPE_COLUMNS = 6 };

/* Extrapolations that end in D(h), and what rounding makes of each. */
struct slope_table {
	double values[SLOPE_COLUMNS], roundings[SLOPE_COLUMNS];
	size_t n;
	struct slope_estimate best;
};

/* A search that goes from wide differences, which rounding disturbs least, to narrow ones, which
 * see what is too narrow for wide ones. */
struct slope_search {
	const struct slope_function *function;
	double x;
	int level;                       /* of the next difference */
	struct slope_table wide, narrow; /* narrow: of the last few differences alone */
	bool has_kink;                   /* within SLOPE_NEAR */
};

void slope_begin(struct slope_search *search, const struct slope_function *function, double x);
/* Makes the next difference; false where there is none left. */
bool slope_refine(struct slope_search *search);

#endif
