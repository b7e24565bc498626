/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_slip.h -- what a printed figure means that differs from the number: the same judging as of
 * a typed answer, at the step that computes it in the lesson's own run. */
#ifndef BACKSTEP_TEACH_FIGURE_SLIP_H
#define BACKSTEP_TEACH_FIGURE_SLIP_H

#include "backstep/session/session.h"
#include "backstep/teach/assess.h"

/* Judges a figure; *a gets the assessment, NULL where no step computes the number (it is given, or
 * a formula of several). Owns: the caller (assess_close, free). Errors: STATUS_BAD_INPUT,
 * STATUS_NO_MEMORY. */
enum status figure_assess(const struct lesson *lesson, const struct figure *figure,
			  struct assessment **a, struct error *err);

#endif
