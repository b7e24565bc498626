/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_targets.h -- targets that cannot be. Private to build/. */
#ifndef BACKSTEP_BUILD_LESSON_TARGETS_H
#define BACKSTEP_BUILD_LESSON_TARGETS_H

#include "backstep/lesson/lesson.h"

struct model;

/* That the loss can compare with every row's targets t [n_rows][n_outputs]. Errors:
 * STATUS_BAD_INPUT, with the place in the lesson. */
enum status targets_check(const struct lesson *lesson, const double *t, size_t n_rows,
			  struct error *err);
/* That outputs whose numbers are bounded can reach targets [n]. Errors: STATUS_BAD_INPUT. */
enum status targets_reach(const struct model *model, const double *t, size_t n, struct error *err);

#endif
