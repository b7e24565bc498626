/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_verdict.h -- what one printed number is to the number that was computed. Private to
 * build/. */
#ifndef BACKSTEP_BUILD_FIGURE_VERDICT_H
#define BACKSTEP_BUILD_FIGURE_VERDICT_H

#include "backstep/build/figures.h"

/* Weighs the figure, one of figures', against the engine's number and the one that comes from what
 * the lecture printed before it (NaN: not known), and counts it. */
void figure_judge(struct figures *figures, struct figure *figure,
		  const struct replay_number *number);

#endif
