/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_formula.h -- formulas over the numbers of a replay: w1*x1, dE1/dy1*dy1/dsum_y1, e^-n1. */
#ifndef BACKSTEP_BUILD_FIGURE_FORMULA_H
#define BACKSTEP_BUILD_FIGURE_FORMULA_H

#include "backstep/trace/replay.h"

/* Where a formula's numbers are looked up: in a replay; what it does not have, in the walk at its
 * position (NULL: nowhere), from which there is no second number. */
struct figure_numbers {
	const struct replay *replay;
	const struct stepper *stepper;
};

/* Evaluates the formula text with the engine's numbers, and with the replay's. *number gets both,
 * the source of the replay's, and as reference and index those of the replay's last number in it
 * (REF_NONE and 0: there is none). Errors: STATUS_BAD_INPUT for what is no formula or names
 * nothing; STATUS_NO_MEMORY. */
enum status figure_formula_eval(const struct figure_numbers *numbers, const char *text,
				struct replay_number *number, struct error *err);

#endif
