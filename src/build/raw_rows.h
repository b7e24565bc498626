/* SPDX-License-Identifier: GPL-3.0-or-later */
/* raw_rows.h -- rows as they were read or made, before classes, split and scaling. */
#ifndef BACKSTEP_BUILD_RAW_ROWS_H
#define BACKSTEP_BUILD_RAW_ROWS_H

#include "backstep/base/arena.h"
#include "backstep/lesson/lesson.h"

/* Owns: nothing; all of it lies in the arena. */
struct raw_rows {
	size_t n_rows, n_inputs;
	double *x; /* [n_rows][n_inputs] */
	double *t; /* [n_rows][n_targets] */
	size_t n_targets;
	size_t n_classes;         /* above 0: the one target is the number of a class */
	const char **class_names; /* [n_classes], or NULL */
	const char **input_names; /* [n_inputs], or NULL */
	const bool *is_category;  /* [n_inputs] which are not scaled, or NULL */
};

/* Reads the file at path as the lesson says. Errors: STATUS_BAD_INPUT, STATUS_IO,
 * STATUS_NO_MEMORY, with their place in the file or in the lesson. */
enum status table_read(const struct lesson *lesson, const char *path, struct arena *arena,
		       struct raw_rows *raw, struct error *err);

#endif
