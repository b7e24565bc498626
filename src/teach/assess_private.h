/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess_private.h -- what is judged with, beside the step itself. Private to teach/. */
#ifndef BACKSTEP_TEACH_ASSESS_PRIVATE_H
#define BACKSTEP_TEACH_ASSESS_PRIVATE_H

#include "backstep/teach/assess.h"

/* Another number that is right: from the numbers as they are shown (significant digits), or as
 * somebody has it who rounds by hand. */
void assess_allow_shown(struct assessment *a, int digits);
void assess_allow(struct assessment *a, double value);
/* A teacher's words for slips, in place of the program's. */
void assess_set_words(struct assessment *a, const struct lesson *lesson);
/* Judges a number that was printed, whose last digit has this unit. */
void assess_number(struct assessment *a, double value, double unit);

#endif
