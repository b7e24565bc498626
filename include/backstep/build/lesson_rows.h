/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_rows.h -- the rows that a lesson learns from: given, made or read out of a file, split and
 * scaled. */
#ifndef BACKSTEP_BUILD_LESSON_ROWS_H
#define BACKSTEP_BUILD_LESSON_ROWS_H

#include "backstep/base/strbuf.h"
#include "backstep/engine/generator.h"
#include "backstep/engine/trainer.h"
#include "backstep/lesson/lesson.h"

/* What an input was scaled by: (x - from) / by, numbers of the training rows alone. */
struct lesson_scale {
	const char *column;
	double from, by; /* mean and deviation, or the least value and the range */
};

/* Owns: nothing; what is not the lesson's lies in the arena that it was made in. */
struct lesson_rows {
	struct dataset data;
	const struct generator *generator; /* NULL: not made */
	const struct lesson_generate *made;
	const char *path;     /* of the file; also where a generator stands in for it */
	bool has_numbers;     /* for names of columns: the header may be a row */
	const char **columns; /* [n_inputs] of the file; NULL: the rows are from none */
	const char **classes; /* [n_classes] what the outputs stand for; NULL: unknown */
	size_t n_classes;
	struct lesson_scale *scales; /* [n_scales] */
	size_t n_scales;
	size_t n_dropped, n_filled; /* rows left out, and values for which a mean stands */
};

/* Where a file is that the lesson names: from its own folder on, or from the current one where it
 * is there alone. NULL: no memory. */
const char *lesson_rows_file(const struct lesson *lesson, const char *name, struct arena *arena);

#endif
