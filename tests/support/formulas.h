/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formulas.h -- how exactly a formula can be expected to give its number. */
#ifndef BACKSTEP_TESTS_FORMULAS_H
#define BACKSTEP_TESTS_FORMULAS_H

#include "backstep/formula/formula.h"

/* The formula's value if all of its terms had the same sign: rounding errors are a few times
 * 2^-53 of it, however much the terms cancel. */
double formula_scale(const struct formula *f);
/* Whether terms were left out of it. */
bool formula_is_shortened(const struct formula *f);

#endif
