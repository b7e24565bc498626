/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decimal.h -- decimal numbers as people print and round them: their digits matter. */
#ifndef BACKSTEP_BASE_DECIMAL_H
#define BACKSTEP_BASE_DECIMAL_H

#include "backstep/base/number.h"

enum decimal_mode { DECIMAL_HALF_UP, DECIMAL_CUT, DECIMAL_HALF_EVEN, N_DECIMAL_MODES };
enum { DECIMAL_MAX_PLACES = 12 };

/* A printed number. places counts the digits after the point: 2 for 0.50, 4 for 1.5e-3, -3 for
 * 1e3. digits
 * counts those from the first that is not 0: 2 for 0.050. */
struct decimal {
	double value;
	int places, digits;
};

/* Reads a number as books print it: 0.41, .5, −0.017, 1,5, 1.5e-3, 1.5×10^-3, 1.5·10⁻³.
 * Errors: STATUS_BAD_INPUT. */
enum status decimal_parse(const char *text, struct decimal *decimal, struct error *err);

/* The value with so many digits after the point (before it, where negative). Ties and digits are
 * those of the value's first 15 digits, as a person sees them, not of its bits: 0.285 with 2 is
 * 0.29. */
double decimal_round(double value, int places, enum decimal_mode mode);

/* Prints a value that has been rounded, with all its places (0 to DECIMAL_MAX_PLACES): 0.50; a
 * very large one in scientific form. Returns buf. */
const char *decimal_format(char buf[NUMBER_TEXT], double value, int places);

#endif
