/* SPDX-License-Identifier: GPL-3.0-or-later */
/* complex_step.h -- derivatives of formulas by the complex step: f'(x) = Im f(x + ih) / h, where h
 * is so small that there is no truncation error, and no difference is taken, so that nothing
 * cancels. Source: W. Squire, G. Trapp, SIAM Review 40 (1998), 110-112. */
#ifndef BACKSTEP_TESTS_COMPLEX_STEP_H
#define BACKSTEP_TESTS_COMPLEX_STEP_H

#include "backstep/formula/formula.h"

/* The derivative by every symbol called name. Pieces (if, max, abs, ...) are those of the real
 * values: away from kinks it is the derivative, at one that of a side. */
double complex_step(const struct formula *f, const char *name);

#endif
