/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slope.c -- extrapolated central differences. */
#include "backstep/engine/slope.h"

#include <math.h>

/* h goes from 2^10 SLOPE_NEAR, about 0.01, to an eighth of SLOPE_NEAR. */
enum { LEVEL_FIRST = 10, LEVEL_LAST = -3, LEVEL_NARROW = 4 };

/* An extrapolation may be farther off than it differs from the one before by so much. */
#define CAUTION 4.0

static const struct slope_estimate unknown = {NAN, INFINITY};

void slope_begin(struct slope_search *search, const struct slope_function *function, double x)
{
	*search = (struct slope_search){.function = function,
					.x = x,
					.level = LEVEL_FIRST,
					.wide.best = unknown,
					.narrow.best = unknown};
}

/* Adds D(h): the row of extrapolations that ends in it takes the place of the one before. */
static void table_add(struct slope_table *table, double quotient, double rounding)
{
	double values[SLOPE_COLUMNS] = {quotient}, roundings[SLOPE_COLUMNS] = {rounding};
	double power = 1.0;
	size_t n = table->n < SLOPE_COLUMNS - 1 ? table->n : SLOPE_COLUMNS - 1;
	for (size_t j = 1; j <= n; j++) {
		double before = table->values[j - 1], now = values[j - 1];

		power *= 4.0;
		values[j] = now + (now - before) / (power - 1.0);
		roundings[j] = (power * roundings[j - 1] + table->roundings[j - 1]) / (power - 1.0);
		double differ = fmax(fabs(values[j] - now), fabs(values[j] - before));
		double error = CAUTION * differ + roundings[j];

		if (error < table->best.error)
			table->best = (struct slope_estimate){values[j], error};
	}
	for (size_t j = 0; j <= n; j++) {
		table->values[j] = values[j];
		table->roundings[j] = roundings[j];
	}
	table->n = n + 1;
}

bool slope_refine(struct slope_search *search)
{
	const struct slope_function *function = search->function;
	double h = ldexp(SLOPE_NEAR, search->level), values[2];
	double above = search->x + h, below = search->x - h;
	if (search->level < LEVEL_LAST || search->has_kink)
		return false;
	if (function->pair(function->ctx, above, below, values)) {
		double quotient = (values[0] - values[1]) / (above - below);
		double rounding = 2.0 * function->rounding / (above - below);

		table_add(&search->wide, quotient, rounding);
		if (search->level <= LEVEL_NARROW)
			table_add(&search->narrow, quotient, rounding);
	} else {
		search->has_kink = search->level <= 0;
		search->wide = search->narrow = (struct slope_table){.best = unknown};
	}
	search->level--;
	return true;
}
